"""The lines of a text, and what Markdown makes of each: an item, a row of a table, a heading …

Lines and not blocks: people put papers into lines that are no blocks of Markdown, such as `-[ ] A
title` or an address below a title.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from papers.formats.core.reading_list import terms

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(?=\S)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-|-{3,})\s*$")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_BREAK = re.compile(r"\s{0,3}([-*_]\s*){3,}$")
_MARK = re.compile(r"(?:[-*+•]|\d{1,3}[.)])(?:\s+|$)|\d{1,3}[、．]\s*|-(?=\[[ xX]\])")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_BOX = re.compile(r"\[([ xX])\]\s*(?!\()|([☐☑✅✔⬜☒])️?\s*")
_EMPTY_BOXES = frozenset(" ☐⬜")
_TAG = re.compile(r"\s*<(/?)([a-zA-Z]+)")
_ANY_TAG = re.compile(r"<[^<>]{1,300}>")
_TAGS_AROUND = re.compile(r"<(/?)(ul|ol|table|dl)\b", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_KEY = re.compile(r"(\s*)(- )?(?:\w[\w ]*:\s*)?[\"']?")
_LONGEST_FRONT_MATTER = 3_000
_LONGEST_UNDERLINED = 120
_WIDEST_ROW = 100
_MOST_LINES_OF_LINK = 4


@dataclass(slots=True)
class Line:
    """A line of the source, counted from one. Its content begins at `start`."""

    number: int
    text: str
    # text, item, number, row, head, rule, heading, html, code, comment, front, blank
    kind: str = "text"
    indent: int = 0
    mark: str = ""
    start: int = 0
    level: int = 0
    box: bool | None = None
    is_quoted: bool = False
    is_after_blank: bool = False
    is_before_blank: bool = False
    # Of a row: where its cells are, the number of its table's first line, and what that says.
    cells: list[tuple[int, int]] = field(default_factory=list)
    table: int = -1
    header: list[str] = field(default_factory=list)
    tag: str = ""
    # The text of the heading above.
    heading: str = ""
    # Whether it goes on with the text of a link that began in the line above.
    goes_on: bool = False

    @property
    def is_item(self) -> bool:
        return self.kind in {"item", "number"}

    @property
    def content(self) -> str:
        return self.text[self.start :]


def parse_lines(texts: Iterable[str]) -> list[Line]:
    lines = [Line(number, text) for number, text in enumerate(texts, start=1)]
    _read_front_matter(lines)
    _Parser(lines).parse()
    _read_neighbours(lines)
    return lines


class _Parser:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.fence = ""
        self.is_in_comment = False
        # How many lists and tables in HTML are open.
        self.depth = 0

    def parse(self) -> None:
        for at, line in enumerate(self.lines):
            if line.kind == "front" or self._is_aside(line):
                continue
            if line.kind == "text":
                self._read(line, at)
            if line.kind in {"text", "html"}:
                self._read_tags(line)

    def _is_aside(self, line: Line) -> bool:
        """Return whether it is code, a comment or blank."""
        fence = _FENCE.match(line.text)
        if self.fence or (fence and not self.is_in_comment):
            line.kind = "code"
            if fence:
                is_end = self.fence and fence[1] == self.fence
                self.fence = "" if is_end else self.fence or fence[1]
            return True
        text = line.text.strip()
        if self.is_in_comment or text.startswith("<!--"):
            line.kind = "comment"
            self.is_in_comment = "-->" not in line.text
            return True
        if not text:
            line.kind = "blank"
        return not text

    def _read(self, line: Line, at: int) -> None:
        text, start = line.text, 0
        while found := _QUOTE.match(text, start):
            start = found.end()
            line.is_quoted = True
        rest = text[start:]
        line.indent = len(rest) - len(rest.lstrip())
        start += line.indent
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if found := _HEADING.match(text):
            line.kind, line.level, line.start = "heading", len(found[1]), found.end()
        elif after and "|" in after.text and "|" in text and _RULE.match(after.text.strip()):
            self._read_table(at)
        elif _BREAK.match(text):
            line.kind = "rule"
        elif after and not line.is_quoted and _is_underlined(line, start, after):
            line.kind, line.level, line.start = "heading", 1 if "=" in after.text else 2, start
            after.kind = "rule"
        else:
            _read_item(line, start)

    def _read_table(self, at: int) -> None:
        head, rule = self.lines[at : at + 2]
        head.kind, rule.kind = "head", "rule"
        head.cells, head.table = _cells(head.text), at
        head.header = [head.text[start:end].strip(" *_`") for start, end in head.cells]
        for line in map(self.lines.__getitem__, range(at + 2, len(self.lines))):
            if not line.text.strip() or "|" not in line.text:
                break
            line.kind, line.table, line.header = "row", at, head.header
            line.cells = _cells(line.text)
            cells = [line.text[start:end].strip(" *_`") for start, end in line.cells]
            # The names of the columns once more, or of the term that follows.
            if cells == head.header or (len(cells) > 1 and _is_term(cells)):
                line.kind = "head"

    def _read_tags(self, line: Line) -> None:
        tag = _TAG.match(line.text)
        tag = None if tag and tag[2].lower() == "br" else tag
        if tag or self.depth:
            line.kind, line.tag = "html", (tag[2].lower() if tag else "")
            if "<t" in line.text and _is_term(_ANY_TAG.split(line.text)):
                line.kind = "rule"
        for one in _TAGS_AROUND.finditer(line.text):
            self.depth = max(0, self.depth + (-1 if one[1] else 1))


def _is_term(cells: Iterable[str]) -> bool:
    """Return whether there is the name of a term in one cell and nothing in the others."""
    said = [cell for cell in map(str.strip, cells) if cell]
    return len(said) == 1 and terms.is_one(said[0])


def _is_underlined(line: Line, start: int, after: Line) -> bool:
    if after.text.strip() == "-" and line.text.rstrip().endswith((":", "：")):
        return False  # a label above an empty item
    is_short = len(line.text) < _LONGEST_UNDERLINED
    return bool(is_short and _UNDERLINE.match(after.text) and not _MARK.match(line.text, start))


def _read_item(line: Line, start: int) -> None:
    if mark := _MARK.match(line.text, start):
        is_number = mark[0][0].isdigit()
        line.kind = "number" if is_number else "item"
        line.mark = "1" + mark[0].strip()[-1] if is_number else mark[0].strip()
        start = mark.end()
    if box := _BOX.match(line.text, start):
        line.box = (box[1] or box[2]) not in _EMPTY_BOXES
        start = box.end()
    line.start = start


def _cells(text: str) -> list[tuple[int, int]]:
    cuts = [found.start() for found in itertools.islice(_BAR.finditer(text), _WIDEST_ROW)]
    if not cuts or text[: cuts[0]].strip():
        cuts.insert(0, -1)
    if text[cuts[-1] + 1 :].strip():
        cuts.append(len(text))
    return [(start + 1, end) for start, end in itertools.pairwise(cuts)]


def _read_front_matter(lines: list[Line]) -> None:
    if not lines or lines[0].text.rstrip() != "---":
        return
    within = range(1, min(len(lines), _LONGEST_FRONT_MATTER))
    end = next((n for n in within if lines[n].text.rstrip() == "---"), 0)
    for line in lines[: end + 1] if end else ():
        line.kind = "front"
        if found := _KEY.match(line.text):
            line.indent = len(found[1])
            line.mark = "-" if found[2] else ""
            line.start = len(found[1]) + len(found[2] or "")


def _read_neighbours(lines: list[Line]) -> None:
    heading = ""
    for before, line in zip([None, *lines], lines, strict=False):
        line.is_after_blank = before is None or before.kind == "blank"
        line.heading = heading
        if line.kind == "heading":
            heading = line.content.strip()
    for at, line in enumerate(lines):
        if line.kind in {"item", "number", "text"} and line.text.count("[") > line.text.count("]"):
            _read_link(line, lines[at + 1 : at + 1 + _MOST_LINES_OF_LINK])
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        line.is_before_blank = below is None or below.kind == "blank"


def _read_link(line: Line, below: Sequence[Line]) -> None:
    """Mark the lines that go on with the text of a link, if one begins in the line and ends."""
    further = list(itertools.takewhile(lambda one: one.kind == "text", below))
    is_open = line.text.count("[") - line.text.count("]") == 1
    ends = (at for at, one in enumerate(further) if one.text.count("]") > one.text.count("["))
    end = next(ends, -1)
    is_link = end >= 0 and further[end].text.count("]") - further[end].text.count("[") == 1
    if is_open and is_link and "](" in further[end].text:
        for one in further[: end + 1]:
            one.goes_on = True
