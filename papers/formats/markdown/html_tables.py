"""Tables in HTML between the lines of Markdown, as rows of cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from papers.formats.core.commonmark import inline
from papers.formats.core.spans import Spans, columns_of, rows_of
from papers.formats.markdown.features import COLUMNS
from papers.formats.markdown.lines import Line
from papers.formats.markdown.table import Row, Table

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,500})>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{1,500}>")
_BOLD = re.compile(r"\s*(?:<(?:b|strong|h[1-6])\b.*|\*\*.*\*\*\s*)", re.IGNORECASE | re.DOTALL)
_ASIDE = {"code", "comment"}
_LONGEST_CELL = 4_000
_NAMES = frozenset().union(*COLUMNS.values()) - {""}


def tables(lines: Iterable[Line]) -> list[Table]:
    """Return the outermost tables; what is in a table within a cell is text of the cell."""
    scanner = _Scanner()
    for line in lines:
        if line.kind not in _ASIDE and (scanner.is_in_table or "<" in line.text):
            scanner.read(line)
    scanner.close()
    return scanner.found


class _Scanner:
    def __init__(self) -> None:
        self.found: list[Table] = []
        self._rows = _Rows()
        # How many tables are open, one within the other.
        self._depth = 0

    @property
    def is_in_table(self) -> bool:
        return self._depth > 0

    def read(self, line: Line) -> None:
        at = 0
        for tag in _TAG.finditer(line.text):
            self._rows.add(line.text[at : tag.start()], line.number)
            at = tag.end()
            if tag[2].lower() == "table":
                self._take_table(is_end=bool(tag[1]))
            elif self._depth == 1:
                self._rows.take(tag, line.number)
            else:
                self._rows.add(" ", line.number)
        self._rows.add(f"{line.text[at:]}\n", line.number)

    def close(self) -> None:
        if self._depth:
            self.found.append(self._rows.table())
        self._rows, self._depth = _Rows(), 0

    def _take_table(self, *, is_end: bool) -> None:
        if not is_end:
            self._depth += 1
        elif self._depth > 1:
            self._depth -= 1
        else:
            self.close()


@dataclass(slots=True)
class _OpenRow:
    """A row while it is read, with how many cells it has of its own, and how many are names."""

    cells: list[str]
    first: int
    last: int
    own: int = 0
    names: int = 0
    is_wide: bool = False
    is_bold: bool = False

    @property
    def is_head(self) -> bool:
        names_a_part = self.own == 1 and self.is_wide and self.is_bold
        return bool(self.own) and (self.own == self.names or names_a_part)


@dataclass(slots=True)
class _Rows:
    rows: list[Row] = field(default_factory=list)
    spans: Spans = field(default_factory=Spans)
    row: _OpenRow | None = None
    # What the open cell holds, and how many rows and columns it takes.
    text: str | None = None
    taken: tuple[int, int] = (1, 1)

    def add(self, text: str, number: int) -> None:
        if self.row and self.text is not None:
            self.text = (self.text + text)[:_LONGEST_CELL]
            self.row.last = number

    def take(self, tag: re.Match[str], number: int) -> None:
        """Begin or end a row or a cell."""
        is_end, name = bool(tag[1]), tag[2].lower()
        self._end_cell()
        if name == "tr":
            self._end_row()
        if not is_end and (name == "tr" or self.row is None):
            self.row = _OpenRow(self.spans.begin(), number, number)
        if self.row and not is_end and name != "tr":
            self._begin_cell(self.row, tag)

    def table(self) -> Table:
        self._end_cell()
        self._end_row()
        names, *rows = self.rows or [Row((), [])]
        are_names = names.is_head or any(cell.casefold() in _NAMES for cell in names.cells)
        return Table(names.cells, rows) if are_names else Table([], self.rows)

    def _begin_cell(self, row: _OpenRow, tag: re.Match[str]) -> None:
        spans = {one[1].lower(): one[2] for one in _SPAN.finditer(tag[3])}
        self.taken = rows_of(spans.get("row", "")), columns_of(spans.get("col", ""))
        self.text = ""
        row.own += 1
        row.names += tag[2].lower() == "th"
        row.is_wide |= self.taken[1] > 1

    def _end_cell(self) -> None:
        if self.row and self.text is not None:
            self.row.is_bold = bool(_BOLD.match(self.text))
            cell = inline.plain(unescape(_ANY_TAG.sub(" ", self.text)))
            self.spans.add(self.row.cells, cell.strip(" *_`"), *self.taken)
        self.text = None

    def _end_row(self) -> None:
        if self.row and any(self.row.cells):
            lines = range(self.row.first, self.row.last + 1)
            self.rows.append(Row(lines, self.row.cells, self.row.is_head))
        self.row = None
