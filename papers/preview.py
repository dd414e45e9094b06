"""What somebody sees of a list before it is written, and chooses from."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from groups.models import User
from papers.formats.reading_list import Entry, Line, Path, outline
from papers.importing.comparing import Change, Comparison, Place, compared
from papers.models import ListImport, Paper

# A page shows the papers of all topics up to so many, of more those of one topic at a time.
MOST_ON_A_PAGE = 400
# So many lines of each sort are shown, which is more than anybody reads.
MOST_LINES = 200
# More of them are folded, so that the list is not far below.
MOST_LINES_OPEN = 10


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A paper that stands in the list more than once, and where."""

    title: str
    lines: list[int]
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Mended:
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewedPaper:
    """A place of the list: what it is in the group, and whether it will be there."""

    entry: Entry
    key: str
    state: str
    is_offered: bool
    is_taken: bool


@dataclass(frozen=True, slots=True)
class PreviewedTopic:
    number: int
    path: Path
    key: str
    renamed_from: str
    is_offered: bool
    is_taken: bool
    papers: list[PreviewedPaper]
    paper_count: int
    is_open: bool

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def depth(self) -> int:
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class PreviewedChange:
    """A detail that would be written otherwise."""

    change: Change
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Removal:
    paper: Paper
    key: str
    is_taken: bool


class Preview:
    """The same for the page and whoever else wants to look before writing.

    `topic` is the number of the one that somebody looks at.
    """

    def __init__(self, list_import: ListImport, reader: User, topic: int | None = None) -> None:
        self.list_import = list_import
        self.comparison: Comparison = list_import.comparison(reader)
        self.reading = self.comparison.reading
        self.topic = topic

    # The whole

    most_lines_open = MOST_LINES_OPEN
    most_lines_shown = MOST_LINES
    most_lines = f":{MOST_LINES}"

    @property
    def figures(self) -> list[tuple[str, int]]:
        comparison = self.comparison
        merged = sum(paper.mentions - 1 for paper in comparison.papers)
        told = [
            (len(comparison.paths), "Topic", "Topics"),
            (len(comparison.papers), "Paper", "Papers"),
            (len(comparison.places), "Placement", "Placements"),
            (merged, "Duplicate merged", "Duplicates merged"),
        ]
        return [(one if count == 1 else many, count) for count, one, many in told]

    @property
    def summary(self) -> list[str]:
        """What pressing the button will do."""
        comparison = self.comparison
        told = [
            (len(comparison.new_topics), "new topic"),
            (len(comparison.renamed_topics), "renamed topic"),
            (len(comparison.new_papers), "new paper"),
            (len(comparison.moved_from), "move"),
            (len({change.paper.pk for change in comparison.changes}), "changed paper"),
            (len(comparison.removed_papers), "removal"),
            (len(comparison.ticked), "tick"),
        ]
        return [f"{count} {what}{'' if count == 1 else 's'}" for count, what in told if count]

    @property
    def duplicates(self) -> list[Duplicate]:
        return [
            Duplicate(
                paper.title,
                [entry.lines[0] for entry in paper.entries if entry.lines],
                [" › ".join(path) for path in dict.fromkeys(e.topic for e in paper.entries)],
            )
            for paper in self.reading.duplicates
        ]

    @property
    def mended(self) -> list[Mended]:
        """The titles that were broken in the list, once each."""
        found = {entry.original: entry.title for entry in self.reading.entries if entry.original}
        return [Mended(before, after) for before, after in found.items()]

    @property
    def not_understood(self) -> tuple[Line, ...]:
        return self.reading.not_understood

    @property
    def remarks(self) -> tuple[Line, ...]:
        return self.reading.remarks

    # What is chosen

    @property
    def changed_papers(self) -> list[tuple[Paper, list[PreviewedChange]]]:
        comparison = self.comparison
        changes = [
            PreviewedChange(one, comparison.is_taken(one.key, usually=not one.is_contested))
            for one in comparison.offered_changes
        ]
        by_paper = groupby(changes, lambda one: one.change.paper)
        return [(paper, list(found)) for paper, found in by_paper]

    @property
    def removals(self) -> list[Removal]:
        found = []
        for paper in self.comparison.removable_papers:
            key = f"remove-{paper.pk}"
            is_taken = self.comparison.is_taken(key, usually=False)
            found.append(Removal(paper, key, is_taken))
        return found

    @cached_property
    def is_long(self) -> bool:
        return len(self.comparison.places) > MOST_ON_A_PAGE

    @property
    def topics(self) -> list[PreviewedTopic]:
        return [self._topic(number, path) for number, path in enumerate(self._paths)]

    @property
    def open_topic(self) -> PreviewedTopic | None:
        if self.topic is None or self.topic >= len(self._paths):
            return None
        return self._topic(self.topic, self._paths[self.topic])

    def offers(self, key: str) -> bool:
        """Whether there is such a choice."""
        kind = key.partition("-")[0]
        comparison = self.comparison
        offered: dict[str, Iterator[str]] = {
            "topic": (comparison.topic_key(path) for path in comparison.paths),
            "paper": (comparison.paper_key(place.paper) for place in comparison.absent_places),
            "change": (change.key for change in comparison.offered_changes),
            "remove": (removal.key for removal in self.removals),
        }
        return key in offered.get(kind, iter(()))

    @cached_property
    def _paths(self) -> tuple[Path, ...]:
        return outline(self.comparison.paths)

    @cached_property
    def _places(self) -> dict[Path, list[Place]]:
        found: dict[Path, list[Place]] = defaultdict(list)
        for place in self.comparison.places:
            found[compared(place.path)].append(place)
        return found

    @cached_property
    def _renamed(self) -> dict[Path, str]:
        return {compared(path): topic.name for path, topic in self.comparison.renamed_topics}

    def _topic(self, number: int, path: Path) -> PreviewedTopic:
        places = self._places[compared(path)]
        key = self.comparison.topic_key(path)
        is_open = self.topic == number
        papers = [self._paper(place) for place in places] if is_open or not self.is_long else []
        return PreviewedTopic(
            number=number,
            path=path,
            key=key,
            renamed_from=self._renamed.get(compared(path), ""),
            is_offered=any(place.key in self._absent for place in places),
            is_taken=self.comparison.is_taken(key),
            papers=papers,
            paper_count=len(places),
            is_open=is_open,
        )

    def _paper(self, place: Place) -> PreviewedPaper:
        comparison = self.comparison
        entry = next(e for e in place.paper.entries if comparison.path_of(e.topic) == place.path)
        key = comparison.paper_key(place.paper)
        is_offered = place.key in self._absent
        usually = place.key not in self._withdrawn
        is_taken = comparison.is_taken(key, usually=usually)
        is_taken = is_taken and comparison.is_taken(comparison.topic_key(place.path))
        return PreviewedPaper(entry, key, self._state(place), is_offered, is_taken)

    def _state(self, place: Place) -> str:
        if place.key not in self._absent:
            return "on the list already"
        if place.key in self._withdrawn:
            return "taken off the list here"
        there = self.comparison.found(place.paper)
        if there is None:
            return "new"
        return "moves here" if there.pk in self._moved else "joins this topic"

    @cached_property
    def _moved(self) -> set[int]:
        return {paper for _, paper in self.comparison.moved_from}

    @cached_property
    def _absent(self) -> set[tuple[Path, str]]:
        return {place.key for place in self.comparison.absent_places}

    @cached_property
    def _withdrawn(self) -> set[tuple[Path, str]]:
        return {place.key for place in self.comparison.withdrawn_places}
