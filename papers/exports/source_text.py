"""The text that a group's list came from, as the list is now.

As long as no one edits the list this is that text, letter for letter, but for the boxes: those are
the ticks of the person who exports it. An edit changes its own lines only, see `exports.patching`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from groups.models import Group, User
from papers.exports.patching import Heading, Patched, Patching, WantedPlace
from papers.formats.core import text as texts
from papers.formats.core.reading_list import Entry, Path
from papers.models import ListImport, Paper, Placement, Topic
from papers.models.papers import ON_A_LINE
from papers.models.reading_statuses import Status

# So many edits that cannot be shown are named.
MOST_NAMED = 5


def edits_in_words(edits: int) -> str:
    return "one edit" if edits == 1 else f"{edits} edits"


class Source:
    """The list in the text of an import. The boxes are the reader's ticks; without a reader they
    are empty, or stay as they came (`keeps_boxes`)."""

    def __init__(
        self, brought: ListImport, reader: User | None = None, *, keeps_boxes: bool = False
    ) -> None:
        self.brought = brought
        self.group: Group = brought.group
        self.reader = reader
        self.keeps_boxes = keeps_boxes
        self.reading = brought.reading

    def text(self) -> str:
        return self.patched.text

    @cached_property
    def patched(self) -> Patched:
        """The text as the list is now, with what it cannot show."""
        return self._patching.patched()

    @property
    def is_costly(self) -> bool:
        """Return whether the list was edited and is long, so that its text is read for seconds."""
        return self.brought.is_long and self._patching.takes_a_reading

    @cached_property
    def _patching(self) -> Patching:
        return Patching(self.brought.text, self.reading, self.headings, list(self.places()))

    @property
    def warning(self) -> str:
        """A sentence for readers of the text on what it does not show; empty where it shows all."""
        unshown = list(map(str, self.patched.unshown))
        if not unshown:
            return ""
        named = ", ".join(unshown[:MOST_NAMED])
        more = len(unshown) - MOST_NAMED
        return (
            f"The Markdown file does not show {edits_in_words(len(unshown))}, because the text "
            f"would be read wrongly with it: {named}{f' and {more} more' if more > 0 else ''}. "
            "There its lines are as they were before. Nothing is lost: the list in the group has "
            "everything, and so have the other formats."
        )

    def as_bytes(self) -> bytes:
        return self.spelt(self.text())

    def spelt(self, text: str) -> bytes:
        """Return the text in the bytes of the file that it came in."""
        return texts.encode(self.brought, text)

    # Topics

    @cached_property
    def topics(self) -> dict[int, Topic]:
        return {topic.pk: topic for topic in Topic.objects.in_group(self.group).outline()}

    @cached_property
    def came_from(self) -> dict[int, Path]:
        """The path in the text of each topic that came from there and is still there."""
        return {pk: tuple(path) for path, pk in self.brought.headings if pk in self.topics}

    @cached_property
    def without_heading(self) -> int | None:
        """The topic of the papers that the text has above its first heading, if it has no other."""
        for entry, (topic, _, _) in zip(self.reading.entries, self.brought.places, strict=True):
            if not entry.topic and topic in self.topics and topic not in self.came_from:
                is_alone = all(one.parent_id != topic for one in self.topics.values())
                return topic if is_alone else None
        return None

    @property
    def headings(self) -> list[Heading]:
        """The topics as they are, and what the text has for headings besides, in its place."""
        found = [
            Heading(topic.path, self.came_from.get(topic.pk))
            for topic in self.topics.values()
            if topic.pk != self.without_heading
        ]
        topics = {tuple(path) for path, pk in self.brought.headings if pk}
        before: Path | None = None
        for topic in self.reading.topics:
            if topic.path not in topics:
                at = next((n for n, one in enumerate(found) if one.came_from == before), -1)
                found.insert(at + 1 if before else 0, Heading(self._now(topic.path), topic.path))
            before = topic.path
        return found

    def _now(self, path: Path) -> Path:
        """Return the path in the text with the names that the topics above have now."""
        for depth in range(len(path) - 1, 0, -1):
            if above := self._paths_now.get(path[:depth]):
                return above + path[depth:]
        return path

    @cached_property
    def _paths_now(self) -> dict[Path, Path]:
        return {came: self.topics[pk].path for pk, came in self.came_from.items()}

    # Papers

    @cached_property
    def placements(self) -> list[Placement]:
        return list(Placement.objects.in_group(self.group).in_order())

    def places(self) -> Iterator[WantedPlace]:
        papers = {
            paper.pk: paper
            for paper in Paper.objects.in_group(self.group).with_status_of(self.reader)
        }
        for placement in self.placements:
            paper, topic = papers.get(placement.paper_id), self.topics.get(placement.topic_id)
            if paper and topic:
                yield self._place(paper, topic)

    def _place(self, paper: Paper, topic: Topic) -> WantedPlace:
        entries = self._entries_at.get((topic.pk, paper.pk)) or self._moved.pop(paper.pk, [])
        said = self.reading.entries[entries[0]] if entries else self._as_it_came(paper)
        is_changed = bool(entries) and self._digests[entries[0]] != paper.digest
        if is_changed or not entries:
            said = replace(said, **{name: getattr(paper, name) for name in ON_A_LINE})
        path = () if topic.pk == self.without_heading else topic.path
        entry = replace(said, topic=path, checked=self._box(said, paper))
        return WantedPlace(entry, tuple(entries), is_changed)

    def _box(self, said: Entry, paper: Paper) -> bool | None:
        if self.keeps_boxes:
            return said.checked
        return paper.status == Status.READ if self.reader else None

    def _as_it_came(self, paper: Paper) -> Entry:
        """Return what another list said of a paper, with its note."""
        came = paper.imported
        return Entry(paper.title, note=came.get("note", ""), file=came.get("file", ""))

    @cached_property
    def _entries_at(self) -> dict[tuple[int, int], list[int]]:
        """Return the numbers of the entries by their topic and paper, or the paper it was merged
        into.
        """
        merged = Paper.all_objects.merged_in(self.group).values_list("pk", "merged_into")
        now = {paper: survivor for paper, survivor in merged if survivor}
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, (topic, paper, _) in enumerate(self.brought.places):
            if topic and paper:
                found[topic, now.get(paper, paper)].append(number)
        return dict(found)

    @cached_property
    def _moved(self) -> dict[int, list[int]]:
        """Entries of papers that are no longer where the text has them."""
        there = {(place.topic_id, place.paper_id) for place in self.placements}
        return {
            paper: numbers
            for (topic, paper), numbers in self._entries_at.items()
            if (topic, paper) not in there
        }

    @cached_property
    def _digests(self) -> list[str]:
        return [digest for _, _, digest in self.brought.places]
