"""Two questions, each asked twice: what is this line, and what is this piece of it?

The second time the models also see what was said the first time: of the line or piece itself, of
those beside it, and of those which are written alike. So siblings speak for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pycrfsuite

from papers.formats.markdown import features
from papers.formats.markdown.features import Features, Page

# What a line is: the first of a paper, more of it, a note, a heading, or something else.
ROLES = "PMNHX"
PAPER, MORE, NOTE, HEADING, NOISE = range(len(ROLES))
# What a piece is: where a title begins, more of it, people, the venue, the year, the day on which
# the paper is read, who presents or proposes it, or something else.
LABELS = "BTAVYDWO"
BEGINNING, TITLE, PEOPLE, VENUE, YEAR, DATE, PRESENTER, OTHER = range(len(LABELS))
# Which labels of a piece the second pass is told.
_TOLD_OF_PIECES = (BEGINNING, TITLE, PEOPLE, VENUE, YEAR)
# The chance of each.
Chances = tuple[float, ...]

FOLDER = Path(__file__).parent / "weights"
# Both questions in the first pass, and both in the second.
MODELS = ("lines1", "pieces1", "lines2", "pieces2")
_LINES_AT_ONCE = 2_000
# Chances in so many levels, looked up by their thousandths.
_LEVELS = (20, 100, 300, 500, 700, 900, 980)
_LEVEL_OF = tuple(sum(limit <= thousandths for limit in _LEVELS) for thousandths in range(1001))


def _level(chance: float) -> int:
    return _LEVEL_OF[int(1000 * min(1.0, max(0.0, chance)))]


def _told(letter: str, end: str = "") -> list[list[str]]:
    """For each label what is told of each level of its chance."""
    return [
        [f"{letter}{LABELS[label]}{level}{end}" for level in range(len(_LEVELS) + 1)]
        for label in _TOLD_OF_PIECES
    ]


# Of the piece itself, and of those in its place in other lines: many, or two or three.
_OWN, _OF_MANY, _OF_FEW = _told("o"), _told("s"), _told("s", "few")


class Tagger:
    """A model in a file, for sequences whose items are one of the labels. It is not to be used by
    two threads at once."""

    def __init__(self, path: Path, labels: str) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))
        known = set(self._tagger.labels())
        self._labels = [label if label in known else None for label in labels]

    def chances(self, items: Sequence[Features]) -> list[Chances]:
        """Per item of the sequence the chances of the labels."""
        if not items:
            return []
        self._tagger.set(pycrfsuite.ItemSequence(items))
        chance, labels = self._tagger.marginal, self._labels
        return [
            tuple([chance(label, at) if label else 0.0 for label in labels])
            for at in range(len(items))
        ]


class Told:
    """What the first pass says of each line and of each piece, and of those that are alike."""

    def __init__(self, page: Page, lines: Tagger, pieces: Tagger) -> None:
        self.page = page
        seen = (features.of_lines(page, first, stop) for first, stop in self._parts())
        self.roles = dict(zip(page.numbers, _in_parts(lines, seen), strict=True))
        self.labels = {
            number: pieces.chances(features.of_pieces(page, number))
            for number in page.numbers
            if page.pieces[number]
        }

    def of_lines(self) -> Iterator[list[Features]]:
        """Per line that is asked about what is seen of it now, in parts of a bounded size."""
        for first, stop in self._parts():
            seen = features.of_lines(self.page, first, stop)
            yield [
                one + self._of_line(number, at)
                for at, (number, one) in enumerate(
                    zip(self.page.numbers[first:stop], seen, strict=True), start=first
                )
            ]

    def _parts(self) -> Iterator[tuple[int, int]]:
        """Where parts of a page begin and end: what is seen of a line takes much memory."""
        for first in range(0, len(self.page.numbers), _LINES_AT_ONCE):
            yield first, first + _LINES_AT_ONCE

    def of_pieces(self, number: int) -> list[Features]:
        """Per piece of the line what is seen of it now."""
        role, group = self.roles[number], self._groups[self.page.groups[number]]
        of_line = [
            f"lP{_level(role[PAPER])}",
            f"lM{_level(role[MORE])}",
            f"lg{_level(group.without(role[PAPER]))}",
        ]
        seen = features.of_pieces(self.page, number)
        for at, (one, chances) in enumerate(zip(seen, self.labels[number], strict=True)):
            one += of_line
            one += self._of_piece(number, at, chances)
        return seen

    def _of_line(self, number: int, at: int) -> Features:
        role, labels = self.roles[number], self.labels.get(number, ())
        group = self._groups[self.page.groups[number]]
        form = self._forms[self.page.forms[number]]
        section = self._sections[self.page.sections[number]]
        titled = max((one[BEGINNING] for one in labels), default=0.0)
        people = max((one[PEOPLE] for one in labels), default=0.0)
        told = [
            *(f"oP{_level(role[PAPER])}", f"oM{_level(role[MORE])}", f"oX{_level(role[NOISE])}"),
            *(f"oB{_level(titled)}", f"oA{_level(people)}"),
            f"gP{_level(group.without(role[PAPER]))}{features.few(group.count, 3)}",
            f"fP{_level(form.without(role[PAPER]))}{features.few(form.count, 3)}",
            f"sP{_level(section.without(role[PAPER]))}{features.few(section.count, 3)}",
        ]
        numbers = self.page.numbers
        for name, other in (("-", at - 1), ("+", at + 1)):
            if 0 <= other < len(numbers):
                beside = self.roles[numbers[other]]
                told += [f"{name}oP{_level(beside[PAPER])}", f"{name}oM{_level(beside[MORE])}"]
        return told

    def _of_piece(self, number: int, at: int, chances: Chances) -> Features:
        told = [_OWN[label][_level(chances[label])] for label in _TOLD_OF_PIECES]
        slot = self._slots[self.page.slot(number, at)]
        others = slot.count - 1
        if not others:
            return [*told, "s-"]
        of_slot = _OF_MANY if others > 2 else _OF_FEW
        return told + [
            of_slot[label][_level((slot.totals[label] - chances[label]) / others)]
            for label in _TOLD_OF_PIECES
        ]

    @cached_property
    def _groups(self) -> "dict[str, _Sum]":
        return self._of_papers(self.page.groups)

    @cached_property
    def _forms(self) -> "dict[str, _Sum]":
        return self._of_papers(self.page.forms)

    @cached_property
    def _sections(self) -> "dict[int, _Sum]":
        return self._of_papers(self.page.sections)

    def _of_papers(self, kinds: Sequence[Any]) -> "dict[Any, _Sum]":
        sums: dict[Any, _Sum] = defaultdict(_Sum)
        for number, role in self.roles.items():
            sums[kinds[number]].add(role[PAPER])
        return sums

    @cached_property
    def _slots(self) -> "dict[str, _Slot]":
        slots: dict[str, _Slot] = defaultdict(_Slot)
        for number, labels in self.labels.items():
            for at, chances in enumerate(labels):
                slots[self.page.slot(number, at)].add(chances)
        return slots


class _Sum:
    """The chances of all that are alike."""

    __slots__ = ("count", "total")

    def __init__(self) -> None:
        self.count, self.total = 0, 0.0

    def add(self, chance: float) -> None:
        self.count += 1
        self.total += chance

    def without(self, own: float) -> float:
        """The mean of the others."""
        return (self.total - own) / (self.count - 1) if self.count > 1 else own


class _Slot:
    """The chances of each label of all pieces that are alike."""

    __slots__ = ("count", "totals")

    def __init__(self) -> None:
        self.count, self.totals = 0, [0.0] * len(_TOLD_OF_PIECES)

    def add(self, chances: Chances) -> None:
        self.count += 1
        for label in _TOLD_OF_PIECES:
            self.totals[label] += chances[label]


class Models:
    """The four models of a folder."""

    def __init__(self, folder: Path) -> None:
        self._first, self._second = (
            (Tagger(folder / f"lines{number}", ROLES), Tagger(folder / f"pieces{number}", LABELS))
            for number in (1, 2)
        )

    def read(self, page: Page) -> tuple[dict[int, Chances], dict[int, list[Chances]]]:
        """Per line, and per piece of each line, the chances of the labels."""
        of_lines, of_pieces = self._second
        told = Told(page, *self._first)
        roles = dict(zip(page.numbers, _in_parts(of_lines, told.of_lines()), strict=True))
        labels = {number: of_pieces.chances(told.of_pieces(number)) for number in told.labels}
        return roles, labels


def _in_parts(tagger: Tagger, parts: Iterable[list[Features]]) -> Iterator[Chances]:
    for part in parts:
        yield from tagger.chances(part)
