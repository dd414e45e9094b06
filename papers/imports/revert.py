"""Revert an import. Papers that people have used since stay, with what they did with them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from groups.models import Group
from papers.imports.ordering import reordered
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus
from papers.models.topics import Topic, read_down, renumber
from papers.models.undo_data import value_of


class ImportReverter:
    """Revert the effects of an import. The caller locks the group and opens the transaction."""

    def __init__(self, group: Group, effects: dict[str, Any], written_at: datetime) -> None:
        self.group = group
        self.effects = effects
        self.written_at = written_at

    def revert(self) -> list[Paper]:
        """Revert everything; return the papers that stay, since people use them."""
        self._revert_statuses()
        kept = self._revert_papers()
        self._revert_placements(kept)
        self._restore_papers()
        self._revert_details()
        self._revert_topics()
        self._revert_order()
        return kept

    def _revert_statuses(self) -> None:
        """Delete the statuses that the import set, except those changed since."""
        if papers := value_of(self.effects, "statuses"):
            ReadingStatus.objects.filter(
                paper__in=papers,
                user=self.effects["reader"],
                finished_at=self.written_at,
            ).delete()

    def _revert_papers(self) -> list[Paper]:
        """Delete the papers that the import added, except those in use; lock them first."""
        added = Paper.objects.in_group(self.group).filter(pk__in=self.effects["papers"])
        held = {paper.pk for paper in added.select_for_update().only("pk", "group")}
        kept = list(added.in_use())
        Paper.objects.filter(pk__in=held - {paper.pk for paper in kept}).delete()
        return kept

    def _revert_placements(self, kept: list[Paper]) -> None:
        stays = {paper.pk for paper in kept}
        added = [place for place in self.effects["placements"] if place[1] not in stays]
        elsewhere = self._placed_elsewhere(added)
        Placement.objects.in_group(self.group).at(
            [place for place in added if place[1] in elsewhere]
        ).delete()

    def _placed_elsewhere(self, added: list[Any]) -> set[int]:
        """Return papers that keep a placement after the revert: none is left without one."""
        there = set(Placement.objects.in_group(self.group).values_list("topic_id", "paper_id"))
        there -= {(topic, paper) for topic, paper in added}
        back = [*self.effects["moved_from"], *self.effects["removed"]]
        topics = self._topics()
        there |= {(topic, paper) for topic, paper, _ in back if topic in topics}
        return {paper for _, paper in there}

    def _topics(self) -> set[int]:
        return set(Topic.objects.in_group(self.group).values_list("pk", flat=True))

    def _restore_papers(self) -> None:
        gone = {paper for _, paper, _ in self.effects["removed"]}
        Paper.all_objects.filter(pk__in=gone, merged_into=None).put_back(self.group)
        topics = self._topics()
        papers = set(Paper.objects.in_group(self.group).values_list("pk", flat=True))
        Placement.objects.bulk_create(
            [
                Placement(topic_id=topic, paper_id=paper, position=position)
                for topic, paper, position in [
                    *self.effects["moved_from"],
                    *self.effects["removed"],
                ]
                if topic in topics and paper in papers
            ],
            ignore_conflicts=True,
        )

    def _revert_details(self) -> None:
        """Restore the details that the import changed, except those edited since."""
        for paper in Paper.objects.in_group(self.group).filter(pk__in=self.effects["changes"]):
            changes = self.effects["changes"][str(paper.pk)].items()
            back = {
                name: before for name, (before, after) in changes if getattr(paper, name) == after
            }
            if back:
                paper.amend(**back)

    def _revert_topics(self) -> None:
        topics = Topic.objects.in_group(self.group)
        there = self._topics()
        for pk, above, since in self.effects.get("moved_topics", []):
            if above is None or above in there:
                topics.filter(pk=pk, parent=since).update(parent=above)
        for pk, before, after in self.effects["renamed_topics"]:
            topics.filter(pk=pk, name=after).update(name=before)
        for pk in reversed(self.effects["topics"]):  # those below come after those above
            topics.filter(pk=pk, placements=None, children=None).delete()

    def _revert_order(self) -> None:
        order = self.effects["order"]
        topics = {topic.pk: topic for topic in Topic.objects.in_group(self.group).in_order()}
        former = [pk for pk in order["topics"] if pk in topics]
        renumber(read_down([topics[pk] for pk in reordered(list(topics), former)]))
        before: dict[int, list[int]] = defaultdict(list)
        for topic_id, paper_id in order["places"]:
            before[topic_id].append(paper_id)
        there: dict[int, dict[int, Placement]] = defaultdict(dict)
        for place in Placement.objects.in_group(self.group).in_order():
            there[place.topic_id][place.paper_id] = place
        moved = []
        for topic_id, places in there.items():
            former = [pk for pk in before[topic_id] if pk in places]
            for position, pk in enumerate(reordered(list(places), former)):
                if places[pk].position != position:
                    places[pk].position = position
                    moved.append(places[pk])
        Placement.objects.bulk_update(moved, ["position"], batch_size=500)
