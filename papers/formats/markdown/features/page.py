"""A text in lines and pieces, and what lines of one kind have in common."""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from papers.formats.markdown import lines, pieces
from papers.formats.markdown.features import context
from papers.formats.markdown.features.texts import (
    Features,
    Seen,
    Text,
    column,
    encoded,
    few,
    host,
    size,
)
from papers.formats.markdown.lines import Line
from papers.formats.markdown.pieces import Piece

# Of a text with more of them the others are not asked about: no list has so many.
_MOST_LINES = 20_000
_LONGEST_RUN = 30


# Of each piece the size of its run, how many are longer, and whether none is.
Runs = tuple[Sequence[str], Sequence[int], Sequence[bool]]


class Page:
    """The lines and pieces of a text, with what is seen of each piece alone."""

    def __init__(
        self, read: Sequence[Line], split: Sequence[list[Piece]], dropped: Collection[str] = ()
    ) -> None:
        seen = Seen(dropped)
        self.lines, self.pieces = read, split
        self.texts: list[list[Text]] = [[seen.of(one.text) for one in own] for own in split]
        # Where each piece leads; empty of those that lead nowhere.
        self.hosts = [[host(one.link) if one.link else "" for one in own] for own in split]
        self.groups = [_group(line) for line in read]
        self.sizes = Counter(self.groups)
        self.forms = [
            _form(group, own) for group, own in zip(self.groups, self.pieces, strict=True)
        ]
        self.alike = Counter(self.forms)
        self._columns = self._of_columns()
        self.sections = context.sections(read)
        self.context = context.of_sections(
            read, split, [sorted({*own} - {""}) for own in self.hosts]
        )
        # Per line what its pieces' runs are like; both passes ask for it.
        self.runs: dict[int, Runs] = {}
        # The indices of the lines that are asked about.
        self.numbers = list(islice(self._asked(), _MOST_LINES))

    @classmethod
    def of(cls, texts: Sequence[str], dropped: Collection[str] = ()) -> "Page":
        """Return the page of a text in lines."""
        read = lines.parse_lines(texts)
        return cls(read, [pieces.split(line) for line in read], dropped)

    def slot(self, number: int, at: int) -> str:
        """Return the place of a piece among the lines that are written alike."""
        own = self.pieces[number]
        one = own[at]
        where = f"c{one.cell}" if one.cell >= 0 else few(at, 3)
        return f"{self.groups[number]}|{one.marks}|{where}|{one.before[-1:]}"

    def of_cell(self, line: Line, cell: int) -> Features:
        """Return what is in the column of the cell, and what that is called."""
        return self._columns.get((line.table, cell)) or [*map(encoded, _of_header(line, cell))]

    def _asked(self) -> Iterable[int]:
        """Yield the lines that are not blank; of a long run of such as hold nothing, the first
        ones."""
        run = 0
        for number, (line, own) in enumerate(zip(self.lines, self.pieces, strict=True)):
            if line.kind == "blank":
                continue
            run = 0 if own else run + 1
            if run <= _LONGEST_RUN:
                yield number

    def _of_columns(self) -> dict[tuple[int, int], Features]:
        """Return what is in each column of a table, whatever it is called, and what it is
        called."""
        cells: dict[tuple[int, int], list[_Cell]] = defaultdict(list)
        header: dict[int, Line] = {}
        for line, own, texts in zip(self.lines, self.pieces, self.texts, strict=True):
            if line.kind == "row":
                header[line.table] = line
                of_cell: dict[int, _Cell] = defaultdict(list)
                for one, text in zip(own, texts, strict=True):
                    of_cell[one.cell].append((one, text))
                for number in range(len(line.cells)):
                    cells[line.table, number].append(of_cell[number])
        found = {}
        sizes: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for key, of_column in cells.items():
            wide = sum(text.length for cell in of_column for _, text in cell) / len(of_column)
            found[key] = [f"cw{size(int(wide))}", *_of_column(of_column)]
            sizes[key[0]].append((wide, key))
        for of_table in sizes.values():
            for rank, (_, key) in enumerate(sorted(of_table, reverse=True)):
                found[key].append(f"cr{few(rank, 3)}")
        return {
            (table, number): [*map(encoded, [*features, *_of_header(header[table], number)])]
            for (table, number), features in found.items()
        }


_Cell = list[tuple[Piece, Text]]


def _of_column(cells: Sequence[_Cell]) -> Iterable[str]:
    """Of how many cells something is true, in tenths."""
    told: Counter[str] = Counter()
    for cell in cells:
        kinds = {each for _, text in cell for each in text.words}
        told.update({kind for kind in ("venue", "date") if kind in kinds})
        told["names"] += any(kind.startswith("names") for kind in kinds)
        told["linked"] += any(one.link for one, _ in cell)
        told["year"] += any(one.kind == "year" for one, _ in cell)
        told["empty"] += not cell
    rows = len(cells)
    for name, letter in (
        *(("linked", "l"), ("year", "y"), ("names", "n")),
        *(("venue", "v"), ("date", "d"), ("empty", "e")),
    ):
        yield f"c{letter}{told[name] / rows:.1f}"
    yield f"cm{few(round(sum(map(len, cells)) / rows), 10)}"
    different = len({" ".join(one.text for one, _ in cell) for cell in cells})
    yield f"cu{different / rows:.1f}"


def _of_header(line: Line, cell: int) -> list[str]:
    place = f"cc{few(cell)}"
    if cell >= len(line.header):
        return [place]
    return [f"ch{column(line.header[cell].casefold())}", place]


def _group(line: Line) -> str:
    """Lines that are written alike: as items of one depth, rows of one table …"""
    if line.kind == "row":
        return sys.intern(f"row{line.table}")
    quoted = "q" if line.is_quoted else ""
    return sys.intern(f"{line.kind}{line.level}{line.mark}{min(line.indent, 6)}{line.tag}{quoted}")


def _form(group: str, own: Sequence[Piece]) -> str:
    """Return the marks of a line in their order."""
    return sys.intern(
        group
        + "".join(
            f"{one.before[-1:]}{'b' if one.is_bold else ''}{'i' if one.is_italic else ''}"
            f"{'l' if one.link else ''}{'Y' if one.kind != 'text' else ''}"
            for one in own[:6]
        )
    )
