"""Text out of answers: without tags, of the type it should be, as a paper keeps it."""

import re
from html import unescape
from typing import Any

from papers.formats.core.people import Name, People, parted
from papers.formats.core.reading_list import Entry

_PARAGRAPH = re.compile(r"</(?:[a-z]+:)?(?:p|sec|title)>|<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"<(?:jats:)?title>\s*abstract\s*</(?:jats:)?title>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z:]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Blanks are looked at from their first one only, or many are read again from each of them.
_DASHES = re.compile(r"(?:(?<!\s)\s+)?[‐-―−]\s*")


def plain_line(value: Any) -> str:
    """One line without tags. What is no text is none."""
    if not isinstance(value, str):
        return ""
    return " ".join(unescape(_TAG.sub("", value)).split())


def plain_paragraphs(value: Any) -> str:
    """Return the value's text without markup, a blank line between its paragraphs."""
    if not isinstance(value, str):
        return ""
    parts = _PARAGRAPH.sub("\n\n", _HEADING.sub("", value)).split("\n\n")
    return "\n\n".join(filter(None, map(plain_line, parts)))


def first(value: Any) -> str:
    """Return the first text of a list, or the text itself."""
    if isinstance(value, list):
        return next(filter(None, map(plain_line, value)), "")
    return plain_line(value)


def pages_with_hyphens(value: Any) -> str:
    return _DASHES.sub("-", plain_line(value))


def number(value: Any) -> int | None:
    """Return a year, where it is one."""
    return value if isinstance(value, int) and 1 <= value <= 2200 else None


def year_and_day_of_parts(parts: list[Any]) -> tuple[int | None, str]:
    """Year and day of [2021, 4, 21], [2021, 4] or [2021]; a year alone is no day."""
    known = [part for part in parts[:3] if isinstance(part, int) and not isinstance(part, bool)]
    year = number(known[0]) if known else None
    if year is None or len(known) < 2 or not 1 <= known[1] <= 12:
        return year, ""
    if len(known) == 3 and 1 <= known[2] <= 31:
        return year, f"{year:04d}-{known[1]:02d}-{known[2]:02d}"
    return year, f"{year:04d}-{known[1]:02d}"


def name(text: Any) -> Name | None:
    """Return a person whose name is in one piece, as `Ada Lovelace`."""
    bare = plain_line(text).replace(";", " ")
    if not bare:
        return None
    if "," in bare:
        family, _, given = (part.strip() for part in bare.partition(","))
        return Name(family, given) if family else None
    return next(iter(parted(bare).names), None)


def people_of(names: list[Name | None]) -> str:
    return str(People(tuple(filter(None, names))))


def with_title(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.title]
