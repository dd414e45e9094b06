"""The grammar's lists as what the models learn from: the right label of each line and piece."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from random import Random
from typing import Any

from bench.grammar.lists import List
from papers.formats.markdown import features
from papers.formats.markdown.features import Features, Page
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import (
    BEGINNING,
    DATE,
    HEADING,
    LABELS,
    MORE,
    NOISE,
    NOTE,
    OTHER,
    PAPER,
    PEOPLE,
    PRESENTER,
    ROLES,
    TITLE,
    VENUE,
    YEAR,
    Told,
)

Sequences = list[tuple[Sequence[Sequence[bytes]], list[str]]]

_ROLES = {"paper": PAPER, "more": MORE, "note": NOTE, "topic": HEADING, "title": HEADING}
_LABELS = {
    "title": TITLE,
    "authors": PEOPLE,
    "venue": VENUE,
    "year": YEAR,
    "date": DATE,
    "presenters": PRESENTER,
    "proposer": PRESENTER,
}
# The share of known words that a list's page lacks.
_DROPPED = (0.2, 0.5, 0.8, 1.0)
# Of how many lines that are no papers the pieces are learnt, one in so many.
_NOISE_OF = 12


class Example:
    """A list as the models see it, with what they are to say."""

    def __init__(self, one: List, name: str) -> None:
        self.page = Page.of(one.text.split("\n"), _dropped(name))
        self.container = one.shape.container
        self.roles = [_ROLES.get(line["role"], NOISE) for line in one.lines]
        begun: set[int] = set()
        self.labels = [
            _labels(own, line["spans"], begun)
            for own, line in zip(self.page.pieces, one.lines, strict=False)
        ]
        titled = sum(label == BEGINNING for labels in self.labels for label in labels)
        # Papers whose title is in no piece of their line.
        self.lost = len(one.papers) - titled if titled < 0.8 * len(one.papers) else 0
        self.count = len(one.papers)

    def seen_of_lines(self, told: Told | None) -> list[Features]:
        return list(chain.from_iterable(told.of_lines())) if told else features.of_lines(self.page)

    def seen_of_pieces(self, number: int, told: Told | None) -> Sequence[Sequence[bytes]]:
        return told.of_pieces(number) if told else features.of_pieces(self.page, number)


def lines_of(examples: Iterable[tuple[Example, Told | None]]) -> Sequences:
    """The lines of each example, in their order."""
    return [
        (one.seen_of_lines(told), [ROLES[one.roles[number]] for number in one.page.numbers])
        for one, told in examples
    ]


def pieces_of(examples: Iterable[tuple[Example, Told | None]]) -> Sequences:
    """The pieces of each line that is of a paper, and of few others: these would teach that lines
    which look like papers hold nothing, and what is no paper is for the other model to say."""
    return [
        (one.seen_of_pieces(number, told), [LABELS[label] for label in one.labels[number]])
        for at, (one, told) in enumerate(examples)
        for number in _taught(one, at)
    ]


def check_alignment(examples: Collection[Example]) -> None:
    """Raise ValueError if papers have no piece that is their title: they would be learnt as
    something else."""
    lost, count = sum(one.lost for one in examples), sum(one.count for one in examples)
    if lost * 100 > count:
        raise ValueError(f"{lost} of {count} titles are in no piece of their line")


def _taught(one: Example, at: int) -> Iterator[int]:
    for number in one.page.numbers:
        role = one.roles[number]
        is_heading = role == HEADING or one.page.lines[number].kind == "heading"
        is_left_out = role == NOISE and (is_heading or _draw(f"{at}/{number}") % _NOISE_OF)
        is_left_out |= role == HEADING
        if one.page.pieces[number] and not is_left_out:
            yield number


def _labels(own: Sequence[Piece], spans: Sequence[Sequence[Any]], begun: set[int]) -> list[int]:
    """`begun` are the papers whose title began, perhaps in a line above."""
    found = []
    for one in own:
        shares: dict[tuple[str, int], int] = defaultdict(int)
        for start, end, name, paper in spans:
            shares[name, paper] += max(0, min(end, one.end) - max(start, one.start))
        (name, paper), most = max(shares.items(), key=lambda each: each[1], default=(("", -1), 0))
        label = _LABELS.get(name, OTHER) if 2 * most >= one.end - one.start else OTHER
        if label == TITLE:
            label = TITLE if paper in begun else BEGINNING
            begun.add(paper)
        found.append(label)
    return found


def _dropped(name: str) -> frozenset[str]:
    """A share of all words that are known."""
    chance = Random(name)
    share = chance.choice(_DROPPED)
    of_columns = (word for words in features.COLUMNS.values() for word in sorted(words))
    known = (
        *sorted(features.NAMES),
        *sorted(features.FAMILIES),
        *sorted(features.VENUES),
        *of_columns,
    )
    return frozenset(word for word in known if chance.random() < share)


def _draw(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
