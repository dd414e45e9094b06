"""Reactions to comments."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members
from groups.models import Membership
from groups.web.responses import page_before
from groups.web.throttling import limited
from papers.discussion.forms import ReactionForm
from papers.discussion.mentioned import members_path_for
from papers.discussion.pages import prepare, section_of
from papers.discussion.reactions import offer_reactions, people_by_reaction, show_reactions
from papers.models import Comment, Reaction


@require_safe
@for_members
@even_frozen
def reaction_list(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show who reacted to a comment, and offer all reactions."""
    comment = _comment(membership, pk)
    offer_reactions(comment)
    context = {
        "comment": comment,
        "thread": comment.thread,
        "people": people_by_reaction(comment),
        "members_path": members_path_for(membership),
        "section": section_of(comment.thread),
    }
    return render(request, "papers/discussion/reaction_list.html", context)


@limited("choose")
@require_POST
@for_members
def reaction_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Give or take back a reaction; answer with those of the comment."""
    comment = get_object_or_404(Comment.objects.in_group(membership.group).standing(), pk=pk)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise Http404
    if name := form.cleaned_data["on"]:
        Reaction.objects.give(comment.pk, membership.user, name)
    if name := form.cleaned_data["off"]:
        Reaction.objects.take_back(comment.pk, membership.user, name)
    comment = _comment(membership, pk)
    if not request.htmx:
        return redirect(page_before(request, otherwise=comment.get_absolute_url()))
    return render(request, "papers/discussion/_reacted.html", {"comment": comment})


def _comment(membership: Membership, pk: int) -> Comment:
    comments = Comment.objects.in_group(membership.group).standing().with_place()
    comment = get_object_or_404(comments.select_related("author"), pk=pk)
    # Also for a page that is not of the group.
    prepare(comment, timezone.now(), reverse("papers:list_detail", args=[membership.group.slug]))
    show_reactions([comment], membership.user)
    return comment
