"""The wanted list, in terms of the text that it came from."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from papers.formats.core import people
from papers.formats.core.reading_list import Entry, Path, ReadingList, outline

# What is written of a paper, and so can have changed on its lines.
WRITTEN = ("title", "authors", "venue", "year", "url", "doi", "arxiv")
# Details of a paper as they are to be, by their names.
Changes = dict[str, Any]
# The edit that changes the order of the topics, or what is below what, or takes topics out.
ORDER = ("topics", "order")


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """A paper under a topic, as it is now, in the order of the list.

    `entry.topic` is its path now, `entry.checked` the tick to write; None leaves no tick.
    """

    entry: Entry
    # Which entries of the text it is: several where the text names it twice under that topic, none
    # where it is new.
    came_from: tuple[int, ...] = ()
    # Whether what it says was edited since, so that its lines have to change.
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic as it is now, in the order of the outline, and its path in the text; None is new."""

    path: Path
    came_from: Path | None = None


class Wanted:
    """The headings and places, with each topic on the way to them."""

    def __init__(
        self, reading: ReadingList, headings: Sequence[Heading], places: Sequence[WantedPlace]
    ) -> None:
        self.reading = reading
        known = {heading.path: heading.came_from for heading in headings}
        self.paths = outline([*known, *(place.entry.topic for place in places)])
        self.came_from: dict[Path, Path | None] = {path: known.get(path) for path in self.paths}
        self.came_from[()] = ()
        # The path now of each topic of the text that is still there.
        self.home = {came: path for path, came in self.came_from.items() if came is not None}
        self._columns = {topic.path for topic in reading.topics if not topic.lines}
        self.places: dict[Path, list[WantedPlace]] = {path: [] for path in ((), *self.paths)}
        for place in places:
            self.places[place.entry.topic].append(place)

    def all_places(self) -> list[WantedPlace]:
        return [place for places in self.places.values() for place in places]

    def now(self, path: Path) -> Path:
        """Return the path of a topic of the text today; a removed one's is below what is left above
        it.
        """
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.home:
                return self.home[path[:depth]] + path[depth:]
        return path

    def changes(self, place: WantedPlace, number: int) -> Changes:
        """Return the details that the entry of that number does not say as the place does."""
        if not place.is_changed:
            return {}
        old, new = self.reading.entries[number], place.entry
        return {
            name: getattr(new, name)
            for name in WRITTEN
            if not are_same(name, getattr(old, name), getattr(new, name))
        }

    def is_a_column(self, path: Path) -> bool:
        """Return whether the topic has no heading but is named in rows of a table, as those beside
        it.
        """
        came_from = self.came_from[path]
        if came_from is not None:
            return came_from in self._columns
        beside = [one for one in self.paths if one[:-1] == path[:-1] and self.came_from[one]]
        return bool(beside) and all(map(self.is_a_column, beside))

    def topic_edit(self, path: Path) -> Hashable | None:
        """Return the edit by which the topic came to be called or placed as it is; None for
        none.
        """
        came_from = self.came_from[path]
        if came_from is None or came_from[-1:] != path[-1:]:
            return ("topic", path)
        return None

    def without(self, dropped: Collection[Hashable]) -> "Wanted":
        """Return the wanted list without the given edits of topics: new topics and what is below
        them, new names, the order.
        """
        if not any(isinstance(key, tuple) and key[0] in {"topic", "topics"} for key in dropped):
            return self
        now: dict[Path, Path | None] = {(): ()}
        for path in self.paths:
            above, came_from = now[path[:-1]], self.came_from[path]
            name, is_dropped = path[-1], ("topic", path) in dropped
            if came_from is None:
                now[path] = None if is_dropped or above is None else (*above, name)
            elif ORDER in dropped:
                now[path] = self._as_in_the_text(came_from, dropped)
            else:
                now[path] = (
                    None if above is None else (*above, came_from[-1] if is_dropped else name)
                )
        return self._at(now, ORDER in dropped)

    def _as_in_the_text(self, came_from: Path, dropped: Collection[Hashable]) -> Path:
        path: Path = ()
        for depth in range(1, len(came_from) + 1):
            here = self.home.get(came_from[:depth])
            is_renamed = here and ("topic", here) not in dropped
            path = (*path, here[-1] if here and is_renamed else came_from[depth - 1])
        return path

    def _at(self, now: dict[Path, Path | None], in_the_order_of_the_text: bool) -> "Wanted":
        headings = [
            Heading(there, self.came_from[path]) for path, there in now.items() if path and there
        ]
        if in_the_order_of_the_text:
            known = {heading.came_from: heading for heading in headings}
            kept = [
                known.get(topic.path) or Heading(self._as_in_the_text(topic.path, ()), topic.path)
                for topic in self.reading.topics
            ]
            headings = [*kept, *(heading for heading in headings if heading.came_from is None)]
        places = []
        for place in self.all_places():
            there = now[place.entry.topic]
            if there is not None:
                places.append(replace(place, entry=replace(place.entry, topic=there)))
        return Wanted(self.reading, headings, places)


def are_same(name: str, one: object, other: object) -> bool:
    if name == "authors" and one != other:
        return people.parted(str(one)) == people.parted(str(other))
    return one == other
