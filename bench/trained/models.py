"""Two conditional random fields, each asked twice."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from bench.grammar.lists import List
from bench.trained import features, lines, segments
from bench.trained.features import Page, Seen

ROLES = {"paper": "P", "more": "M", "note": "N", "topic": "H", "title": "H", "noise": "X"}
LABELS = {
    "title": "T",
    "authors": "A",
    "venue": "V",
    "year": "Y",
    "date": "D",
    "presenters": "W",
    "proposer": "W",
}
OTHER = "O"
Marginals = list[dict[str, float]]
_PARAMETERS = {
    "c1": 0.15,
    "c2": 0.01,
    "max_iterations": 90,
    "feature.minfreq": 4,
    "feature.possible_transitions": True,
}


def page(text: str, dropped: Sequence[str] = ()) -> Page:
    parsed = lines.parse(text)
    return Page(
        parsed,
        [
            segments.split(line) if line.kind not in {"blank", "rule", "code", "comment"} else []
            for line in parsed
        ],
        Seen(dropped),
    )


def dropped(seed: str) -> frozenset[str]:
    """Half of all words that are known, or none of them in one list of four."""
    chance = random.Random(seed)
    share = chance.choice((0.2, 0.5, 0.8, 1.0))
    known = (
        *sorted(features._NAMES),
        *sorted(features._FAMILY_SIGNS),
        *sorted(features._VENUES),
        *sorted(name for of in features._HEADERS.values() for name in of),
    )
    return frozenset(word for word in known if chance.random() < share)


class Example:
    """A list with the right label of each line and piece."""

    def __init__(self, one: List, seed: str) -> None:
        self.page = page(one.text, dropped(seed))
        self.papers = one.papers
        self.text = one.text
        self.roles = [ROLES.get(told["role"], "X") for told in one.lines]
        begun: set[int] = set()
        self.labels = [
            _labels(own, told["spans"], begun)
            for own, told in zip(self.page.segments, one.lines, strict=False)
        ]
        self.numbers = features.real_lines(self.page)
        titled = sum(1 for labels in self.labels for label in labels if label == "B")
        if titled < 0.8 * len(self.papers):
            self.lost = len(self.papers) - titled
        else:
            self.lost = 0


def _labels(
    own: Sequence[segments.Segment], spans: Sequence[Sequence[Any]], begun: set[int]
) -> list[str]:
    """`begun` are the papers whose title began, perhaps in a line above."""
    found = []
    for one in own:
        shares: dict[tuple[str, int], int] = defaultdict(int)
        for start, end, name, paper in spans:
            shares[name, paper] += max(0, min(end, one.end) - max(start, one.start))
        (name, paper), most = max(shares.items(), key=lambda each: each[1], default=(("", -1), 0))
        best = LABELS.get(name, OTHER) if 2 * most >= one.end - one.start else OTHER
        if best == "T":
            best = "T" if paper in begun else "B"
            begun.add(paper)
        found.append(best)
    return found


def train(path: Path, sequences: Iterable[tuple[list[list[str]], list[str]]]) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for items, labels in sequences:
        if items:
            trainer.append(pycrfsuite.ItemSequence(items), labels)
    trainer.train(str(path))


class Tagger:
    def __init__(self, path: Path) -> None:
        self.tagger = pycrfsuite.Tagger()
        self.tagger.open(str(path))
        self.labels = self.tagger.labels()

    def marginals(self, items: "list[list[str]] | pycrfsuite.ItemSequence") -> Marginals:
        if not len(items):
            return []
        self.tagger.set(
            items if isinstance(items, pycrfsuite.ItemSequence) else pycrfsuite.ItemSequence(items)
        )
        of, labels = self.tagger.marginal, self.labels
        return [{label: of(label, at) for label in labels} for at in range(len(items))]


def level(share: float) -> str:
    for number, limit in enumerate((0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)):
        if share < limit:
            return str(number)
    return "7"


class Told:
    """What the first pass said: of each line, of each piece, and of those alike."""

    def __init__(self, found: Page, first_lines: Tagger, first_pieces: Tagger) -> None:
        numbers = features.real_lines(found)
        self.page = found
        self.roles = dict(
            zip(numbers, first_lines.marginals(features.of_lines(found)), strict=True)
        )
        self.pieces = {
            number: first_pieces.marginals(features.of_segments(found, number))
            for number in numbers
            if found.segments[number]
        }
        self._add_up()

    @classmethod
    def by_each(cls, found: Page, voters: "Sequence[Sequence[Tagger]]") -> "list[Told]":
        """What each voter says, with the features told once for all of them."""
        numbers = features.real_lines(found)
        told = [cls.__new__(cls) for _ in voters]
        sequence = pycrfsuite.ItemSequence(features.of_lines(found))
        for one, voter in zip(told, voters, strict=True):
            one.page, one.pieces = found, {}
            one.roles = dict(zip(numbers, voter[0].marginals(sequence), strict=True))
        for number in numbers:
            if found.segments[number]:
                sequence = pycrfsuite.ItemSequence(features.of_segments(found, number))
                for one, voter in zip(told, voters, strict=True):
                    one.pieces[number] = voter[1].marginals(sequence)
        for one in told:
            one._add_up()
        return told

    def _add_up(self) -> None:
        found, numbers = self.page, list(self.roles)
        self._groups: dict[str, list[float]] = defaultdict(list)
        self._forms: dict[str, list[float]] = defaultdict(list)
        for number in numbers:
            self._groups[found.groups[number]].append(self.roles[number].get("P", 0.0))
            self._forms[found.forms[number]].append(self.roles[number].get("P", 0.0))
        self._slots: dict[str, list[dict[str, float]]] = defaultdict(list)
        for number, said in self.pieces.items():
            for at, (one, each) in enumerate(zip(found.segments[number], said, strict=True)):
                self._slots[self._slot(number, at, one)].append(each)
        self._sums = {
            key: {label: sum(one.get(label, 0.0) for one in said) for label in "BTAVYDWO"}
            for key, said in self._slots.items()
        }

    def _slot(self, number: int, at: int, one: segments.Segment) -> str:
        return features.slot(self.page.lines[number], one, at, len(self.page.segments[number]))

    def of_lines(self) -> dict[int, list[str]]:
        numbers = features.real_lines(self.page)
        found = {}
        for at, number in enumerate(numbers):
            role, said = self.roles[number], self.pieces.get(number, [])
            titled = max((one.get("B", 0.0) for one in said), default=0.0)
            people = max((one.get("A", 0.0) for one in said), default=0.0)
            group, alike = (
                self._groups[self.page.groups[number]],
                self._forms[self.page.forms[number]],
            )
            told = [
                f"oP{level(role.get('P', 0))}",
                f"oM{level(role.get('M', 0))}",
                f"oX{level(role.get('X', 0))}",
                f"oB{level(titled)}",
                f"oA{level(people)}",
            ]
            told += [
                f"gP{level(_without(group, role.get('P', 0)))}{features.few(len(group), 3)}",
                f"fP{level(_without(alike, role.get('P', 0)))}{features.few(len(alike), 3)}",
            ]
            for name, other in (("-", at - 1), ("+", at + 1)):
                if 0 <= other < len(numbers):
                    beside = self.roles[numbers[other]]
                    told.append(f"{name}oP{level(beside.get('P', 0))}")
                    told.append(f"{name}oM{level(beside.get('M', 0))}")
            found[number] = told
        return found

    def of_pieces(self, number: int) -> list[list[str]]:
        found = []
        for at, (one, said) in enumerate(
            zip(self.page.segments[number], self.pieces[number], strict=True)
        ):
            key = self._slot(number, at, one)
            sums, count = self._sums[key], len(self._slots[key])
            own = [f"o{label}{level(said.get(label, 0.0))}" for label in "BTAVY"]
            if count > 1:
                own += [
                    f"s{label}{level((sums[label] - said.get(label, 0.0)) / (count - 1))}{'' if count > 3 else 'few'}"
                    for label in "BTAVY"
                ]
            else:
                own.append("s-")
            found.append(own)
        return found

    def of_line(self, number: int) -> list[str]:
        role = self.roles[number]
        group = self._groups[self.page.groups[number]]
        return [
            f"lP{level(role.get('P', 0))}",
            f"lM{level(role.get('M', 0))}",
            f"lg{level(_without(group, role.get('P', 0)))}",
        ]


def _without(shares: Sequence[float], own: float) -> float:
    return (sum(shares) - own) / (len(shares) - 1) if len(shares) > 1 else own


def line_sequences(
    examples: Iterable[Example], told: "dict[int, Told] | None" = None
) -> Iterable[tuple[list[list[str]], list[str]]]:
    for at, one in enumerate(examples):
        numbers = one.numbers
        by_line = told[at].of_lines() if told else None
        yield features.of_lines(one.page, by_line), [one.roles[number] for number in numbers]


def piece_sequences(
    examples: Iterable[Example], told: "dict[int, Told] | None" = None
) -> Iterable[tuple[list[list[str]], list[str]]]:
    for at, one in enumerate(examples):
        for number in one.numbers:
            if not one.page.segments[number]:
                continue
            # What is no paper is for the other model to say: here it would teach that whole lines
            # that look like papers hold nothing.
            role = one.roles[number]
            if role == "H" or (role == "X" and _draw(f"{at}/{number}") % 12):
                continue
            if told:
                items = features.of_segments(
                    one.page, number, told[at].of_line(number), told[at].of_pieces(number)
                )
            else:
                items = features.of_segments(one.page, number)
            yield items, one.labels[number]


def _draw(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
