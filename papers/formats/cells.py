"""Cells of a table that a spreadsheet will open."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula, and what it skips before it looks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
_SKIPPED = " \"'"


def safe(text: object) -> str:
    """The cell, with a quote before what a spreadsheet would work out instead of showing it."""
    cell = "" if text is None else str(text)
    return f"'{cell}" if cell.lstrip(_SKIPPED).startswith(_FORMULA) else cell


def write(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV, in UTF-8 and with the line ends of RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()
