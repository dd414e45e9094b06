"""Mail waits in a queue, written down with the fact that asks for it; the worker sends it.

Urgent is what somebody waits for in front of a page: whatever is sent about an account, such as
sign-in codes, resets and confirmations. It goes before letters about groups, see `task_queue`.
"""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from groups.models import OutgoingEmail, User
from groups.task_queue import MAIL, URGENT, URGENT_MAIL, persistently

logger = logging.getLogger(__name__)


@task(queue_name=MAIL)
def deliver(pk: int) -> None:
    """Send one letter by what EMAIL_URL names. What fails is tried again later, see `send_overdue`.

    The reason goes to the log by its kind only: what a mail server says names addresses.
    """
    letter = OutgoingEmail.objects.claim(pk)
    if letter is None:
        return
    try:
        letter.message(get_connection(settings.MAIL_DELIVERY)).send()
    except Exception as error:  # whatever it is, the letter is not lost
        logger.warning("OutgoingEmail %s was not sent: %s", pk, type(error).__name__)
        persistently(letter.note_failure)
    else:
        persistently(letter.note_sent)


def post(
    message: EmailMessage, about: User | None = None, *, is_urgent: bool = False
) -> list[OutgoingEmail]:
    """Write a message down for each of its recipients, to be sent when the transaction ends."""
    message.subject = " ".join(message.subject.split())
    letters = [
        OutgoingEmail.objects.post(message, to, about, is_urgent=is_urgent)
        for to in message.recipients()
    ]
    for letter in letters:
        _queue(letter)
    return letters


def post_to_nobody(message: EmailMessage) -> None:
    """Do what posting urgent mail does, for a letter that nobody gets and that keeps no words."""
    _queue(OutgoingEmail.objects.post_to_nobody(message))


def _queue(letter: OutgoingEmail) -> None:
    urgent = deliver.using(queue_name=URGENT_MAIL, priority=URGENT)
    (urgent if letter.is_urgent else deliver).enqueue(letter.pk)


def write(
    recipient: str,
    template: str,
    context: dict[str, object],
    about: User | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
) -> OutgoingEmail:
    """Write a letter from a template whose first line is its subject.

    `about` is whom it tells of, if that is not the recipient: they may be forgotten. What is
    attached is text, each as its name, its words and its type.
    """
    text = render_to_string(template, {**context, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    message = EmailMultiAlternatives(subject=subject, body=body.strip() + "\n", to=[recipient])
    for name, words, kind in attachments:
        message.attach(name, words, kind)
    (letter,) = post(message, about)
    return letter


def send_overdue() -> int:
    """Try every letter again whose time has come, urgent ones first; return how many there were.

    After each of them it is asked anew which is the next: a code that failed a moment ago does not
    wait behind hundreds of letters that were written before it.
    """
    count = 0
    while letter := OutgoingEmail.objects.overdue().first():
        deliver.call(letter.pk)
        count += 1
    return count


class QueuedBackend(BaseEmailBackend):
    """What `send_mail` hands over is written down, in the transaction that is open.

    All of it is about somebody's account; what is about a group is written by `write`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            post(message, is_urgent=True)
        return len(email_messages)
