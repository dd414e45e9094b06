"""Two papers become one, and two again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from groups.access import Request, for_organizers
from groups.models import Membership
from groups.web.responses import problem
from groups.web.throttling import limited
from papers.duplicates.forms import MergeForm
from papers.duplicates.merge_page import MergePage, pair_of
from papers.models import MergeRefused, PaperMerge

MERGED_BEFORE = "These two are merged already. Nothing was changed."
UNDONE_BEFORE = "This merge was undone already. Nothing was changed."


@limited("edit")
@require_POST
@for_organizers
def merge_create(request: Request, membership: Membership, pk: int, other: int) -> HttpResponse:
    paper, second = pair_of(membership.group, pk, other)
    if second.merged_into_id == paper.pk:
        messages.info(request, MERGED_BEFORE)
        return redirect(paper)
    form = MergeForm(paper, second, request.POST)
    if not form.is_valid():
        two = MergePage(membership, pk, other)
        two.form = form
        return render(request, "papers/duplicates/duplicate_detail.html", two.context(), status=422)
    try:
        PaperMerge.objects.merge(second, paper, membership.user, form.chosen, form.versions)
    except MergeRefused as refused:
        return problem(request, str(refused), status=409)
    messages.success(
        request, f"“{second}” was merged into “{paper}”. You can undo this under Duplicates."
    )
    return redirect(paper)


@limited("edit")
@require_POST
@for_organizers
def merge_undo(request: Request, membership: Membership, pk: int) -> HttpResponse:
    merges = PaperMerge.objects.in_group(membership.group).select_related("survivor", "merged")
    merge = get_object_or_404(merges, pk=pk)
    try:
        left_out = merge.undo(membership.user)
    except MergeRefused as refused:
        return problem(request, str(refused), status=409)
    if left_out is None:
        messages.info(request, UNDONE_BEFORE)
    else:
        messages.success(request, f"“{merge.merged}” and “{merge.survivor}” are two papers again.")
    for sentence in left_out or []:
        messages.warning(request, sentence)
    return redirect("papers:duplicate_list", membership.group.slug)
