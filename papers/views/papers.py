"""One paper: all about it on one page, and its form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_members, for_organizers, for_readers
from groups.models import Membership
from groups.pages import confirm_page, form_page, saved
from papers.desk import Desk
from papers.forms.papers import PaperForm
from papers.models import Paper, Stale
from papers.views.public import paper_read
from papers.views.stale import stale_page


@require_safe
@for_readers(paper_read)
@even_frozen
def paper_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    desk = Desk(membership, pk, request.GET)
    response = render(request, "papers/paper_detail.html", desk.context())
    desk.talk.note_visit()
    return response


@for_members
def paper_create(request: Request, membership: Membership) -> HttpResponse:
    initial = {"topics": request.GET.getlist("topic")}
    form = PaperForm(membership.group, request.POST or None, initial=initial)
    if form.is_valid() and (paper := saved(form, lambda: form.save_for(membership.user))):
        messages.success(request, f"“{paper}” was added to the list.")
        return redirect(paper)
    return form_page(
        request,
        form,
        "papers/paper_form.html",
        heading="Add a paper",
        action="Add paper",
        paste=reverse("papers:paper_paste", args=[membership.group.slug]),
        back=membership.group.get_absolute_url(),
        section="list",
    )


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
        "papers/paper_form.html",
        heading="Edit a paper",
        action="Save",
        back=paper.get_absolute_url(),
        delete_url=membership.is_organizer
        and reverse("papers:paper_delete", args=[membership.group.slug, paper.pk]),
        delete_label="Remove from the list",
        section="list",
    )


@for_organizers
def paper_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    if request.method == "POST":
        paper.remove(by=membership.user)
        messages.success(request, f"“{paper}” was removed from the list.")
        return redirect(membership.group)
    return confirm_page(
        request,
        heading=f"Remove “{paper}”?",
        sentence="Everybody's marks on it and all talk about it go with it.",
        action="Remove",
        back=paper.get_absolute_url(),
        section="list",
    )
