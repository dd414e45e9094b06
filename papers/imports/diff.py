"""Compare a list with a group, as a merge of three versions.

The versions are the list as it was imported last (`base`, if there is one), the list as it is now,
and the group. A change of the list alone is applied; a change of the group alone is kept; where
both changed, the change is offered and not applied unless someone chooses it. So the same list
changes nothing when it is imported again, and statuses, assignments and discussions never change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from groups.models import Group, User
from groups.validators import as_one_line
from papers.corrections.corrected import Corrected
from papers.formats import bibtex
from papers.formats.core import reading_list
from papers.formats.core.reading_list import Path, ReadingList, outline
from papers.formats.core.reading_list.details import DetailKind, names_where
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.imports.base import NO_BASE, Base
from papers.imports.paper_matches import PaperMatches
from papers.imports.topic_diff import PlannedPlacement, TopicDiff, comparable_path
from papers.models.details import column_values
from papers.models.papers import Paper, detail_label
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus
from papers.models.topics import Topic

# The topic of papers that are above the first heading of the list, or in a list without any.
TOPIC_OF_NONE = "Papers"
# Further fields of a record are not compared with edits made in the group.
_WEIGHED = names_where(lambda one: one.kind != DetailKind.PAIRS)


@dataclass(frozen=True, slots=True)
class DetailChange:
    """A detail of a paper with another value in the list."""

    paper: Paper
    field: str
    before: Any
    after: Any
    # Whether the value in the group comes from an edit or from another list.
    is_contested: bool

    @property
    def key(self) -> str:
        return f"change-{self.paper.pk}-{self.field}"

    @property
    def label(self) -> str:
        return detail_label(self.field)


class Comparison:
    """Compare a list with its group; `choices` overrides by key what is taken by default."""

    def __init__(
        self,
        group: Group,
        reading: ReadingList | Corrected,
        *,
        base: Base = NO_BASE,
        choices: Mapping[str, bool] | None = None,
        topic: str = "",
        reader: User | None = None,
    ) -> None:
        self.group = group
        self.corrected = reading if isinstance(reading, Corrected) else Corrected(reading)
        self.reading = self.corrected.reading
        self.choices = dict(choices or {})
        self.reader = reader
        self.topic_of_none = as_one_line(topic, 200) or TOPIC_OF_NONE
        self.papers = self.corrected.papers
        self.matches = PaperMatches(group, self.corrected)
        self.base = base if self._is_about_the_same(base) else NO_BASE

    def is_taken(self, key: str, *, usually: bool = True) -> bool:
        return self.choices.get(key, usually)

    # The group

    @cached_property
    def topics(self) -> list[Topic]:
        return Topic.objects.in_group(self.group).outline()

    @cached_property
    def placed(self) -> set[tuple[int, int]]:
        placements = Placement.objects.in_group(self.group)
        return set(placements.values_list("topic_id", "paper_id"))

    # The list

    @cached_property
    def places(self) -> list[PlannedPlacement]:
        """Each paper once under each of its topics, in the order of the list."""
        once: dict[tuple[Path, str], PlannedPlacement] = {}
        for placement in reading_list.placed(self.corrected.kept_entries, self.papers):
            place = PlannedPlacement(self.path_of(placement.topic), placement.paper)
            once.setdefault(place.key, place)
        return list(once.values())

    @cached_property
    def paths(self) -> list[Path]:
        """The topics with papers from top to bottom, as they will be kept, each once."""
        once: dict[Path, Path] = {}
        for path in outline(place.path for place in self.places):
            once.setdefault(comparable_path(path), path)
        return list(once.values())

    def path_of(self, topic: Path) -> Path:
        """Return the path of a topic, with each name as it will be kept."""
        names = topic or (self.reading.title or self.topic_of_none,)
        return tuple(as_one_line(name, 200) or TOPIC_OF_NONE for name in names)

    def found(self, paper: reading_list.ListedPaper) -> Paper | None:
        return self.matches.find(paper)

    # Topics

    @cached_property
    def topic_diff(self) -> TopicDiff:
        title = (self.reading.title,) if self.reading.title else ()
        return TopicDiff(self.topics, self.base, title, self.paths, self.places, self.matches)

    @cached_property
    def new_topics(self) -> list[Path]:
        paths = [comparable_path(place.path) for place in self.new_places]
        paths += [path for path, _ in self.topic_diff.moved]
        needed = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        return [
            path
            for path in self.paths
            if comparable_path(path) in needed
            and comparable_path(path) not in self.topic_diff.known
        ]

    def topic_key(self, path: Path) -> str:
        return f"topic-{self.topic_number(path)}"

    @cached_property
    def _numbers(self) -> dict[Path, int]:
        """A number for each topic that stays: its place among all headings of the text."""
        read = [topic.path for topic in self.reading.topics]
        read += [entry.topic for entry in self.corrected.raw.entries]
        paths = outline([*map(self.path_of, filter(None, read)), self.path_of(())])
        return {
            path: number for number, path in enumerate(dict.fromkeys(map(comparable_path, paths)))
        }

    def topic_number(self, path: Path) -> int:
        return self._numbers[comparable_path(path)]

    # Papers

    @cached_property
    def offered_papers(self) -> list[reading_list.ListedPaper]:
        """Papers of the list that the group does not have."""
        return [paper for paper in self.papers if not self.found(paper)]

    @cached_property
    def new_papers(self) -> list[reading_list.ListedPaper]:
        wanted = {place.paper.identity for place in self.new_places}
        return [paper for paper in self.offered_papers if paper.identity in wanted]

    def paper_key(self, paper: reading_list.ListedPaper) -> str:
        return f"paper-{self._paper_numbers[paper.identity]}"

    @cached_property
    def _paper_numbers(self) -> dict[str, int]:
        """A number for each paper that stays whatever is corrected: that of its first entry."""
        numbers = {id(read.corrected): read.number for read in self.corrected.entries}
        return {paper.identity: numbers[id(paper.entries[0])] for paper in self.papers}

    @cached_property
    def offered_changes(self) -> list[DetailChange]:
        """Details whose value in the list differs from the group's and from the base."""
        return [
            change
            for paper in self.papers
            if (there := self.found(paper))
            for change in self._changes(there, paper)
        ]

    def _changes(self, there: Paper, paper: reading_list.ListedPaper) -> Iterator[DetailChange]:
        values = column_values(paper.said)
        if is_placeholder(paper.said):
            values.pop("title")  # an identifier in place of a title
        key = values.get("citation_key")
        if key and not there.citation_key and bibtex.is_made(key, there):
            values.pop("citation_key")  # made by our own export
        for name in _WEIGHED:
            before, now, after = there.imported.get(name), getattr(there, name), values.get(name)
            if after and after not in (before, now):
                is_contested = bool(now) and (now != before or self.base is NO_BASE)
                if name == "title" and is_placeholder(there):
                    is_contested = False  # the paper was added by its identifier
                yield DetailChange(there, name, now, after, is_contested)

    @property
    def changes(self) -> list[DetailChange]:
        return [c for c in self.offered_changes if self.is_taken(c.key, usually=not c.is_contested)]

    # Places

    @cached_property
    def absent_places(self) -> list[PlannedPlacement]:
        """Places of the list that the group does not have."""
        return [place for place in self.places if not self._is_there(place)]

    @cached_property
    def withdrawn_places(self) -> list[PlannedPlacement]:
        """Absent places that the group had from this list before: the paper was removed there."""
        return [place for place in self.absent_places if self._was_there(place)]

    @cached_property
    def new_places(self) -> list[PlannedPlacement]:
        withdrawn = {place.key for place in self.withdrawn_places}
        return [
            place
            for place in self.absent_places
            if self.is_taken(self.topic_key(place.path))
            and self.is_taken(self.paper_key(place.paper), usually=place.key not in withdrawn)
        ]

    @cached_property
    def moved_from(self) -> list[tuple[int, int]]:
        """Places, as ids of topic and paper, that the list had before and has elsewhere now."""
        before, listed = self.base.places, self._listed_places
        moved = {there.pk for place in self.new_places if (there := self.found(place.paper))}
        return [
            place
            for place in dict.fromkeys(before)
            if place in self.placed and place not in listed and place[1] in moved
        ]

    @cached_property
    def removable_papers(self) -> list[Paper]:
        """Papers that the list no longer has. Their removal is offered, never taken by default."""
        listed = {there.pk for paper in self.papers if (there := self.found(paper))}
        gone = {paper for _, paper in self.base.places} - listed
        return [paper for paper in self.matches.finder.papers if paper.pk in gone]

    @property
    def removed_papers(self) -> list[Paper]:
        return [
            paper
            for paper in self.removable_papers
            if self.is_taken(f"remove-{paper.pk}", usually=False)
        ]

    @cached_property
    def _listed_places(self) -> set[tuple[int, int]]:
        """Places of the list whose topic and paper the group has."""
        found = ((self._topic_of(place), self.found(place.paper)) for place in self.places)
        return {(topic.pk, paper.pk) for topic, paper in found if topic and paper}

    def _topic_of(self, place: PlannedPlacement) -> Topic | None:
        return self.topic_diff.known.get(comparable_path(place.path))

    def _is_there(self, place: PlannedPlacement) -> bool:
        topic, paper = self._topic_of(place), self.found(place.paper)
        return bool(topic and paper and (topic.pk, paper.pk) in self.placed)

    def _was_there(self, place: PlannedPlacement) -> bool:
        topic, paper = self._topic_of(place), self.found(place.paper)
        if paper:
            return bool(topic and (topic.pk, paper.pk) in self.base.places)
        return place.paper.identity in self.base.identities

    def _is_about_the_same(self, base: Base) -> bool:
        """Return whether the list has at least half of the papers that it is to be compared by."""
        before = {paper for _, paper in base.places}
        listed = {there.pk for paper in self.papers if (there := self.found(paper))}
        return 2 * len(before & listed) >= len(before)

    # Ticks

    @cached_property
    def ticked(self) -> list[reading_list.ListedPaper]:
        """The papers whose status the list sets for the reader: those without one in the group."""
        ticked = [paper for paper in self.papers if paper.status]
        if not ticked or not self.reader:
            return []
        new = {paper.identity for paper in self.new_papers}
        of_reader = ReadingStatus.objects.of(self.reader).in_group(self.group)
        marked = set(of_reader.values_list("paper_id", flat=True))
        return [
            paper
            for paper in ticked
            if (there.pk not in marked if (there := self.found(paper)) else paper.identity in new)
        ]

    @property
    def is_nothing(self) -> bool:
        """Return whether applying the list would change nothing."""
        return not (
            self.new_topics
            or self.new_places
            or self.changes
            or self.moved_from
            or self.topic_diff.renamed
            or self.topic_diff.moved
            or self.removed_papers
            or self.ticked
        )
