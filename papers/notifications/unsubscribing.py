"""Links at the foot of an email that stop it for anyone who holds it: no sign-in, no cookie.

A link names the person and what it stops, signed. It lets no one in, and shows nothing but the name
of what is stopped.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from groups.models import User
from papers.models import EmailChoice, Frequency, Level, Notification, Thread
from papers.notifications.following import choose_level
from papers.notifications.reasons import CHOSEN, REASONS

_SALT = "papers.notifications.unsubscribing"


@dataclass(frozen=True)
class UnsubscribeLink:
    """The thing that a link stops for a person: a thread, or all emails for some reasons."""

    user: User
    thread: Thread | None = None
    reasons: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        return [REASONS[reason].label for reason in self.reasons]

    def stop(self) -> None:
        if self.thread:
            choose_level(self.user, Level.OFF, self.thread)
        else:
            EmailChoice.objects.choose(self.user, dict.fromkeys(self.reasons, Frequency.NEVER))


def path_for(user: User, notification: Notification) -> str:
    """Return the path that mutes the thread, or else stops emails for that reason."""
    if notification.thread:
        return _path(token_for(user, notification.thread))
    return _path(_token({"user": user.pk, "reasons": [notification.reason]}))


def path_for_digest(user: User) -> str:
    """Return the path that stops emails for all that comes in digests."""
    chosen = EmailChoice.objects.of([user])
    reasons = [
        reason
        for reason, row in CHOSEN.items()
        if chosen.get((user.pk, reason), row.frequency) in {Frequency.DAILY, Frequency.WEEKLY}
    ]
    return _path(_token({"user": user.pk, "reasons": reasons}))


def token_for(user: User, thread: Thread) -> str:
    """Return the token that mutes a thread for a person."""
    return _token({"user": user.pk, "thread": thread.pk})


def _token(said: dict[str, object]) -> str:
    return signing.Signer(salt=_SALT).sign_object(said, compress=True)


def _path(token: str) -> str:
    return reverse("papers:unsubscribe", args=[token])


def hide_links(text: str) -> str:
    """Hide what such links in a text would stop: who quotes their email gives them away."""
    begin = settings.SITE_URL + reverse("papers:unsubscribe", args=["-"]).removesuffix("-/")
    return re.sub(rf"{re.escape(begin)}[\w:-]+/?", f"{begin}…", text, flags=re.ASCII)


def read_token(token: str) -> UnsubscribeLink | None:
    """Return what a link stops; None where it was not made here, or the person is gone."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None:
        return None
    if "thread" in said:
        thread = Thread.objects.select_related("group", "paper").filter(pk=said["thread"]).first()
        return UnsubscribeLink(user, thread=thread) if thread else None
    known = tuple(reason for reason in said["reasons"] if reason in CHOSEN)
    return UnsubscribeLink(user, reasons=known)
