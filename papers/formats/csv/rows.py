"""The rows of a text in CSV.

Python's own reader takes a quotation mark that is never closed for the rest of the file; this one
gives up one row, says why, and goes on with the next line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATORS = ",;\t|"
LONGEST_CELL = 131_072
MOST_COLUMNS = 1_000
# Each row given up is a place to begin anew, so a text made of nothing else would never end: behind
# so many a row is one line.
_MOST_GIVEN_UP = 50

_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_ENDS = re.compile(r"[\r\n]+")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"[^\S\r\n\t]*')
_OPENING = re.compile(r'[^\S\r\n\t]*"')
_ALL_QUOTED = re.compile(r'(?:"(?:[^"]|"")*+"[,;\t|])+"(?:[^"]|"")*+"')
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row, or why it is none. It is counted as a spreadsheet counts, and by its line."""

    number: int
    line: int
    cells: tuple[str, ...]
    # Its first line, by which it can be found.
    source: str
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.reason and not any(map(str.strip, self.cells))


def rows(text: str, separator: str, width: int = 0) -> Iterator[CsvRow]:
    """Yield the rows of the text but for blank lines. A row over several lines that has not the
    width is given up: what looked like its quotation marks were those of two rows.
    """
    reader = _RowReader(text, separator)
    start, line, number, given_up = 0, 1, 0, 0
    while start < len(text):
        if blank := _LINE_ENDS.match(text, start):
            breaks = _line_breaks(blank[0])
            start, line, number = blank.end(), line + breaks, number + breaks
            continue
        number += 1
        cells, end, reason = reader.row(start, is_in_one_line=given_up > _MOST_GIVEN_UP)
        next_line = reader.line_end(start)
        if not reason and end > next_line and width and not fits(cells, width):
            reason = ragged(cells, width)
        if reason and end != next_line:
            given_up, end = given_up + 1, next_line
        yield CsvRow(
            number, line, tuple(cells), text[start : min(next_line, start + _SHOWN)], reason
        )
        ending = _LINE_END.match(text, end)
        after = ending.end() if ending else len(text)
        start, line = after, line + _line_breaks(text[start:after])


def fits(cells: list[str] | tuple[str, ...], width: int) -> bool:
    """Return whether there is a cell for each column, and nothing in any beyond."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


def ragged(cells: list[str] | tuple[str, ...], width: int) -> str:
    columns = "1 column" if len(cells) == 1 else f"{len(cells):,} columns"
    return f"{columns}, expected {width:,}"


def looks_like_rows(text: str) -> bool:
    """Return whether the first lines are clearly rows: all quoted, or all with as many tabs."""
    lines = [line for line in text[:10_000].splitlines()[:10] if line.strip()]
    tabs = {line.count("\t") for line in lines}
    if len(lines) < 2:
        return False
    is_quoted = all(_ALL_QUOTED.fullmatch(line) for line in lines)
    return is_quoted or (len(tabs) == 1 and tabs.pop() > 1)


class _RowReader:
    def __init__(self, text: str, separator: str) -> None:
        self.text = text
        self.separator = separator
        self.bare = re.compile(rf"[^{re.escape(separator)}\r\n]*")

    def line_end(self, start: int) -> int:
        found = _LINE.match(self.text, start)
        return found.end() if found else start

    def row(self, start: int, *, is_in_one_line: bool = False) -> tuple[list[str], int, str]:
        """Return the cells of the row that begins there, where it ends, and what is wrong with
        it.
        """
        end = self.line_end(start)
        line = self.text[start:end]
        if line.count(self.separator) >= MOST_COLUMNS:
            return [], end, f"more than {MOST_COLUMNS:,} columns"
        if '"' not in line:
            return self._checked(line.split(self.separator), end)
        if is_in_one_line:
            alone = _RowReader(line, self.separator)
            cells, _, reason = alone.row(0)
            return cells, end, reason
        return self._with_quotes(start)

    def _with_quotes(self, start: int) -> tuple[list[str], int, str]:
        cells: list[str] = []
        at = start
        while True:
            cell, at, reason = self._cell(at)
            cells.append(cell)
            if reason or len(cells) > MOST_COLUMNS:
                return cells, at, reason or f"more than {MOST_COLUMNS:,} columns"
            if not self.text.startswith(self.separator, at):
                return self._checked(cells, at)
            at += 1

    def _cell(self, start: int) -> tuple[str, int, str]:
        opening = _OPENING.match(self.text, start)
        if not opening:
            found = self.bare.match(self.text, start)
            return (found[0], found.end(), "") if found else ("", start, "")
        quoted = _QUOTED.match(self.text, opening.end() - 1)
        if not quoted:
            return "", len(self.text), "a quotation mark is opened and never closed"
        end = quoted.end()
        if end < len(self.text) and self.text[end] not in f"{self.separator}\r\n":
            return "", end, "something follows a closing quotation mark"
        return quoted[1].replace('""', '"'), end, ""

    def _checked(self, cells: list[str], end: int) -> tuple[list[str], int, str]:
        if max(map(len, cells)) > LONGEST_CELL:
            return cells, end, f"a cell of more than {LONGEST_CELL:,} characters"
        return cells, end, ""


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
