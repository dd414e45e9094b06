"""Follow a paper that was merged."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from groups.models import Group
from papers.models import Paper


def redirect_to_merged(group: Group, pk: int) -> HttpResponseRedirect:
    """Redirect to the paper that this one was merged into. Temporary: a merge can be undone.

    Raises Http404 for any other paper.
    """
    merged = get_object_or_404(Paper.all_objects.merged_in(group), pk=pk)
    return redirect(merged.merged_into or group)
