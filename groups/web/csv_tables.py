"""Tables that leave the house, to be opened in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that begins with one of these for a formula, and works it out.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# What some of them skip before they look.
SKIPPED = " \"'"


def safe_cell(value: object) -> str:
    """Return a cell that a spreadsheet shows as it is written, and never works out."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(SKIPPED).startswith(FORMULA_SIGNS) else text


def cell_as_written(cell: str) -> str:
    """Return a cell as it was before it was made safe; any other cell unchanged."""
    is_safe = cell.startswith("'") and safe_cell(cell[1:]) == cell
    return cell[1:] if is_safe else cell


def csv_table(rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV, with the line ends of RFC 4180; its first row is the header."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(safe_cell, row) for row in rows)
    return out.getvalue()
