"""Read what rows of tables say of the papers in them, and rows in which none was found: each of
these is doubtful rather than lost."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown import html_tables
from papers.formats.markdown.features import COLUMNS, Page, column
from papers.formats.markdown.lines import Line
from papers.formats.markdown.links import Link
from papers.formats.markdown.marks import is_done, is_left
from papers.formats.markdown.table import Row, Table
from papers.formats.markdown.titles import letters

_DOUBTFUL = 0.1
_SHORTEST = 4
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LONGEST_DATE = 16
# A day with the name of its month or week, or two numbers that no price has between them.
_DATE = re.compile(r"\d\D{0,3}[^\W\d_]{3}|[^\W\d_]{3}\D{0,3}\d|\d[/-]\d|\d\.\d+\.|\d\s?月")


def with_unread(page: Page, found: Sequence[Entry]) -> list[Entry]:
    """With the rows, as papers that are called by their cells of the column that has most to say.

    Only of tables that say when, lead somewhere, or have a column of titles: others hold no papers.
    """
    likely = [one for one in found if one.confidence >= _DOUBTFUL]
    rows = list(_unread(page, {line for one in likely for line in one.lines}))
    lines = {line for one in rows for line in one.lines}
    return [*(one for one in found if lines.isdisjoint(one.lines)), *rows]


def with_columns(page: Page, found: Sequence[Entry]) -> list[Entry]:
    """Return the papers in rows with what the other columns of their tables say: whether they are
    read, their day and who presents them, which may be in a row above, and their topic."""
    of_lines: dict[int, list[Entry]] = defaultdict(list)
    for one in found:
        of_lines[one.lines[0]].append(one)
    said: dict[int, _Said] = {}
    for table in itertools.chain(_tables_of_bars(page), html_tables.tables(page.lines)):
        for one, of_row in _Columns(table, of_lines).said():
            said[id(one)] = of_row
    return [said[id(one)].of(one) if id(one) in said else one for one in found]


def _tables_of_bars(page: Page) -> Iterator[Table]:
    for head, *lines in _tables(page, "row", "head"):
        rows = [Row((line.number,), _cells(line), line.kind == "head") for line in lines]
        yield Table(head.header, rows)


@dataclass(slots=True)
class _Said:
    """The values of a row's columns, by the names of the details, and the topics above it."""

    details: dict[str, Any]
    topic: Path

    def of(self, one: Entry) -> Entry:
        missing = {
            name: said
            for name, said in self.details.items()
            if said not in (None, "") and getattr(one, name) in (None, "") and said != one.title
        }
        day = self.details["date"]
        if one.date and len(day) > len(one.date) and day.startswith(one.date):
            missing["date"] = day
        topic = tuple(name for name in self.topic if name and name != one.title)
        return replace(one, topic=topic, **missing)


class _Columns:
    """The columns of a table and what they hold, told by their names and by what is in them."""

    def __init__(self, table: Table, found: Mapping[int, Sequence[Entry]]) -> None:
        self.names, self.rows = table.names, table.rows
        self.found = [_in_row(row, found) for row in self.rows]
        self.titles = self._column(lambda cell, one: letters(one.title) in letters(cell))
        self.of_marks = self._of_marks()
        self.days = self._column(lambda cell, one: bool(cell) and cell == one.date)
        self.people = self._column(lambda cell, one: bool(cell) and cell == one.presenters)
        if self.people < 0:
            self.people = self._named("presenters")
        if self.days < 0 and self.people >= 0:
            self.days = self._named("date")

    def said(self) -> Iterator[tuple[Entry, _Said]]:
        """Yield each paper that is in a row, with what the row says of it."""
        part, day, people = "", "", ""
        for row, found in zip(self.rows, self.found, strict=True):
            if row.is_head:
                named = [cell for cell in row.cells if cell]
                part = named[0] if len(named) == 1 else part
                day = people = ""
                continue
            day = _cell(row, self.days) or day
            people = _cell(row, self.people) or people
            said = _Said(
                {
                    "checked": _is_checked(_cell(row, self.of_marks)),
                    "date": day if _is_date(day) else "",
                    "presenters": people,
                    "proposer": _cell(row, self._named("proposer")),
                    "authors": _cell(row, self._named("authors")),
                    "year": _year(_cell(row, self._named("year"))),
                },
                (part, _cell(row, self._named("topic"))),
            )
            yield from ((one, said) for one in found)

    def _named(self, kind: str) -> int:
        """Return the column that is called so, unless titles are in it."""
        known = COLUMNS[kind]
        names = (at for at, name in enumerate(self.names) if name.strip().casefold() in known)
        return next((at for at in names if at != self.titles), -1)

    def _of_marks(self) -> int:
        """Return the column in which there is nothing but marks of what is read, or nothing."""
        for at, name in enumerate(self.names):
            said = (_cell(row, at) for row in self.rows)
            marks = [_is_checked(cell) is not None for cell in said if cell]
            if any(marks) and (all(marks) or name.casefold().rstrip("? ") in COLUMNS["done"]):
                return at
        return -1

    def _column(self, is_in: Callable[[str, Entry], bool]) -> int:
        """Return the column in which that of most papers is."""
        columns = Counter(
            at
            for row, found in zip(self.rows, self.found, strict=True)
            for one in found
            for at, cell in enumerate(row.cells)
            if is_in(cell, one)
        )
        return max(columns, key=columns.__getitem__, default=-1)


