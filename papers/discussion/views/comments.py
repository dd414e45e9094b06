"""Comments of a thread."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members, require
from groups.models import Membership
from groups.web.edit_conflicts import stale_page
from groups.web.idempotency import prepared_by, writes_nothing
from groups.web.responses import confirm_page, first_or_404, form_page
from groups.web.throttling import limited
from papers.discussion import queries
from papers.discussion.differences import versions_of
from papers.discussion.drafts import DraftPlace, discard_draft, draft_of
from papers.discussion.forms import CommentEditForm, CommentForm, PreviewForm, RemovalForm
from papers.discussion.on_page import OnPage
from papers.discussion.pages import EditedComment, PostedComment, section_of
from papers.discussion.posting import edit_comment, post_comment, withdraw_comment
from papers.discussion.prepared import add_preview, html_of, render_source
from papers.discussion.quoting import quotation_of
from papers.discussion.views.threads import thread_context, threads_of
from papers.models import Comment, DraftKind, Paper, Stale, Thread
from papers.rendering.process import render_for

LONGEST_TYPED = 80  # characters


@limited("post")
@prepared_by(render_source)
@for_members
def comment_create(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """GET shows the form to reply; POST adds the comment and answers with it."""
    thread = get_object_or_404(threads_of(membership), pk=pk)
    form = CommentForm(thread, request.POST or None)
    if form.is_valid() and not form.wants_preview:
        source, parent = form.cleaned_data["source"], form.cleaned_data["parent"]
        html = html_of(request, source)
        comment = post_comment(thread, membership.user, source, parent, html=html)
        discard_draft(membership, _place_of(thread, parent))
        return _posted(request, membership, comment)
    parent = form.answered(request.GET.get("parent", ""))
    quotation = quotation_of(parent.source) if parent else ""
    draft = draft_of(membership, _place_of(thread, parent))
    if "quote" in request.GET and not (draft and quotation.strip() in draft.source):
        begun = f"{draft.source.rstrip()}\n\n" if draft else ""
        form.initial = {"source": begun + quotation}
    elif draft:
        form.initial = {"source": draft.source}
    place = {"parent": parent, "quotation": quotation, "draft": draft}
    return _form(request, form, thread, heading="Reply", **place)


@limited("post")
@prepared_by(render_source)
@for_members
def comment_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    comments = Comment.objects.in_group(membership.group).standing()
    comment = get_object_or_404(comments.with_place(), pk=pk)
    require(comment.is_by(membership.user), "Only the author of a comment can edit it.")
    form = CommentEditForm(comment, request.POST or None)
    place = DraftPlace(DraftKind.EDIT, comment.pk)
    try:
        if form.is_valid() and not form.wants_preview:
            html = html_of(request, form.cleaned_data["source"])
            edit_comment(comment, **form.cleaned_data, html=html)
            discard_draft(membership, place)
            return _edited(request, membership, comment)
    except Stale:
        return stale_page(request, form, comment, comment.get_absolute_url())
    if draft := draft_of(membership, place):
        form.initial["source"] = draft.source
    heading = "Edit your comment"
    return _form(request, form, comment.thread, heading=heading, comment=comment, draft=draft)


@for_members
def comment_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    comments = Comment.objects.in_group(membership.group).with_place()
    comment = get_object_or_404(comments, pk=pk)
    require(
        membership.is_organizer or comment.is_by(membership.user),
        "Only the author of a comment, or an organizer, can delete it.",
    )
    form = _why(request) if not comment.is_by(membership.user) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        withdraw_comment(comment, membership.user, form.cleaned_data["reason"] if form else "")
        return _thread(request, membership, comment)
    return confirm_page(
        request,
        form=form,
        heading="Delete this comment?",
        sentence="Its text is deleted for good. If others replied, a note stays in its place.",
        action="Delete",
        back=comment.get_absolute_url(),
        section=section_of(comment.thread),
    )


def _why(request: Request) -> RemovalForm:
    return RemovalForm(request.POST if request.method == "POST" else None)


@require_safe
@for_members
@even_frozen
def comment_versions(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show the words of a comment and, before each edit, what it changed of them."""
    comments = Comment.objects.in_group(membership.group).standing()
    comment = get_object_or_404(comments.with_place().select_related("author"), pk=pk)
    section = section_of(comment.thread)
    context = {"comment": comment, "versions": versions_of(comment), "section": section}
    return render(request, "papers/discussion/comment_versions.html", context)


@require_safe
@for_members
@even_frozen
def mentionable_paper_list(request: Request, membership: Membership) -> HttpResponse:
    """Answer with the piece that is offered below `[[` or `#`: the papers that one may mean."""
    typed = request.GET.get("typed", "")[:LONGEST_TYPED]
    papers = Paper.objects.in_group(membership.group).mentionable(typed)
    return render(request, "papers/discussion/_mentionable_papers.html", {"papers": papers})


@limited("preview")
@writes_nothing
@require_POST
@for_members
def comment_preview(request: Request, membership: Membership) -> HttpResponse:
    """Answer with the preview of a comment's text, the piece below its form."""
    form = PreviewForm(request.POST)
    html = render_for(request, form.cleaned_data["source"]) if form.is_valid() else ""
    context: dict[str, object] = {"preview": html, "errors": form.errors.get("source", [])}
    return render(request, "papers/discussion/_preview.html", context, status=200 if html else 422)


def _place_of(thread: Thread, parent: Comment | None) -> DraftPlace:
    if parent:
        return DraftPlace(DraftKind.REPLY, parent.pk)
    return DraftPlace(DraftKind.THREAD, thread.pk)


def _posted(request: Request, membership: Membership, comment: Comment) -> HttpResponse:
    """Return the comment alone where the page has a place for it, and else its thread."""
    on_page = OnPage.read(request.POST.get("on_page", ""))
    posted = PostedComment(comment, membership, on_page) if request.htmx and on_page else None
    if posted is None or posted.previous is None:
        return _thread(request, membership, comment)
    response = render(request, "papers/discussion/_comment_posted.html", posted.context())
    response["HX-Retarget"], response["HX-Reswap"] = f"#comment-{posted.previous}", "afterend"
    return response


def _edited(request: Request, membership: Membership, comment: Comment) -> HttpResponse:
    """The comment alone where the page shows it, and else its thread."""
    on_page = OnPage.read(request.POST.get("on_page", "")) if request.htmx else None
    context = EditedComment(comment, membership, on_page).context() if on_page else None
    if context is None:
        return _thread(request, membership, comment)
    response = render(request, "papers/discussion/_comment_edited.html", context)
    response["HX-Retarget"] = f"#comment-{comment.pk}"
    return response


def _thread(request: Request, membership: Membership, comment: Comment) -> HttpResponse:
    if not request.htmx:
        return redirect(comment)
    found = queries.THREADS.fetch(member=membership, keys=[comment.thread_id])
    thread = first_or_404(found, "Someone just deleted this thread.")
    return render(
        request,
        "papers/discussion/_thread.html",
        thread_context(thread, membership, comment=comment.pk),
    )


def _form(
    request: Request, form: CommentForm | CommentEditForm, thread: Thread, **context: object
) -> HttpResponse:
    """Return the page to write on. A press of HTMX whose text is refused gets the form's piece
    alone.
    """
    add_preview(request, form)
    place = {"thread": thread, "paper": thread.paper, "section": section_of(thread)}
    context |= place | form.as_written()
    if not (request.htmx and form.is_bound):
        return form_page(request, form, "papers/discussion/comment_form.html", **context)
    response = form_page(request, form, form.piece, **context)
    response["HX-Retarget"] = f"#{form.place}"
    return response
