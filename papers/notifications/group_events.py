"""Tell people of events of a group: who asks to join, and what becomes of the group.

The groups know nothing of notifications: they announce their events to what listens.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django_tasks import task

from groups.audience import readers
from groups.models import Audience, Event, User
from groups.task_queue import persistently
from papers.models import Reason
from papers.notifications.telling import notify

Told = Iterable[tuple[User, Reason]]


def event_announced(event: Event) -> None:
    """Have people told of an event of one of the `KINDS`."""
    tell_of_event.enqueue(event.pk)


@task()
def tell_of_event(pk: int) -> None:
    persistently(partial(_tell_of_event, pk))


def _tell_of_event(pk: int) -> None:
    events = Event.objects.select_related("group", "actor", "person", "invitation")
    if (event := events.filter(pk=pk).first()) is None:  # with its group
        return
    details: dict[str, Any] = {"invitation": event.invitation_id} if event.invitation_id else {}
    told = [one for one in KINDS[event.kind](event) if one[0] != event.actor]
    notify(told, cause=f"event:{pk}", group=event.group, actor=event.actor, details=details)


def _organizers(event: Event) -> Told:
    return ((one, Reason.ASKED) for one in readers(event.group, Audience.ORGANIZERS))


def _answered(event: Event, reason: Reason) -> Told:
    """Return the one who asked. Those who came by a link are their own actor, and not told."""
    return [(event.person, reason)] if event.person else []


def _invited(event: Event) -> Told:
    if event.invitation is None or not event.invitation.email:
        return []
    shown = EmailAddress.objects.filter(email__iexact=event.invitation.email, verified=True)
    invited = User.objects.filter(email__iexact=event.invitation.email, pk__in=shown.values("user"))
    return [(person, Reason.INVITED) for person in invited]


def _members(event: Event, reason: Reason) -> Told:
    return ((one, reason) for one in readers(event.group, Audience.MEMBERS))


KINDS: dict[str, Callable[[Event], Told]] = {
    "asked": _organizers,
    "joined": partial(_answered, reason=Reason.ACCEPTED),
    "declined": partial(_answered, reason=Reason.DECLINED),
    "invited": _invited,
    "archived": partial(_members, reason=Reason.ARCHIVED),
    "reopened": partial(_members, reason=Reason.REOPENED),
    "deletion_asked": partial(_members, reason=Reason.DELETION),
    "deletion_withdrawn": partial(_members, reason=Reason.KEPT),
}
