"""A text in lines, counted from zero, and which of them each paper has.

All that is asked of the reader is a reading: the lines of its entries, of its topics and of its
title. What kind of lines they are is seen from the lines themselves.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from papers.formats.core.reading_list import Entry, ReadingList

_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = r"(?:[-*+]|\d{1,9}[.)])"
_PREFIX = re.compile(rf"^((?:[ \t]*>)*)((?:\s*{_BULLET}[ \t]+)*)(\s*)({_BULLET})([ \t]+|$)")
_NUMBER = re.compile(r"\d+")
_MARKED = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)| {0,3}(#{2,6})(?=[^#\s\\])")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?(```+|~~~+)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
# What does not go on with the paragraph above it.
_BEGINS_A_BLOCK = re.compile(rf"\s*(?:[#>|<]|```|~~~|{_BULLET}(?:\s|$))")


class Kind(StrEnum):
    ITEM = "item"
    ROW = "row"
    HTML_ROW = "html row"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Bullet:
    """The characters before the text of an item."""

    indent: str = ""
    mark: str = "-"
    blanks: str = " "

    @property
    def width(self) -> int:
        return len(self.indent) + len(self.mark) + len(self.blanks)

    def __str__(self) -> str:
        return f"{self.indent}{self.mark}{self.blanks}"

    def counted(self, by: int) -> "Bullet":
        """Return the bullet of the item that is so many further on."""
        found = _NUMBER.search(self.mark)
        if not found:
            return self
        mark = f"{int(found[0]) + by}{self.mark[found.end() :]}"
        return Bullet(self.indent, mark, self.blanks)


DASH = Bullet()


def bullet_of(line: str) -> Bullet | None:
    """Return the bullet of the innermost item that begins on the line."""
    found = _PREFIX.match(line)
    if not found:
        return None
    return Bullet(found[1] + " " * len(found[2]) + found[3], found[4], found[5] or " ")


@dataclass(eq=False, slots=True)
class Passage:
    """The lines of one paper, or of several that are named on one line."""

    kind: Kind
    # Its own lines, which no other paper has.
    lines: tuple[int, ...]
    # The numbers of the entries that begin on its first line.
    entries: tuple[int, ...]
    # The line behind it and behind what hangs below it: notes, papers of a nested list.
    stop: int

    @property
    def start(self) -> int:
        return self.lines[0]


class SourceText:
    """The lines of a text without their ends, with the passages of its papers."""

    def __init__(self, text: str, reading: ReadingList) -> None:
        self.has_mark = text.startswith("\ufeff")
        text = text.removeprefix("\ufeff")
        self.ends = _LINE_END.findall(text)
        self.lines = _LINE_END.split(text)
        self.end = max(set(self.ends), key=self.ends.count, default="\n")
        if not self.lines[-1]:
            self.lines.pop()  # the text ends with the end of a line
        self.ends += [""] * (len(self.lines) - len(self.ends))
        self.reading = reading
        # The level of each heading that is marked with #, by its line.
        self.levels: dict[int, int] = {}
        # The line with the rule `|---|` below the header of the table that a line belongs to.
        self.rules: dict[int, int] = {}
        self._html_lines: set[int] = set()
        self._look_at_lines()
        self._look_at_tables()
        self.passages = list(self._passages())
        self.passage_of = {n: one for one in self.passages for n in one.entries}

    def entries(self, passage: Passage) -> list[Entry]:
        return [self.reading.entries[number] for number in passage.entries]

    def texts(self, lines: Iterable[int]) -> list[str]:
        return [self.lines[number] for number in lines]

    def is_blank(self, number: int) -> bool:
        """Return whether nothing is on the line; nothing is above the first and below the last."""
        return not (0 <= number < len(self.lines) and self.lines[number].strip())

    def without_blanks(self, lines: range) -> range:
        stop = lines.stop
        while stop > lines.start and self.is_blank(stop - 1):
            stop -= 1
        return range(lines.start, stop)

    def _look_at_lines(self) -> None:
        fence, depth = "", 0
        for number, line in enumerate(self.lines):
            found = _FENCE.match(line)
            if fence:
                fence = "" if found and found[1].startswith(fence) else fence
                continue
            if found:
                fence = found[1][:3]
                continue
            lowered = line.casefold()
            opened, closed = lowered.count("<table"), lowered.count("</table")
            if depth or opened:
                self._html_lines.add(number)
            depth = max(0, depth + opened - closed)
            marked = _MARKED.match(line)
            if marked and not depth:
                self.levels[number] = len(marked[1] or marked[2])

    def _look_at_tables(self) -> None:
        for number, line in enumerate(self.lines):
            if "-" not in line or number in self.rules or not _RULE.match(line):
                continue
            if number == 0 or "|" not in self.lines[number - 1] or "|" not in line:
                continue
            end = number - 1
            while not self.is_blank(end):
                self.rules[end] = number
                end += 1

    def _passages(self) -> Iterator[Passage]:
        topics = {topic.lines[0] - 1 for topic in self.reading.topics if topic.lines}
        self._headings = sorted(topics | self.levels.keys())
        claims: dict[int, int] = defaultdict(int)
        for line in (line for topic in self.reading.topics for line in topic.lines):
            claims[line - 1] += 2
        beginning: dict[int, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.reading.entries):
            beginning[entry.lines[0] - 1].append(number)
        self._starts = beginning.keys() | topics | self.levels.keys()
        lines_of = {
            first: {line - 1 for n in numbers for line in self.reading.entries[n].lines}
            for first, numbers in beginning.items()
        }
        for lines in lines_of.values():
            for line in lines:
                claims[line] += 1
        for first, numbers in sorted(beginning.items()):
            own = sorted(line for line in lines_of[first] if claims[line] < 2 or line == first)
            kind = self._kind(first)
            yield Passage(kind, tuple(own), tuple(numbers), self._stop(kind, own))

    def _kind(self, first: int) -> Kind:
        line = self.lines[first]
        if first in self._html_lines:
            return Kind.HTML_ROW
        if first in self.rules:
            return Kind.ROW
        if bullet_of(line):
            return Kind.ITEM
        below = self.lines[first + 1] if first + 1 < len(self.lines) else ""
        is_heading = first in self.levels or (bool(line.strip()) and _UNDERLINE.match(below))
        return Kind.HEADING if is_heading else Kind.PARAGRAPH

    def _stop(self, kind: Kind, own: list[int]) -> int:
        stop = own[-1] + 1
        if kind is Kind.HEADING:
            level = self.levels.get(own[0], 1)
            after = self._headings[bisect_right(self._headings, own[0]) :]
            end = next((n for n in after if self.levels.get(n, 0) <= level), len(self.lines))
            return max(stop, self.without_blanks(range(own[0], end)).stop)
        if kind is Kind.ITEM:
            return self._end_of_item(own[0], stop)
        if kind is Kind.PARAGRAPH:  # with a list directly below it, as that of its links
            while not self.is_blank(stop) and stop not in self._starts:
                stop += 1
        return stop

    def _end_of_item(self, first: int, stop: int) -> int:
        indent = indentation(self.lines[first])
        number = stop
        while number < len(self.lines) and number not in self.levels:
            line = self.lines[number]
            is_below = bool(line.strip()) and indentation(line) > indent
            goes_on = not self.is_blank(number - 1) and not _BEGINS_A_BLOCK.match(line)
            if line.strip():
                if not (is_below or goes_on):
                    break
                stop = number + 1
            number += 1
        return stop


def indentation(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def are_parted(source: SourceText, passages: Iterable[Passage]) -> bool:
    """Return whether there is a blank line before each of the passages but the first."""
    parted = [source.is_blank(other.start - 1) for _, other in pairwise(passages)]
    return bool(parted) and all(parted)
