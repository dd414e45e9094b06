"""Tables in HTML as rows of cells; cells that span several rows stand in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from papers.formats.markdown.rules.lines.prose import CODE, EMPHASIS, STRONG, Prose, Writer

Cells = tuple[Prose, ...]
_MARKS = {"b": STRONG, "strong": STRONG, "i": EMPHASIS, "em": EMPHASIS, "code": CODE}
_MOST_ROWS_SPANNED = 200
_MOST_COLUMNS = 50


def read(source: str, first_line: int) -> Iterator[list[tuple[Cells, tuple[int, ...]]]]:
    """Yield the rows of each table: its cells and its line numbers."""
    parser = _Parser(first_line)
    parser.feed(source)
    parser.close()
    parser.end_table()
    yield from parser.tables


def spanned(value: str, most: int) -> int:
    """How many rows or columns a cell says that it takes."""
    value = value.strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 6 else 1


@dataclass(slots=True)
class _Spanned:
    """A cell that reaches into the rows below."""

    cell: Prose
    rows_left: int


@dataclass(slots=True)
class _Table:
    rows: list[tuple[Cells, tuple[int, ...]]] = field(default_factory=list)
    spanned: dict[int, _Spanned] = field(default_factory=dict)

    def add(self, cells: list[tuple[Prose, int, int]], lines: tuple[int, ...]) -> None:
        row: list[Prose] = []
        coming = iter(cells)
        following = next(coming, None)
        # How many columns of the last cell are still to come, and into how many rows it reaches.
        columns_left = rows_of_last = 0
        while (columns_left or following or len(row) in self.spanned) and len(row) < _MOST_COLUMNS:
            above = self.spanned.get(len(row))
            if above:
                above.rows_left -= 1
                if not above.rows_left:
                    del self.spanned[len(row)]
                row.append(above.cell)
            elif columns_left:
                columns_left -= 1
                self._put(row, Prose(""), rows_of_last)
            elif following:
                cell, rows_of_last, columns = following
                columns_left = columns - 1
                self._put(row, cell, rows_of_last)
                following = next(coming, None)
        self.rows.append((tuple(row), lines))

    def _put(self, row: list[Prose], cell: Prose, rows: int) -> None:
        if rows > 1:
            self.spanned[len(row)] = _Spanned(cell, rows - 1)
        row.append(cell)


class _Parser(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.tables: list[list[tuple[Cells, tuple[int, ...]]]] = []
        self.first_line = first_line
        self.table: _Table | None = None
        self.cells: list[tuple[Prose, int, int]] | None = None
        self.cell: Writer | None = None
        self.rows_of_cell = self.columns_of_cell = 1
        self.row_began = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.end_table()
            self.table = _Table()
        elif tag == "tr":
            self.end_row()
            self.cells, self.row_began = [], self._line()
        elif tag in {"td", "th"} and self.cells is not None:
            self.end_cell()
            self.cell = Writer()
            self.rows_of_cell = spanned(said.get("rowspan", ""), _MOST_ROWS_SPANNED)
            self.columns_of_cell = spanned(said.get("colspan", ""), _MOST_COLUMNS)
        elif self.cell:
            self._start_inline(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.end_table()
        elif tag == "tr":
            self.end_row()
        elif tag in {"td", "th"}:
            self.end_cell()
        elif self.cell and tag == "a":
            self.cell.close_link()
        elif self.cell and tag in _MARKS:
            self.cell.add_mark(_MARKS[tag])

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.cell.add_text(" ".join(data.replace("\n", " ").split(" ")))

    def end_cell(self) -> None:
        if self.cell and self.cells is not None:
            cell = self.cell.prose()
            self.cells.append((cell, self.rows_of_cell, self.columns_of_cell))
        self.cell = None

    def end_row(self) -> None:
        self.end_cell()
        if self.table and self.cells:
            self.table.add(self.cells, tuple(range(self.row_began, self._line() + 1)))
        self.cells = None

    def end_table(self) -> None:
        self.end_row()
        if self.table and self.table.rows:
            self.tables.append(self.table.rows)
        self.table = None

    def _start_inline(self, tag: str, said: dict[str, str]) -> None:
        if not self.cell:
            return
        if tag == "a" and "href" in said:
            self.cell.open_link(said["href"])
        elif tag == "img":
            self.cell.add_picture(said.get("alt", ""))
        elif tag in {"br", "p", "li"}:
            self.cell.add_text("\n")
        elif tag in _MARKS:
            self.cell.add_mark(_MARKS[tag])

    def _line(self) -> int:
        return self.first_line + self.getpos()[0] - 1
