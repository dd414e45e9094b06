"""Uploaded bytes to text, and how much text one list may be."""

import codecs
import re
from dataclasses import dataclass

LARGEST_TEXT = 2**20
MOST_ENTRIES = 5_000

# What a text may hold below the blank: tab, line feed, vertical tab, form feed, carriage return.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


class Refused(ValueError):
    """A text that is not taken in. The message is a sentence for whoever brought it."""


class NotText(Refused):
    """The bytes are not text."""


class TooLarge(Refused):
    """More than one list may hold."""


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    is_guess: bool = False


def decode(data: bytes) -> Decoded:
    """UTF-8, or UTF-16 where a byte-order mark says so; else a guess: Windows-1252.

    Raises TooLarge before anything is decoded, and NotText for what no one can read.
    """
    refuse_large(len(data))
    decoded = _decoded(data)
    if "\0" in decoded.text:
        line = decoded.text.count("\n", 0, decoded.text.index("\0")) + 1
        raise NotText(
            f"The file contains a character that cannot be stored (at line {line}), "
            "so it is probably not a text file. Nothing was written. "
            "Save it as plain text, then try again."
        )
    return decoded


def refuse_large(size: int) -> None:
    """Raise TooLarge for more than LARGEST_TEXT bytes."""
    if size > LARGEST_TEXT:
        raise TooLarge(
            f"A list may be at most {LARGEST_TEXT // 2**20} MB of text, and this one is larger. "
            "Nothing was written. Split it and import the parts."
        )


def refuse_many(count: int, what: str) -> None:
    """Raise TooLarge for more than MOST_ENTRIES of what is counted."""
    if count > MOST_ENTRIES:
        raise TooLarge(
            f"A list may hold at most {MOST_ENTRIES:,} {what}, and this one holds {count:,}. "
            "Nothing was written. Split it and import the parts."
        )


def _decoded(data: bytes) -> Decoded:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Decoded(data.decode("utf-16"), "utf-16")
        except UnicodeDecodeError:
            raise _unreadable() from None
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    """Nearly every byte means something in Windows-1252: control characters betray a picture."""
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise _unreadable() from None
    if _CONTROLS.search(text.replace("\0", "")):
        raise _unreadable()
    return Decoded(text, "windows-1252", is_guess=True)


def _unreadable() -> NotText:
    return NotText(
        "The file is not text that can be read. Nothing was written. "
        "Save it as plain text in UTF-8, then try again."
    )
