"""Read what an email that came in says of itself, so that no email breaks the reader."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parseaddr
from functools import cached_property

from django.conf import settings

from groups.mail.signed_addresses import is_mailbox
from groups.models import OutgoingEmail

LARGEST_EMAIL = 5 * 1024 * 1024  # bytes
_LONGEST_HEADER = 10_000  # characters
# Where the address is that an email came to, whatever the writer's program says of it.
_RECIPIENTS = (
    "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To", "Cc",
    "Resent-To",
)  # fmt: skip
# Headers by which programs say that no one wrote the email, and with which words.
_AUTOMATIC = {
    "Auto-Submitted": re.compile(r"(?!no\b)", re.IGNORECASE),
    "Precedence": re.compile(r"bulk|list|junk|auto.?reply", re.IGNORECASE),
    "List-Id": re.compile(""),
    "Return-Path": re.compile(r"<\s*>|$"),
    "X-Autoreply": re.compile(r"(?!no\b)", re.IGNORECASE),
    "X-Autorespond": re.compile(""),
    "X-Auto-Reply": re.compile(""),
    "X-Failed-Recipients": re.compile(""),
}
_SENT_BY_PROGRAMS = re.compile(r"(mailer-daemon|no-?reply|do-?not-?reply)@", re.IGNORECASE)
# How old programs begin the subject of an absence note, which has no such header.
_ABSENCE = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?reply|out of (the )?office|autoreply|vacation|away from"
    r"|abwesend|abwesenheits|automatische antwort|réponse automatique|absence du bureau"
    r"|respuesta automática|fuera de la oficina|risposta automatica|fuori ufficio"
    r"|resposta automática|automatisch antwoord|automatische beantwoording|afwezig"
    r"|odpowiedź automatyczna|автоматический ответ|autosvar|automatiskt svar|automaattinen"
    r"|automatická odpověď|自动回复|自動回覆|自動返信|자동 회신|부재 중)",
    re.IGNORECASE,
)
# Characters that no database and no email of ours holds.
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class ParsedEmail:
    """`is_whole` is False of one that is too large, of which only the beginning was read."""

    message: "Message[str, str]"
    is_whole: bool = True
    digest: str = ""

    @classmethod
    def of(cls, raw: bytes, *, is_whole: bool = True) -> "ParsedEmail":
        try:
            message = message_from_bytes(raw, policy=policy.compat32)
        except RecursionError:  # thousands of parts within each other
            message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
        return cls(message, is_whole, hashlib.sha256(raw).hexdigest())

    def headers(self, name: str) -> Iterator[str]:
        """Yield the values of a header as they were sent, on one line each."""
        for value in self.message.get_all(name) or ():
            yield _one_line(str(value)[:_LONGEST_HEADER])

    def header(self, name: str) -> str:
        """Return the first of that name; empty where there is none."""
        return next(self.headers(name), "")

    @cached_property
    def subject(self) -> str:
        value = self.header("Subject")
        try:
            return _one_line(str(make_header(decode_header(value))))
        except (HeaderParseError, LookupError, ValueError):
            return value

    @property
    def message_id(self) -> str:
        return self.header("Message-ID")

    @cached_property
    def sender(self) -> str:
        """Return the address that it says it is from; empty where that is none, or several."""
        senders = [one for _, one in getaddresses(list(self.headers("From")))]
        return senders[0] if len(senders) == 1 and "@" in senders[0] else ""

    @property
    def recipients(self) -> list[str]:
        found = [value for name in _RECIPIENTS for value in self.headers(name)]
        return [address for _, address in getaddresses(found) if address]

    @property
    def is_automatic(self) -> bool:
        """Return whether a program wrote it: an absence note, a mailing list, one of our own."""
        said = (
            words.match(value) for name, words in _AUTOMATIC.items() for value in self.headers(name)
        )
        if any(said) or _SENT_BY_PROGRAMS.match(self.sender) or _ABSENCE.match(self.subject):
            return True
        return self.message.get_content_type() == "multipart/report" or self._is_our_own

    @property
    def _is_our_own(self) -> bool:
        ours = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
        if self.sender.lower() == ours or is_mailbox(self.sender):
            return True
        return OutgoingEmail.objects.filter(message_id=self.message_id[:255]).exists()

    @property
    def may_be_answered(self) -> bool:
        """Return whether its sender's program does without answers that no one wrote."""
        return not (self.is_automatic or self.header("X-Auto-Response-Suppress"))

    def key_for(self, address: str) -> str:
        """Return what it is known by when it comes again to the same address."""
        named = self.message_id or self.digest
        return hashlib.sha256(f"{named}\n{address.lower()}".encode(errors="replace")).hexdigest()

    def is_from(self, addresses: set[str]) -> bool:
        return self.sender.lower() in {one.lower() for one in addresses}


def _one_line(text: str) -> str:
    return " ".join(_UNSTORABLE.sub("", text).split())
