"""A table in several parts, as spreadsheets of several terms are: rows that name a term, and rows
that name the columns anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from papers.formats.csv import columns
from papers.formats.csv.columns import word
from papers.formats.csv.rows import Row
from papers.formats.csv.table import TELLING, Table
from papers.formats.reading_list import Path
from papers.formats.repair import one_line
from papers.formats.values import cleaned

# A row is names of columns anew where it names so many, and hardly anything else.
_LEAST_NAMES = 3
_LONGEST_LABEL = 80
_FEW_WORDS = 4
_SEASON = (
    r"spring|summer|fall|autumn|winter|term|semester|trimester|quarter|week|session|block|part|"
    r"module|unit|cohort|year|frühling|frühjahr|sommer|herbst|sommersemester|wintersemester|ws|ss|"
    r"wise|sose|hs|fs|woche|printemps|été|automne|hiver|semestre|semaine|primavera|verano|otoño|"
    r"invierno|semana|trimestre"
)
# `Fall 2023`, `WS 2023/24`, `2023-2024`, `Week 3`, `Q1 2024`, `2023 Spring`, `Michaelmas 2023`
_TERM = re.compile(
    rf"(?:(?:{_SEASON}|michaelmas|hilary|trinity|lent|easter|q[1-4])\b.{{0,60}}"
    rf"|(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?(?:\s+(?:{_SEASON})\b.{{0,60}})?"
    r"|.{0,12}(?:19|20)\d\d\s*(?:学期|春|夏|秋|冬).{0,20}|第.{1,4}(?:学期|周).{0,40})",
    re.IGNORECASE,
)
# What stands in a schedule where no paper is read.
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

    row: Row
    table: Table
    topic: Path = ()


def placed(table: Table) -> Iterator[Placed]:
    """The rows but for those that name columns or a part of the table."""
    topic = _label_above(table)
    rows = table.rows
    labelled = _labelled(table)
    for at, row in enumerate(rows):
        if names_columns(row, table):
            table = _with_names(table, row)
            continue
        following = rows[at + 1] if at + 1 < len(rows) else None
        label = _label(row, table, following)
        if row.number in labelled:
            label = label or one_line(cleaned(next(filter(str.strip, row.cells))))
        if label:
            topic = (label,)
            continue
        yield Placed(row, table, topic)


def is_no_paper(title: str) -> bool:
    """Whether a schedule says there that nothing is read: `No meeting`, `TBA`."""
    return bool(_NO_PAPER.fullmatch(title.strip(" .!*-–—()[]")))


def used_above(table: Table) -> tuple[Row, ...]:
    """The rows above the names of the columns that are not the name of the first part."""
    return table.above[:-1] if _label_above(table) else table.above


def names_columns(row: Row, table: Table) -> bool:
    """Whether the row names columns, the same ones again or others."""
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


def _with_names(table: Table, row: Row) -> Table:
    names = tuple(name.strip() for name in row.cells[: len(table.header)])
    meanings = columns.meant(names)
    found = columns.ranked(names, meanings)
    return replace(table, header=names, meanings=meanings, columns=found)


def _label_above(table: Table) -> Path:
    """The name of the first part, where it stands right above the names of the columns."""
    if not table.above:
        return ()
    cells = [one_line(cell) for cell in table.above[-1].cells if cell.strip()]
    is_first_of_several = any(names_columns(row, table) for row in table.rows)
    if len(cells) == 1 and (_TERM.fullmatch(cells[0]) or is_first_of_several):
        return (cleaned(cells[0])[:_LONGEST_LABEL],)
    return ()


def _label(row: Row, table: Table, following: Row | None) -> str:
    """The name of the part that the row begins, where it is one: it stands alone in its row."""
    filled = [at for at, cell in enumerate(row.cells) if cell.strip()]
    if row.reason or len(filled) != 1 or len(table.header) < 2:
        return ""
    at, text = filled[0], one_line(cleaned(row.cells[filled[0]]))
    if not text or len(text) > _LONGEST_LABEL or is_no_paper(text):
        return ""
    meaning = table.meanings[at] if at < len(table.meanings) else ""
    is_term = bool(_TERM.fullmatch(text)) and not (meaning == "year" and text.isdecimal())
    if is_term or (following and names_columns(following, table)):
        return text
    is_of_titles = meaning == "title" or not table.columns.get("title")
    is_left_of_titles = not is_of_titles and at < table.columns["title"][0]
    is_name = sum(map(str.isalpha, text)) >= 3 and not re.search(r"\d|https?:", text)
    return text if is_left_of_titles and is_name and meaning in _MAY_BE_NAMED else ""


def _labelled(table: Table) -> set[int]:
    """The numbers of the rows that name a part, told by the shape of the table: it begins with such
    a row, there are several, each of a few words and followed by a row that says more."""
    alone = [_is_alone(row) for row in table.rows]
    found = [row.number for row, is_alone in zip(table.rows, alone, strict=True) if is_alone]
    is_parted = not any(one and after for one, after in zip(alone, [*alone[1:], True], strict=True))
    if len(found) < 2 or not alone[0] or not is_parted or 3 * len(found) > len(alone):
        return set()
    return set(found)


def _is_alone(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(row.cells[0].strip()) and len(filled[0].split()) <= _FEW_WORDS


# Columns whose cells are no words of their own, so that words alone in one are a name.
_MAY_BE_NAMED = {"", "published", "year", "checked"}
