"""Move threads and their comments, with what people are told of them and have seen of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from groups.models import Overtaken, User
from papers.models.discussion import Comment, Thread, Visit
from papers.models.follows import Follow
from papers.models.notifications import Notification
from papers.models.papers import Paper


class WholeThread(Exception):
    """Nothing would be left of the thread from which a comment is split off."""


def move_threads(threads: Iterable[int], paper: Paper | None) -> None:
    """Let threads be about a paper, or about the group. The caller holds what it moves."""
    keys = list(threads)
    moved = Thread.objects.filter(pk__in=keys)
    if paper is None:
        moved.update(paper=None, page=None)
    else:
        moved.update(paper=paper)
    Notification.objects.filter(thread__in=keys).update(paper=paper)


@transaction.atomic
def move_thread(thread: Thread, paper: Paper | None, by: User) -> None:
    """Move a thread to another paper of its group, or to the group, and tell its history.

    Raises IntegrityError where the paper has just been set aside.
    """
    if thread.paper_id == (paper.pk if paper else None):
        return
    if paper:
        paper.hold()
    thread.hold()
    move_threads([thread.pk], paper)
    where = paper.title if paper else ""
    thread.group.tell("moderated", by, what="moved", title=thread.title, other=where)


@transaction.atomic
def split_off(comment: Comment, title: str, by: User) -> Thread:
    """Let a comment and the answers below it be a thread of their own; return that.

    What people have seen and follow of the one thread, they have of the other; what they were told
    of a comment leads to where it is now. Raises WholeThread where no other comment would be left.
    """
    place = comment.thread.paper
    if place:
        place.hold()
    thread = comment.hold_thread()
    if thread.paper_id != (place.pk if place else None):
        raise Overtaken
    moved = branch_of(comment)
    left = thread.comments.standing().exclude(pk__in=moved)
    if not left.exists():
        raise WholeThread
    new = Thread.objects.create(
        group=thread.group, paper=place, author=comment.author, title=title, page=thread.page
    )
    Comment.objects.filter(pk__in=moved).update(thread=new)
    Comment.objects.filter(pk=comment.pk).update(parent=None)
    Notification.objects.filter(thread=thread, comment__in=moved).update(thread=new)
    Visit.objects.bulk_create(_copies(thread.visits.all(), new), ignore_conflicts=True)
    Follow.objects.bulk_create(_copies(thread.follows.all(), new), ignore_conflicts=True)
    thread.keep_anew()
    new.keep_anew()
    thread.group.tell("moderated", by, what="split", title=thread.title, other=title)
    return new


def branch_of(comment: Comment) -> list[int]:
    """Return the keys of a comment and of all answers below it."""
    answers: dict[int | None, list[int]] = defaultdict(list)
    rows = Comment.objects.filter(thread=comment.thread_id).values_list("pk", "parent_id")
    for pk, parent in rows:
        answers[parent].append(pk)
    found = [comment.pk]
    for pk in found:
        found += answers[pk]
    return found


Hanging = TypeVar("Hanging", Visit, Follow)


def _copies(rows: Iterable[Hanging], thread: Thread) -> list[Hanging]:
    """Return unsaved copies of what hangs on a thread, for another one."""
    copies = list(rows)
    for row in copies:
        row.pk, row.thread = None, thread
        row._state.adding = True
    return copies
