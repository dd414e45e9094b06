"""Mail waits in a queue, written down with the fact that asks for it; the worker sends it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django_tasks import task


@task()
def deliver(message: dict[str, Any]) -> None:
    """Send one message by what EMAIL_URL names."""
    alternatives = message.pop("alternatives")
    mail = EmailMultiAlternatives(**message, connection=get_connection(settings.MAIL_DELIVERY))
    for content, kind in alternatives:
        mail.attach_alternative(content, kind)
    mail.send()


class QueuedBackend(BaseEmailBackend):
    """What `send_mail` hands over is enqueued, in the transaction that is open."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver.enqueue(
                {
                    "subject": message.subject,
                    "body": message.body,
                    "from_email": message.from_email,
                    "to": message.to,
                    "reply_to": message.reply_to,
                    "headers": message.extra_headers,
                    "alternatives": [
                        [str(content), str(kind)]
                        for content, kind in getattr(message, "alternatives", [])
                    ],
                }
            )
        return len(email_messages)
