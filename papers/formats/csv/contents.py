"""Tell what columns hold by what is in them, where no name of a column says titles."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from papers.formats.csv import columns
from papers.formats.csv.rows import CsvRow

# The confidence of a title read from such a column: where the table says more of papers, or else.
SURE, DOUBTFUL = 0.9, 0.5
# What tells that a table is of papers, besides titles and numbers.
_OF_PAPERS = {"authors", "venue", "year", "published", "presenters", "proposer", "url", "abstract"}
_MOST_ROWS = 100
_LEAST_ROWS = 2
_MOST_WORDS_OF_NAME = 3
_MOST_WORDS = 40
_LEAST_WORDS = 3
# Chinese, Japanese and Korean have no blanks, or few: so many letters are as good as the words.
_LEAST_LETTERS_OF_CJK = 6
_LETTERS = re.compile(r"[^\W\d_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"https?://|@\w")
_LINK = re.compile(r"\[[^\[\]]*\]\(https?://\S+\)|https?://\S+")
_DATE = re.compile(
    r"\d{1,4}[-./]\d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bweek\b"
    r"|\d\s?[月월]",
    re.IGNORECASE,
)
_LONGEST_DATE = 30


class Guessed(NamedTuple):
    """A table without a name for its titles."""

    separator: str
    header: CsvRow
    meanings: tuple[str, ...]


def guess_table(rows_of: Mapping[str, Iterable[CsvRow]]) -> Guessed | None:
    """Return the table that the rows are by one of the separators; None where they are no such
    table.
    """
    for separator, every in rows_of.items():
        found = list(islice(every, _MOST_ROWS))
        below = [row for row in found if row.cells != found[0].cells]
        if len(below) < _LEAST_ROWS or not _is_table(separator, found):
            continue
        header = found[0]
        meanings = _meanings(header, below)
        if "title" in meanings:
            return Guessed(separator, header, meanings)
    return None


def is_date_cell(cell: str) -> bool:
    """Return whether the cell may be a day or a week of a schedule."""
    return len(cell) < _LONGEST_DATE and bool(_DATE.search(cell))


def is_link(cell: str) -> bool:
    return bool(_LINK.fullmatch(cell))


def tells_of_papers(meanings: Iterable[str]) -> bool:
    return bool(_OF_PAPERS & set(meanings))


def _is_table(separator: str, found: Sequence[CsvRow]) -> bool:
    """Return whether all rows have as many cells, and the first one names its columns.

    Prose has commas, too, so two columns are too few with them.
    """
    widths = {len(row.cells) for row in found}
    if any(row.reason for row in found) or len(widths) > 1 or min(widths) < 2 + (separator == ","):
        return False
    return all(_may_be_name(cell) for cell in found[0].cells) and any(found[0].cells)


def _may_be_name(cell: str) -> bool:
    return len(cell.split()) <= _MOST_WORDS_OF_NAME and not re.search(r"\d|https?:|[.!?]$", cell)


def _meanings(header: CsvRow, below: Sequence[CsvRow]) -> tuple[str, ...]:
    """Return the columns' meanings; of several that may be titles, that with most words is
    taken.
    """
    meanings = list(columns.meant(header.cells))
    unknown = [at for at, meaning in enumerate(meanings) if meaning[:1] == "?"]
    cells = {at: [row.cells[at].strip() for row in below] for at in unknown}
    for meaning, is_one in (("url", is_link), ("published", is_date_cell)):
        likely = [at for at in unknown if _are_mostly(is_one, cells[at])]
        if likely and meaning not in meanings:
            meanings[likely[0]] = meaning
    titles = [at for at in unknown if meanings[at][:1] == "?" and _may_be_titles(cells[at])]
    if titles:
        meanings[max(titles, key=lambda at: sum(map(_words, cells[at])))] = "title"
    return tuple(meanings)


def _are_mostly(is_one: Callable[[str], bool], cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and 4 * sum(map(is_one, filled)) >= 3 * len(filled)


def _may_be_titles(cells: Sequence[str]) -> bool:
    """Return whether most cells have the words of a title, and each its own."""
    filled = [cell for cell in cells if cell]
    titles = [cell for cell in filled if _LEAST_WORDS <= _words(cell) <= _MOST_WORDS]
    return (
        2 * len(filled) > len(cells)
        and 4 * len(titles) >= 3 * len(filled)
        and len(set(filled)) >= 0.8 * len(filled)
    )


def _words(cell: str) -> int:
    """Return the number of words in a cell; 0 for an address."""
    if _ADDRESS.search(cell):
        return 0
    letters = len(_CJK.findall(cell))
    if letters >= _LEAST_LETTERS_OF_CJK:
        return max(_LEAST_WORDS, letters // 2)
    return len(_LETTERS.findall(cell))
