"""Mail waits in a queue, written down with the fact that asks for it; the worker sends it.

What is written about a group names the group and the audience: `groups.audience` is asked whether
the reader may be told of it when the e-mail is written, and again whenever it is tried.

Urgent is what someone waits for in front of a page: whatever is sent about an account, such as
sign-in codes, resets and confirmations. It goes before emails about groups, see `task_queue`.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from groups.audience import may_be_told
from groups.mail.refusal_codes import status_of
from groups.mail.signed_addresses import BOUNCE, address_for
from groups.models import Audience, Group, OutgoingEmail, User
from groups.models.outgoing_emails import new_message_id
from groups.task_queue import MAIL, URGENT, URGENT_MAIL, persistently

logger = logging.getLogger(__name__)

_TEST = """\
This is a test of the mail of {site}, sent by `manage.py send_test_mail`.

It arrived, so sign-in codes, invitations and notifications can arrive as well. If it lies in the
spam folder, see to SPF, DKIM and DMARC: docs/operating.md says how.
"""


@task(queue_name=MAIL)
def deliver(pk: int) -> None:
    """Send one email by what EMAIL_URL names. What fails is tried again later, see `send_overdue`.

    The reason goes to the log by its kind only: what a mail server says names addresses.
    """
    email = OutgoingEmail.objects.claim(pk)
    if email is None:
        return
    try:
        is_sent = _send(email)
    except Exception as error:  # whatever it is, the email is not lost
        logger.warning("OutgoingEmail %s was not sent: %s", pk, type(error).__name__)
        status = status_of(error)
        persistently(partial(email.note_refused, status) if status else email.note_failure)
    else:
        persistently(email.note_sent if is_sent else email.withhold)


def _send(email: OutgoingEmail) -> bool:
    """Send an email unless its reader may no longer be told; return whether it was sent.

    No lock is held while a mail server takes its time. So it is asked again once the server
    listens: after the end of a membership is committed, no e-mail is handed over.
    """
    if not _may_be_sent(email):
        return False
    with get_connection(settings.MAIL_DELIVERY) as connection:
        message = email.message(connection)
        _let_bounce(message, email.pk)
        if not _may_be_sent(email):
            return False
        message.send()
    return True


def _let_bounce(message: EmailMessage, pk: int) -> None:
    """Set the sender of the envelope, to whom a server reports what it cannot deliver."""
    if settings.EMAIL_BOUNCES and (bounces_to := address_for(BOUNCE, pk)):
        message.extra_headers.setdefault("From", message.from_email)
        message.from_email = bounces_to


def _may_be_sent(email: OutgoingEmail) -> bool:
    if email.is_stopped:
        return False
    return may_be_told(email.audience, email.group, email.reader or email.recipient)


def post(message: EmailMessage, recipient: str, **columns: Any) -> OutgoingEmail:
    """Write a message down for one recipient, to be sent when the transaction ends."""
    message.subject = " ".join(message.subject.split())
    email = OutgoingEmail.objects.post(message, recipient, **columns)
    _queue(email)
    return email


def post_to_no_one(message: EmailMessage) -> None:
    """Do what posting urgent mail does, for an email that no one gets and that keeps no words."""
    _queue(OutgoingEmail.objects.post_to_no_one(message))


def _queue(email: OutgoingEmail) -> None:
    urgent = deliver.using(queue_name=URGENT_MAIL, priority=URGENT)
    (urgent if email.is_urgent else deliver).enqueue(email.pk)


def write_email(
    to: User | str,
    template: str,
    context: dict[str, object],
    *,
    audience: Audience,
    group: Group | None,
    about: User | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
    message_id: str = "",
    headers: Mapping[str, str] | None = None,
    reply_to: str = "",
    html: str = "",
) -> OutgoingEmail | None:
    """Write an email from a template whose first line is its subject.

    `to` is a person, or an address where `audience` is INVITED or ACCOUNT; `group` is None for
    ACCOUNT alone. Return None, with nothing written, where they may not be told.

    `about` is whom it tells of, if that is not the recipient: they may be forgotten. What is
    attached is text, each as its name, its words and its type. `html` is the template of the same
    words in HTML, for emails that have them in both.
    """
    if not may_be_told(audience, group, to):
        return None
    reader, recipient = (to, to.email) if isinstance(to, User) else (None, to)
    text = render_to_string(template, {**context, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    message = EmailMultiAlternatives(
        subject=subject,
        body=body.strip() + "\n",
        to=[recipient],
        reply_to=[reply_to] if reply_to else None,
        headers={**(headers or {}), "Message-ID": message_id or new_message_id()},
    )
    if html:
        message.attach_alternative(render_to_string(html, context), "text/html")
    for name, words, kind in attachments:
        message.attach(name, words, kind)
    return post(message, recipient, audience=audience, group=group, reader=reader, about=about)


def send_overdue() -> int:
    """Try every email again whose time has come, urgent ones first; return how many there were.

    After each of them it is asked anew which is the next: a code that failed a moment ago does not
    wait behind hundreds of emails that were written before it.
    """
    count = 0
    while email := OutgoingEmail.objects.overdue().first():
        deliver.call(email.pk)
        count += 1
    return count


def send_test_email(address: str) -> None:
    """Send a test email at once, past the queue, by what EMAIL_URL names.

    Raises what smtplib, the system or the message raises.
    """
    headers = {"Message-ID": new_message_id(), "Auto-Submitted": "auto-generated"}
    with get_connection(settings.MAIL_DELIVERY) as connection:
        message = EmailMessage(
            subject=f"Test mail from {settings.SITE_URL}",
            body=_TEST.format(site=settings.SITE_URL),
            to=[address],
            headers=headers,
            connection=connection,
        )
        _let_bounce(message, 0)
        message.send()


class QueuedBackend(BaseEmailBackend):
    """Queue what `send_mail` sends, in the transaction that is open.

    All of it is about someone's account; what is about a group is written by `write`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                post(message, recipient, audience=Audience.ACCOUNT, is_urgent=True)
        return len(email_messages)
