"""Threads that are answered, pinned, closed, moved and divided."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from groups.access import Request, for_members, for_organizers, require
from groups.models import Membership
from groups.web.responses import form_page, page_before
from groups.web.throttling import limited
from papers.discussion.forms import SplitForm, ThreadMoveForm
from papers.discussion.moving import papers_to_choose
from papers.discussion.pages import section_of
from papers.discussion.views.threads import threads_of
from papers.models import Comment, Thread
from papers.models.moved_threads import WholeThread, branch_of, move_thread, split_off

TENDED = "Only the person who started a thread, or an organizer, can do this."
OPENED = "Only an organizer, or the person who closed this thread, can open it again."
WHOLE = (
    "This is all that is left of the thread, so nothing was split off. Edit the thread to give it "
    "another title, or move it."
)


@limited("choose")
@require_POST
@for_members
def thread_answer(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Note that a question is answered, or that it is open again."""
    thread = _tended(membership, pk)
    thread.note_answered("no" not in request.POST.getlist("answered"))
    return _back(request, thread)


@limited("choose")
@require_POST
@for_organizers
def thread_pin(request: Request, membership: Membership, pk: int) -> HttpResponse:
    thread = get_object_or_404(threads_of(membership), pk=pk)
    thread.pin("no" not in request.POST.getlist("pinned"))
    return _back(request, thread)


@limited("choose")
@require_POST
@for_members
def thread_close(request: Request, membership: Membership, pk: int) -> HttpResponse:
    thread = _tended(membership, pk)
    if "no" not in request.POST.getlist("closed"):
        thread.close(membership.user)
        return _back(request, thread)
    require(thread.closed_at is None or thread.may_be_opened_by(membership), OPENED)
    thread.open_again(membership.user)
    return _back(request, thread)


@limited("edit")
@for_members
def thread_move(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """GET offers the papers whose title has the words asked for; POST moves to one."""
    thread = _tended(membership, pk)
    form = ThreadMoveForm(membership.group, request.POST if request.method == "POST" else None)
    if form.is_valid():
        move_thread(thread, form.cleaned_data["paper"], membership.user)
        return redirect("papers:thread_detail", membership.group.slug, thread.pk)
    return form_page(
        request,
        form,
        "papers/discussion/thread_move.html",
        thread=thread,
        paper=thread.paper,
        section=section_of(thread),
        **papers_to_choose(membership.group, thread, request.GET.get("words", "")),
    )


@limited("post")
@for_members
def comment_split(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Let a comment and the answers below it become a thread of their own."""
    comments = Comment.objects.in_group(membership.group).standing().with_place()
    comment = get_object_or_404(comments.select_related("author"), pk=pk)
    require(comment.thread.may_be_tended_by(membership), TENDED)
    form = SplitForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(split_off(comment, form.cleaned_data["title"], membership.user))
        except WholeThread:
            form.add_error(None, WHOLE)
    return form_page(
        request,
        form,
        "papers/discussion/comment_split.html",
        comment=comment,
        thread=comment.thread,
        paper=comment.thread.paper,
        answers=len(branch_of(comment)) - 1,
        section=section_of(comment.thread),
    )


def _tended(membership: Membership, pk: int) -> Thread:
    thread = get_object_or_404(threads_of(membership), pk=pk)
    require(thread.may_be_tended_by(membership), TENDED)
    return thread


def _back(request: Request, thread: Thread) -> HttpResponse:
    return redirect(page_before(request, otherwise=thread.get_absolute_url()))
