"""The page of one paper, and its form."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_members, for_organizers, for_readers
from groups.models import Membership
from groups.web.edit_conflicts import stale_page
from groups.web.responses import confirm_page, form_page, problem, saved
from groups.web.throttling import limited
from papers.duplicates.redirects import redirect_to_merged
from papers.library.forms.papers import PaperForm
from papers.library.paper_page import PaperPage
from papers.library.views.public import paper_read
from papers.matching.duplicate_candidates import similar_to
from papers.models import Paper, Stale

MAY_BE_THE_SAME = (
    '“{}” was added to the list. It may be the same as “{}”: <a href="{}">compare the two</a>.'
)
MERGED = "Someone just merged this paper into another one. Nothing was removed."


@require_safe
@for_readers(paper_read)
@even_frozen
def paper_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    try:
        paper_page = PaperPage(membership, pk, request.GET)
    except Http404:
        return redirect_to_merged(membership.group, pk)
    response = render(request, "papers/library/paper_detail.html", paper_page.context())
    paper_page.discussion.note_visit()
    return response


@limited("edit")
@for_members
def paper_create(request: Request, membership: Membership) -> HttpResponse:
    initial = {"topics": request.GET.getlist("topic")}
    form = PaperForm(membership.group, request.POST or None, initial=initial)
    if form.is_valid() and (paper := saved(form, lambda: form.save_for(membership.user))):
        messages.success(request, added_message(paper))
        return redirect(paper)
    return form_page(
        request,
        form,
        "papers/library/paper_form.html",
        heading="Add a paper",
        action="Add paper",
        paste=reverse("papers:paper_paste", args=[membership.group.slug]),
        back=membership.group.get_absolute_url(),
        section="list",
    )


def added_message(paper: Paper) -> str:
    """Return the message for a new paper, with a link to one that it may be the same as."""
    for pair in similar_to(paper)[:1]:
        address = reverse("papers:duplicate_detail", args=[paper.group.slug, *pair.ids])
        return format_html(MAY_BE_THE_SAME, paper.title, pair.other.title, address)
    return f"“{paper}” was added to the list."


@limited("edit")
@for_members
def paper_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    form = PaperForm(membership.group, request.POST or None, instance=paper)
    try:
        if form.is_valid() and saved(form, lambda: form.save_for(membership.user)) is not None:
            messages.success(request, f"“{paper}” was saved.")
            return redirect(paper)
    except Stale:
        return stale_page(request, form, paper, paper.get_absolute_url())
    return form_page(
        request,
        form,
        "papers/library/paper_form.html",
        heading="Edit a paper",
        action="Save",
        back=paper.get_absolute_url(),
        delete_url=membership.is_organizer
        and reverse("papers:paper_delete", args=[membership.group.slug, paper.pk]),
        delete_label="Remove from the list",
        section="list",
    )


@limited("edit")
@for_organizers
def paper_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    if request.method == "POST":
        if not paper.remove(by=membership.user):
            return problem(request, MERGED, status=409)
        messages.success(request, f"“{paper}” was removed from the list.")
        return redirect(membership.group)
    return confirm_page(
        request,
        heading=f"Remove “{paper}”?",
        sentence="All statuses, assignments and comments on it are deleted, too.",
        action="Remove",
        back=paper.get_absolute_url(),
        section="list",
    )
