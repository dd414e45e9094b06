"""Placements: the places of papers under topics. In their order they are the reading list."""

from collections.abc import Iterable, Sequence
from typing import Self

from django.db import models, transaction

from groups.models import Group
from papers.models.papers import Paper
from papers.models.topics import Topic


class PlacementQuerySet(models.QuerySet["Placement"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(topic__group=group)

    def in_order(self) -> Self:
        return self.order_by("topic__position", "topic_id", "position", "pk")

    def of_papers(self, papers: Iterable[Paper]) -> Self:
        return self.filter(paper__in=papers)

    def at(self, places: Iterable[Sequence[int]]) -> Self:
        """Those at so many places, each the keys of a topic and a paper."""
        wanted = {(topic, paper) for topic, paper, *_ in places}
        topics = self.filter(topic__in={topic for topic, _ in wanted})
        found = topics.values_list("pk", "topic_id", "paper_id")
        return self.filter(pk__in=[pk for pk, *place in found if tuple(place) in wanted])

    def under(self, topics: Iterable[Topic]) -> Self:
        return self.filter(topic__in=topics)

    def paper_count(self) -> int:
        """Return how many papers are there, each once however many topics it has."""
        return self.values("paper").distinct().count()

    @transaction.atomic
    def put_last(self, topic: Topic, papers: Iterable[Paper]) -> None:
        """Place papers below the last one under the topic; those already there stay."""
        topic.group.lock()
        there = set(self.filter(topic=topic).values_list("paper_id", flat=True))
        new = [paper for paper in papers if paper.pk not in there]
        self.bulk_create(
            Placement(topic=topic, paper=paper, position=position)
            for position, paper in enumerate(new, start=len(there))
        )


class Placement(models.Model):
    """A paper's place under a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="placements")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="placements")
    position = models.PositiveIntegerField(default=0)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "paper"], name="one_placement_per_paper_and_topic"
            ),
        ]
        indexes = [models.Index("topic", "position", name="placements_in_order")]

    def __str__(self) -> str:
        return f"{self.paper} under {self.topic}"

    @property
    def place(self) -> int:
        """Its place under the topic, from 1."""
        return self.topic.placements.filter(position__lt=self.position).count() + 1

    @transaction.atomic
    def arrange(self, place: int) -> None:
        """Move to be the `place`th paper (from 1) under the topic."""
        self.topic.group.lock()
        others = list(self.topic.placements.exclude(pk=self.pk).order_by("position", "pk"))
        others.insert(max(place, 1) - 1, self)
        for position, placement in enumerate(others):
            placement.position = position
        Placement.objects.bulk_update(others, ["position"])

    @transaction.atomic
    def move(self, topic: Topic, place: int | None = None) -> "Placement":
        """Go over to another topic, or to another place under the same.

        Raises Placement.DoesNotExist where someone else has just taken it away from here.
        """
        self.topic.group.lock()
        self.refresh_from_db(fields=["topic", "paper", "position"])
        if topic != self.topic:
            self.delete()
        return self.paper.place_under(topic, place)

    @transaction.atomic
    def remove(self) -> bool:
        """Remove the paper from this topic; from the list, too, if it is under no other: True."""
        self.delete()
        if self.paper.placements.exists():
            return False
        self.paper.delete()
        return True
