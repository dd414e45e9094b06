"""Plan an edit of the text: the papers that keep their lines, and where the others go."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from papers.exports.patching.passages import Passage, SourceText
from papers.exports.patching.shapes import Shape, Shapes
from papers.exports.patching.sheet import Key
from papers.exports.patching.wanted import Wanted, WantedPlace
from papers.formats.core.reading_list import Path

# Used for the number of an entry where a place comes before all that stay.
_BEFORE_ALL = -1


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place for new lines: beside a passage, or below the heading of the topic."""

    path: Path
    shape: Shape
    beside: Passage | None = None
    is_before: bool = False
    count: int = 1


class Plan:
    """For each topic as many papers as can keep their order stay; the others come between them."""

    def __init__(
        self, source: SourceText, wanted: Wanted, dropped: Collection[Key], shapes: Shapes
    ) -> None:
        self.source, self.wanted, self.dropped, self.shapes = source, wanted, dropped, shapes
        self._stood: dict[Path, list[int]] = defaultdict(list)
        for number, entry in enumerate(source.reading.entries):
            self._stood[entry.topic].append(number)
        # The place of each entry that stays, and those that come, in the order of the list.
        self.staying: dict[int, WantedPlace] = {}
        self.coming: list[WantedPlace] = []
        self.anchors: dict[int, Anchor] = {}
        for path in ((), *wanted.paths):
            self._plan(path)

    def anchor(self, place: WantedPlace) -> Anchor:
        return self.anchors[id(place)]

    def line(self, place: WantedPlace) -> int:
        """Return the line that a new paper comes next to."""
        anchor = self.anchor(place)
        if anchor.beside:
            return anchor.beside.start
        came_from = self.wanted.came_from[anchor.path]
        return self._heading_lines.get(came_from or (), len(self.source.lines))

    def is_dropped(self, passage: Passage) -> bool:
        return ("paper", passage.start) in self.dropped

    def _plan(self, path: Path) -> None:
        came_from = self.wanted.came_from[path]
        home = set(self._stood[came_from]) if came_from is not None else set()
        places = [place for place in self.wanted.places[path] if not self._is_given_up(place, home)]
        at_home = [(place, [n for n in place.came_from if n in home]) for place in places]
        candidates = [(place, numbers) for place, numbers in at_home if numbers]
        stay = staying([numbers[0] for _, numbers in candidates])
        kept = {id(candidates[n][0]): candidates[n][1] for n in stay}
        following: dict[int, list[WantedPlace]] = defaultdict(list)
        last = _BEFORE_ALL
        for place in places:
            if id(place) in kept:
                last = kept[id(place)][0]
                self.staying.update(dict.fromkeys(kept[id(place)], place))
            elif not (place.came_from and self.is_dropped(self._passage(place))):
                following[last].append(place)
        numbers = sorted(number for place in kept.values() for number in place)
        for before, coming in following.items():
            self._anchor(path, before, [n for n in numbers if n > before], coming)
            self.coming += coming

    def _passage(self, place: WantedPlace) -> Passage:
        return self.source.passage_of[place.came_from[0]]

    def _is_given_up(self, place: WantedPlace, home: set[int]) -> bool:
        """Return whether the place is one of a move that was dropped, or of a new paper."""
        if not place.came_from:
            return key_of_new(place) in self.dropped
        return self.is_dropped(self._passage(place)) and not home & set(place.came_from)

    def _anchor(self, path: Path, before: int, later: list[int], places: list[WantedPlace]) -> None:
        node = None if before == _BEFORE_ALL else self.source.passage_of[before]
        after = self.source.passage_of[later[0]] if later else None
        is_before = after is not None and (node is None or after.start < node.stop)
        beside = after if is_before else node or self._last_row_beside(path)
        shape = self.shapes.of(beside) if beside else self._shape_of_topic(path)
        for count, place in enumerate(places, start=1):
            self.anchors[id(place)] = Anchor(
                path, shape, beside, is_before, 0 if is_before else count if beside else count - 1
            )

    def _last_row_beside(self, path: Path) -> Passage | None:
        """Return the last row of the topics beside one that is a column."""
        if not self.wanted.is_a_column(path):
            return None
        beside = [
            self.source.passage_of[stood[-1]]
            for topic, stood in self._stood.items()
            if topic and self.wanted.now(topic)[:-1] == path[:-1]
        ]
        return max(beside, key=lambda one: one.start, default=None)

    def _shape_of_topic(self, path: Path) -> Shape:
        came_from = self.wanted.came_from[path]
        stood = self._stood[came_from] if came_from is not None else []
        return self.shapes.of(self.source.passage_of[stood[0]]) if stood else self.shapes.usual()

    @cached_property
    def _heading_lines(self) -> dict[Path, int]:
        topics = self.source.reading.topics
        return {topic.path: topic.lines[0] - 1 for topic in topics if topic.lines}


def key_of_new(place: WantedPlace) -> Key:
    return ("new", place.entry.topic, place.entry.title)


def staying(ranks: Sequence[int]) -> set[int]:
    """Return the places in the sequence whose ranks rise, as many as there can be. Of two that
    changed places it is the first one: the other one was moved down.
    """
    ends: list[int] = []
    last: list[int] = []
    behind: dict[int, int] = {}
    for place in reversed(range(len(ranks))):
        at = bisect_left(ends, -ranks[place])
        behind[place] = last[at - 1] if at else -1
        ends[at : at + 1] = [-ranks[place]]
        last[at : at + 1] = [place]
    stay: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        stay.add(place)
        place = behind[place]
    return stay
