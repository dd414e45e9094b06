"""A table in several parts, as spreadsheets of several terms are: rows that name a term, and rows
that name the columns anew."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from papers.formats.core.reading_list import Path, terms
from papers.formats.core.records.values import cleaned_cell
from papers.formats.core.text.repair import one_line
from papers.formats.csv import columns
from papers.formats.csv.columns import word
from papers.formats.csv.rows import CsvRow
from papers.formats.csv.table import TELLING, CsvTable

# A row is names of columns anew where it names so many, and hardly anything else.
_LEAST_NAMES = 3
_LONGEST_LABEL = 80
_FEW_WORDS = 4
# So few rows do not tell what is merged from what is not said.
_LEAST_ROWS = 3
# What a schedule says where no paper is read.
_NO_PAPER = re.compile(
    r"(?:no (?:meeting|class|seminar|session|reading group|paper)|cancell?ed|canceled|tb[ad]|to be "
    r"(?:announced|decided)|holidays?|vacation|(?:spring|fall|winter|summer|christmas|"
    r"thanksgiving|easter|reading) (?:break|recess|week)|break|thanksgiving|deadline|kein treffen|"
    r"entfällt|ferien|feiertag|pas de (?:réunion|séance)|vacances|sin reunión|vacaciones|假期|停课|"
    r"放假)(?:\W.{0,60})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, the names of the columns that hold for it, and the topic that it is under."""

    row: CsvRow
    table: CsvTable
    topic: Path = ()


def placed_rows(table: CsvTable) -> Iterator[Placed]:
    """Yield the rows but for those that name columns or a part of the table."""
    topic = _label_above(table)
    rows = table.rows
    labelled = _labelled(table)
    merged = _Merged(table)
    above: dict[int, str] = {}
    for at, row in enumerate(rows):
        if names_columns(row, table):
            table = _with_names(table, row)
            merged, above = _Merged(table), {}
            continue
        following = rows[at + 1] if at + 1 < len(rows) else None
        label = _label(row, table, following)
        if row.number in labelled:
            label = label or one_line(cleaned_cell(next(filter(str.strip, row.cells))))
        if label:
            topic, above = (label,), {}
            continue
        yield Placed(merged.filled(row, above), table, topic)
        above |= merged.repeated(row)


class _Merged:
    """The columns of topics, and of the days of a schedule, whose cells were merged with those
    below: each says something else than the one before, and blank ones follow. Who presents on a
    day does so for all of it."""

    def __init__(self, table: CsvTable) -> None:
        columns = table.columns
        self.topics = [at for at in columns.get("topic", ()) if _is_merged(table, at, doubted=True)]
        is_schedule = "presenters" in columns
        days = columns.get("published", ()) if is_schedule else ()
        self.days = [at for at in days if _is_merged(table, at)]
        self.of_days = [*self.days, *(columns["presenters"] if self.days else ())]

    def repeated(self, row: CsvRow) -> dict[int, str]:
        """Return the values that rows below may repeat."""
        columns = self.topics + (self.of_days if any(_cell(row, at) for at in self.days) else [])
        return {at: _cell(row, at) for at in columns if at in self.of_days or _cell(row, at)}

    def filled(self, row: CsvRow, above: Mapping[int, str]) -> CsvRow:
        """Return the row with what merged cells above it say."""
        if row.reason or not above:
            return row
        is_new_day = any(_cell(row, at) for at in self.days)
        columns = self.topics + ([] if is_new_day else self.of_days)
        cells = tuple(
            above.get(at, "") if at in columns and not cell.strip() else cell
            for at, cell in enumerate(row.cells)
        )
        return replace(row, cells=cells) if cells != row.cells else row


