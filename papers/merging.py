"""What a reading list brings to a group that may have a list already.

New topics and papers join; what is there stays as it is, with everybody's marks and talk. So the
same list brings nothing the second time, also where its titles were edited since.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from groups.models import Group, User
from groups.text import as_one_line
from papers.formats import reading_list
from papers.formats.identity import Work, contradict, identities, identity
from papers.formats.reading_list import DETAILS, Entry, Path, ReadingList, outline
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading import ReadingStatus, State
from papers.models.topics import Topic

# Where papers stand that the list has above its first heading.
TOPIC_OF_NONE = "Papers"


class Merge:
    """Compares a reading list with a group's; nothing is written before `write`."""

    def __init__(self, group: Group, reading: ReadingList) -> None:
        self.group = group
        self.reading = reading
        self.papers = reading.papers
        self.placements = reading.placements
        self._found: dict[str, Paper | None] = {}

    # What is there

    @cached_property
    def topics(self) -> dict[Path, Topic]:
        """The group's topics by their path, as it is compared."""
        topics = Topic.objects.in_group(self.group).outline()
        return {compared(topic.path): topic for topic in topics}

    @cached_property
    def known(self) -> dict[str, list[tuple[Work, Paper]]]:
        """The group's papers by all that they can be found by, as they are and as they came."""
        found: dict[str, list[tuple[Work, Paper]]] = defaultdict(list)
        for paper in Paper.objects.in_group(self.group).order_by("pk"):
            selves: list[Work] = [paper]
            if came := paper.as_imported:
                selves.append(came)
            for work in selves:
                for key in {*identities(work), identity(work)}:
                    found[key].append((work, paper))
        return found

    @cached_property
    def placed(self) -> set[tuple[int, int]]:
        placements = Placement.objects.in_group(self.group)
        return set(placements.values_list("topic_id", "paper_id"))

    # What is new

    @cached_property
    def new_topics(self) -> list[Path]:
        paths = outline(self.path_of(place.topic) for place in self.placements)
        once: dict[Path, Path] = {}
        for path in paths:
            once.setdefault(compared(path), path)
        return [path for key, path in once.items() if key not in self.topics]

    @cached_property
    def new_papers(self) -> list[reading_list.Paper]:
        return [paper for paper in self.papers if not self.found(paper)]

    @cached_property
    def new_placements(self) -> list[reading_list.Placement]:
        once: dict[tuple[Path, str], reading_list.Placement] = {}
        for place in self.placements:
            key = (compared(self.path_of(place.topic)), place.paper.identity)
            once.setdefault(key, place)
        return [place for place in once.values() if not self.is_placed(place)]

    def found(self, paper: reading_list.Paper) -> Paper | None:
        """The group's paper that this one is, by the same rule that makes two entries one."""
        if paper.identity not in self._found:
            self._found[paper.identity] = self._find(paper.said)
        return self._found[paper.identity]

    def _find(self, said: Entry) -> Paper | None:
        for key in (identity(said), *identities(said)):
            for work, there in self.known.get(key, []):
                if not (key.startswith("title:") and contradict(work, said)):
                    return there
        return None

    def is_placed(self, place: reading_list.Placement) -> bool:
        topic = self.topics.get(compared(self.path_of(place.topic)))
        paper = self.found(place.paper)
        return bool(topic and paper and (topic.pk, paper.pk) in self.placed)

    def path_of(self, topic: Path) -> Path:
        """The path of a topic, each name as it will be kept."""
        names = topic or (self.reading.title or TOPIC_OF_NONE,)
        return tuple(as_one_line(name, 200) or TOPIC_OF_NONE for name in names)

    @property
    def is_nothing(self) -> bool:
        """Whether writing it would change nothing."""
        ticked = any(paper.checked for paper in self.papers)
        return not (self.new_topics or self.new_papers or self.new_placements or ticked)

    # Writing

    def write(self, reader: User) -> None:
        """Write what is new. The caller holds the group."""
        new = (self.new_topics, self.new_papers, self.new_placements)  # before anything changes
        topics = self._write_topics(new[0])
        papers = self._write_papers(new[1], reader)
        Placement.objects.bulk_create(self._placements(new[2], topics, papers))
        self._mark(reader, papers)

    def _write_topics(self, paths: list[Path]) -> dict[Path, Topic]:
        topics = dict(self.topics)
        for path in paths:
            topics[compared(path)] = Topic.objects.create(
                group=self.group,
                parent=topics.get(compared(path[:-1])),
                name=path[-1],
                position=len(topics),
            )
        Topic.objects.in_group(self.group).renumber()
        return topics

    def _write_papers(self, new: list[reading_list.Paper], reader: User) -> dict[str, Paper]:
        """The papers of the reading list by its identities, the new ones written."""
        rows = {paper.identity: self._row(paper, reader) for paper in new}
        Paper.objects.bulk_create(rows.values())
        return {paper.identity: self.found(paper) or rows[paper.identity] for paper in self.papers}

    def _row(self, paper: reading_list.Paper, reader: User) -> Paper:
        row = Paper(group=self.group, added_by=reader, **values(paper.said))
        row.imported = values(paper.said) | {"original": next(iter(paper.originals), paper.title)}
        row.identity = row.made_identity()
        return row

    def _placements(
        self,
        new: list[reading_list.Placement],
        topics: dict[Path, Topic],
        papers: dict[str, Paper],
    ) -> Iterator[Placement]:
        position = Counter(topic_id for topic_id, _ in self.placed)
        for place in new:
            topic = topics[compared(self.path_of(place.topic))]
            yield Placement(
                topic=topic, paper=papers[place.paper.identity], position=position[topic.pk]
            )
            position[topic.pk] += 1

    def _mark(self, reader: User, papers: dict[str, Paper]) -> None:
        """A ticked box is a mark *read* of the person who brings the list, unless they have one."""
        now = timezone.now()
        ReadingStatus.objects.bulk_create(
            [
                ReadingStatus(
                    paper=papers[paper.identity], user=reader, state=State.READ, finished_at=now
                )
                for paper in self.papers
                if paper.checked
            ],
            ignore_conflicts=True,
        )


def compared(path: Path) -> Path:
    return tuple(" ".join(name.split()).casefold() for name in path)


def values(said: Entry) -> dict[str, Any]:
    """What is said of a work, each detail as it fits its column."""
    return {name: value for name in DETAILS if (value := fitted(name, getattr(said, name)))}


def fitted(name: str, value: Any) -> Any:
    """What cannot be clipped without becoming something else is left out where it is too long."""
    column = Paper._meta.get_field(name)
    if not isinstance(value, str) or not isinstance(column, models.CharField | models.TextField):
        return [list(pair) for pair in value] if name == "further" else value
    most = column.max_length or len(value)
    if name == "abstract":
        return value[:most]
    if name in {"title", "authors", "venue", "editors", "publisher", "keywords"}:
        return as_one_line(value, most)
    return value if len(value) <= most and as_one_line(value, most) == value else ""
