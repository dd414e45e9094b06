"""What rows of tables say of the papers in them, and rows in which none was found: each of these is
doubtful rather than lost."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown.features import COLUMNS, Page, column
from papers.formats.markdown.lines import Line
from papers.formats.markdown.links import Link
from papers.formats.markdown.marks import is_done, is_left
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
    """The papers in rows with what the other columns of their tables say: whether they are read,
    their day and who presents them, which may be in a row above, and their topic."""
    of_lines: dict[int, list[Entry]] = defaultdict(list)
    for one in found:
        of_lines[one.lines[0]].append(one)
    said: dict[int, _Said] = {}
    for of_table in _tables(page, "row", "head"):
        said |= _Columns(of_table, of_lines).said()
    return [said[one.lines[0]].of(one) if one.lines[0] in said else one for one in found]


@dataclass(slots=True)
class _Said:
    """What the columns of a row say, by the names of the details, and the topics above it."""

    details: dict[str, Any] = field(default_factory=dict)
    topic: Path = ()

    def of(self, one: Entry) -> Entry:
        missing = {
            name: said
            for name, said in self.details.items()
            if said not in (None, "") and getattr(one, name) in (None, "") and said != one.title
        }
        topic = tuple(name for name in self.topic if name and name != one.title)
        return replace(one, topic=topic, **missing)


class _Columns:
    """What the columns of a table hold, told by their names and by what is in them."""

    def __init__(self, lines: Sequence[Line], found: Mapping[int, Sequence[Entry]]) -> None:
        self.head, self.rows = lines[0].header, lines[1:]
        self.cells = {line.number: _cells(line) for line in self.rows}
        self.found = found
        self.of_marks = self._of_marks()
        self.days = self._column(lambda cell, one: bool(cell) and cell == one.date)
        self.people = self._column(lambda cell, one: bool(cell) and cell == one.presenters)
        self.titles = self._column(lambda cell, one: letters(one.title) in letters(cell))

    def said(self) -> dict[int, _Said]:
        """By the number of the row."""
        said: dict[int, _Said] = {}
        part, day, people = "", "", ""
        for line in self.rows:
            cells = self.cells[line.number]
            if line.kind == "head":
                named = [cell for cell in cells if cell]
                part = named[0] if len(named) == 1 else part
                day = people = ""
                continue
            day = self._cell(cells, self.days) or day
            people = self._cell(cells, self.people) or people
            said[line.number] = _Said(
                {
                    "checked": _is_checked(self._cell(cells, self.of_marks)),
                    "date": day if _is_date(day) else "",
                    "presenters": people,
                    "proposer": self._named(cells, "proposer"),
                    "authors": self._named(cells, "authors"),
                    "year": _year(self._named(cells, "year")),
                },
                (part, self._named(cells, "topic")),
            )
        return said

    def _cell(self, cells: Sequence[str], at: int) -> str:
        return cells[at] if 0 <= at < len(cells) else ""

    def _named(self, cells: Sequence[str], kind: str) -> str:
        """The cell in the column that is called so, unless titles are in it."""
        names = (at for at, name in enumerate(self.head) if name.casefold() in COLUMNS[kind])
        return self._cell(cells, next((at for at in names if at != self.titles), -1))

    def _of_marks(self) -> int:
        """The column in which there is nothing but marks of what is read, or nothing."""
        for at, name in enumerate(self.head):
            said = (self._cell(cells, at) for cells in self.cells.values())
            marks = [_is_checked(cell) is not None for cell in said if cell]
            if any(marks) and (all(marks) or name.casefold().rstrip("? ") in COLUMNS["done"]):
                return at
        return -1

    def _column(self, is_in: Callable[[str, Entry], bool]) -> int:
        """The column in which that of most papers is."""
        columns = Counter(
            at
            for line in self.rows
            for one in self.found.get(line.number, ())
            for at, cell in enumerate(self.cells[line.number])
            if is_in(cell, one)
        )
        return max(columns, key=columns.__getitem__, default=-1)


def _year(cell: str) -> int | None:
    return int(cell) if _YEAR.fullmatch(cell) else None


def _is_checked(cell: str) -> bool | None:
    return True if is_done(cell) else False if is_left(cell) else None


def _cells(line: Line) -> list[str]:
    return [_shown(line.text[start:end]) for start, end in line.cells]


def _tables(page: Page, *kinds: str) -> list[list[Line]]:
    """The lines of these kinds of each table."""
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
    """The column that is called as titles are, and as nothing else is."""
    names = enumerate(name.casefold() for name in line.header)
    return next((at for at, name in names if column(name) == "title"), -1)


def _says_when(line: Line) -> bool:
    return any(_is_date(line.text[start:end]) for start, end in line.cells)


def _is_date(cell: str) -> bool:
    return len(cell) <= _LONGEST_DATE and bool(_DATE.search(cell))


def _widest(rows: Sequence[Line]) -> int:
    """The column with most letters."""
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
