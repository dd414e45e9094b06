"""The system check of `manage.py check --deploy` for mail."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from groups.mail.mailbox_url import MailboxUrl

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SHORTEST_SECRET = 20
# The part of an address before its @ may have 64 signs, of which the tag takes up to 45.
LONGEST_MAILBOX = 19
SET_SENDER = "Set EMAIL_FROM to an address of your own domain."


def has_own_sender() -> bool:
    """Return whether mail is sent from an address to which mail servers can answer."""
    _, at, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return bool(at) and domain.lower() != "localhost"


def check_sender(**_: Any) -> list[checks.CheckMessage]:
    """Warn of a sender at localhost where a mail server is set: most servers refuse it."""
    if not settings.EMAIL_URL or has_own_sender():
        return []
    return [
        checks.Warning(
            f"Mail is sent from {settings.DEFAULT_FROM_EMAIL}, which most mail servers refuse.",
            hint=SET_SENDER,
            id="groups.W001",
        )
    ]


def check_inbox(**_: Any) -> list[checks.CheckMessage]:
    """Warn of a mailbox for replies that is set by half: then none of it is used, or it is open."""
    problems = [*_mailbox_problems(), *_reader_problems()]
    return [
        checks.Warning(problem, hint=hint, id=f"groups.{number}")
        for number, problem, hint in problems
    ]


def _mailbox_problems() -> Iterator[tuple[str, str, str]]:
    inbox = settings.EMAIL_INBOX
    is_read = settings.EMAIL_INBOX_URL or settings.EMAIL_INBOX_SECRET
    if inbox and not is_read:
        yield (
            "W002",
            "EMAIL_INBOX is set, but no one reads it, so no email can be answered.",
            ("Set EMAIL_INBOX_URL, or EMAIL_INBOX_SECRET for a server that hands emails on."),
        )
    if is_read and not inbox:
        yield (
            "W003",
            "A mailbox is read, but no email names it, so none can be answered.",
            ("Set EMAIL_INBOX to the address of the mailbox."),
        )
    if inbox and not _is_mailbox(inbox):
        yield (
            "W004",
            "EMAIL_INBOX is no address, or too long for a tag.",
            (f"Set an address with at most {LONGEST_MAILBOX} characters before the @."),
        )
    if inbox and not settings.EMAIL_URL:
        yield "W005", "EMAIL_INBOX is set, but no mail is sent.", "Set EMAIL_URL."


def _reader_problems() -> Iterator[tuple[str, str, str]]:
    secret, url = settings.EMAIL_INBOX_SECRET, settings.EMAIL_INBOX_URL
    if secret and len(secret) < SHORTEST_SECRET:
        yield (
            "W006",
            "EMAIL_INBOX_SECRET can be guessed.",
            (f"Set at least {SHORTEST_SECRET} random characters."),
        )
    try:
        mailbox = MailboxUrl.read(url) if url else None
    except ValueError:
        yield (
            "W007",
            "EMAIL_INBOX_URL is not understood.",
            ("Write it as imap+ssl://user:password@host:993/folder."),
        )
        return
    if mailbox and mailbox.scheme == "imap" and mailbox.host not in _LOOPBACK:
        yield (
            "W008",
            "The mailbox is read without TLS, so others can read its password.",
            ("Write EMAIL_INBOX_URL with imap+ssl:// or imap+tls://."),
        )


def _is_mailbox(inbox: str) -> bool:
    address = inbox.replace("*", "x", 1)
    try:
        validate_email(address)
    except ValidationError:
        return False
    name, _, _ = address.rpartition("@")
    return "*" not in address and len(name) <= LONGEST_MAILBOX
