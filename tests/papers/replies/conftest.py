from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest

from groups.mail.inbox import take_in
from groups.mail.signed_addresses import REPLY, address_for
from groups.models import User
from papers.models import Comment
from tests.factories import Room


@pytest.fixture(autouse=True)
def _mailbox(settings: Any) -> None:
    settings.EMAIL_INBOX = "seminar@example.org"
    settings.EMAIL_INBOX_SECRET = "a secret of the test's own"
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"


def write_reply(
    person: User, comment: Comment, text: str = "By symmetry.", **headers: str | None
) -> EmailMessage:
    """Return a reply to a comment as a person's program sends it; a header of None is left out."""
    letter = EmailMessage()
    said: dict[str, str | None] = {
        "From": f"{person.name} <{person.email}>",
        "To": address_for(REPLY, person.pk, comment.pk),
        "Subject": "Re: [Readers] The diagonal",
        "Message-ID": make_msgid(domain="example.net"),
        "Return-Path": f"<{person.email}>",
    }
    for name, value in (said | {n.replace("_", "-"): v for n, v in headers.items()}).items():
        if value is not None:
            letter[name] = value
    letter.set_content(text)
    return letter


Reply = Callable[..., Any]


@pytest.fixture
def reply(room: Room) -> Reply:
    """Have the member reply to the room's comment, and return what became of it."""

    def send(text: str = "By symmetry.", person: User | None = None, **headers: str | None) -> Any:
        letter = write_reply(person or room.member, room.comment, text, **headers)
        return take_in(letter.as_bytes())

    return send
