"""Tell people of each action, in the transaction of the action.

One person is told there; where there may be many, a task of the worker writes to all of them.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django_tasks import task

from groups.models import User
from groups.task_queue import persistently
from papers.models import (
    Assignment,
    Comment,
    EmailChoice,
    Follow,
    Mention,
    Notification,
    NotificationSettings,
    Paper,
    Reason,
    Thread,
)
from papers.models.mentions import has_mentions
from papers.notifications import audience, timing
from papers.notifications.reasons import REASONS


def comment_posted(comment: Comment) -> None:
    """Keep whom it mentions, let its author follow the thread, and have the others told."""
    if comment.author:
        Follow.objects.take_part(comment.author, comment.thread)
    if has_mentions(comment.html):
        Mention.objects.note(comment, comment.thread.group)
    tell_of_comment.enqueue(comment.pk)


def comment_edited(comment: Comment) -> None:
    """Have those told whom it mentions only now; whom it mentions no more is not told any more."""
    if Mention.objects.note(comment, comment.thread.group):
        tell_of_comment.enqueue(comment.pk)
    told = comment.notifications.filter(reason=Reason.MENTIONED, seen_at=None)
    told.exclude(user__in=comment.mentions.values("user")).delete()


def comment_withdrawn(comment: Comment) -> None:
    comment.notifications.all().delete()


def comment_removed(comment: Comment, by: User, reason: str) -> None:
    """Tell the author of a comment that somebody else deleted it, and why."""
    thread = comment.thread
    _tell_author(
        comment.author,
        cause=f"comment:{comment.pk}:removed",
        group=thread.group,
        actor=by,
        paper=thread.paper,
        thread=thread,
        details={"what": "comment", "why": reason},
    )


def thread_removed(pk: int, thread: Thread, by: User, reason: str) -> None:
    """Tell who started a thread, which had that key, that somebody else deleted it, and why."""
    _tell_author(
        thread.author,
        cause=f"thread:{pk}:removed",
        group=thread.group,
        actor=by,
        paper=thread.paper,
        details={"what": "thread", "title": thread.title, "why": reason},
    )


def _tell_author(author: User | None, *, actor: User, **facts: Any) -> None:
    if author and author != actor:
        notify([(author, Reason.REMOVED)], actor=actor, **facts)


@task()
def tell_of_comment(pk: int) -> None:
    """Tell everyone who is to be told of a comment, unless it is gone.

    Where it goes at this moment, or one of the people, it is asked anew who is there.
    """
    persistently(partial(_tell_of_comment, pk))


def _tell_of_comment(pk: int) -> None:
    related = ("thread__group", "thread__paper", "parent", "author")
    comment = Comment.objects.standing().select_related(*related).filter(pk=pk).first()
    if comment is None:
        return
    notify(
        audience.told_of_comment(comment),
        cause=f"comment:{comment.pk}",
        group=comment.thread.group,
        actor=comment.author,
        paper=comment.thread.paper,
        thread=comment.thread,
        comment=comment,
    )


def assigned(assignment: Assignment, by: User | None) -> None:
    """Tell whose turn it is; of an open slot, those who follow the paper."""
    if assignment.member_id is None:
        tell_of_slot.enqueue(assignment.pk, by.pk if by else None)
    else:
        _tell_holder(assignment, Reason.ASSIGNED, by)


def reassigned(assignment: Assignment, before: Assignment, by: User) -> None:
    """Tell the member who had it before and the one who has it now, if it changed for them."""
    if before.member_id != assignment.member_id:
        _tell_holder(before, Reason.UNASSIGNED, by, is_kept=True)
        assigned(assignment, by)
    elif (before.role, before.due_on) != (assignment.role, assignment.due_on):
        _tell_holder(assignment, Reason.REASSIGNED, by)


def unassigned(assignment: Assignment, by: User) -> None:
    """Tell who had it that it was removed; called while it is still there."""
    _tell_holder(assignment, Reason.UNASSIGNED, by, is_kept=False)


def _tell_holder(
    assignment: Assignment, reason: Reason, by: User | None, *, is_kept: bool = True
) -> None:
    """`is_kept` is whether the assignment stays, so that what is told goes with it."""
    if assignment.member is None or assignment.member.user == by or assignment.done_at:
        return
    notify(
        [(assignment.member.user, reason)],
        cause=f"assignment:{assignment.pk}:{reason}:{assignment.version}",
        group=assignment.paper.group,
        actor=by,
        paper=assignment.paper,
        assignment=assignment if is_kept else None,
        details=_details(assignment),
    )


@task()
def tell_of_slot(pk: int, by: int | None) -> None:
    persistently(partial(_tell_of_slot, pk, by))


def _tell_of_slot(pk: int, by: int | None) -> None:
    assignment = Assignment.objects.open().select_related("paper__group").filter(pk=pk).first()
    actor = User.objects.filter(pk=by).first() if by else None
    if assignment is None:
        return
    notify(
        ((person, Reason.SLOT) for person in audience.followers_of(assignment.paper, actor)),
        cause=f"assignment:{assignment.pk}:slot:{assignment.version}",
        group=assignment.paper.group,
        actor=actor,
        paper=assignment.paper,
        assignment=assignment,
        details=_details(assignment),
    )


def papers_added(papers: Iterable[Paper], by: User) -> None:
    """Have those told who follow the group or a topic. Call it once the papers have their places
    or in the transaction in which they get them."""
    if keys := [paper.pk for paper in papers]:
        tell_of_papers.enqueue(keys, by.pk)


@task()
def tell_of_papers(keys: list[int], by: int) -> None:
    persistently(partial(_tell_of_papers, keys, by))


def _tell_of_papers(keys: list[int], by: int) -> None:
    actor = User.objects.filter(pk=by).first()
    for paper in Paper.objects.select_related("group").filter(pk__in=keys):
        notify(
            ((person, Reason.PAPER) for person in audience.followers_of(paper, actor)),
            cause=f"paper:{paper.pk}",
            group=paper.group,
            actor=actor,
            paper=paper,
        )


def _details(assignment: Assignment) -> dict[str, str]:
    due_on = assignment.due_on.isoformat() if assignment.due_on else ""
    return {"role": assignment.role, "due_on": due_on}


def notify(told: Iterable[tuple[User, Reason]], **facts: Any) -> None:
    """Write a notification for each person, with the moment at which they get an email."""
    told, now = list(told), timezone.now()
    people = [person for person, _ in told]
    chosen = EmailChoice.objects.of(people)
    quiet = {
        one.user_id: (one.quiet_from, one.quiet_until)
        for one in NotificationSettings.objects.filter(user__in=people)
        if one.quiet_from and one.quiet_until
    }
    rows = []
    for person, reason in told:
        frequency = chosen.get((person.pk, reason), REASONS[reason].frequency)
        at: datetime | None = timing.mail_at(now, frequency, person.zone, quiet.get(person.pk))
        rows.append(
            Notification(user=person, reason=reason, mail_at=at, frequency=frequency, **facts)
        )
    Notification.objects.add_missing(rows)
