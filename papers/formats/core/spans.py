"""The cells of a table in HTML, of which some span several rows or columns."""

MOST_COLUMNS = 50
_MOST_ROWS = 200


class Spans:
    """The cells of a table that span rows: a cell is in each row that it spans, in the first of its
    columns.
    """

    def __init__(self) -> None:
        # Of each column the cell that reaches into the rows below, and into how many.
        self._below: dict[int, tuple[str, int]] = {}

    def begin(self) -> list[str]:
        """Return the cells that a new row begins with."""
        cells: list[str] = []
        self._fill(cells)
        return cells

    def add(self, cells: list[str], cell: str, rows: int, columns: int) -> None:
        """Add a cell to the row, and those behind it that reach into the row from above."""
        for at in range(columns):
            if len(cells) >= MOST_COLUMNS:
                return
            said = "" if at else cell
            if rows > 1:
                self._below[len(cells)] = (said, rows - 1)
            cells.append(said)
        self._fill(cells)

    def _fill(self, cells: list[str]) -> None:
        while len(cells) in self._below and len(cells) < MOST_COLUMNS:
            cell, left = self._below.pop(len(cells))
            if left > 1:
                self._below[len(cells)] = (cell, left - 1)
            cells.append(cell)


def rows_of(said: str) -> int:
    """Return how many rows a cell takes by its attribute."""
    return _count(said, _MOST_ROWS)


def columns_of(said: str) -> int:
    """Return how many columns a cell takes by its attribute."""
    return _count(said, MOST_COLUMNS)


def _count(said: str, most: int) -> int:
    said = said.strip()
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 6 else 1
