"""Our own table: a row for each place of a paper, every cell to the letter."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from groups.web.csv_tables import cell_as_written, csv_table
from papers.formats.core import identifiers
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.details import DetailKind, names_where
from papers.formats.core.records.values import without_controls, year
from papers.formats.csv.columns import OURS
from papers.formats.csv.paths import further_as_text, further_in, path_as_text, path_in
from papers.formats.csv.ticks import READ, TO_READ, tick

_LINE_BREAKS = re.compile(r"[^\S\r\n]*[\r\n]+\s*")


def write(reading_list: ReadingList) -> str:
    """Return the list as a table that gives the same entries again.

    A cell that a spreadsheet would compute is prefixed with `'`. The title of the list, and topics
    without papers, have no row.
    """
    has_ticks = any(entry.checked is not None for entry in reading_list.entries)
    details = [detail for detail in OURS if has_ticks or detail != "checked"]
    header = [OURS[detail] for detail in details]
    rows = ([_as_text(entry, detail) for detail in details] for entry in reading_list.entries)
    return csv_table([header, *rows])


def entry_of_ours(header: Sequence[str], cells: Sequence[str], line: int) -> Entry:
    said = {
        name: without_controls(cell_as_written(cell))
        for name, cell in zip(header, cells, strict=False)
    }
    values = {detail: _meant(detail, said.get(name, "")) for detail, name in OURS.items()}
    return Entry(**values, lines=(line,))


def _as_text(entry: Entry, detail: str) -> str:
    value = getattr(entry, detail)
    return _WRITTEN[detail](value) if detail in _WRITTEN else value


def _meant(detail: str, cell: str) -> Any:
    if detail in _READ:
        return _READ[detail](cell)
    return cell if detail in _OF_SEVERAL_LINES else _in_one_line(cell)


def _address(cell: str) -> str:
    return cell if identifiers.web_address(cell) == cell else identifiers.web_address(cell)


def _year(cell: str) -> int | None:
    return int(cell) if cell.strip().isdecimal() and len(cell) < 6 else year(cell)


def _in_one_line(text: str) -> str:
    """Return the text without line breaks, its blanks as they are."""
    return _LINE_BREAKS.sub(" ", text) if "\n" in text or "\r" in text else text


_OF_SEVERAL_LINES = set(names_where(lambda one: one.kind == DetailKind.PARAGRAPHS))
_TICKS = {True: READ, False: TO_READ, None: ""}
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "topic": path_as_text,
    "further": further_as_text,
    "checked": lambda checked: _TICKS[checked],
    "year": lambda stated: "" if stated is None else str(stated),
}
_READ: dict[str, Callable[[str], Any]] = {
    "topic": path_in,
    "further": further_in,
    "checked": tick,
    "year": _year,
    "url": _address,
    "doi": lambda cell: identifiers.doi(cell) if cell else "",
    "arxiv": lambda cell: identifiers.arxiv(cell) if cell else "",
}
