"""Whether an edit of a list in Markdown is a patch of that paper's own lines, for every paper.

    python -m bench.round_trip FOLDER
    python -m bench.round_trip --grammar 300 [--seed 1]

Of each *.md file of the folder, or of so many lists of the grammar of shapes, each paper is
removed, retitled, moved (to the end of its topic or of the next one), followed by a new one, and
ticked or unticked where it can be. In long lists many papers that are far apart are edited at a
time, so that a file takes a bounded number of readings; none is left out.

The table says how many of the edits are shown; the others are reported by the patch, and the text
is left alone. The exit status is 1 where a line of another paper changed, where a line that was not
understood is lost, or where an edit is neither read right nor reported.
"""

import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from bench.grammar.lists import lists
from papers.exports.patching import Heading, Patched, WantedPlace, known_titles, patch
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.text import decode
from papers.formats.markdown import reading

# Of longer lists several papers are edited at a time, but for each kind of edit in so many patches.
ONE_AT_A_TIME, PATCHES = 40, 6
EDITS = ("removed", "retitled", "moved", "added", "ticked")
COUNTS = ("others", "lost", "misread")
COLUMNS = ("papers", "same", *EDITS, *COUNTS, "seconds")


def main() -> None:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--grammar", type=int, default=0, metavar="LISTS", help="of the grammar")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # What a patch reads last is what is looked at here.
    reading.read = lru_cache(maxsize=24)(reading.read)
    print(f"{'list':32}" + "".join(f"{name:>11}" for name in COLUMNS))
    found: dict[str, Row] = defaultdict(Row)
    for name, text in _texts(options.folder, options.grammar, options.seed):
        row = row_of(text)
        found[name] += row
        if options.folder:
            print(row.line(name), flush=True)
    if not options.folder:
        for name in sorted(found):
            print(found[name].line(name))
    whole = sum(found.values(), Row())
    print(whole.line("all"))
    sys.exit(0 if found and whole.went_well else 1)


