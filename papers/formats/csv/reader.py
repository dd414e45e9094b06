"""A table to the list that it holds."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat

from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, ReportedLine, outline
from papers.formats.core.records.untitled import titled
from papers.formats.core.text import Refused, refuse_large, refuse_many
from papers.formats.csv import contents, ours, payments, sections, theirs
from papers.formats.csv.rows import CsvRow
from papers.formats.csv.sections import Placed
from papers.formats.csv.table import CsvTable, parse_table


def read(text: str) -> ReadingList:
    """Return the list in the table: each row is an entry, or is in `not_understood`.

    Raises Refused for a text without rows, or none of whose rows can be read.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    payments.refuse_payments(text)
    found = parse_table(text)
    refuse_many(len(found.rows), "rows")
    if not found.rows:
        raise Refused(
            "The table has column names but no rows. Nothing was imported. "
            "Import a table with a paper in each row below the first."
        )
    entries: list[Entry] = []
    left = [ReportedLine(row.line, row.source) for row in sections.used_above(found)]
    remarks = list(_left_out(found))
    places = (
        map(Placed, found.rows, repeat(found)) if found.is_ours else sections.placed_rows(found)
    )
    for place in places:
        row = place.row
        said = [] if row.reason else _entries_of(place)
        of_row = [entry for entry in map(titled, said) if entry.title]
        if not of_row:
            left.append(_remark(row, row.reason or "no title and no identifier"))
        elif not found.is_ours and _is_free(of_row[0], found):
            left.append(_remark(row, "no paper is read then"))
        else:
            entries += of_row
            if of_row != said:
                remarks.append(_remark(row, "no title, so it is called by its identifier"))
    doubtful: list[Entry] = []
    if found.is_guessed:
        remarks += _guessed(found)
        entries, doubtful = _sure_and_doubtful(entries, found)
    if not entries and not doubtful:
        first = next((line.reason for line in left if line.reason), "")
        raise Refused(
            f"No row of the table can be read. {first} Nothing was imported. "
            "Give each row a cell for each column, and a title or an identifier, then try again."
        )
    topics = outline(entry.topic for entry in entries)
    return ReadingList(
        topics=tuple(map(ListedTopic, topics)),
        entries=tuple(entries),
        doubtful=tuple(doubtful),
        not_understood=tuple(left),
        remarks=tuple(remarks),
    )


def _entries_of(place: Placed) -> list[Entry]:
    row, found = place.row, place.table
    if found.is_ours:
        return [ours.entry_of_ours(found.header, row.cells, row.line)]
    entries = theirs.entries_of(row.cells, found, row.line)
    return [replace(entry, topic=(*place.topic, *entry.topic)) for entry in entries]


def _is_free(entry: Entry, found: CsvTable) -> bool:
    """Return whether a row of a schedule says that nothing is read."""
    is_schedule = {"published", "presenters"} & set(found.meanings)
    return bool(is_schedule) and not entry.url and sections.is_no_paper(entry.title)


def _sure_and_doubtful(entries: list[Entry], found: CsvTable) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of a table whose titles were found by what is in its columns."""
    if contents.tells_of_papers(found.meanings):
        return [replace(entry, confidence=contents.SURE) for entry in entries], []
    return [], [replace(entry, confidence=contents.DOUBTFUL) for entry in entries]


def _guessed(found: CsvTable) -> Iterator[ReportedLine]:
    """Report the column that was taken for the titles."""
    name = found.header[found.columns["title"][0]]
    if found.named_by:
        reason = f"No column is called “Title”. “{name}” is read as titles, as it looks like them."
        yield ReportedLine(found.named_by.line, found.named_by.source, reason)


def _left_out(found: CsvTable) -> Iterator[ReportedLine]:
    """Report what is left out of a table of books, since it says much about its owner."""
    if found.program and found.named_by:
        reason = (
            f"This is a table of {found.program.name}. Its shelves are taken for your own "
            "statuses. Your ratings, reviews and days of reading are left out: the group would see "
            "them."
        )
        yield ReportedLine(found.named_by.line, found.named_by.source, reason)


def _remark(row: CsvRow, reason: str) -> ReportedLine:
    return ReportedLine(row.line, row.source, f"Row {row.number:,}: {reason}.")
