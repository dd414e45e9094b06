"""The page of notifications: what waits, by what it is about, and what was put off to later."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from groups.models import User
from groups.web.humanize import time_tag
from papers.models import Notification
from papers.notifications.reasons import REASONS, words_besides

# Of more the oldest are shown once the others are done.
MOST_SHOWN = 200
_LONGEST_EXCERPT = 160  # characters


@dataclass
class NotificationLine:
    """One notification as the page shows it."""

    notification: Notification
    sentence: str
    because: str
    when: SafeString
    path: str
    excerpt: str

    @classmethod
    def of(cls, notification: Notification, now: datetime) -> "NotificationLine":
        row = REASONS[notification.reason]
        comment = notification.comment
        excerpt = comment.source if comment else words_besides(notification)
        return cls(
            notification,
            row.said_of(notification),
            row.because,
            time_tag(notification.created_at, now),
            row.path_of(notification),
            Truncator(" ".join(excerpt.split())).chars(_LONGEST_EXCERPT),
        )


@dataclass
class Conversation:
    """Notifications about one thread, one paper or one group; the newest first."""

    key: str
    title: str
    # Empty where the title is that of the group.
    group_name: str
    path: str
    mute_path: str
    lines: list[NotificationLine] = field(default_factory=list)


class NotificationPage:
    def __init__(self, user: User, *, is_later: bool = False) -> None:
        self.user, self.is_later, self.now = user, is_later, timezone.now()
        readable = Notification.objects.of(user).readable()
        found = readable.put_off() if is_later else readable.waiting()
        shown = list(found.for_page()[: MOST_SHOWN + 1])
        self.has_more = len(shown) > MOST_SHOWN
        self.shown = shown[:MOST_SHOWN]
        self.conversations = _together(self.shown, self.now)
        self.later_count = readable.put_off().count()

    def context(self) -> dict[str, object]:
        return {
            "conversations": self.conversations,
            "is_later": self.is_later,
            "has_more": self.has_more,
            "most_shown": MOST_SHOWN,
            "later_count": self.later_count,
            "oldest": min((one.pk for one in self.shown), default=0),
            "newest": max((one.pk for one in self.shown), default=0),
            "section": "notifications",
        }


def _together(shown: Iterable[Notification], now: datetime) -> list[Conversation]:
    found: dict[str, Conversation] = {}
    for notification in shown:
        key = _key(notification)
        if key not in found:
            about = notification.thread or notification.paper
            found[key] = Conversation(
                key,
                str(about or notification.group),
                notification.group.name if about else "",
                about.get_absolute_url()
                if about
                else REASONS[notification.reason].path_of(notification),
                _mute_path(notification),
            )
        found[key].lines.append(NotificationLine.of(notification, now))
    return list(found.values())


def _key(notification: Notification) -> str:
    if notification.thread_id:
        return f"thread-{notification.thread_id}"
    if notification.paper_id:
        return f"paper-{notification.paper_id}"
    return f"group-{notification.group_id}"


def _mute_path(notification: Notification) -> str:
    if notification.thread_id is None:
        return ""
    return reverse("papers:thread_follow", args=[notification.group.slug, notification.thread_id])
