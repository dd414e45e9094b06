"""A table of a web page as Markdown, or as the rows of a spreadsheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from papers.formats import csv
from papers.formats.core.commonmark.inline import link_parts, plain
from papers.formats.core.reading_list import terms
from papers.formats.core.spans import Spans, columns_of, rows_of

_DEEPEST = 6


@dataclass(slots=True)
class _TableRow:
    cells: list[str] = field(default_factory=list)
    # How many cells it has names in, and in all, those that reach into it from above left out.
    names: int = 0
    own: int = 0
    is_wide: bool = False

    @property
    def is_header(self) -> bool:
        return 0 < self.names == self.own

    @property
    def said(self) -> list[str]:
        return list(filter(None, self.cells))


@dataclass(slots=True)
class HtmlTable:
    """The rows, while the page is read: cells that span several are in each row that they reach,
    and in the first of the columns."""

    rows: list[_TableRow] = field(default_factory=list)
    row: _TableRow | None = None
    spans: Spans = field(default_factory=Spans)
    rows_of_cell: int = 1
    columns_of_cell: int = 1

    def begin_row(self) -> None:
        self.end_row()
        self.row = _TableRow(self.spans.begin())

    def begin_cell(self, said: Mapping[str, str], *, is_name: bool) -> None:
        if self.row is None:
            self.begin_row()
        self.rows_of_cell = rows_of(said.get("rowspan", ""))
        self.columns_of_cell = columns_of(said.get("colspan", ""))
        if self.row is not None:
            self.row.own += 1
            self.row.names += is_name
            self.row.is_wide |= self.columns_of_cell > 1

    def add(self, cell: str) -> None:
        if self.row is None:
            self.begin_row()
        cells = self.row.cells if self.row else []
        self.spans.add(cells, cell, self.rows_of_cell, self.columns_of_cell)

    def end_row(self) -> None:
        if self.row and any(self.row.cells):
            self.rows.append(self.row)
        self.row = None

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def lines(self, level: int) -> list[str]:
        """Return the table in Markdown. A row that names a part, such as a term, becomes a heading
        of that level, and the names of the columns are below it again.
        """
        self.end_row()
        if self.width == 1:
            return [f"- {cell}" for row in self.rows for cell in row.cells]
        lines: list[str] = []
        header: list[str] = []
        is_open = False
        for row, following in self._with_following():
            if self._names_a_part(row, following, header):
                lines += ["", f"{'#' * min(level, _DEEPEST)} {row.said[0]}", ""]
                is_open = False
                continue
            if row.is_header or not header or row.cells == header:
                is_open, header = False, row.cells
                if following and not following.is_header:
                    lines += self._opened(row.cells, is_first=not lines)
                    is_open = True
                continue
            if not is_open:
                lines += self._opened(header, is_first=not lines)
                is_open = True
            lines.append(self._line(row.cells))
        if not is_open and header and not lines:
            lines += self._opened(header, is_first=True)
        return lines

    def as_rows(self) -> str:
        """Return the table as a spreadsheet writes it, where its first rows name columns that are
        known and no cell holds more than a text or a link; else empty.
        """
        written = []
        for row in self.rows:
            cells = [_as_cell(cell) for cell in row.cells]
            if None in cells:
                return ""
            written.append("\t".join(map(str, cells)))
        text = "\n".join(written) + "\n"
        return text if csv.has_column_names(text, in_doubt=True) else ""

    def _with_following(self) -> Iterator[tuple[_TableRow, _TableRow | None]]:
        rows = self._with_one_header()
        yield from zip(rows, [*rows[1:], None], strict=True)

    def _with_one_header(self) -> list[_TableRow]:
        """Return the rows, of which those at the beginning that hold nothing but names are one."""
        count = 0
        while count < len(self.rows) and self.rows[count].is_header and self.rows[count].own > 1:
            count += 1
        if count < 2:
            return self.rows
        names = [""] * self.width
        for row in self.rows[:count]:
            for at, cell in enumerate(row.cells):
                names[at] = cell or names[at]
        return [_TableRow(names, names=1, own=1), *self.rows[count:]]

    def _names_a_part(self, row: _TableRow, following: _TableRow | None, header: list[str]) -> bool:
        if len(row.said) != 1 or "](" in row.said[0]:
            return False
        is_alone = row.own == 1 and row.is_wide
        is_above = bool(following) and (following.is_header or following.cells == header)  # type: ignore[union-attr]
        return is_alone or is_above or terms.is_one(plain(row.said[0]))

    def _opened(self, header: list[str], *, is_first: bool) -> list[str]:
        return [*([] if is_first else [""]), self._line(header), "|" + " --- |" * self.width]

    def _line(self, cells: list[str]) -> str:
        return f"| {' | '.join([*cells, *[''] * (self.width - len(cells))])} |"


def _as_cell(cell: str) -> str | None:
    """Return the cell in a table of a spreadsheet; None where it is more than a text or a link."""
    text = cell.replace("<br>", "\n")
    if "](" in text:
        parts = link_parts(text)
        if parts.before or parts.behind or not parts.has_link:
            return None
        is_bare = parts.label == parts.target or not parts.label
        text = parts.target if is_bare else f"[{parts.label}]({parts.target})"
    else:
        text = "\n".join(map(plain, text.split("\n")))
    return '"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text
