"""Topics of a list beside those of its group: the same, renamed or moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from papers.formats.core.reading_list import ListedPaper, Path
from papers.imports.base import Base
from papers.imports.paper_matches import PaperMatches
from papers.models.topics import Topic


def comparable_path(path: Path) -> Path:
    return tuple(" ".join(name.split()).casefold() for name in path)


@dataclass(frozen=True, slots=True)
class PlannedPlacement:
    """A paper of the list under one of its topics, with the path that will be kept."""

    path: Path
    paper: ListedPaper

    @property
    def key(self) -> tuple[Path, str]:
        return comparable_path(self.path), self.paper.identity


@dataclass(frozen=True)
class TopicDiff:
    """Compare the topics of a list with those of its group and with those of the base."""

    topics: Sequence[Topic]
    base: Base
    # The title of the list, as a path of one name; empty without one.
    title: Path
    # The paths of the list's topics as they will be kept, from top to bottom.
    paths: Sequence[Path]
    places: Sequence[PlannedPlacement]
    matches: PaperMatches

    @cached_property
    def known(self) -> dict[Path, Topic]:
        """The group's topics by the comparable paths that the list has for them."""
        there = {topic.pk: topic for topic in self.topics}
        known = {comparable_path(topic.path): topic for topic in self.topics}
        from_base = {path: there[pk] for path, pk in self.base.topics.items() if pk in there}
        renamed = {comparable_path(path): topic for path, topic in self.renamed}
        elsewhere = {path: topic for path, (topic, _) in self._realigned.items()}
        return known | from_base | renamed | elsewhere

    @cached_property
    def _realigned(self) -> dict[Path, tuple[Topic, bool]]:
        """Topics whose path changed because headings above them came or went, and whether they
        move with it.

        A single heading of the first level is the list's title; beside a second one both are
        topics. Where a heading becomes the title again, what is below it stays below it.
        """
        there = {topic.pk: topic for topic in self.topics}
        is_known = {comparable_path(topic.path) for topic in self.topics} | self.base.topics.keys()
        listed = {comparable_path(path) for path in self.paths}
        taken = {topic.pk for _, topic in self.renamed}
        title = comparable_path(self.title)
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
        """Return the id of a topic of this name that the list had under another heading, with most
        of the papers below it; 0 without one."""
        papers = self._papers_below(path)
        for old, pk in self.base.topics.items():
            if old[-1:] == path[-1:] and old not in listed and old[:-1] != path[:-1]:
                before = self.base.papers_below(old)
                same = len(papers & before)
                if same and 2 * same >= max(len(papers), len(before)):
                    return pk
        return 0

    @cached_property
    def moved(self) -> list[tuple[Path, Topic]]:
        """Topics that are below another heading of the list than before, with their new paths.

        Topics that were moved or renamed in the group are left out.
        """
        before = {pk: path for path, pk in self.base.topics.items()}
        moved = []
        for path, (topic, moves) in self._realigned.items():
            above = self.known.get(path[:-1])
            is_there = above.pk == topic.parent_id if above else topic.parent_id is None
            is_new = above is None and len(path) > 1
            is_round = above is not None and above.path[: len(topic.path)] == topic.path
            is_unchanged = comparable_path(topic.path) == before.get(topic.pk)
            if moves and is_unchanged and not is_round and (is_new or not is_there):
                moved.append((path, topic))
        return moved

    @cached_property
    def renamed(self) -> list[tuple[Path, Topic]]:
        """Topics that have another name in the list than before, with their new paths."""
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
                is_unchanged = pk in named and comparable_path(named[pk].path) == old
                if is_most and is_unchanged and old[:-1] == path[:-1]:
                    renamed.append((listed[path], named[pk]))
                    gone.pop(pk)
                    break
        return renamed

    def _papers_under(self, path: Path) -> set[int]:
        """Return the ids of the group's papers that the list has directly under a topic."""
        under = (place for place in self.places if comparable_path(place.path) == path)
        return {there.pk for place in under if (there := self.matches.find(place.paper))}

    def _papers_below(self, path: Path) -> set[int]:
        """Return the ids of the group's papers that the list has under a topic or below it."""
        below = (place for place in self.places if comparable_path(place.path)[: len(path)] == path)
        return {there.pk for place in below if (there := self.matches.find(place.paper))}