def _in_row(row: Row, found: Mapping[int, Sequence[Entry]]) -> list[Entry]:
    """Return the papers that begin on a line of the row; of a line that is of several rows, those
    whose titles are in its cells."""
    text = letters(" ".join(row.cells))
    every = [one for number in row.lines for one in found.get(number, ())]
    return [one for one in every if letters(one.title) in text]


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if 0 <= at < len(row.cells) else ""


def _year(cell: str) -> int | None:
    return int(cell) if _YEAR.fullmatch(cell) else None


def _is_checked(cell: str) -> bool | None:
    return True if is_done(cell) else False if is_left(cell) else None


def _cells(line: Line) -> list[str]:
    return [_shown(line.text[start:end]) for start, end in line.cells]


def _tables(page: Page, *kinds: str) -> list[list[Line]]:
    """Return the lines of these kinds of each table."""
    tables: dict[int, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.kind in kinds:
            tables[line.table].append(line)
    return list(tables.values())


def _unread(page: Page, read: set[int]) -> Iterator[Entry]:
    for rows in _tables(page, "row"):
        if not read.isdisjoint(line.number for line in rows):
            continue
        titles = _of_titles(rows[0])
        if titles < 0 and any("](" in line.text or _says_when(line) for line in rows):
            titles = _widest(rows)
        yield from (one for line in rows if titles >= 0 and (one := _of_row(line, titles)))


def _of_titles(line: Line) -> int:
    """Return the column that is called as titles are, and as nothing else is."""
    names = enumerate(name.casefold() for name in line.header)
    return next((at for at, name in names if column(name) == "title"), -1)


def _says_when(line: Line) -> bool:
    return any(_is_date(line.text[start:end]) for start, end in line.cells)


def _is_date(cell: str) -> bool:
    return len(cell) <= _LONGEST_DATE and bool(_DATE.search(cell))


def _widest(rows: Sequence[Line]) -> int:
    """Return the column with most letters."""
    counts: dict[int, int] = defaultdict(int)
    for line in rows:
        for at, (start, end) in enumerate(line.cells):
            counts[at] += sum(map(str.isalpha, _shown(line.text[start:end])))
    return max(counts, key=counts.__getitem__)


def _of_row(line: Line, cell_of_title: int) -> Entry | None:
    if cell_of_title >= len(line.cells):
        return None
    start, end = line.cells[cell_of_title]
    cell = line.text[start:end]
    title = _shown(cell)
    if len(title) < _SHORTEST:
        return None
    target = cell.partition("](")[2].partition(")")[0]
    link = Link(title, target) if target else None
    return Entry(
        title,
        url=link.url if link else "",
        file=link.file if link and not link.url else "",
        lines=(line.number,),
        confidence=_DOUBTFUL,
    )


def _shown(cell: str) -> str:
    return " ".join(inline.plain(cell).strip(" *_`|").split())
