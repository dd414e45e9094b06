"""A text as a table: which of its rows names the columns, and what parts them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from papers.formats.core.reading_list.placeholders import NUMBERS
from papers.formats.core.text import MOST_ENTRIES, Refused, too_many_entries
from papers.formats.csv import columns, contents
from papers.formats.csv.columns import Columns
from papers.formats.csv.programs import Program, program_of
from papers.formats.csv.rows import SEPARATORS, CsvRow, fits, ragged, rows

# A spreadsheet may say on a line above the table what parts its cells.
_SEPARATOR_LINE = "sep="
# A table may have a title of its own above the names of its columns.
_MOST_ABOVE = 5
_SURE_OF_HEADER = 3
_LEAST_DETAILS = 2
# What a paper may be known by.
TELLING = {"title", *NUMBERS}
_LONGEST_START = 2**18
_MOST_AT_THE_START = 100
# Rows of blank cells are passed over, as a spreadsheet may write a million of them; no more.
_MOST_BLANK = 100_000


@dataclass(frozen=True, slots=True)
class CsvTable:
    header: tuple[str, ...]
    meanings: tuple[str, ...]
    # The row that names the columns.
    named_by: CsvRow | None = None
    rows: tuple[CsvRow, ...] = ()
    # The rows above the names of the columns.
    above: tuple[CsvRow, ...] = ()
    columns: Columns = field(default_factory=dict)
    # Whether the titles are read from a column whose name does not say so.
    is_guessed: bool = False

    @property
    def program(self) -> Program | None:
        return program_of(map(columns.word, self.header))

    @property
    def is_schedule(self) -> bool:
        """Return whether its dates are those of meetings, and not of the papers' publication."""
        if "presenters" in self.columns:
            return True
        return self.is_guessed and not {"authors", "venue", "year"} & set(self.columns)

    @property
    def is_ours(self) -> bool:
        """Return whether we wrote it: then its cells say what an entry says, to the letter."""
        ours = tuple(columns.OURS.values())
        return self.header in (ours, tuple(name for name in ours if name != "status"))


def parse_table(text: str) -> CsvTable:
    """Return the table that the text holds. Raises Refused where no row names its columns."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Refused(
            "The file has no rows. Nothing was imported. Import a table with column names in the "
            "first row and a paper in each row below."
        )
    found = _best_header(text)
    guessed = None if found else _guessed(text)
    if guessed:
        found = guessed.separator, guessed.header
    if not found:
        raise Refused(
            "The first row names no column for titles or identifiers, so the table cannot be read."
            " Nothing was imported. Name the columns in the first row, such as “Title”, "
            "“Authors” and “DOI”, then try again."
        )
    separator, header = found
    names = _names(header)
    every = tuple(_checked(rows(text, separator, len(names)), header, len(names)))
    meanings = guessed.meanings[: len(names)] if guessed else columns.meant(names)
    return CsvTable(
        header=names,
        meanings=meanings,
        named_by=header,
        rows=tuple(row for row in every if row.number > header.number),
        above=tuple(row for row in every if row.number < header.number),
        columns=columns.ranked(names, meanings),
        is_guessed=guessed is not None,
    )


def has_column_names(text: str, *, in_doubt: bool) -> bool:
    """Return whether one of the first rows names columns that we know and the rows below have as
    many.

    Most of them must. Where nothing speaks against it one is enough, or none if all columns are
    known; and if the titles are all that is known of the columns, all rows must. Where no name is
    known, what is in the columns may tell that it is a table.
    """
    text = text.removeprefix("\ufeff")
    found = _best_header(text)
    if not found:
        return not in_doubt and _guessed(text) is not None
    separator, header = found
    width, details = len(_names(header)), len(_details(header))
    below = [row for row in _first(text, separator, 30) if row.number > header.number]
    fitting = sum(fits(row.cells, width) for row in below if not row.reason)
    if details < _LEAST_DETAILS:
        return not in_doubt and width > 1 and fitting == len(below) > 1
    if 2 * fitting > len(below) or (fitting and not in_doubt):
        return True
    is_known_throughout = details == width >= _SURE_OF_HEADER
    return not in_doubt and (is_known_throughout or not below)


def _best_header(text: str) -> tuple[str, CsvRow] | None:
    """Return the row that names most columns, and the separator with which it does."""
    found: list[tuple[int, str, CsvRow]] = []
    for separator in SEPARATORS:
        for place, row in enumerate(_first(text, separator, _MOST_ABOVE + 1)):
            details = _details(row)
            least = 1 if "title" in details else _LEAST_DETAILS
            if details & TELLING and len(details) >= (_SURE_OF_HEADER if place else least):
                found.append((len(details), separator, row))
    if not found:
        return None
    _, separator, row = max(found, key=lambda one: one[0])
    return ("\t" if len(row.cells) == 1 else separator), row


def _guessed(text: str) -> contents.Guessed | None:
    start = text[:_LONGEST_START]
    return contents.guess_table(
        {one: (row for row in rows(start, one) if not _is_aside(row)) for one in SEPARATORS}
    )


def _first(text: str, separator: str, count: int) -> Iterator[CsvRow]:
    """Return the first rows that are not blank and do not say what parts the cells."""
    start = islice(rows(text[:_LONGEST_START], separator), _MOST_AT_THE_START)
    return islice((row for row in start if not _is_aside(row)), count)


def _is_aside(row: CsvRow) -> bool:
    return row.is_blank or row.source.casefold().startswith(_SEPARATOR_LINE)


def _details(row: CsvRow) -> set[str]:
    return columns.known(columns.meant(_names(row)))


def _names(header: CsvRow) -> tuple[str, ...]:
    """Return the names of the columns, without those that have none at the end."""
    names = [name.strip() for name in header.cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _checked(found: Iterator[CsvRow], header: CsvRow, width: int) -> Iterator[CsvRow]:
    """Yield the rows that are not blank, and of each that is none the reason."""
    count = blank = 0
    for row in found:
        count, blank = (count, blank + 1) if _is_aside(row) else (count + 1, blank)
        if count > MOST_ENTRIES + _MOST_ABOVE or blank > _MOST_BLANK:
            raise too_many_entries("rows")
        if _is_aside(row):
            continue
        if row.reason or row.number <= header.number or fits(row.cells, width):
            yield row
        else:
            yield CsvRow(row.number, row.line, row.cells, row.source, ragged(row.cells, width))
