"""What a list is to say, in terms of the text that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from papers.formats import item, people
from papers.formats.reading_list import Entry, Path, ReadingList, Topic, outline

# What is written of a paper, and so can have changed in its line.
WRITTEN = ("title", "authors", "venue", "year", "url", "doi", "arxiv")


@dataclass(frozen=True, slots=True)
class Place:
    """A paper under a topic, as it is now, in the order of the list.

    `entry.topic` is its path now, `entry.checked` the tick to write; None leaves no tick.
    """

    entry: Entry
    # Which entries of the text it is: several where the text names it twice under that topic, none
    # where it is new.
    came_from: tuple[int, ...] = ()
    # Whether what it says was edited since, so that its line has to be written anew.
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic as it is now, in the order of the outline, and its path in the text; None is new."""

    path: Path
    came_from: Path | None = None


class Wanted:
    """The headings and places, with each topic on the way to them."""

    def __init__(
        self, reading: ReadingList, headings: Sequence[Heading], places: Sequence[Place]
    ) -> None:
        self.reading = reading
        known = {heading.path: heading.came_from for heading in headings}
        self.paths = outline([*known, *(place.entry.topic for place in places)])
        self.came_from: dict[Path, Path | None] = {path: known.get(path) for path in self.paths}
        self.came_from[()] = ()
        self.home = {came: path for path, came in self.came_from.items() if came is not None}
        self.places: dict[Path, list[Place]] = {path: [] for path in ((), *self.paths)}
        for place in places:
            self.places[place.entry.topic].append(place)

    @property
    def is_as_it_was(self) -> bool:
        """Whether nothing was edited, so that at most ticks are to be written."""
        topics = tuple(topic.path for topic in self.reading.topics)
        if self.paths != topics or any(self.came_from[path] != path for path in topics):
            return False
        return all(self._is_as_it_was(path) for path in ((), *topics))

    def as_list(self) -> ReadingList:
        """The list itself, for whoever writes it from nothing."""
        places = [place for path in ((), *self.paths) for place in self.places[path]]
        entries = tuple(self.said(place) for place in places)
        return ReadingList(self.reading.title, tuple(map(Topic, self.paths)), entries)

    def said(self, place: Place, number: int | None = None) -> Entry:
        """What the place says: as the text has it, unless it was changed since."""
        if place.is_changed or not place.came_from:
            return place.entry
        entry = self.reading.entries[place.came_from[0] if number is None else number]
        return replace(entry, topic=place.entry.topic, checked=place.entry.checked)

    def changes(self, place: Place, number: int) -> dict[str, object]:
        """The details that differ from those of the entry in the text."""
        if not place.is_changed:
            return {}
        old, new = self.reading.entries[number], place.entry
        return {
            name: getattr(new, name)
            for name in WRITTEN
            if not are_same(name, getattr(old, name), getattr(new, name))
        }

    def _is_as_it_was(self, path: Path) -> bool:
        places = self.places[path]
        stood = [n for n, entry in enumerate(self.reading.entries) if entry.topic == path]
        firsts = [place.came_from[0] for place in places if place.came_from]
        found = sorted(number for place in places for number in place.came_from)
        is_whole = len(firsts) == len(places) and firsts == sorted(firsts) and found == stood
        return is_whole and not any(place.is_changed for place in places)


def are_same(name: str, one: object, other: object) -> bool:
    if name == "authors" and one != other:
        return people.parted(str(one)) == people.parted(str(other))
    return one == other


def in_our_form(entry: Entry) -> Entry:
    """What is left of the entry when it was written as an item and read again."""
    found = item.read(item.write(entry))
    return replace(found[0].entry, topic=entry.topic) if len(found) == 1 else entry
