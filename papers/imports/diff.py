"""What a list changes in a group that may have a list already.

Three things are looked at: the list as it was brought last (`base`, if there was one), the list as
it is brought now, and what stands in the group. What only the list changed is done; what only the
group changed stays; what both changed is offered, and stays until somebody chooses otherwise. So
the same list brings nothing the second time, and nobody's marks, parts or talk are ever touched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from groups.models import Group, User
from groups.validators import as_one_line
from papers.corrections.corrected import Corrected, pk_of_key
from papers.formats import bibtex, reading_list
from papers.formats.reading_list import Path, ReadingList, outline
from papers.formats.reading_list.details import DetailKind, names_where
from papers.formats.reading_list.placeholders import is_placeholder
from papers.imports.base import NO_BASE, Base
from papers.matching.finder import Finder
from papers.models.details import column_values
from papers.models.papers import Paper, detail_label
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus
from papers.models.topics import Topic

# Where papers stand that the list has above its first heading, or without any.
TOPIC_OF_NONE = "Papers"
# What a record says besides is not weighed against what somebody made of it.
_WEIGHED = names_where(lambda one: one.kind != DetailKind.PAIRS)


@dataclass(frozen=True, slots=True)
class DetailChange:
    """A detail of a paper that the list tells otherwise."""

    paper: Paper
    field: str
    before: Any
    after: Any
    # Somebody wrote here what stands here, or another list did.
    is_contested: bool

    @property
    def key(self) -> str:
        return f"change-{self.paper.pk}-{self.field}"

    @property
    def label(self) -> str:
        return detail_label(self.field)


@dataclass(frozen=True, slots=True)
class PlannedPlacement:
    """A paper of the list under one of its topics, the path as it will be kept."""

    path: Path
    paper: reading_list.ListedPaper

    @property
    def key(self) -> tuple[Path, str]:
        return comparable_path(self.path), self.paper.identity


class Comparison:
    """`choices` says of a key whether it is taken, where somebody chose otherwise than usual."""

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
        self.finder = Finder(group, in_full=True)
        self._found: dict[str, Paper | None] = {}
        self.base = base if self._is_about_the_same(base) else NO_BASE

    def is_taken(self, key: str, *, usually: bool = True) -> bool:
        return self.choices.get(key, usually)

    # What is there

    @cached_property
    def topics(self) -> list[Topic]:
        return Topic.objects.in_group(self.group).outline()

    @cached_property
    def placed(self) -> set[tuple[int, int]]:
        placements = Placement.objects.in_group(self.group)
        return set(placements.values_list("topic_id", "paper_id"))

    # What the list tells

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
        """The path of a topic, each name as it will be kept."""
        names = topic or (self.reading.title or self.topic_of_none,)
        return tuple(as_one_line(name, 200) or TOPIC_OF_NONE for name in names)

    def found(self, paper: reading_list.ListedPaper) -> Paper | None:
        """The group's paper that this one is."""
        if paper.identity not in self._found:
            for one in self._kept_apart or [paper]:
                self._found[one.identity] = self._find(one)
            if paper.identity not in self._found:
                self._found[paper.identity] = self.finder.find(paper.said)
        return self._found[paper.identity]

    def _find(self, paper: reading_list.ListedPaper) -> Paper | None:
        """The group's paper that this one is, but none that it is kept apart from: neither one that
        somebody named, nor what is found for one that it is told from in the list."""
        apart = self.corrected.apart_from(paper)
        others = [one for one in self._kept_apart if apart & set(self.corrected.keys(one))]
        found = (self._found.get(one.identity) for one in others)
        excluded = {one.pk for one in found if one}
        excluded |= self.corrected.group_papers_apart_from(paper)
        candidates = self.finder.candidates(paper.said)
        return next((one for one in candidates if one.pk not in excluded), None)

    @cached_property
    def _kept_apart(self) -> list[reading_list.ListedPaper]:
        """The papers of the list of which somebody said that they are not another one."""
        if not self.corrected.pairs:
            return []
        return [paper for paper in self.papers if self.corrected.apart_from(paper)]

    def is_kept_apart(self, paper: reading_list.ListedPaper) -> bool:
        """Whether somebody said that it is not another one, which may be known by the same."""
        return bool(self.corrected.pairs and self.corrected.apart_from(paper))

    def kept_apart_pairs(self, written: Mapping[str, Paper]) -> set[tuple[int, int]]:
        """The group's papers that somebody keeps apart, by their keys, the lower one first;
        `written` is what each paper of the list is in the group."""
        there = {paper.pk for paper in self.finder.papers} | {one.pk for one in written.values()}
        rows: dict[str, int] = {}
        for paper in self._kept_apart:
            if row := written.get(paper.identity):
                rows |= dict.fromkeys(self.corrected.keys(paper), row.pk)
        found = set()
        for one, other in self.corrected.pairs:
            pair = sorted(rows.get(key) or pk_of_key(key) for key in (one, other))
            if pair[0] != pair[1] and there.issuperset(pair):
                found.add((pair[0], pair[1]))
        return found

    # Topics

    @cached_property
    def known_topics(self) -> dict[Path, Topic]:
        """The group's topics by the paths that the list has for them, as these are compared."""
        there = {topic.pk: topic for topic in self.topics}
        known = {comparable_path(topic.path): topic for topic in self.topics}
        from_base = {path: there[pk] for path, pk in self.base.topics.items() if pk in there}
        renamed = {comparable_path(path): topic for path, topic in self.renamed_topics}
        elsewhere = {path: topic for path, (topic, _) in self._realigned.items()}
        return known | from_base | renamed | elsewhere

    @cached_property
    def _realigned(self) -> dict[Path, tuple[Topic, bool]]:
        """Topics whose path in the list is another one than before, since headings above them came
        or went; and whether they move with it.

        A single heading of the first level is the list's title; beside a second one both are
        topics. Where a heading becomes the title again, what is below it stays below it.
        """
        there = {topic.pk: topic for topic in self.topics}
        is_known = {comparable_path(topic.path) for topic in self.topics} | self.base.topics.keys()
        listed = {comparable_path(path) for path in self.paths}
        taken = {topic.pk for _, topic in self.renamed_topics}
        title = comparable_path((self.reading.title,)) if self.reading.title else ()
        found: dict[Path, tuple[Topic, bool]] = {}
        for path in sorted(listed - is_known, key=len):
            is_below_title = bool(title) and (*title, *path) in self.base.topics
            was_below_title = bool(self.base.title) and path[:1] == self.base.title
            if is_below_title:
                pk = self.base.topics[*title, *path]
            else:
                pk = self.base.topics.get(path[1:], 0) if was_below_title else 0
                pk = pk or self._regrouped(path, listed)
            if pk in there and pk not in taken:
                taken.add(pk)
                found[path] = there[pk], not is_below_title
        return found

    def _regrouped(self, path: Path, listed: set[Path]) -> int:
        """A topic of this name that the list had elsewhere and has no more, with most of what is
        below it; 0 without one."""
        papers = self._papers_below(path)
        for old, pk in self.base.topics.items():
            if old[-1:] == path[-1:] and old not in listed and old[:-1] != path[:-1]:
                before = self.base.papers_below(old)
                same = len(papers & before)
                if same and 2 * same >= max(len(papers), len(before)):
                    return pk
        return 0

    @cached_property
    def moved_topics(self) -> list[tuple[Path, Topic]]:
        """Topics that the list has below another heading than before, with their path there. What
        somebody moved or renamed here stays."""
        before = {pk: path for path, pk in self.base.topics.items()}
        moved = []
        for path, (topic, moves) in self._realigned.items():
            above = self.known_topics.get(path[:-1])
            is_there = above.pk == topic.parent_id if above else topic.parent_id is None
            is_new = above is None and len(path) > 1
            is_round = above is not None and above.path[: len(topic.path)] == topic.path
            stands = comparable_path(topic.path) == before.get(topic.pk)
            if moves and stands and not is_round and (is_new or not is_there):
                moved.append((path, topic))
        return moved

    @cached_property
    def renamed_topics(self) -> list[tuple[Path, Topic]]:
        """Topics that the list calls otherwise than before, with the path that it has for them."""
        listed = {comparable_path(path): path for path in self.paths}
        there = {comparable_path(topic.path) for topic in self.topics}
        gone = {pk: path for path, pk in self.base.topics.items() if path not in listed}
        fresh = [path for path in listed if path not in self.base.topics and path not in there]
        named = {topic.pk: topic for topic in self.topics}
        renamed = []
        for path in fresh:
            papers = self._papers_under(path)
            for pk, old in gone.items():
                before = self.base.papers_under(pk)
                same = len(papers & before)
                is_most = same > 0 and 2 * same >= max(len(papers), len(before))
                stands = pk in named and comparable_path(named[pk].path) == old
                if is_most and stands and old[:-1] == path[:-1]:
                    renamed.append((listed[path], named[pk]))
                    gone.pop(pk)
                    break
        return renamed

    @cached_property
    def new_topics(self) -> list[Path]:
        paths = [comparable_path(place.path) for place in self.new_places]
        paths += [path for path, _ in self.moved_topics]
        needed = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        return [
            path
            for path in self.paths
            if comparable_path(path) in needed and comparable_path(path) not in self.known_topics
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
        """Details that the list tells otherwise than the group has them and than it did before."""
        return [
            change
            for paper in self.papers
            if (there := self.found(paper))
            for change in self._changes(there, paper)
        ]

    def _changes(self, there: Paper, paper: reading_list.ListedPaper) -> Iterator[DetailChange]:
        values = column_values(paper.said)
        if is_placeholder(paper.said):
            values.pop("title")  # a number is no title that anybody gave it
        key = values.get("citation_key")
        if key and not there.citation_key and bibtex.is_made(key, there):
            values.pop("citation_key")  # it is called so in a list of ours
        for name in _WEIGHED:
            before, now, after = there.imported.get(name), getattr(there, name), values.get(name)
            if after and after not in (before, now):
                is_contested = bool(now) and (now != before or self.base is NO_BASE)
                if name == "title" and is_placeholder(there):
                    is_contested = False  # it was added by its number, which is no title
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
        """Those of them that the group once had from this list: somebody took the paper away."""
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
        """Places, as topic and paper, that the list had before and has elsewhere now."""
        before, listed = self.base.places, self._listed_places
        moved = {there.pk for place in self.new_places if (there := self.found(place.paper))}
        return [
            place
            for place in dict.fromkeys(before)
            if place in self.placed and place not in listed and place[1] in moved
        ]

    @cached_property
    def removable_papers(self) -> list[Paper]:
        """Papers that the list had before and has no more. Removing them is only ever offered."""
        listed = {there.pk for paper in self.papers if (there := self.found(paper))}
        gone = {paper for _, paper in self.base.places} - listed
        return [paper for paper in self.finder.papers if paper.pk in gone]

    @property
    def removed_papers(self) -> list[Paper]:
        return [
            paper
            for paper in self.removable_papers
            if self.is_taken(f"remove-{paper.pk}", usually=False)
        ]

    @cached_property
    def _listed_places(self) -> set[tuple[int, int]]:
        """The places of the list that are of a topic and a paper that the group has."""
        found = ((self._topic_of(place), self.found(place.paper)) for place in self.places)
        return {(topic.pk, paper.pk) for topic, paper in found if topic and paper}

    def _topic_of(self, place: PlannedPlacement) -> Topic | None:
        return self.known_topics.get(comparable_path(place.path))

    def _is_there(self, place: PlannedPlacement) -> bool:
        topic, paper = self._topic_of(place), self.found(place.paper)
        return bool(topic and paper and (topic.pk, paper.pk) in self.placed)

    def _was_there(self, place: PlannedPlacement) -> bool:
        topic, paper = self._topic_of(place), self.found(place.paper)
        if paper:
            return bool(topic and (topic.pk, paper.pk) in self.base.places)
        return place.paper.identity in self.base.identities

    def _papers_under(self, path: Path) -> set[int]:
        return {
            there.pk
            for place in self.places
            if comparable_path(place.path) == path and (there := self.found(place.paper))
        }

    def _papers_below(self, path: Path) -> set[int]:
        below = (place for place in self.places if comparable_path(place.path)[: len(path)] == path)
        return {there.pk for place in below if (there := self.found(place.paper))}

    def _is_about_the_same(self, base: Base) -> bool:
        """Whether the list has at least half of the papers that it is to be compared by."""
        before = {paper for _, paper in base.places}
        listed = {there.pk for paper in self.papers if (there := self.found(paper))}
        return 2 * len(before & listed) >= len(before)

    # Ticks

    @cached_property
    def ticked(self) -> list[reading_list.ListedPaper]:
        """The papers that become *read*, or what else the list says, for the reader, who brings it
        and has not marked them here."""
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
        """Whether writing it would change nothing."""
        return not (
            self.new_topics
            or self.new_places
            or self.changes
            or self.moved_from
            or self.renamed_topics
            or self.moved_topics
            or self.removed_papers
            or self.ticked
        )


def comparable_path(path: Path) -> Path:
    return tuple(" ".join(name.split()).casefold() for name in path)
