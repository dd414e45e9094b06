"""Tables in a list: how their columns were read, and how people say that they are to be read.

What someone says of a table is put into its header, in words that the readers know, before the
text is read; its lines stay where they are.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from papers.formats.core.reading_list import Entry, Path, ReadingList
from papers.formats.core.text import Refused
from papers.formats.csv import contents
from papers.formats.csv import table as csv_table
from papers.formats.csv.rows import SEPARATORS, rows
from papers.formats.registry import CSV, MARKDOWN

# What a column may be, and the name that makes a reader take it for that.
ROLES = {
    "title": ("Title", "Title"),
    "authors": ("Authors", "Authors"),
    "venue": ("Venue", "Venue"),
    "year": ("Year", "Year"),
    "date": ("Date of the meeting", "Date"),
    "presenters": ("Presenter", "Presenter"),
    "topic": ("Topic", "Topic"),
    "url": ("Link", "Link"),
    "checked": ("Read or not", "Status"),
}
_MOST_COLUMNS = 16
_MOST_TABLES = 5
_MOST_SAMPLES, _MOST_ROWS = 40, 5_000
_LEAST_COLUMNS = 2
_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_CELL = re.compile(r"(?:[^|\\`]|\\.|`[^`\n]*`|`)*")


@dataclass(frozen=True, slots=True)
class ColumnTable:
    key: str
    header: tuple[str, ...]
    # The line of the header, counted from one.
    line: int
    # The line of each row, and its cells.
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    separator: str = "|"


def column_tables(text: str, known: str) -> list[ColumnTable]:
    """Return the tables of the text that are small enough to ask about, those with one header
    together.
    """
    if known == CSV.name:
        found = _of_csv(text)
    elif known in ("", MARKDOWN.name):
        found = list(_of_markdown(text))
    else:
        found = []
    together: dict[str, ColumnTable] = {}
    for one in found:
        if _LEAST_COLUMNS <= len(one.header) <= _MOST_COLUMNS and one.rows:
            first = together.setdefault(one.key, one)
            if first is not one:
                rows_of_both = (*first.rows, *one.rows)[:_MOST_SAMPLES]
                together[one.key] = ColumnTable(one.key, first.header, first.line, rows_of_both)
    return list(together.values())[:_MOST_TABLES]


def named(text: str, known: str, columns: Mapping[str, Sequence[str]]) -> str:
    """Return the text with the names that people gave to the columns of its tables."""
    if not columns:
        return text
    lines = text.split("\n")
    for table in _of_csv(text) if known == CSV.name else _of_markdown(text):
        roles = columns.get(table.key)
        if roles and len(roles) == len(table.header):
            names = [
                ROLES[role][1] if role in ROLES else f"Column {n}"
                for n, role in enumerate(roles, start=1)
            ]
            if known == CSV.name:
                lines[table.line - 1] = table.separator.join(names)
            else:
                lines[table.line - 1] = f"| {' | '.join(names)} |"
    return "\n".join(lines)


def is_rule(line: str) -> bool:
    """Return whether the line parts the header of a table in Markdown from its rows."""
    return "|" in line and "-" in line and bool(_RULE.match(line.rstrip("\r")))


def guessed_roles(table: ColumnTable) -> list[str]:
    """Guess the columns of a table in which nothing was read, by their cells."""
    letters = [0] * len(table.header)
    dates = [0] * len(table.header)
    for _, cells in table.rows:
        for column, cell in enumerate(cells[: len(letters)]):
            letters[column] += sum(map(str.isalpha, shown_cell(cell)))
            dates[column] += contents.is_date_cell(cell)
    found = [""] * len(table.header)
    if 2 * max(dates) > len(table.rows):
        found[dates.index(max(dates))] = "date"
        letters[dates.index(max(dates))] = 0
    if any(letters):
        found[letters.index(max(letters))] = "title"
    return found


def shown_cell(cell: str) -> str:
    """Return a cell as a reader sees it."""
    return " ".join(_LINK.sub(r"\1", cell).replace("**", "").split())


def as_it_came(reading: ReadingList, text: str) -> ReadingList:
    """Return the reading of a text with names put into its headers, its lines as the text has
    them.
    """
    lines = text.split("\n")
    left = (
        replace(line, text=lines[line.number - 1])
        if line.number <= len(lines) and _is_header_of_ours(line.text)
        else line
        for line in reading.not_understood
    )
    return replace(reading, not_understood=tuple(left))


def with_rows(
    reading: ReadingList, text: str, known: str, columns: Mapping[str, Sequence[str]]
) -> ReadingList:
    """Return the reading with each row that has a title of the tables of which someone said what
    they hold.
    """
    there = _of_markdown(text, _MOST_ROWS) if columns and known != CSV.name else ()
    named = [table for table in there if table.key in columns]
    rows_of = {line: (columns[table.key], cells) for table in named for line, cells in table.rows}
    lines = rows_of.keys() - {line for one in reading.entries for line in one.lines}
    sure = [
        _completed(one, _of_row(one.lines[0], *rows_of[one.lines[0]], one.topic))
        for one in reading.doubtful
        if one.lines[0] in lines
    ]
    read = {line for one in sure for line in one.lines}
    for line in sorted(lines - read):
        above = [one.topic for one in reading.entries if one.lines[0] < line]
        entry = _of_row(line, *rows_of[line], above[-1] if above else ())
        sure += [entry] if entry.title else []
    if not sure:
        return reading
    taken = {line for one in sure for line in one.lines}
    return replace(
        reading,
        entries=tuple(sorted([*reading.entries, *sure], key=lambda one: one.lines)),
        doubtful=tuple(one for one in reading.doubtful if one.lines[0] not in lines),
        not_understood=tuple(one for one in reading.not_understood if one.number not in taken),
    )


def _completed(doubtful: Entry, said: Entry) -> Entry:
    """Return the reading of a row with what its columns say besides, which is sure."""
    names = ("authors", "venue", "year", "date", "presenters")
    missing = {name: getattr(said, name) for name in names if not getattr(doubtful, name)}
    return replace(doubtful, **missing, confidence=1.0)


def _of_row(line: int, roles: Sequence[str], cells: Sequence[str], topic: Path) -> Entry:
    """Return a row as its columns say; links are not read in it."""
    said = {role: shown_cell(cell) for role, cell in zip(roles, cells, strict=False)}
    year = said.get("year", "")
    return Entry(
        title=said.get("title", ""),
        authors=said.get("authors", ""),
        venue=said.get("venue", ""),
        year=int(year) if re.fullmatch(r"\d{4}", year) else None,
        date=said.get("date", ""),
        presenters=said.get("presenters", ""),
        topic=topic,
        lines=(line,),
    )


def _is_header_of_ours(line: str) -> bool:
    names = {name for _, name in ROLES.values()}
    return line.startswith("| ") and all(
        cell in names or re.fullmatch(r"Column \d+", cell) for cell in _cells(line)
    )


def roles_of(table: ColumnTable, entries: Iterable[Entry]) -> list[str]:
    """Return what each column was read as, by the details found in its cells; empty if none."""
    by_line = {line: entry for entry in entries for line in entry.lines}
    counted: list[Counter[str]] = [Counter() for _ in table.header]
    for line, cells in table.rows[:_MOST_SAMPLES]:
        if entry := by_line.get(line):
            for column, cell in enumerate(cells[: len(counted)]):
                if role := _role(cell, entry):
                    counted[column][role] += 1
    found: list[str] = []
    for count in counted:
        best = next((role for role, _ in count.most_common() if role not in found), "")
        found.append(best)
    return found


def _role(cell: str, entry: Entry) -> str:
    found = _letters(cell)
    if not found:
        return ""
    said = {
        "title": entry.original or entry.title,
        "presenters": entry.presenters,
        "date": entry.date,
        "authors": entry.authors,
        "venue": entry.venue,
        "topic": entry.topic[-1] if entry.topic else "",
        "year": str(entry.year or ""),
    }
    for role, value in said.items():
        words = _letters(value)
        if words and (words in found if role in {"title", "year"} else words == found):
            return role
    if entry.url and (entry.url in cell or entry.url.rstrip("/") in cell):
        return "url"
    return ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _key(header: Sequence[str]) -> str:
    said = "|".join(map(_letters, header))
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=6).hexdigest()


def _of_markdown(text: str, most: int = _MOST_SAMPLES) -> Iterator[ColumnTable]:
    lines = text.split("\n")
    for at in range(1, len(lines)):
        rule = lines[at].rstrip("\r")
        if not is_rule(rule):
            continue
        header = _cells(lines[at - 1])
        if len(header) != len(_cells(rule)):
            continue
        found: list[tuple[int, tuple[str, ...]]] = []
        for number in range(at + 1, len(lines)):
            if "|" not in lines[number] or len(found) >= most:
                break
            found.append((number + 1, _cells(lines[number])))
        yield ColumnTable(_key(header), header, at, tuple(found))


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip(" \t\r>")
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    cells, at = [], 0
    while True:
        found = _CELL.match(line, at)
        at = found.end() if found else len(line)
        cells.append(line[found.start() : at].strip() if found else "")
        if at >= len(line):
            return tuple(cells)
        at += 1


def _of_csv(text: str) -> list[ColumnTable]:
    try:
        found = csv_table.parse_table(text)
    except Refused:
        return []
    if found.is_ours:
        return []
    start = text[: 2**16]
    for separator in SEPARATORS:
        for number, row in zip(range(10), rows(start, separator), strict=False):
            names = [name.strip() for name in row.cells]
            while names and not names[-1]:
                names.pop()
            if tuple(names) == found.header and len(names) > 1 and number < 10:
                sample = [(one.line, one.cells) for one in found.rows[:_MOST_SAMPLES]]
                return [
                    ColumnTable(
                        _key(found.header), found.header, row.line, tuple(sample), separator
                    )
                ]
    return []
