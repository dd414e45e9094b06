"""A paper as the models see it, with what is said of it and what speaks for it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from papers.formats.markdown import titles
from papers.formats.markdown.features import Page
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import (
    BEGINNING,
    OTHER,
    PEOPLE,
    PRESENTER,
    TITLE,
    Chances,
)

# So likely it has to be that a piece is of no title, so that it is something else; and so likely
# that it is none of what is said of papers.
_LEFT, _LIKELY, _CLEARLY = 0.3, 0.4, 0.5
OTHERS = range(PEOPLE, OTHER + 1)


@dataclass(slots=True)
class Found:
    """A paper as the models see it, with what speaks for it."""

    # The index of its line; its title there; from where to where that is.
    number: int
    title: str
    source: str
    first: Piece
    last: Piece
    chances: "Evidence"
    # What is said of it, by label; and its links, each with whether the title is in it.
    pieces: dict[int, list[tuple[int, Piece]]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[Piece, bool]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    # The line that the title ends in, and whether nothing is behind it there.
    end: tuple[int, bool] = (-1, False)
    # From where to where its line is its own, where several papers share that.
    own: tuple[int, int | None] = (0, None)
    is_struck: bool = False
    confidence: float = 0.0

    def remarks(self) -> Iterator[Piece]:
        """Yield the pieces behind the title in its line, in no brackets, and said of no paper."""
        for number, piece in self.pieces.get(OTHER, ()):
            if number == self.number and piece.start > self.last.start and not piece.bracket:
                yield piece

    def take_presenters_for_people(self, number: int) -> None:
        """Take those of a line for people whose label says that they wrote the paper."""
        presenters = self.pieces.get(PRESENTER, [])
        self.pieces[PRESENTER] = [one for one in presenters if one[0] != number]
        self.pieces[PEOPLE] += [
            one for one in presenters if one[0] == number and not one[1].bracket
        ]

    def extend(self, rest: Sequence[Piece], page: Page) -> None:
        """Let the title go on with pieces behind it."""
        self.last = rest[-1]
        text = page.lines[self.number].text
        self.title, self.source = titles.shown_title(text, self.first.start, self.last.end)
        taken = set(map(id, rest))
        for label, said in self.pieces.items():
            self.pieces[label] = [one for one in said if id(one[1]) not in taken]

    def leave(self, numbers: Collection[int]) -> None:
        """Leave to other papers what is said on lines of theirs."""
        for label, said in self.pieces.items():
            self.pieces[label] = [one for one in said if one[0] not in numbers]
        self.lines = [number for number in self.lines if number not in numbers]

    def take(self, number: int, piece: Piece, chances: Chances, is_title: bool) -> None:
        if piece.link is not None and (not self.links or self.links[-1][0].link != piece.link):
            self.links.append((piece, is_title))
        if is_title:
            return
        # The title is elsewhere: what is left is shared among the other labels.
        left = 1.0 - chances[BEGINNING] - chances[TITLE]
        label = max(OTHERS, key=chances.__getitem__)
        if left > _LEFT and chances[label] / left > (_CLEARLY if label == OTHER else _LIKELY):
            self.pieces[label].append((number, piece))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The chances that its line is one of a paper, and that pieces are of its title: all in the
    mean, the first one, the least one, and those beside it."""

    line: float
    title: float
    first: float
    least: float
    after: float
    before: float
