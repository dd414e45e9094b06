"""Whether lists in Markdown come back as they were, and an edit touches its own lines alone.

    python -m bench.round_trip FOLDER

Each *.md file of the folder is read and woven again: unchanged, with every paper ticked and then
unticked, and with twenty of its papers removed, retitled and made the last of their topic, one at a
time. The table says how often this went well; any failure makes the exit status 1, but for a move:
a heading that shares the address of the next one cannot stand alone.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from papers.formats import markdown
from papers.formats.reading_list import ReadingList
from papers.formats.text import decode
from papers.formats.weaving import Heading, Place, weave

SAMPLE = 20
COLUMNS = ("papers", "unchanged", "ticked", "and back", "removed", "retitled", "moved")


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.md"))
    print(f"{'file':28}" + "".join(f"{name:>11}" for name in COLUMNS))
    went_well = [row(file) for file in files]
    sys.exit(0 if files and all(went_well) else 1)


def row(file: Path) -> bool:
    text = file.read_bytes().decode() if is_utf8(file) else decode(file.read_bytes()).text
    reading = markdown.read(text)
    told = Told(text, reading)
    cells = [
        str(len(told.places)),
        yes(told.weave(told.places) == text),
        *map(yes, told.ticked_and_back()),
        *(told.counted(edit) for edit in (told.removed, told.retitled, told.moved)),
    ]
    print(f"{file.stem[:27]:28}" + "".join(f"{cell:>11}" for cell in cells), flush=True)
    return not any("NO" in cell or is_short(cell) for cell in cells[:-1])


class Told:
    """A list with its papers as a group would keep them: once under each topic."""

    def __init__(self, text: str, reading: ReadingList) -> None:
        self.text, self.reading = text, reading
        self.headings = [Heading(topic.path, topic.path) for topic in reading.topics]
        self.places = places(reading)
        step = max(1, len(self.places) // SAMPLE)
        self.sample = range(0, len(self.places), step)[:SAMPLE]

    def weave(self, wanted: Sequence[Place]) -> str:
        return weave(self.text, self.reading, self.headings, wanted)

    def ticked_and_back(self) -> tuple[bool, bool]:
        """Whether ticking all changes nothing but ticks, and unticking them changes it back."""
        ticked = self.weave([with_tick(place, is_read=True) for place in self.places])
        again = Told(ticked, markdown.read(ticked))
        ticks = [place.entry.checked for place in self.places]
        if len(again.places) != len(self.places):
            return False, False
        back = again.weave(
            [with_tick(place, tick) for place, tick in zip(again.places, ticks, strict=True)]
        )
        lengths = [len(text.splitlines()) for text in (ticked, self.text)]
        return lengths[0] == lengths[1], back == self.text

    def counted(self, edit: Callable[[int], tuple[list[Place], set[int]]]) -> str:
        went_well = 0
        for at in self.sample:
            wanted, own = edit(at)
            went_well += self.touches_only(self.weave(wanted), own)
        return f"{went_well}/{len(self.sample)}"

    def removed(self, at: int) -> tuple[list[Place], set[int]]:
        return [*self.places[:at], *self.places[at + 1 :]], self.lines_of(self.places[at])

    def retitled(self, at: int) -> tuple[list[Place], set[int]]:
        place = self.places[at]
        entry = replace(place.entry, title=f"{place.entry.title} Revisited")
        changed = replace(place, entry=entry, is_changed=True)
        return [*self.places[:at], changed, *self.places[at + 1 :]], self.lines_of(place)

    def moved(self, at: int) -> tuple[list[Place], set[int]]:
        """The paper as the last one of its topic."""
        place = self.places[at]
        topic = [one for one in self.places if one.entry.topic == place.entry.topic]
        last = self.places.index(topic[-1])
        wanted = [one for one in self.places[: last + 1] if one is not place]
        return [*wanted, place, *self.places[last + 1 :]], self.lines_of(place)

    def lines_of(self, place: Place) -> set[int]:
        """From the first line of the paper to the next one that belongs to another, from zero."""
        claimed = sorted(
            {entry.lines[0] for entry in self.reading.entries}
            | {line for topic in self.reading.topics for line in topic.lines}
        )
        lines: set[int] = set()
        for number in place.came_from:
            entry = self.reading.entries[number]
            after = next((line for line in claimed if line > entry.lines[0]), 10**9)
            lines.update(range(entry.lines[0] - 1, min(after - 1, self.text.count("\n") + 2)))
            lines.update(line - 1 for line in entry.lines)
        return lines

    def touches_only(self, woven: str, own: set[int]) -> bool:
        """Whether all other lines are there in their order, and no more came than the paper had."""
        others = [
            line
            for number, line in enumerate(self.text.splitlines(keepends=True))
            if number not in own and line.strip()
        ]
        came = iter(line for line in woven.splitlines(keepends=True) if line.strip())
        is_whole = all(line in came for line in others)
        count = sum(bool(line.strip()) for line in woven.splitlines())
        return is_whole and count - len(others) <= len(own)


def places(reading: ReadingList) -> list[Place]:
    numbers = {id(entry): number for number, entry in enumerate(reading.entries)}
    found = []
    for paper in reading.papers:
        topics: dict[tuple[str, ...], list[int]] = {}
        for entry in paper.entries:
            topics.setdefault(entry.topic, []).append(numbers[id(entry)])
        found += [Place(reading.entries[came[0]], tuple(came)) for came in topics.values()]
    return sorted(found, key=lambda place: place.came_from[0])


def with_tick(place: Place, is_read: bool | None) -> Place:
    return replace(place, entry=replace(place.entry, checked=is_read))


def is_utf8(file: Path) -> bool:
    try:
        file.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def yes(went_well: bool) -> str:
    return "yes" if went_well else "NO"


def is_short(cell: str) -> bool:
    good, bar, all_of_them = cell.partition("/")
    return bool(bar) and good != all_of_them


if __name__ == "__main__":
    main()
