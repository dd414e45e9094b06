"""Apply a comparison to its group, and record the effects so that they can be reverted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from groups.models import User
from papers.corrections.corrected import Read
from papers.formats.core import reading_list
from papers.imports.diff import Comparison
from papers.imports.ordering import merged_order
from papers.imports.topic_diff import comparable_path
from papers.models.details import column_values, snapshot
from papers.models.not_duplicates import NotDuplicate
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus, Status
from papers.models.topics import Topic, read_down, renumber

# How many rows go to the database in one statement.
ROWS_AT_ONCE = 500


class Applied(NamedTuple):
    """The effects by the keys of rows, and the row that each line of the list is now."""

    effects: dict[str, Any]
    headings: list[Any]
    places: list[Any]


class ImportApplier:
    """Apply a comparison.

    The constructor computes everything; `apply` only writes rows, while the caller holds the lock
    on the group and the transaction.
    """

    def __init__(self, comparison: Comparison, reader: User, now: datetime) -> None:
        self.comparison = comparison
        self.now = now
        self.group = comparison.group
        self.reader = reader
        # Computed before anything changes.
        self.new_places = list(comparison.new_places)
        self.new_papers = list(comparison.new_papers)
        self.new_topics = list(comparison.new_topics)
        self.moved_topics = list(comparison.topic_diff.moved)
        self.changes = list(comparison.changes)
        self.moved_from = list(comparison.moved_from)
        self.removed_papers = list(comparison.removed_papers)
        self.ticked = list(comparison.ticked)
        self.topics = dict(comparison.topic_diff.known)
        self.rows = {paper.identity: self._row(paper) for paper in self.new_papers}
        self.papers: dict[str, Paper] = {}
        self.effects: dict[str, Any] = {}

    def apply(self, removed_by: Any) -> Applied:
        self.effects["order"] = self._order()
        self._rename_topics()
        self._add_topics()
        self._move_topics()
        self._add_papers()
        self._change_papers()
        self._remove_papers(removed_by)
        self._add_placements()
        self._arrange()
        self._add_statuses()
        self._keep_apart()
        return Applied(self.effects, self._headings(), self._places())

    # Topics

    def _rename_topics(self) -> None:
        renamed = self.comparison.topic_diff.renamed
        self.effects["renamed_topics"] = [
            [topic.pk, topic.name, path[-1]] for path, topic in renamed
        ]
        for path, topic in renamed:
            topic.name = path[-1]
            topic.save(update_fields=["name"])

    def _add_topics(self) -> None:
        added = []
        for path in self.new_topics:
            topic = Topic.objects.create(
                group=self.group,
                parent=self.topics.get(comparable_path(path[:-1])),
                name=path[-1],
                position=len(self.topics) + len(self.comparison.topics),
            )
            self.topics[comparable_path(path)] = topic
            added.append(topic.pk)
        self.effects["topics"] = added

    def _move_topics(self) -> None:
        """Move topics below the headings that are above them in the list now."""
        moved = []
        for path, topic in self.moved_topics:
            above = self.topics.get(path[:-1])
            moved.append([topic.pk, topic.parent_id, above.pk if above else None])
            topic.parent = above
            topic.save(update_fields=["parent"])
        self.effects["moved_topics"] = moved

    # Papers

    def _add_papers(self) -> None:
        rows = self.rows
        Paper.objects.bulk_create(rows.values(), batch_size=ROWS_AT_ONCE)
        for paper in self.comparison.papers:
            row = rows.get(paper.identity) or self.comparison.found(paper)
            if row:
                self.papers[paper.identity] = row
        self.effects["papers"] = [row.pk for row in rows.values()]

    def _row(self, paper: reading_list.ListedPaper) -> Paper:
        row = Paper(group=self.group, added_by=self.reader, **column_values(paper.said))
        row.imported = snapshot(paper.said, next(iter(paper.originals), paper.title))
        if self.comparison.matches.is_kept_apart(paper):
            row.imported["apart"] = self.comparison.corrected.keys(paper)[0]
        row.take_keys()
        return row

    def _change_papers(self) -> None:
        """Write the details that differ in the list; note the values of the list in any case."""
        affected: dict[int, Paper] = {}
        if self.comparison.base.places:
            for change in self.comparison.offered_changes:
                affected[change.paper.pk] = change.paper
                change.paper.imported[change.field] = change.after
        changed: dict[str, dict[str, list[Any]]] = defaultdict(dict)
        for change in self.changes:
            affected[change.paper.pk] = change.paper
            changed[str(change.paper.pk)][change.field] = [change.before, change.after]
        for paper in affected.values():
            found = changed.get(str(paper.pk), {})
            paper.amend(imported=paper.imported, **{name: new for name, (_, new) in found.items()})
        self.effects["changes"] = changed

    def _remove_papers(self, removed_by: Any) -> None:
        gone = [paper.pk for paper in self.removed_papers]
        self.effects["removed"] = list(
            Placement.objects.filter(paper__in=gone).values_list("topic_id", "paper_id", "position")
        )
        Placement.objects.filter(paper__in=gone).delete()
        Paper.objects.filter(pk__in=gone).update(set_aside_at=self.now, removed_by=removed_by)

    # Places

    def _add_placements(self) -> None:
        position = Counter(topic_id for topic_id, _ in self.comparison.placed)
        new = []
        for place in self.new_places:
            topic = self.topics[comparable_path(place.path)]
            paper = self._paper(place.paper)
            new.append(Placement(topic=topic, paper=paper, position=position[topic.pk]))
            position[topic.pk] += 1
        Placement.objects.bulk_create(new, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
        self.effects["placements"] = [[place.topic_id, place.paper_id] for place in new]
        moved = Placement.objects.in_group(self.group).at(self.moved_from)
        self.effects["moved_from"] = list(moved.values_list("topic_id", "paper_id", "position"))
        moved.delete()

    def _paper(self, paper: reading_list.ListedPaper) -> Paper:
        return self.papers[paper.identity]

    def _arrange(self) -> None:
        """Sort topics and papers by the order of the list, as far as that is new."""
        self._arrange_topics()
        self._arrange_papers()

    def _arrange_topics(self) -> None:
        topics = {topic.pk: topic for topic in Topic.objects.in_group(self.group).in_order()}
        added = set(self.effects["topics"])
        now: dict[int | None, list[int]] = defaultdict(list)
        listed: dict[int | None, list[int]] = defaultdict(list)
        for topic in topics.values():
            now[topic.parent_id] += [] if topic.pk in added else [topic.pk]
        for path in self.comparison.paths:
            if row := self.topics.get(comparable_path(path)):
                listed[topics[row.pk].parent_id].append(row.pk)
        before = list(self.comparison.base.topics.values())
        order = [pk for parent in now for pk in merged_order(now[parent], listed[parent], before)]
        renumber(read_down([topics[pk] for pk in order]))

    def _arrange_papers(self) -> None:
        listed: dict[int, list[int]] = defaultdict(list)
        for topic_id, paper_id in self._listed_places():
            listed[topic_id].append(paper_id)
        there: dict[int, dict[int, Placement]] = defaultdict(dict)
        for placement in Placement.objects.in_group(self.group).in_order():
            there[placement.topic_id][placement.paper_id] = placement
        new = {tuple(place) for place in self.effects["placements"]}
        moved = []
        for topic_id, papers in listed.items():
            places = there[topic_id]
            now = [pk for pk in places if (topic_id, pk) not in new]
            before = self.comparison.base.order_under(topic_id)
            order = merged_order(now, [pk for pk in papers if pk in places], before)
            for position, pk in enumerate(order):
                if places[pk].position != position:
                    places[pk].position = position
                    moved.append(places[pk])
        Placement.objects.bulk_update(moved, ["position"], batch_size=ROWS_AT_ONCE)

    def _listed_places(self) -> Iterator[tuple[int, int]]:
        for place in self.comparison.places:
            topic = self.topics.get(comparable_path(place.path))
            paper = self.papers.get(place.paper.identity)
            if topic and paper:
                yield topic.pk, paper.pk

    def _order(self) -> dict[str, Any]:
        """Return the order of topics and placements before the import."""
        places = Placement.objects.in_group(self.group).in_order()
        return {
            "topics": [topic.pk for topic in self.comparison.topics],
            "places": [list(place) for place in places.values_list("topic_id", "paper_id")],
        }

    # Ticks

    def _add_statuses(self) -> None:
        """Set the status *read* of the importer for each ticked box, or the one that a shelf gives.

        Of several for one paper the first counts.
        """
        statuses: dict[int, Status] = {}
        for paper in self.ticked:
            statuses.setdefault(self._paper(paper).pk, Status(paper.status))
        rows = [
            ReadingStatus(
                paper_id=pk,
                user=self.reader,
                status=status,
                finished_at=self.now if status == Status.READ else None,
            )
            for pk, status in statuses.items()
        ]
        ReadingStatus.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
        self.effects |= {
            "statuses": [row.paper_id for row in rows],
            "reader": self.reader.pk,
        }

    def _keep_apart(self) -> None:
        """Record pairs that were kept apart as not being duplicates."""
        pairs = self.comparison.matches.kept_apart_pairs(self.papers)
        NotDuplicate.objects.bulk_create(
            [NotDuplicate(first_id=a, second_id=b, said_by=self.reader) for a, b in pairs],
            ignore_conflicts=True,
        )

    # What each line is

    def _headings(self) -> list[Any]:
        found = []
        for topic in self.comparison.reading.topics:
            row = self.topics.get(comparable_path(self.comparison.path_of(topic.path)))
            found.append([topic.path, row.pk if row else None])
        return found

    def _places(self) -> list[Any]:
        """Return for each entry of the list its topic, its paper and the digest of the paper."""
        by_entry = {id(entry): paper for paper in self.comparison.papers for entry in paper.entries}
        return [
            self._place_of(read, by_entry.get(id(read.corrected)))
            for read in self.comparison.corrected.kept
        ]

    def _place_of(self, read: Read, paper: reading_list.ListedPaper | None) -> list[Any]:
        topic = self.topics.get(comparable_path(self.comparison.path_of(read.entry.topic)))
        row = self.papers.get(paper.identity) if paper else None
        if topic is None or row is None or paper is None:
            return [None, None, ""]
        if read.corrected and read.corrected.title != read.entry.title:
            return [topic.pk, row.pk, ""]  # so that the line is written anew with the title
        # Edits made here go into the line of a list that is kept in step with the group.
        values = column_values(paper.said) if self.comparison.base.places else {}
        return [topic.pk, row.pk, row.digest_with(values)]
