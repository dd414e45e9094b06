"""RIS cut into records."""

import re
from dataclasses import dataclass

from papers.formats.core.reading_list import ReportedLine
from papers.formats.tagged import TaggedField, TaggedRecord
from papers.formats.tagged.ris.tags import KNOWN

# `TY  - JOUR`; a known tag may have odd spacing.
_TAGGED = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
_ODD = re.compile(
    r"[ \t]{0,8}([A-Z][A-Z0-9])"
    r"(?:[ \t]{1,4}[-–—](?=.)[ \t]{0,8}|[ \t]{0,4}[-–—](?:[ \t]{1,8}|$))(.*)$"
)
_MARK = re.compile(r"[ \t]{0,8}(?:TY|ER)[ \t]{0,4}[-–—]")
# What search engines and libraries write around each record.
_AROUND = re.compile(
    r"\d{1,6}[.)]?|<\d{1,6}>|Record #?\d+ of \d+"
    r"|(?:Provider|Content|Database|Source): .*|[-=_*]{3,}",
    re.IGNORECASE,
)
_TITLES = {"TI", "T1"}
BETWEEN = "This is outside any record, so it was left out. Everything else was read."


@dataclass(slots=True)
class SplitRecords:
    records: list[TaggedRecord]
    between: list[ReportedLine]


def cut_records(text: str) -> SplitRecords:
    """Return the records of the text, and the lines outside any record.

    A record begins with TY and ends with ER. Without ER it ends where the next one begins; in a
    text without either, a blank line parts the records.
    """
    cutting = _Cutting([line.lstrip("\ufeff") for line in text.split("\n")])
    for number, line in enumerate(cutting.lines, start=1):
        cutting.take(number, line)
    return SplitRecords(cutting.records, cutting.between)


def stands_around(text: str) -> bool:
    """Return whether a line without a tag, after a blank one, is none of a record."""
    return bool(_AROUND.fullmatch(text))


class _Cutting:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.records: list[TaggedRecord] = []
        self.between: list[ReportedLine] = []
        self._open: TaggedRecord | None = None
        self._after_blank = False
        # Whether the open record has stated its type.
        self._is_typed = False
        self._is_marked = any(map(_MARK.match, lines))
        self._has_ends = any(line.lstrip().startswith("ER") for line in lines)
        self._is_odd = not any(_TAGGED.match(line) for line in lines if line[:2] != "ER")

    def take(self, number: int, line: str) -> None:
        tagged = _tagged(line, is_odd=self._is_odd)
        if tagged:
            self._take_field(TaggedField(tagged[0], [tagged[1]]), number, line)
        elif line.strip() and not self._is_around(line.strip()):
            self._take_text(number, line)
        elif self._open:
            self._open.fields[-1].lines.append("")
        self._after_blank = not tagged and (not line.strip() or self._is_around(line.strip()))

    def _take_field(self, found: TaggedField, number: int, line: str) -> None:
        if found.tag == "ER":
            if self._open:
                self._open.is_closed = True
            self._open = None
            return
        if not self._open or self._begins(found.tag, number, self._open):
            self._open = TaggedRecord(number, line)
            self.records.append(self._open)
            self._is_typed = False
        self._open.fields.append(found)
        self._is_typed = self._is_typed or found.tag == "TY"

    def _begins(self, tag: str, number: int, record: TaggedRecord) -> bool:
        """Return whether the tag begins another record than the open one."""
        if tag != "TY":
            is_repeated = not self._has_ends and self._is_typed and tag == record.fields[0].tag
            return self._is_next(tag, record) or (is_repeated and tag in _TITLES)
        if self._is_typed:
            return True
        # A record may state its type further down. Else the end of the one above it is missing.
        is_titled = any(one.tag in _TITLES for one in record.fields)
        return self._after_blank and is_titled and self._is_titled_below(number)

    def _is_titled_below(self, number: int) -> bool:
        """Return whether there is a title between the line and the end of its record."""
        for line in self.lines[number:]:
            tagged = _tagged(line, is_odd=self._is_odd)
            if tagged and tagged[0] in {"ER", "TY"}:
                return False
            if tagged and tagged[0] in _TITLES:
                return True
        return False

    def _is_next(self, tag: str, record: TaggedRecord) -> bool:
        """Return whether the tag begins another record, in a text without TY and ER."""
        is_repeated = tag in {"TI", "T1"} and tag == record.fields[0].tag
        return not self._is_marked and (self._after_blank or is_repeated)

    def _is_around(self, text: str) -> bool:
        return (self._after_blank or not self._open) and stands_around(text)

    def _take_text(self, number: int, line: str) -> None:
        if self._open:
            self._open.fields[-1].lines.append(line.strip())
        else:
            self.between.append(ReportedLine(number, line, BETWEEN))


def _tagged(line: str, *, is_odd: bool) -> tuple[str, str] | None:
    """Return the tag that the line begins with, and the rest.

    With odd spacing it is one where it is known and, in a file whose spacing is not odd throughout,
    where no word of an abstract follows: `CT - guided`.
    """
    strict = _TAGGED.match(line)
    found = strict or _ODD.match(line)
    if not found or not (strict or found[1] in KNOWN):
        return None
    rest = found[2].strip() if found[2] else ""
    return (found[1], rest) if strict or is_odd or not rest[:1].islower() else None