def _cell(row: CsvRow, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _is_merged(table: CsvTable, at: int, *, doubted: bool = False) -> bool:
    """Return whether the blank cells of a column were merged with those above them. Where they may
    as well say nothing (`doubted`) they have to be many.
    """
    cells = [_cell(row, at) for row in table.rows]
    filled = [cell for cell in cells if cell]
    blank = len(cells) - len(filled)
    if len(cells) < _LEAST_ROWS or not cells[0] or len(filled) != len(set(filled)):
        return False
    return blank > 0 and (not doubted or 2 * blank >= len(filled))


def is_no_paper(title: str) -> bool:
    """Return whether a schedule says there that nothing is read: `No meeting`, `TBA`."""
    return bool(_NO_PAPER.fullmatch(title.strip(" .!*-–—()[]")))


def used_above(table: CsvTable) -> tuple[CsvRow, ...]:
    """Return the rows above the names of the columns that are not the name of the first part."""
    return table.above[:-1] if _label_above(table) else table.above


def names_columns(row: CsvRow, table: CsvTable) -> bool:
    """Return whether the row names columns, the same ones again or others."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if not cells:
        return False
    words = [word(cell) for cell in cells]
    if len(cells) > 1 and set(words) == {word(name) for name in table.header if name}:
        return True
    known = [meaning for meaning in columns.meant(cells) if meaning and meaning[0] != "?"]
    return (
        len(known) >= _LEAST_NAMES
        and 4 * len(known) >= 3 * len(cells)
        and bool(TELLING & set(known))
    )


def _with_names(table: CsvTable, row: CsvRow) -> CsvTable:
    names = tuple(name.strip() for name in row.cells[: len(table.header)])
    meanings = columns.meant(names)
    if table.is_guessed:
        before = dict(zip(table.header, table.meanings, strict=True))
        meanings = tuple(map(before.get, names, meanings))
    found = columns.ranked(names, meanings)
    return replace(table, header=names, meanings=meanings, columns=found)


def _label_above(table: CsvTable) -> Path:
    """Return the name of the first part, if it is right above the names of the columns."""
    if not table.above:
        return ()
    cells = [one_line(cell) for cell in table.above[-1].cells if cell.strip()]
    is_first_of_several = any(names_columns(row, table) for row in table.rows)
    if len(cells) == 1 and (terms.is_one(cells[0]) or is_first_of_several):
        return (cleaned_cell(cells[0])[:_LONGEST_LABEL],)
    return ()


def _label(row: CsvRow, table: CsvTable, following: CsvRow | None) -> str:
    """Return the name of the part that the row begins, if any: it is alone in its row."""
    filled = [at for at, cell in enumerate(row.cells) if cell.strip()]
    if row.reason or len(filled) != 1 or len(table.header) < 2:
        return ""
    at, text = filled[0], one_line(cleaned_cell(row.cells[filled[0]]))
    if not text or len(text) > _LONGEST_LABEL or is_no_paper(text):
        return ""
    meaning = table.meanings[at] if at < len(table.meanings) else ""
    is_term = terms.is_one(text) and not (meaning == "year" and text.isdecimal())
    if is_term or (following and names_columns(following, table)):
        return text
    is_of_titles = meaning == "title" or not table.columns.get("title")
    is_left_of_titles = not is_of_titles and at < table.columns["title"][0]
    is_name = sum(map(str.isalpha, text)) >= 3 and not re.search(r"\d|https?:", text)
    return text if is_left_of_titles and is_name and meaning in _MAY_BE_NAMED else ""


def _labelled(table: CsvTable) -> set[int]:
    """Return the numbers of the rows that name a part, by the shape of the table: it begins with
    such a row, there are several, each of a few words and followed by a row that says more.
    """
    alone = [_is_alone(row) for row in table.rows]
    found = [row.number for row, is_alone in zip(table.rows, alone, strict=True) if is_alone]
    is_parted = not any(one and after for one, after in zip(alone, [*alone[1:], True], strict=True))
    if len(found) < 2 or not alone[0] or not is_parted or 3 * len(found) > len(alone):
        return set()
    return set(found)


def _is_alone(row: CsvRow) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(row.cells[0].strip()) and len(filled[0].split()) <= _FEW_WORDS


# Columns whose cells are no words of their own, so that words alone in one are a name.
_MAY_BE_NAMED = {"", "published", "year", "checked"}