def _texts(folder: Path | None, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """The lists, each with its name or that of its container."""
    for file in sorted(folder.glob("*.md")) if folder else ():
        yield file.stem, decode(file.read_bytes()).text
    for one in lists(seed, count):
        yield one.shape.container, one.text


@dataclass(slots=True)
class Row:
    """What became of the edits of a list, or of several."""

    papers: int = 0
    is_same: bool = True
    tried: "list[Tried]" = field(default_factory=lambda: [Tried() for _ in EDITS])
    seconds: float = 0.0

    def __add__(self, other: "Row") -> "Row":
        return Row(
            self.papers + other.papers,
            self.is_same and other.is_same,
            [one + more for one, more in zip(self.tried, other.tried, strict=True)],
            self.seconds + other.seconds,
        )

    @property
    def counts(self) -> list[int]:
        return [sum(getattr(one, name) for one in self.tried) for name in COUNTS]

    @property
    def went_well(self) -> bool:
        return self.is_same and not any(self.counts)

    def line(self, name: str) -> str:
        same = "yes" if self.is_same else "NO"
        cells = [self.papers, same, *self.tried, *self.counts, f"{self.seconds:.1f}"]
        return f"{name[:31]:32}" + "".join(f"{cell!s:>11}" for cell in cells)


def row_of(text: str) -> Row:
    began = time.perf_counter()
    trial = Trial(text, reading.read(text))
    is_same = trial.patched(trial.places).text == text
    edits = (trial.removed, trial.retitled, trial.moved, trial.added, trial.ticked)
    results = [trial.tried(edit) for edit in edits]
    return Row(len(trial.places), is_same, results, time.perf_counter() - began)


@dataclass(slots=True)
class Tried:
    """What became of edits of one kind."""

    made: int = 0
    shown: int = 0
    # Lines of other papers, and of none, that are not there any more.
    others: int = 0
    # Lines that were not understood and are not there any more.
    lost: int = 0
    # Papers that are read otherwise than they are to be, though nothing was reported.
    misread: int = 0

    def __add__(self, other: "Tried") -> "Tried":
        return Tried(*(getattr(self, one) + getattr(other, one) for one in self.__slots__))

    def __str__(self) -> str:
        return f"{self.shown}/{self.made}"


@dataclass(slots=True)
class Edited:
    """Places as they are wanted, the numbers of the entries that are edited, and how many edits."""

    places: list[WantedPlace]
    numbers: set[int] = field(default_factory=set)
    count: int = 0


class Trial:
    """A list with its papers as a group would keep them: once under each topic."""

    def __init__(self, text: str, reading_list: ReadingList) -> None:
        self.text, self.reading_list = text, reading_list
        self.lines = text.splitlines(keepends=True)
        self.headings = [Heading(topic.path, topic.path) for topic in reading_list.topics]
        self.places = places(reading_list)

    def patched(self, wanted: Sequence[WantedPlace]) -> Patched:
        return patch(self.text, self.reading_list, self.headings, wanted)

    def tried(self, edit: Callable[[Sequence[int]], Edited]) -> Tried:
        result = Tried()
        count = len(self.places)
        step = count if count <= ONE_AT_A_TIME else max(PATCHES, 1000 // count)
        for first in range(step):
            edited = edit(range(first, len(self.places), step))
            if edited.count:
                self._look_at(self.patched(edited.places), edited, result)
        return result

    def removed(self, chosen: Sequence[int]) -> Edited:
        gone = set(chosen)
        kept = [place for at, place in enumerate(self.places) if at not in gone]
        return Edited(kept, self._numbers(chosen), len(chosen))

    def retitled(self, chosen: Sequence[int]) -> Edited:
        wanted = list(self.places)
        for at in chosen:
            entry = replace(wanted[at].entry, title=f"{wanted[at].entry.title} Revisited")
            wanted[at] = replace(wanted[at], entry=entry, is_changed=True)
        return Edited(wanted, self._numbers(chosen), len(chosen))

    def moved(self, chosen: Sequence[int]) -> Edited:
        """Every other paper as the last one of its topic, the others as the last of the next."""
        topics = list(dict.fromkeys(place.entry.topic for place in self.places))
        by_topic = {topic: [p for p in self.places if p.entry.topic == topic] for topic in topics}
        for at in chosen:
            place = self.places[at]
            here = place.entry.topic
            there = topics[(topics.index(here) + at % 2) % len(topics)]
            by_topic[here].remove(place)
            entry = replace(place.entry, topic=there)
            # What a topic names twice comes to its new place once.
            by_topic[there].append(WantedPlace(entry, place.came_from[:1]))
        wanted = [place for topic in topics for place in by_topic[topic]]
        return Edited(wanted, self._numbers(chosen), len(chosen))

    def added(self, chosen: Sequence[int]) -> Edited:
        wanted: list[WantedPlace] = []
        after = set(chosen)
        for at, place in enumerate(self.places):
            wanted.append(place)
            if at in after:
                url = f"https://example.org/new-{at}.pdf"
                said = Entry(
                    f"Of the New, Part {at}",
                    topic=place.entry.topic,
                    authors="Ode et al.",
                    venue="ICML",
                    year=2021,
                )
                wanted.append(WantedPlace(replace(said, url=url)))
        return Edited(wanted, set(), len(chosen))

    def ticked(self, chosen: Sequence[int]) -> Edited:
        wanted = list(self.places)
        may_tick = [at for at in chosen if self.places[at].entry.checked is not None]
        for at in may_tick:
            wanted[at] = with_tick(wanted[at], not wanted[at].entry.checked)
        return Edited(wanted, self._numbers(may_tick), len(may_tick))

    def _numbers(self, chosen: Sequence[int]) -> set[int]:
        return {number for at in chosen for number in self.places[at].came_from}

    def _look_at(self, patched: Patched, edited: Edited, result: Tried) -> None:
        own = {line - 1 for n in edited.numbers for line in self.reading_list.entries[n].lines}
        others = [line for n, line in enumerate(self.lines) if n not in own]
        result.others += lines_missing(others, patched.text.splitlines(keepends=True))
        result.lost += self._not_understood_lost(patched.text)
        misread = self._misread(patched, edited)
        unshown = min(edited.count, len(patched.unshown))
        result.misread += misread
        result.made += edited.count
        result.shown += max(0, edited.count - unshown - misread)

    def _not_understood_lost(self, text: str) -> int:
        had = Counter(line.text for line in self.reading_list.not_understood)
        return (had - Counter(text.splitlines())).total()

    def _misread(self, patched: Patched, edited: Edited) -> int:
        """How many papers are read that are not wanted, beyond those that are reported."""
        known = known_titles(self.reading_list, edited.places)
        found = Counter(map(comparable, reading.read(patched.text, known).entries))
        wanted = Counter(entry for place in edited.places for entry in self._expected(place))
        missing, more = (wanted - found).total(), (found - wanted).total()
        return max(0, max(missing, more) - len(patched.unshown))

    def _expected(self, place: WantedPlace) -> Iterator[tuple[object, ...]]:
        for number in place.came_from:
            entry = self.reading_list.entries[number]
            title = place.entry.title if place.is_changed else entry.title
            checked = entry.checked
            if checked is not None and place.entry is not entry:
                checked = place.entry.checked
            yield comparable(replace(entry, title=title, topic=place.entry.topic, checked=checked))
        if not place.came_from:
            yield comparable(place.entry)


def comparable(entry: Entry) -> tuple[object, ...]:
    return entry.topic, entry.title, bool(entry.checked), entry.url, entry.doi, entry.arxiv


def lines_missing(lines: Sequence[str], text: Sequence[str]) -> int:
    """How many of the lines the text has not, in their order; blank ones do not count."""
    wanted = [line.rstrip("\r\n") for line in lines if line.strip()]
    came = [line.rstrip("\r\n") for line in text if line.strip()]
    coming = iter(came)
    if all(line in coming for line in wanted):
        return 0
    matching = SequenceMatcher(None, wanted, came, autojunk=False).get_matching_blocks()
    return len(wanted) - sum(block.size for block in matching)


def places(reading_list: ReadingList) -> list[WantedPlace]:
    numbers = {id(entry): number for number, entry in enumerate(reading_list.entries)}
    found = []
    for paper in reading_list.papers:
        topics: dict[tuple[str, ...], list[int]] = {}
        for entry in paper.entries:
            topics.setdefault(entry.topic, []).append(numbers[id(entry)])
        found += [
            WantedPlace(reading_list.entries[came[0]], tuple(came)) for came in topics.values()
        ]
    return sorted(found, key=lambda place: place.came_from[0])


def with_tick(place: WantedPlace, is_read: bool | None) -> WantedPlace:
    return replace(place, entry=replace(place.entry, checked=is_read))


if __name__ == "__main__":
    main()
