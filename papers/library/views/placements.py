"""Move a paper within its topic or to another one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.responses import form_page, problem
from groups.web.throttling import limited
from papers.library.forms.papers import PlacementForm
from papers.models import Placement

GONE = "Someone else just moved or removed this paper. Nothing was changed: reload the list."


@limited("edit")
@for_members
def placement_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    placements = Placement.objects.in_group(membership.group).select_related(
        "paper", "topic__group"
    )
    placement = get_object_or_404(placements, pk=pk)
    form = PlacementForm(placement, request.POST or None)
    if form.is_valid():
        try:
            placement.move(form.cleaned_data["topic"], form.cleaned_data["place"])
        except Placement.DoesNotExist:
            return problem(request, GONE, status=409)
        messages.success(request, f"“{placement.paper}” was moved.")
        return redirect(form.cleaned_data["topic"])
    return form_page(
        request,
        form,
        heading="Move a paper",
        sentence=placement.paper.title,
        action="Move",
        back=placement.topic.get_absolute_url(),
        section="list",
    )
