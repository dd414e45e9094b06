"""Bytes to text and back to the same bytes, and how much text one list may be."""

import codecs
import re
from dataclasses import dataclass
from typing import Protocol

from papers.formats.core.text import declared_encoding, foreign

LARGEST_FILE = 4 * 2**20
# In Markdown any line may mean something, so it takes longest to read.
LARGEST_TEXT = 2**20
MOST_ENTRIES = 10_000

# What a text may hold below the blank: tab, line feed, vertical tab, form feed, carriage return.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# A program that copied a few of the others into a record wrote text all the same.
_MOST_CONTROLS = 0.01
_FEW_CONTROLS = 3
_LETTERS_FOR_A_CONTROL = 20
# In UTF-8 so many letters prove it for each byte that is none.
_LETTERS_FOR_A_STRAY_BYTE = 3
# UTF-8 in which some letters were left in Windows-1252. It is written again in UTF-8 throughout.
MIXED = "mixed"
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_SAMPLE = 4096


class Refused(ValueError):
    """A text that is not accepted. The message is a sentence for the person who imports it."""


class NotText(Refused):
    """The bytes are not text."""


class TooLarge(Refused):
    """More than one list may hold."""


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    # The name of a codec, or MIXED.
    encoding: str
    # Whether neither the bytes nor the file say what they are written in.
    is_guess: bool = False
    # Whether the text began with a byte-order mark.
    has_mark: bool = False


class Spelling(Protocol):
    """The encoding of a text."""

    @property
    def encoding(self) -> str: ...
    @property
    def has_mark(self) -> bool: ...


def decode(data: bytes) -> Decoded:
    """UTF-8, or UTF-16 where a byte-order mark or its zero bytes say so; else what the file says
    that it is in; else a guess: UTF-8 with some letters of Windows-1252, or all of it.

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
            "so it is probably not a text file. Nothing was imported. "
            "Save it as plain text, then try again."
        )
    if not _is_text(decoded.text):
        raise _unreadable()
    return decoded


def encode(like: Spelling, text: str) -> bytes:
    """Return the text in the bytes that it came in: what `decode` was given, where nothing was
    changed.

    Where a character has no place in them the text is written in UTF-8.
    """
    mark = _MARKS[like.encoding] if like.has_mark else b""
    try:
        return mark + text.encode("utf-8" if like.encoding == MIXED else like.encoding)
    except UnicodeEncodeError:
        return text.encode()


def refuse_large(size: int, most: int = LARGEST_FILE, what: str = "A list") -> None:
    """Raise TooLarge for more bytes than that."""
    if size > most:
        raise TooLarge(
            f"{what} may be at most {most // 2**20} MB of text, and this one is larger. "
            "Nothing was imported. Split it and import the parts."
        )


def refuse_many(count: int, what: str, most: int = MOST_ENTRIES) -> None:
    """Raise TooLarge for more of what is counted than that."""
    if count > most:
        raise too_many_entries(what, most, f"{count:,}")


def too_many_entries(what: str, most: int = MOST_ENTRIES, count: str = "more") -> TooLarge:
    return TooLarge(
        f"A list may hold at most {most:,} {what} at a time, and this one holds {count}. "
        "Nothing was imported. Split it and import the parts."
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
        return _declared(data) or _mixed(data) or _guessed(data)


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


def _declared(data: bytes) -> Decoded | None:
    """Return the text in what the file says that it is in, where its bytes can be that and come
    back.
    """
    encoding = declared_encoding.of_bytes(data)
    if not encoding or encoding == "utf-8":
        return None
    try:
        text = data.decode(encoding)
        return Decoded(text, encoding) if text.encode(encoding) == data else None
    except UnicodeError:
        return None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 in which some bytes are none, as where records of two programs were put together."""
    text = data.decode(errors="surrogateescape")
    strays = len(_STRAY_BYTE.findall(text))
    letters = sum(character > "\x7f" for character in text) - strays
    if letters < _LETTERS_FOR_A_STRAY_BYTE * strays:
        return None
    try:
        text = _STRAY_BYTE.sub(_in_windows_1252, text)
    except UnicodeDecodeError:
        return None
    return Decoded(text, MIXED, is_guess=True) if _is_text(text.replace("\0", "")) else None


def _in_windows_1252(found: re.Match[str]) -> str:
    return found[0].encode(errors="surrogateescape").decode("windows-1252")


def _guessed(data: bytes) -> Decoded:
    """Nearly every byte means something in Windows-1252: control characters betray a picture."""
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise _unreadable() from None
    if not _is_text(text.replace("\0", "")):
        raise _unreadable()
    return Decoded(text, "windows-1252", is_guess=True)


def _is_text(text: str) -> bool:
    """Return whether the text has hardly any control characters, and few where it is short."""
    controls = len(_CONTROLS.findall(text))
    most = max(_FEW_CONTROLS, _MOST_CONTROLS * len(text))
    return controls <= most and _LETTERS_FOR_A_CONTROL * controls <= len(text)


def _unreadable() -> NotText:
    return NotText(
        "The file is not text that can be read. Nothing was imported. "
        "Save it as plain text in UTF-8, then try again."
    )
