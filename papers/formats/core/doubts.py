"""Doubts about a text as a whole, whatever its format: letters lost in its encoding, and
characters that no text should hold.

Each doubt is a remark on its line, to be seen before anything is written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from papers.formats.core.reading_list import ReportedLine
from papers.formats.core.text import MIXED, declared_encoding

# So many lines of one sort are named, which is more than anyone mends by hand.
_MOST_NAMED = 50
_SHOWN = 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST = re.compile("\ufffd")
# UTF-8 that was read as Windows-1252 before: `MÃ¼ller`, `donâ€™t`.
_READ_TWICE = re.compile(
    "\u00c3[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]"
    "|\u00c5[\u0080-\u00be\u0152\u0153\u0160\u0161\u017d\u017e\u0178]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0152-\u2122]"
)
_CONTROL = "It contained a control character, which was removed. The rest was read."
_IS_LOST = (
    "A letter was lost before the list was imported: it shows as \ufffd. Look it up where the "
    "list comes from."
)
_IS_READ_TWICE = (
    "The accents look as if they were saved in a wrong encoding before the import. Export the "
    "list again in UTF-8, or correct them here."
)
_LETTERS = ((_CONTROLS, _CONTROL), (_LOST, _IS_LOST), (_READ_TWICE, _IS_READ_TWICE))


def doubts_of(text: str) -> list[ReportedLine]:
    """Return the lines whose letters are doubtful, in their order; of many of one sort only the
    first.
    """
    found: list[ReportedLine] = []
    for pattern, reason in _LETTERS:
        if pattern.search(text):
            found += _named(_lines(text, pattern), reason)
    return sorted(found, key=lambda line: line.number)


def of_encoding(encoding: str, text: str) -> list[ReportedLine]:
    """Return a line that asks to check the accents of a text that was not in Unicode."""
    said = declared_encoding.declared_encoding_of(text)
    first = text.lstrip("\n").partition("\n")[0][:_SHOWN]
    if encoding == MIXED:
        reason = (
            "Most of the file is UTF-8, but some letters are not. Those were read as windows-1252: "
            "check the accents."
        )
    elif encoding.startswith("utf-"):
        return []
    elif said == encoding:
        reason = (
            f"The file is not UTF-8. It says that it is {said}, and was read so: check the accents."
        )
    else:
        but = f" It says that it is {said}, but it is not." if said else ""
        reason = f"The file is not UTF-8.{but} It was read as {encoding}: check the accents."
    return [ReportedLine(1, first, reason)]


def without_control_characters(text: str) -> str:
    """Return the text without its control characters, its lines where they were."""
    return _CONTROLS.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    """Return a blank for what parts words or pages, and nothing for what means nothing in a
    text.
    """
    return " " if found[0] in "\x0b\x0c" else ""


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[ReportedLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        if pattern.search(line):
            yield ReportedLine(number, without_control_characters(line[:_SHOWN]))


def _named(lines: Iterable[ReportedLine], reason: str) -> Iterator[ReportedLine]:
    found = list(lines)
    yield from (replace(line, reason=reason) for line in found[:_MOST_NAMED])
    if more := found[_MOST_NAMED:]:
        yield replace(more[0], reason=f"{reason}{_and_more(len(more) - 1)}")


def _and_more(count: int) -> str:
    return f" So it is with {count:,} more below." if count else ""
