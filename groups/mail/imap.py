"""Read the mailbox over IMAP, by what EMAIL_INBOX_URL names.

Any number of workers may read it at once: each email is noted in the database when it is taken in,
see `inbox`. What was read is marked as seen and answered, and is not looked at again. What is for
no address of ours, or could not be read, stays unread and is flagged, for a person to look at.
"""

import imaplib
import logging
import re
import ssl
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import InterfaceError, OperationalError

from groups.mail.inbox import NotNow, take_in
from groups.mail.mailbox_url import MailboxUrl
from groups.mail.parsing import LARGEST_EMAIL
from groups.models.incoming_emails import Outcome

logger = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 20
# Of an email that is too large: its head, and mostly its text.
BEGINNING = 256 * 1024  # bytes
MOST_AT_ONCE = 200
_WAITING = "UNANSWERED UNFLAGGED UNDELETED"
_READ, _LEFT = r"(\Seen \Answered)", r"(\Flagged)"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)", re.IGNORECASE)


class MailboxAway(Exception):
    """The mailbox cannot be read; the message says why, and names no password."""


# The moments of this process's clock before which some are not read, by their UIDs.
_later: dict[str, float] = {}


class _LastProblem:
    """The problem that was logged last, so that each is logged once until it changes."""

    said = ""


def look() -> None:
    """Read what waits; for the worker, which does so every half a minute."""
    if not settings.EMAIL_INBOX_URL:
        return
    try:
        read_mailbox()
    except MailboxAway as error:
        if _LastProblem.said != str(error):
            logger.warning("The mailbox of EMAIL_INBOX_URL cannot be read: %s", error)
        _LastProblem.said = str(error)
    else:
        _LastProblem.said = ""


def read_mailbox() -> Counter[str]:
    """Take in what waits in the mailbox; return how many emails became what.

    Raises MailboxAway, and what a database that is away raises.
    """
    counted: Counter[str] = Counter()
    with _mailbox() as box:
        for uid in _waiting(box):
            outcome = _take_in(box, uid)
            counted[outcome] += 1
    return counted


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    try:
        url = MailboxUrl.read(settings.EMAIL_INBOX_URL)
        box = _connect(url)
        try:
            _sign_in(box, url)
            yield box
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                box.logout()
            with suppress(OSError):
                box.shutdown()
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise MailboxAway(_reason(error)) from None


def _reason(error: Exception) -> str:
    """Return what went wrong. What a server says may name the user, so it is not repeated."""
    if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
        return "the server refused the user, the password, the folder or what it was asked"
    words = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}{f' ({words})' if words else ''}"


def _connect(url: MailboxUrl) -> imaplib.IMAP4:
    if url.scheme == "imap+ssl":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(url.host, url.port, ssl_context=context, timeout=SECONDS_TO_ANSWER)
    return imaplib.IMAP4(url.host, url.port, timeout=SECONDS_TO_ANSWER)


def _sign_in(box: imaplib.IMAP4, url: MailboxUrl) -> None:
    if url.scheme == "imap+tls":
        box.starttls(ssl.create_default_context())
    box.login(url.user, url.password)
    folder = url.folder.replace("\\", "\\\\").replace('"', '\\"')
    if box.select(f'"{folder}"')[0] != "OK":
        raise imaplib.IMAP4.error("folder")


def _waiting(box: imaplib.IMAP4) -> list[str]:
    """Return what was not read, without what is to be read later: that is in no other's way."""
    _, found = box.uid("SEARCH", _WAITING)
    now = time.monotonic()
    for uid in [uid for uid, moment in _later.items() if moment <= now]:
        del _later[uid]
    waiting = (found[0] or b"").decode("ascii").split()
    return [uid for uid in waiting if uid not in _later][:MOST_AT_ONCE]


def _take_in(box: imaplib.IMAP4, uid: str) -> str:
    """Take in one email and mark it; return what became of it, or why nothing did."""
    raw, is_whole = _fetch(box, uid)
    if raw is None:
        return "gone"
    try:
        outcome = take_in(raw, is_whole=is_whole)
    except NotNow as error:
        _later[uid] = time.monotonic() + error.seconds
        return "later"
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # whatever is in it, the others are read
        logger.warning("An email in the mailbox cannot be read: %s", type(error).__name__)
        box.uid("STORE", uid, "+FLAGS.SILENT", _LEFT)
        return "unreadable"
    box.uid("STORE", uid, "+FLAGS.SILENT", _LEFT if outcome is None else _READ)
    return outcome or "not for us"


def _fetch(box: imaplib.IMAP4, uid: str) -> tuple[bytes | None, bool]:
    """Return an email and whether that is all of it; None where it is gone."""
    _, found = box.uid("FETCH", uid, "(RFC822.SIZE)")
    size = next((int(m[1]) for part in found if part and (m := _SIZE.search(_bytes(part)))), None)
    if size is None:
        return None, False
    is_whole = size <= LARGEST_EMAIL
    wanted = LARGEST_EMAIL if is_whole else BEGINNING
    _, found = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{wanted}>)")
    raw = next((part[1] for part in found if isinstance(part, tuple)), None)
    return raw, is_whole


def _bytes(part: bytes | tuple[bytes, bytes]) -> bytes:
    return part[0] if isinstance(part, tuple) else part


OUTCOMES = {
    **dict(Outcome.choices),
    "later": "To be read later: too many from one person",
    "not for us": "To no address of ours; left and flagged",
    "unreadable": "Could not be read; left and flagged",
    "gone": "Gone meanwhile",
}
