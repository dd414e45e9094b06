"""Rows of tables in which neither reader found a paper: each is doubtful rather than lost."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import Entry
from papers.formats.markdown.features import Page
from papers.formats.markdown.lines import Line
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.links import Link
from papers.formats.markdown.rules.lines.title import TitleEvidence

_DOUBTFUL = 0.1
_SHORTEST = 4
_LONGEST_DATE = 16
# A day with the name of its month or week, or two numbers that no price has between them.
_DATE = re.compile(r"\d\D{0,3}[^\W\d_]{3}|[^\W\d_]{3}\D{0,3}\d|\d[/-]\d|\d\.\d+\.|\d\s?月")


def with_unread(page: Page, found: Sequence[Candidate]) -> list[Candidate]:
    """With the rows, as papers that are called by their cells of the column that has most to say.

    Only of tables that say when, or lead somewhere: others hold no papers.
    """
    likely = [one for one in found if one.entry.confidence >= _DOUBTFUL]
    rows = list(_unread(page, {line for one in likely for line in one.entry.lines}))
    lines = {line for one in rows for line in one.entry.lines}
    return [*(one for one in found if lines.isdisjoint(one.entry.lines)), *rows]


def with_dates(page: Page, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, of which those in rows have the day that is in their table's column of days:
    that in which the day of another one is."""
    columns: dict[int, set[int]] = defaultdict(set)
    for one in found:
        line = page.lines[one.entry.lines[0] - 1]
        columns[line.table] |= {
            column for column, cell in enumerate(_cells(line)) if cell == one.entry.date
        }
    dated = []
    for one in found:
        line = page.lines[one.entry.lines[0] - 1]
        if line.kind == "row" and not one.entry.date:
            cells = _cells(line)
            days = [cells[at] for at in columns[line.table] if at < len(cells)]
            day = next(filter(_is_date, days), "")
            one = replace(one, entry=replace(one.entry, date=day))
        dated.append(one)
    return dated


def _cells(line: Line) -> list[str]:
    return [_shown(line.text[start:end]) for start, end in line.cells]


def _unread(page: Page, read: set[int]) -> Iterator[Candidate]:
    tables: dict[int, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.kind == "row":
            tables[line.table].append(line)
    for rows in tables.values():
        is_unread = read.isdisjoint(line.number for line in rows)
        if is_unread and any("](" in line.text or _says_when(line) for line in rows):
            column = _widest(rows)
            yield from (one for line in rows if (one := _of_row(line, column)))


def _says_when(line: Line) -> bool:
    return any(_is_date(line.text[start:end]) for start, end in line.cells)


def _is_date(cell: str) -> bool:
    return len(cell) <= _LONGEST_DATE and bool(_DATE.search(cell))


def _widest(rows: Sequence[Line]) -> int:
    """The column with most letters."""
    letters: dict[int, int] = defaultdict(int)
    for line in rows:
        for column, (start, end) in enumerate(line.cells):
            letters[column] += sum(map(str.isalpha, _shown(line.text[start:end])))
    return max(letters, key=letters.__getitem__)


def _of_row(line: Line, column: int) -> Candidate | None:
    if column >= len(line.cells):
        return None
    start, end = line.cells[column]
    cell = line.text[start:end]
    title = _shown(cell)
    if len(title) < _SHORTEST:
        return None
    target = cell.partition("](")[2].partition(")")[0]
    link = Link(title, target) if target else None
    entry = Entry(
        title,
        url=link.url if link else "",
        file=link.file if link and not link.url else "",
        lines=(line.number,),
        confidence=_DOUBTFUL,
    )
    return Candidate(entry, TitleEvidence.REFERENCE)


def _shown(cell: str) -> str:
    return " ".join(inline.plain(cell).strip(" *_`|").split())
