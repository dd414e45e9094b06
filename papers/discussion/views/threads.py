"""Threads of a group, about its papers or about itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_members, for_readers, require
from groups.models import Group, Membership
from groups.web.edit_conflicts import stale_page
from groups.web.idempotency import prepared_by
from groups.web.responses import confirm_page, first_or_404, form_page
from groups.web.throttling import limited
from papers.discussion import queries
from papers.discussion.drafts import DraftPlace, discard_draft, draft_of
from papers.discussion.forms import (
    NewThreadForm,
    PlaceForm,
    RemovalForm,
    ThreadEditForm,
    ThreadForm,
    about_the_group,
)
from papers.discussion.pages import ThreadPage, section_of
from papers.discussion.posting import remove_thread, start_thread
from papers.discussion.prepared import add_preview, html_of, render_source
from papers.discussion.thread_list import ThreadListPage
from papers.models import Comment, DraftKind, Paper, Stale, Thread
from papers.models.discussion import ThreadQuerySet
from papers.notifications.choice import choice_for

ANSWERED = "Others have replied in this thread, so only an organizer can delete it."


def thread_list_read(request: HttpRequest, group: Group) -> HttpResponse:
    if not group.shows_threads:
        raise Http404
    context = ThreadListPage(group, request.GET).context()
    return render(request, "papers/discussion/thread_list.html", context)


@require_safe
@for_readers(thread_list_read)
@even_frozen
def thread_list(request: Request, membership: Membership) -> HttpResponse:
    context = ThreadListPage(membership.group, request.GET, membership).context()
    return render(request, "papers/discussion/thread_list.html", context)


def thread_read(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    if not group.shows_threads:
        raise Http404
    if elsewhere := _comment_elsewhere(request, group, pk):
        return redirect(elsewhere)
    thread = get_object_or_404(Thread.objects.in_group(group).with_size().with_place(), pk=pk)
    page = ThreadPage(thread, group, None, **PlaceForm(request.GET).wanted)
    return render(request, "papers/discussion/thread_detail.html", page.context())


@require_safe
@for_readers(thread_read)
@even_frozen
def thread_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show the thread, or the page asked for; `new` redirects to the first new comment, and one
    that was split off to where it is now.
    """
    found = queries.THREADS.fetch(member=membership, keys=[pk])
    if elsewhere := _comment_elsewhere(request, membership.group, pk):
        return redirect(elsewhere)
    thread = first_or_404(found)
    if "new" in request.GET and (comment := thread.first_new_to(membership)):
        return redirect(comment)
    wanted = PlaceForm(request.GET).wanted
    return render(
        request,
        "papers/discussion/thread_detail.html",
        thread_context(thread, membership, **wanted),
    )


@limited("post")
@prepared_by(render_source)
@for_members
def thread_create(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    return _start(request, NewThreadForm(request.POST or None), membership, paper)


@limited("post")
@prepared_by(render_source)
@for_members
def group_thread_create(request: Request, membership: Membership) -> HttpResponse:
    """Start a thread that is about no paper."""
    form = about_the_group(NewThreadForm(request.POST or None))
    return _start(request, form, membership, None)


@limited("post")
@for_members
def thread_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    thread = get_object_or_404(threads_of(membership), pk=pk)
    require(thread.is_by(membership.user), "Only the person who started a thread can edit it.")
    form: ThreadForm = ThreadEditForm(
        request.POST or None, instance=thread, initial={"version": thread.version}
    )
    if thread.paper is None:
        form = about_the_group(form)
    try:
        if form.is_valid():
            thread.amend(**form.cleaned_data)
            return redirect(thread)
    except Stale:
        return stale_page(request, form, thread, thread.get_absolute_url())
    return form_page(
        request,
        form,
        "papers/discussion/thread_form.html",
        paper=thread.paper,
        heading="Edit the thread",
        action="Save",
        back=thread.get_absolute_url(),
        delete_url=reverse("papers:thread_delete", args=[membership.group.slug, thread.pk]),
        section=section_of(thread),
    )


@for_members
def thread_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    thread = get_object_or_404(threads_of(membership), pk=pk)
    require(thread.may_be_removed_by(membership), ANSWERED)
    form = None
    if not thread.is_by(membership.user):
        form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        require(remove_thread(thread, membership, reason), ANSWERED)
        return redirect(thread.place_path)
    return confirm_page(
        request,
        form=form,
        heading=f"Delete the thread “{thread}”?",
        sentence="All its comments are deleted, too.",
        action="Delete",
        back=thread.get_absolute_url(),
        section=section_of(thread),
    )


def thread_context(thread: Thread, membership: Membership, **wanted: int) -> dict[str, object]:
    """Return the context of a page of a thread, and note that the member has seen it.

    The thread comes `with_comment_counts_for` the member.
    """
    page = ThreadPage(thread, membership.group, membership, **wanted)
    page.note_visit()
    path = reverse("papers:thread_follow", args=[membership.group.slug, thread.pk])
    return page.context() | {"follow": choice_for(membership, thread, path)}


def threads_of(membership: Membership) -> ThreadQuerySet:
    return Thread.objects.in_group(membership.group).with_place()


def _comment_elsewhere(request: HttpRequest, group: Group, thread: int) -> Comment | None:
    """Return the comment that is asked for within a thread, if it is in another one by now."""
    asked = PlaceForm(request.GET).wanted.get("comment")
    return Comment.objects.in_group(group).elsewhere(asked, thread) if asked else None


def _start(
    request: Request, form: ThreadForm, membership: Membership, paper: Paper | None
) -> HttpResponse:
    kind = DraftKind.PAPER if paper else DraftKind.GROUP
    place = DraftPlace(kind, paper.pk if paper else membership.group_id)
    if form.is_valid() and not form.wants_preview:
        html = html_of(request, form.cleaned_data["source"])
        about = paper or membership.group
        thread = start_thread(about, membership.user, **form.cleaned_data, html=html)
        discard_draft(membership, place)
        return redirect(thread)
    add_preview(request, form)
    if draft := draft_of(membership, place):
        form.initial = {**form.initial, **draft.words}
    list_path = reverse("papers:thread_list", args=[membership.group.slug])
    return form_page(
        request,
        form,
        "papers/discussion/thread_form.html",
        paper=paper,
        heading="New thread",
        place=place,
        draft=draft,
        action="Start the thread",
        back=paper.get_absolute_url() if paper else list_path,
        section="list" if paper else "discussions",
    )
