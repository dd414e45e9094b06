"""A table to the list that it holds."""

from papers.formats.csv import ours, theirs
from papers.formats.csv.rows import Row
from papers.formats.csv.table import Table, table
from papers.formats.reading_list import Entry, Line, ReadingList, Topic, outline
from papers.formats.text import Refused, refuse_large, refuse_many
from papers.formats.untitled import titled


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
    remarks: list[Line] = []
    for row in found.rows:
        said = None if row.reason else _entry_of(row, found)
        entry = said and titled(said)
        if not entry or not entry.title:
            left.append(_remark(row, row.reason or "no title and no number"))
            continue
        entries.append(entry)
        if entry is not said:
            remarks.append(_remark(row, "no title, so it is called by its number"))
    if not entries:
        first = next(line.reason for line in left if line.reason)
        raise Refused(
            f"No row of the table can be read. {first} Nothing was written. "
            "Give each row a cell for each column, and a title or a number, then try again."
        )
    topics = outline(entry.topic for entry in entries)
    return ReadingList(
        topics=tuple(map(Topic, topics)),
        entries=tuple(entries),
        not_understood=tuple(left),
        remarks=tuple(remarks),
    )


def _entry_of(row: Row, found: Table) -> Entry:
    if found.is_ours:
        return ours.entry_of(found.header, row.cells, row.line)
    return theirs.entry_of(row.cells, found, row.line)


def _remark(row: Row, reason: str) -> Line:
    return Line(row.line, row.source, f"Row {row.number:,}: {reason}.")
