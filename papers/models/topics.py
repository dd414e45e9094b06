"""Topics: the headings of a group's list, in an order; they nest as headings do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import Count, FilteredRelation, Q
from django.db.models.functions import Lower

from groups.models import Group, User
from groups.validators import validate_one_line


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def named(self, name: str) -> Self:
        return self.filter(name__iexact=name)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_progress_of(self, user: User) -> Self:
        """Annotate with `paper_count`, and how many of them the person has read and is reading."""
        return self.alias(
            mine=FilteredRelation(
                "placements__paper__statuses",
                condition=Q(placements__paper__statuses__user=user),
            )
        ).annotate(
            paper_count=Count("placements"),
            read_count=Count("placements", filter=Q(mine__status="read")),
            reading_count=Count("placements", filter=Q(mine__status="reading")),
        )

    def with_paper_count(self) -> Self:
        return self.annotate(paper_count=Count("placements"))

    def outline(self) -> list["Topic"]:
        """Return the topics from top to bottom, each with its `path`."""
        return with_paths(self.in_order())

    @transaction.atomic
    def add(self, group: Group, name: str, parent: "Topic | None" = None) -> "Topic":
        """Add a topic below its last sister."""
        group.lock()
        topics = self.in_group(group)
        topic = topics.create(group=group, name=name, parent=parent, position=topics.count())
        topics.renumber()
        return topic

    def renumber(self) -> None:
        """Count the topics of a group anew, from top to bottom, each followed by those below it."""
        topics = list(self.in_order())
        renumber(read_down(topics))


def with_paths(topics: Iterable["Topic"]) -> list["Topic"]:
    """Give each of the topics, from top to bottom, its `path`: its name after those above it."""
    found = list(topics)
    paths: dict[int | None, tuple[str, ...]] = {None: ()}
    for topic in found:
        topic.path = paths[topic.pk] = (*paths[topic.parent_id], topic.name)
    return found


class Topic(models.Model):
    """`position` counts all topics of the group from top to bottom, so the list needs no tree."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="topics", db_index=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=200, validators=[validate_one_line])
    position = models.PositiveIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    path: tuple[str, ...]
    paper_count: int
    read_count: int
    reading_count: int

    class Meta:
        indexes = [models.Index(fields=["group", "position"], name="topics_in_order")]
        constraints = [
            models.UniqueConstraint(
                "group",
                "parent",
                Lower("name"),
                name="one_topic_per_name_under_a_topic",
                violation_error_message="There is already a topic with this name.",
            ),
            models.UniqueConstraint(
                "group",
                Lower("name"),
                condition=Q(parent=None),
                name="one_topic_per_name_at_the_top",
                violation_error_message="There is already a topic with this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its heading on the list page."""
        return f"{self.group.get_absolute_url()}#topic-{self.pk}"

    @property
    def depth(self) -> int:
        """0 for the outermost."""
        return len(self.path) - 1

    @property
    def place(self) -> int:
        """Its place among its sisters, from 1."""
        sisters = Topic.objects.filter(group=self.group, parent=self.parent_id)
        return sisters.filter(position__lt=self.position).count() + 1

    @transaction.atomic
    def arrange(self, parent: "Topic | None", place: int) -> None:
        """Move to be the `place`th topic (from 1) under `parent`, with the topics below it.

        Raises IntegrityError where that would close a ring.
        """
        self.group.lock()
        if parent in self.with_those_below():
            raise IntegrityError("A topic cannot be below itself.")
        self.parent = parent
        self.save(update_fields=["parent"])
        topics = Topic.objects.in_group(self.group).exclude(pk=self.pk).in_order()
        sisters = [topic for topic in topics if topic.parent_id == self.parent_id]
        others = [topic for topic in topics if topic.parent_id != self.parent_id]
        sisters.insert(max(place, 1) - 1, self)
        renumber(read_down([*sisters, *others]))

    @transaction.atomic
    def remove(self, move_to: "Topic | None", by: User) -> None:
        """Take the topic off the list, with those below it.

        Its papers go to another topic; without one, those under no other topic are removed with it.
        """
        self.group.lock()
        gone = self.with_those_below()
        papers = 0
        for topic in gone:
            for placement in topic.placements.in_order():
                if move_to:
                    placement.move(move_to)
                else:
                    papers += placement.remove()
        deleted, _ = Topic.objects.filter(pk__in=[topic.pk for topic in gone]).delete()
        if deleted:
            self.group.tell(
                "deleted", by, what="topic", title=self.name, topics=len(gone) - 1, papers=papers
            )

    def with_those_below(self) -> list["Topic"]:
        topics = Topic.objects.in_group(self.group).in_order()
        found = [self]
        for topic in topics:
            if topic.parent_id in {t.pk for t in found}:
                found.append(topic)
        return found


def read_down(topics: Iterable[Topic]) -> list[Topic]:
    """Return the same topics, each followed by those below it; sisters in the order given."""
    below: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in topics:
        below[topic.parent_id].append(topic)
    found: list[Topic] = []
    waiting = below[None][::-1]
    while waiting:
        found.append(waiting.pop())
        waiting += below[found[-1].pk][::-1]
    return found


def renumber(topics: Sequence[Topic]) -> None:
    for position, topic in enumerate(topics):
        topic.position = position
    Topic.objects.bulk_update(topics, ["position"])
