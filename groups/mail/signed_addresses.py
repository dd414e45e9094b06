"""Addresses of our own mailbox that say what an email to them is about, signed.

An address is that of the mailbox with a tag: a kind, the keys of rows, the day on which it was
made, and a signature of these. Only the site makes one that is read here. It is in small letters,
since mail servers need not keep capitals, and has some 40 signs more than EMAIL_INBOX.
"""

import base64
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple, Self

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from groups.encryption import derive, derive_all

REPLY, BOUNCE = "r", "b"
PURPOSE = "groups.mail.signed_addresses"
# Mail programs keep emails for years; one that is answered after so long says why it was refused.
LONGEST_USE = timedelta(days=180)
_FIRST_DAY = date(2020, 1, 1)
_TAG = re.compile(r"(([a-z])((?:-[0-9a-z]{1,13}){1,3})-([0-9a-z]{1,5}))-([a-z2-7]{20})", re.ASCII)
_SIGNATURE_BYTES = 12


class SignedAddress(NamedTuple):
    kind: str
    keys: tuple[int, ...]
    made_on: date

    @property
    def is_stale(self) -> bool:
        return timezone.now().date() > self.made_on + LONGEST_USE

    @classmethod
    def find(cls, addresses: Iterable[str]) -> Self | None:
        """Return the first of the addresses that is ours and has our signature."""
        return next((found for one in addresses if (found := cls.read(one))), None)

    @classmethod
    def read(cls, address: str) -> Self | None:
        tag = _TAG.fullmatch(_tag_of(address))
        if tag is None:
            return None
        signed, kind, keys, day, signature = tag.groups()
        if not any(constant_time_compare(_short(one), signature) for one in _made(signed)):
            return None
        made_on = _FIRST_DAY + timedelta(days=base36_to_int(day))
        return cls(kind, tuple(map(base36_to_int, keys[1:].split("-"))), made_on)


def is_read() -> bool:
    """Return whether there is a mailbox, and somebody reads it: over IMAP or by the webhook."""
    return bool(settings.EMAIL_INBOX and (settings.EMAIL_INBOX_URL or settings.EMAIL_INBOX_SECRET))


def address_for(kind: str, *keys: int) -> str:
    """Return the address for an email about those rows; empty where no mailbox is read."""
    if not is_read():
        return ""
    day = (timezone.now().date() - _FIRST_DAY).days
    signed = "-".join([kind, *map(int_to_base36, keys), int_to_base36(day)])
    begin, end = _around()
    return f"{begin}{signed}-{_short(derive(PURPOSE, signed))}{end}"


def is_mailbox(address: str) -> bool:
    """Return whether an address is that of the mailbox, with a tag or without one."""
    begin, end = _around()
    return bool(end) and address.lower() in {f"{begin}{_tag_of(address)}{end}", begin[:-1] + end}


def hide_tags(text: str) -> str:
    """Hide the tags of such addresses in a text: each lets one write as its owner."""
    begin, end = _around()
    if not end:
        return text
    tag = rf"{re.escape(begin)}[a-z][a-z0-9-]{{20,70}}{re.escape(end)}"
    return re.sub(tag, f"{begin}…{end}", text, flags=re.IGNORECASE | re.ASCII)


def _around() -> tuple[str, str]:
    """Return what such an address has before its tag and behind it: `seminar+` and `@…`."""
    mailbox = settings.EMAIL_INBOX.lower()
    if "*" not in mailbox:
        mailbox = mailbox.replace("@", "+*@", 1)
    begin, _, end = mailbox.partition("*")
    return begin, end


def _tag_of(address: str) -> str:
    begin, end = _around()
    address = address.lower()
    if not end or not address.startswith(begin) or not address.endswith(end):
        return ""
    return address[len(begin) : len(address) - len(end)]


def _made(signed: str) -> list[str]:
    return derive_all(PURPOSE, signed)


def _short(secret: str) -> str:
    """Return a derived secret in small letters and digits."""
    made = base64.urlsafe_b64decode(secret)[:_SIGNATURE_BYTES]
    return base64.b32encode(made).decode().rstrip("=").lower()
