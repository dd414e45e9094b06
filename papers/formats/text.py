"""Bytes to text and back to the same bytes, and how much text one list may be."""

import codecs
import re
from dataclasses import dataclass
from typing import Protocol

from papers.formats import foreign

LARGEST_FILE = 4 * 2**20
# In Markdown any line may mean something, so it takes longest to read.
LARGEST_TEXT = 2**20
MOST_ENTRIES = 10_000

# What a text may hold below the blank: tab, line feed, vertical tab, form feed, carriage return.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_SAMPLE = 4096


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
    # Whether a byte-order mark stood before the text.
    has_mark: bool = False


class Spelling(Protocol):
    """How a text was spelt in bytes."""

    @property
    def encoding(self) -> str: ...
    @property
    def has_mark(self) -> bool: ...


def decode(data: bytes) -> Decoded:
    """UTF-8, or UTF-16 where a byte-order mark or its zero bytes say so; else a guess:
    Windows-1252.

    Raises TooLarge before anything is decoded, and NotText for what no one can read.
    """
    refuse_large(len(data))
    if sentence := foreign.file(data):
        raise NotText(sentence)
    decoded = _decoded(data)
    if "\0" in decoded.text:
        line = decoded.text.count("\n", 0, decoded.text.index("\0")) + 1
        raise NotText(
            f"The file contains a character that cannot be stored (at line {line}), "
            "so it is probably not a text file. Nothing was written. "
            "Save it as plain text, then try again."
        )
    if _CONTROLS.search(decoded.text):
        raise _unreadable()
    return decoded


def encode(like: Spelling, text: str) -> bytes:
    """The text in the bytes that it came in: what `decode` was given, where nothing was changed.

    Where a character has no place in them the text is written in UTF-8.
    """
    mark = _MARKS[like.encoding] if like.has_mark else b""
    try:
        return mark + text.encode(like.encoding)
    except UnicodeEncodeError:
        return text.encode()


def refuse_large(size: int, most: int = LARGEST_FILE, what: str = "A list") -> None:
    """Raise TooLarge for more bytes than that."""
    if size > most:
        raise TooLarge(
            f"{what} may be at most {most // 2**20} MB of text, and this one is larger. "
            "Nothing was written. Split it and import the parts."
        )


def refuse_many(count: int, what: str, most: int = MOST_ENTRIES) -> None:
    """Raise TooLarge for more of what is counted than that."""
    if count > most:
        raise too_many(what, most, f"{count:,}")


def too_many(what: str, most: int = MOST_ENTRIES, count: str = "more") -> TooLarge:
    return TooLarge(
        f"A list may hold at most {most:,} {what} at a time, and this one holds {count}. "
        "Nothing was written. Split it and import the parts."
    )


def _decoded(data: bytes) -> Decoded:
    for encoding, mark in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, has_mark=True)
    if encoding := _encoding_of_zeros(data):
        return _strictly(data, encoding, has_mark=False)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _strictly(data: bytes, encoding: str, *, has_mark: bool) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, has_mark=has_mark)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _encoding_of_zeros(data: bytes) -> str:
    """UTF-16 without a mark has a zero in nearly every other byte, if its letters are Latin."""
    if len(data) % 2:
        return ""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    zeros = even.count(0), odd.count(0)
    if max(zeros) < 0.4 * len(even) or min(zeros) > 0.05 * len(even):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


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
