"""Emails about notifications: one for a thread, or for whatever else is told; or a digest.

They are written when their time has come from what is there then: what was deleted, or may no
longer be read, is in none. The outbox asks once more before it hands an email over.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator

from groups.mail import outbox
from groups.mail.signed_addresses import REPLY, address_for
from groups.models import Audience, Group, User
from papers.models import Frequency, Notification
from papers.notifications import unsubscribing
from papers.notifications.reasons import REASONS, words_besides
from papers.rendering.formulas import with_formulas_as_written

_LONGEST_SUBJECT = 120  # characters
_MOST_IN_DIGEST = 100


@dataclass(frozen=True)
class MailedNotification:
    """One notification as an email shows it."""

    sentence: str
    because: str
    link: str
    title: str = ""
    is_of_thread: bool = False
    source: str = ""
    shown_html: str = ""


def send_due() -> int:
    """Write the emails whose time has come; return how many were written.

    Each person's are written in one transaction with the note that they are, so of several workers
    one writes each.
    """
    count, last = 0, 0
    due = Notification.objects.due_by_mail().order_by("user")
    while (found := due.filter(user__gt=last).first()) is not None:
        last = found.user_id
        count += _send_to(found.user)
    return count


@transaction.atomic
def _send_to(user: User) -> int:
    due = Notification.objects.due_by_mail().of(user).without_bursts().order_by("pk")
    rows = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Notification.objects.filter(pk__in=rows).update(mail_at=None)
    told = Notification.objects.filter(pk__in=rows, done_at=None, seen_at=None).readable()
    at_once: dict[tuple[int, str], list[Notification]] = defaultdict(list)
    digest: list[Notification] = []
    for notification in told.for_page().order_by("pk"):
        if notification.frequency == Frequency.AT_ONCE:
            at_once[notification.group_id, notification.conversation].append(notification)
        else:
            digest.append(notification)
    for together in at_once.values():
        _write_conversation(user, together)
    by_group: dict[int, list[Notification]] = defaultdict(list)
    for notification in digest:
        by_group[notification.group_id].append(notification)
    for together in by_group.values():
        _write_digest(user, together)
    return len(at_once) + len(by_group)


def _write_conversation(user: User, told: Sequence[Notification]) -> None:
    """Write one email of all that is told about one thread, or of one thing about a paper."""
    first = told[0]
    subject = _counted(told)
    if _has_text(first.group):
        subject = first.thread.title if first.thread else _about_paper(first)
    _write(
        user,
        first.group,
        f"[{first.group.name}] {subject}",
        list(map(_item, told)),
        conversation=first.conversation,
        unsubscribe=unsubscribing.path_for(user, first),
        is_thread=first.thread is not None,
        reply_to=_reply_to(user, told),
    )


def _reply_to(user: User, told: Sequence[Notification]) -> str:
    """Return the address that posts an answer to the last of the comments; empty where none does.

    Where emails say nothing of what was written, it is not written in emails either.
    """
    comments = [one.comment_id for one in told if one.comment_id]
    group, thread = told[0].group, told[0].thread
    is_over = group.is_frozen or thread is None or thread.closed_at is not None
    if not comments or is_over or not _has_text(group):
        return ""
    address = address_for(REPLY, user.pk, max(comments))
    return formataddr((group.name, address)) if address else ""


def _counted(told: Sequence[Notification]) -> str:
    return "1 notification" if len(told) == 1 else f"{len(told)} notifications"


def _about_paper(notification: Notification) -> str:
    sentence = REASONS[notification.reason].said_of(notification)
    return f"{sentence}: {notification.paper.title}" if notification.paper else sentence


def _write_digest(user: User, told: Sequence[Notification]) -> None:
    group = told[0].group
    shown = list(map(_item, told[:_MOST_IN_DIGEST]))
    subject = f"[{group.name}] {_counted(told)}"
    unsubscribe = unsubscribing.path_for_digest(user)
    _write(user, group, subject, shown, conversation=f"digest-{group.pk}", unsubscribe=unsubscribe,
           left=len(told) - len(shown))  # fmt: skip


def _has_text(group: Group) -> bool:
    """Return whether emails of a group say what was written, and about what."""
    return settings.EMAIL_TEXT and not group.emails_without_text


def _item(notification: Notification) -> MailedNotification:
    row, comment, thread = REASONS[notification.reason], notification.comment, notification.thread
    about = thread or notification.paper
    found = MailedNotification(
        sentence=row.said_of(notification),
        because=row.because,
        link=settings.SITE_URL + row.path_of(notification),
    )
    if not _has_text(notification.group):
        return found
    found = replace(found, title=str(about or ""), is_of_thread=thread is not None)
    if comment is None:
        return replace(found, source=words_besides(notification))
    html = with_formulas_as_written(comment.shown_html)
    return replace(found, source=comment.source.strip(), shown_html=html)


def _write(
    user: User,
    group: Group,
    subject: str,
    items: Iterable[MailedNotification],
    *,
    conversation: str,
    unsubscribe: str,
    is_thread: bool = False,
    reply_to: str = "",
    left: int = 0,
) -> None:
    items = list(items)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    leave = settings.SITE_URL + unsubscribe
    context = {
        "subject": Truncator(" ".join(subject.split())).chars(_LONGEST_SUBJECT),
        "group": group,
        "items": items,
        "left": left,
        "unsubscribe": leave,
        "is_thread": is_thread,
        "can_reply": bool(reply_to),
        "notifications": settings.SITE_URL + reverse("papers:notification_list"),
        "choices": settings.SITE_URL + reverse("papers:notification_settings"),
    }
    parent = f"<{conversation}.{group.pk}@{host}>"
    outbox.write_email(
        user,
        "papers/notifications/mail/notifications.txt",
        context,
        audience=Audience.MEMBERS,
        group=group,
        headers={
            # One conversation in a mailbox, whichever of its emails came first.
            "In-Reply-To": parent,
            "References": parent,
            "List-Id": formataddr((group.name, f"{group.slug}.{host}")),
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
        reply_to=reply_to,
        html="papers/notifications/mail/notifications.html",
    )
