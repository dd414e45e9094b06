"""Mail waits in a queue, written down with the fact that asks for it; the worker sends it."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from groups.models import Letter, User

logger = logging.getLogger(__name__)


@task()
def deliver(pk: int) -> None:
    """Send one letter by what EMAIL_URL names. What fails is tried again later, see `send_overdue`.

    The reason goes to the log by its kind only: what a mail server says names addresses.
    """
    letter = Letter.objects.claim(pk)
    if letter is None:
        return
    try:
        letter.message(get_connection(settings.MAIL_DELIVERY)).send()
    except Exception as error:  # whatever it is, the letter is not lost
        logger.warning("Letter %s was not sent: %s", pk, type(error).__name__)
        letter.note_failure()
    else:
        letter.note_sent()


def post(message: EmailMessage, about: User | None = None) -> list[Letter]:
    """Write a message down for each of its recipients, to be sent when the transaction ends."""
    message.subject = " ".join(message.subject.split())
    letters = [Letter.objects.post(message, to, about) for to in message.recipients()]
    for letter in letters:
        deliver.enqueue(letter.pk)
    return letters


def post_to_nobody(message: EmailMessage) -> None:
    """Do all that posting does, for a letter that nobody gets and that keeps no words."""
    deliver.enqueue(Letter.objects.post_to_nobody(message).pk)


def write(
    recipient: str,
    template: str,
    context: dict[str, object],
    about: User | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
) -> Letter:
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
    """Try every letter again whose time has come; return how many there were."""
    overdue = list(Letter.objects.overdue().values_list("pk", flat=True))
    for pk in overdue:
        deliver.call(pk)
    return len(overdue)


class QueuedBackend(BaseEmailBackend):
    """What `send_mail` hands over is written down, in the transaction that is open."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            post(message)
        return len(email_messages)
