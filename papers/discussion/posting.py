"""Post, edit and withdraw comments, each in one transaction with what it tells people."""

from typing import Any

from django.db import transaction

from groups.models import Group, Membership, User
from papers.models import Comment, Paper, Thread
from papers.notifications import telling


@transaction.atomic(savepoint=False)
def post_comment(
    thread: Thread, author: User, source: str, parent: Comment | None, *, html: str
) -> Comment:
    comment = thread.reply(author, source, parent, html=html)
    telling.comment_posted(comment)
    return comment


@transaction.atomic(savepoint=False)
def start_thread(about: Paper | Group, author: User, **words: Any) -> Thread:
    """Start a thread with its first comment; `words` are as in `Paper.start_thread`."""
    if isinstance(about, Paper):
        thread = about.start_thread(author, **words)
    else:
        thread = Thread.objects.start(about, author, **words)
    telling.comment_posted(thread.comments.get())
    return thread


@transaction.atomic
def edit_comment(comment: Comment, source: str, version: int, *, html: str) -> None:
    """Change the text. Raises Stale if it was changed in the meantime."""
    comment.rewrite(source, version, html=html)
    telling.comment_edited(comment)


@transaction.atomic
def withdraw_comment(comment: Comment, by: User, reason: str = "") -> None:
    """Delete it; its author is told if it was somebody else who did."""
    is_done = comment.withdraw(by, reason)
    telling.comment_withdrawn(comment)
    if is_done:
        telling.comment_removed(comment, by, reason)


@transaction.atomic
def remove_thread(thread: Thread, membership: Membership, reason: str = "") -> bool:
    """Delete it if the member may; its author is told if it was somebody else who did."""
    pk = thread.pk
    is_done = thread.remove(membership)
    if is_done:
        telling.thread_removed(pk, thread, membership.user, reason)
    return is_done
