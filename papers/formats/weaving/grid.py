"""The rows of tables in Markdown as they stand in the text: their cells, and ticks in a column."""

import re
from collections import Counter
from itertools import pairwise

from papers.formats import citation
from papers.formats.blocks import Block
from papers.formats.carriers import tables
from papers.formats.citation import Citation
from papers.formats.inline import escaped, escaped_target
from papers.formats.reading_list import Entry
from papers.formats.weaving.source import Node, Source

_PIPE = re.compile(r"(?<!\\)\|")
_TICK = "x"


class Grid:
    """A table, what its columns hold, and how its cells are written."""

    def __init__(self, source: Source, block: Block) -> None:
        self.source = source
        table = tables.table(block, source.parsed.env)
        self.roles = table.roles
        self.width = len(table.header.cells)
        self.rows = [row.lines[0] - 1 for row in table.rows]
        self.head = range(table.header.lines[0] - 1, table.header.lines[0] + 1)
        column = self.roles.get("read", -1)
        marks = [cell for cell in (self.cell(number, column) for number in self.rows) if cell]
        done, left = Counter(filter(tables.is_done, marks)), Counter(filter(tables.is_left, marks))
        self.done = done.most_common(1)[0][0] if done else _TICK
        self.left = left.most_common(1)[0][0] if left else ""

    @property
    def has_ticks(self) -> bool:
        return "read" in self.roles

    def cell(self, number: int, column: int) -> str:
        spans = _spans(self.source.lines[number])
        line = self.source.lines[number]
        return line[slice(*spans[column])].strip() if 0 <= column < len(spans) else ""

    def ticked(self, line: str, is_read: bool) -> str:
        """The row with its tick as it is now. What says neither yes nor no is left alone."""
        column = self.roles.get("read", -1)
        spans = _spans(line)
        if not 0 <= column < len(spans):
            return line
        text = line[slice(*spans[column])].strip()
        if is_read and (not text or tables.is_left(text)):
            return with_cell(line, column, self.done)
        if not is_read and tables.is_done(text):
            return with_cell(line, column, self.left)
        return line

    def may_tick(self, number: int) -> bool:
        """Whether the row can say whether the paper is read."""
        column = self.roles.get("read", -1)
        if not 0 <= column < len(_spans(self.source.lines[number])):
            return False
        text = self.cell(number, column)
        return not text or tables.is_done(text) or tables.is_left(text)

    def row(self, entry: Entry, like: str) -> str:
        """A new row, its bars set like those of another one."""
        cells = [""] * self.width
        said = {
            "year": str(entry.year or ""),
            "authors": escaped(entry.authors),
            "venue": escaped(entry.venue),
            "topic": escaped(entry.topic[-1]) if entry.topic else "",
            "read": self.done if entry.checked else self.left,
        }
        for role, text in said.items():
            if role in self.roles and self.roles[role] < self.width:
                cells[self.roles[role]] = text
        cells[self.roles["title"]] = self.title(entry)
        opening, closing = like.strip().startswith("|"), bool(re.search(r"(?<!\\)\|\s*$", like))
        inner = " | ".join(_guarded(cell) for cell in cells)
        return f"{'| ' if opening else ''}{inner}{' |' if closing else ''}"

    def title(self, entry: Entry) -> str:
        """The cell of the title, with all that has no column of its own."""
        left = Citation(
            "" if "authors" in self.roles else entry.authors,
            "" if "venue" in self.roles else entry.venue,
            None if "year" in self.roles else entry.year,
        )
        title = escaped(entry.title)
        url = entry.url or entry.file
        title = f"[{title}]({escaped_target(url)})" if url else title
        return " ".join(filter(None, [title, citation.write(left)]))


class Grids:
    """The tables of a text, each looked at once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._known: dict[int, Grid] = {}

    def of(self, node: Node) -> Grid:
        block = node.block
        first = block.map[0] if block and block.map else -1
        if block and first not in self._known:
            self._known[first] = Grid(self.source, block)
        return self._known[first]


def with_cell(line: str, column: int, text: str) -> str:
    """The row with another text in the cell. An emptied cell is as wide as before."""
    start, stop = _spans(line)[column]
    old = line[start:stop]
    if not text:
        return line[:start] + " " * len(old) + line[stop:]
    if old.strip():
        before, after = len(old) - len(old.lstrip()), len(old.rstrip())
        return line[:start] + old[:before] + _guarded(text) + old[after:] + line[stop:]
    return line[:start] + f" {text} ".ljust(len(old)) + line[stop:]


def _guarded(text: str) -> str:
    return _PIPE.sub(r"\|", text)


def _spans(line: str) -> list[tuple[int, int]]:
    """Where each cell begins and ends, without the bars."""
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    bars = [found.start() for found in _PIPE.finditer(line, first, last)]
    edges = [first - 1, *bars, last]
    spans = [(one + 1, other) for one, other in pairwise(edges)]
    if spans and spans[0][0] == spans[0][1]:
        spans.pop(0)
    if spans and spans[-1][0] == spans[-1][1]:
        spans.pop()
    return spans
