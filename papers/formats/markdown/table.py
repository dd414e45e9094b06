"""A table, whichever way it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Row:
    """The numbers of its lines, and what its cells say. A head names the columns once more, or the
    part of the table that follows."""

    lines: Iterable[int]
    cells: Sequence[str]
    is_head: bool = False


@dataclass(slots=True)
class Table:
    names: Sequence[str]
    rows: Sequence[Row]
