"""Two questions, each asked twice: what is this line, and what is this piece of it?

The second time the models also see what was said the first time: of the line or piece itself, of
those beside it, and of those which are written alike. So siblings speak for each other.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import add
from pathlib import Path
from typing import TypeVar

import pycrfsuite

from papers.formats.markdown import features
from papers.formats.markdown.features import Features, Page, encoded

# What a line is: the first of a paper, more of it, a note, a heading, or something else.
ROLES = "PMNHX"
PAPER, MORE, NOTE, HEADING, NOISE = range(len(ROLES))
# What a piece is: where a title begins, more of it, people, the venue, the year, the day on which
# the paper is read, who presents or proposes it, or something else.
LABELS = "BTAVYDWO"
BEGINNING, TITLE, PEOPLE, VENUE, YEAR, DATE, PRESENTER, OTHER = range(len(LABELS))
# Those of a piece that the second pass is told of: the first ones, so that no other is asked for.
_TOLD_OF_PIECES = LABELS[: YEAR + 1]
# The chance of each. In an array they take a third of the memory.
Chances = Sequence[float]

FOLDER = Path(__file__).parent / "weights"
# Both questions in the first pass, and both in the second.
MODELS = ("lines1", "pieces1", "lines2", "pieces2")
_LINES_AT_ONCE = 2_000
# Lines that are alike are mostly near each other.
_MOST_KEPT = 2_000
# Chances in so many levels.
_LEVELS = (20, 100, 300, 500, 700, 900, 980)


def _told(start: str, end: str = "") -> Features:
    """Return what is told of each chance, by its thousandths."""
    return [
        encoded(f"{start}{sum(limit <= thousandths for limit in _LEVELS)}{end}")
        for thousandths in range(1001)
    ]


_OF_LINE = _told("lP"), _told("lM"), _told("lg")
# Of a line itself, and of those before and behind it.
_OWN_OF_LINE = _told("oP"), _told("oM"), _told("oX"), _told("oB"), _told("oA")
_BESIDE = {name: (_told(f"{name}oP"), _told(f"{name}oM")) for name in "-+"}
_OF_GROUP, _OF_FORM, _OF_SECTION = (
    {count: _told(name, count) for count in ("0", "1", "2", "3+")} for name in ("gP", "fP", "sP")
)
# Of the piece itself, and of those in its place in other lines: many, or two or three.
_OWN, _OF_MANY, _OF_FEW = (
    [_told(f"{letter}{label}", end) for label in _TOLD_OF_PIECES]
    for letter, end in (("o", ""), ("s", ""), ("s", "few"))
)

_Kind = TypeVar("_Kind", str, int)
# What is seen of the pieces of a line.
_Sequence = tuple[tuple[bytes, ...], ...]


class Tagger:
    """A model in a file, for sequences whose items are one of the labels. It is not to be used by
    two threads at once."""

    def __init__(self, path: Path, labels: str) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._known: dict[_Sequence, list[Chances]] = {}
        self._tagger.open(str(path))
        self._labels, self._known_labels = labels, frozenset(self._tagger.labels())
        knows_all = self._known_labels.issuperset(labels)
        self._chance = self._tagger.marginal if knows_all else self._chance_of_known

    def chances_of_alike(self, items: "_Sequence") -> list[Chances]:
        """The same of a sequence that may come again: it is asked about once."""
        found = self._known.get(items)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            found = self._known[items] = self.chances(items)
        return found

    def chances(self, items: Sequence[Sequence[bytes]]) -> list[Chances]:
        """Return per item of the sequence the chances of the labels."""
        if not items:
            return []
        self._tagger.set(pycrfsuite.ItemSequence(items))
        chance, labels = self._chance, self._labels
        return [array("d", map(chance, labels, repeat(at))) for at in range(len(items))]

    def _chance_of_known(self, label: str, at: int) -> float:
        """None of a label that no list had with which the model was trained."""
        return float(self._tagger.marginal(label, at)) if label in self._known_labels else 0.0


class Told:
    """The answers of the first pass about each line and of each piece, and of those that are
    alike."""

    def __init__(self, page: Page, lines: Tagger, pieces: Tagger) -> None:
        self.page = page
        # What is seen of them the first time, for it is seen the second time as well.
        self._lines: list[list[Features]] = []
        self.roles = dict(zip(page.numbers, _in_parts(lines, self._of_all_lines()), strict=True))
        self._pieces = self._of_all_pieces()
        # Lines that are seen alike have one and the same sequence.
        once = {id(seen): seen for seen in self._pieces.values()}
        chances = {key: pieces.chances(seen) for key, seen in once.items()}
        self.labels = {number: chances[id(seen)] for number, seen in self._pieces.items()}
        self._groups, self._forms = self._sums(page.groups), self._sums(page.forms)
        self._sections = self._sums(page.sections)
        slots: dict[str, _Slot] = defaultdict(_Slot)
        # Per line the slot of each of its pieces.
        self._slots = {
            number: [
                slots[page.slot(number, at)].with_one(chances) for at, chances in enumerate(labels)
            ]
            for number, labels in self.labels.items()
        }

    def of_lines(self) -> Iterator[list[Features]]:
        """Yield per line that is asked about what is seen of it now, in parts of a bounded size."""
        at = 0
        for part in self._lines:
            numbers = self.page.numbers[at : at + len(part)]
            yield [
                [*one, *self._of_line(number, of)]
                for of, (number, one) in enumerate(zip(numbers, part, strict=True), start=at)
            ]
            at += len(part)

    def _of_all_lines(self) -> Iterator[list[Features]]:
        for first in range(0, len(self.page.numbers), _LINES_AT_ONCE):
            seen = features.of_lines(self.page, first, first + _LINES_AT_ONCE)
            self._lines.append(seen)
            yield seen

    def _of_all_pieces(self) -> dict[int, _Sequence]:
        """Of each line that has pieces; of those that are alike it is one and the same."""
        known: dict[_Sequence, _Sequence] = {}
        found = {}
        for number in self.page.numbers:
            if self.page.pieces[number]:
                seen = tuple(map(tuple, features.of_pieces(self.page, number)))
                found[number] = known.setdefault(seen, seen)
        return found

    def of_pieces(self, number: int) -> _Sequence:
        """Return per piece of the line what is seen of it now."""
        role, group = self.roles[number], self._groups[self.page.groups[number]]
        chances = (role[PAPER], role[MORE], group.without(role[PAPER]))
        of_line = _levels(_OF_LINE, chances)
        of_each = zip(self._pieces[number], self.labels[number], self._slots[number], strict=True)
        return tuple(
            (*seen, *of_line, *_levels(_OWN, own), *slot.told(own)) for seen, own, slot in of_each
        )

    def _of_line(self, number: int, at: int) -> Features:
        role, labels = self.roles[number], self.labels.get(number, ())
        titled = max((one[BEGINNING] for one in labels), default=0.0)
        people = max((one[PEOPLE] for one in labels), default=0.0)
        own = (role[PAPER], role[MORE], role[NOISE], titled, people)
        told = _levels(_OWN_OF_LINE, own)
        for of, kind in (
            (_OF_GROUP, self._groups[self.page.groups[number]]),
            (_OF_FORM, self._forms[self.page.forms[number]]),
            (_OF_SECTION, self._sections[self.page.sections[number]]),
        ):
            told += _levels((of[features.few(kind.count, 3)],), (kind.without(role[PAPER]),))
        numbers = self.page.numbers
        for name, other in (("-", at - 1), ("+", at + 1)):
            if 0 <= other < len(numbers):
                beside = self.roles[numbers[other]]
                told += _levels(_BESIDE[name], (beside[PAPER], beside[MORE]))
        return told

    def _sums(self, kinds: "Sequence[_Kind]") -> "dict[_Kind, _Sum]":
        sums: dict[_Kind, _Sum] = defaultdict(_Sum)
        for number, role in self.roles.items():
            sums[kinds[number]].add(role[PAPER])
        return sums


def _levels(told: Iterable[Sequence[bytes]], chances: Iterable[float]) -> Features:
    return [of[int(1000 * chance)] for of, chance in zip(told, chances, strict=False)]


class _Sum:
    """The chances of all that are alike."""

    __slots__ = ("count", "total")

    def __init__(self) -> None:
        self.count, self.total = 0, 0.0

    def add(self, chance: float) -> None:
        self.count += 1
        self.total += chance

    def without(self, own: float) -> float:
        """Return the mean of the others."""
        return (self.total - own) / (self.count - 1) if self.count > 1 else own


class _Slot:
    """The chances of each label of all pieces that are alike."""

    __slots__ = ("count", "totals")

    def __init__(self) -> None:
        self.count, self.totals = 0, [0.0] * len(_TOLD_OF_PIECES)

    def with_one(self, chances: Chances) -> "_Slot":
        self.count += 1
        self.totals = list(map(add, self.totals, chances))
        return self

    def told(self, own: Chances) -> Features:
        """Return what is told of the others."""
        others = self.count - 1
        if not others:
            return [b"s-"]
        told = zip(_OF_MANY if others > 2 else _OF_FEW, self.totals, own, strict=False)
        return [of[int(1000 * ((total - chance) / others))] for of, total, chance in told]


class Models:
    """The four models of a folder."""

    def __init__(self, folder: Path) -> None:
        self._first, self._second = (
            (Tagger(folder / f"lines{number}", ROLES), Tagger(folder / f"pieces{number}", labels))
            for number, labels in ((1, _TOLD_OF_PIECES), (2, LABELS))
        )

    def read(self, page: Page) -> tuple[dict[int, Chances], dict[int, list[Chances]]]:
        """Return per line, and per piece of each line, the chances of the labels."""
        of_lines, of_pieces = self._second
        told = Told(page, *self._first)
        roles = dict(zip(page.numbers, _in_parts(of_lines, told.of_lines()), strict=True))
        labels = {
            number: of_pieces.chances_of_alike(told.of_pieces(number)) for number in told.labels
        }
        return roles, labels


def _in_parts(tagger: Tagger, parts: Iterable[list[Features]]) -> Iterator[Chances]:
    for part in parts:
        yield from tagger.chances(part)
