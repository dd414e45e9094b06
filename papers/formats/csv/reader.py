"""A table to the list that it holds."""

from papers.formats.csv import ours, theirs
from papers.formats.csv.rows import Row
from papers.formats.csv.table import Table, table
from papers.formats.reading_list import Entry, Line, ReadingList, Topic, outline
from papers.formats.text import Refused, refuse_large, refuse_many


def read(text: str) -> ReadingList:
    """The list that the table holds: each row is an entry, or stands in `not_understood`.

    Raises Refused for a text without rows, or none of whose rows can be read.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    found = table(text)
    refuse_many(len(found.rows), "rows")
    if not found.rows:
        raise Refused(
            "The table has names of columns and no rows. Nothing was written. "
            "Bring a table with a paper in each row below the first."
        )
    entries: list[Entry] = []
    left = [Line(row.line, row.source) for row in found.above]
    for row in found.rows:
        entry = None if row.reason else _entry_of(row, found)
        if entry:
            entries.append(entry)
        else:
            reason = row.reason or "no title"
            left.append(Line(row.line, row.source, f"Row {row.number:,}: {reason}."))
    if not entries:
        first = next(line.reason for line in left if line.reason)
        raise Refused(
            f"No row of the table can be read. {first} Nothing was written. "
            "Give each row a cell for each column and a title, then try again."
        )
    topics = outline(entry.topic for entry in entries)
    return ReadingList(
        topics=tuple(map(Topic, topics)), entries=tuple(entries), not_understood=tuple(left)
    )


def _entry_of(row: Row, found: Table) -> Entry | None:
    if not found.is_ours:
        return theirs.entry_of(row.cells, found, row.line)
    entry = ours.entry_of(found.header, row.cells, row.line)
    return entry if entry.title.strip() else None
