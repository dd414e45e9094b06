"""The things that people follow: a thread, a paper, a topic or a group, each at a level.

The nearest one wins: what is said of a thread before what is said of its paper, that before its
topics, these before the group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Q

from groups.models import Group, User
from papers.models.discussion import Thread
from papers.models.papers import Paper
from papers.models.topics import Topic


class Level(models.TextChoices):
    """The amount that one is told. Each level tells what the one before it tells, and more."""

    OFF = "off", "Nothing"
    MENTIONS = "mentions", "Replies and mentions"
    ALL = "all", "Everything"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


DEFAULT = Level.MENTIONS


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def choose(self, user: User, level: str, target: "Thread | Paper | Topic | Group") -> "Follow":
        """Follow something at a level, whatever was chosen before."""
        follow, _ = self.update_or_create(
            **_targets(user, target), defaults={"level": level, "is_automatic": False}
        )
        return follow

    def take_part(self, user: User, thread: Thread) -> None:
        """Follow a thread for having written in it, unless the person chose a level for it."""
        follow = Follow(level=Level.ALL, is_automatic=True, **_targets(user, thread))
        self.bulk_create([follow], ignore_conflicts=True)

    def about(self, thread: Thread | None, paper: Paper | None, group: Group) -> Self:
        """All that may hold for a thread, a paper or a group, in no order."""
        wanted = Q(thread=None, paper=None, topic=None)
        if thread:
            wanted |= Q(thread=thread)
        if paper:
            wanted |= Q(paper=paper) | Q(topic__isnull=False)
        return self.filter(wanted, group=group)


def parents_in(groups: Iterable[Group | int]) -> dict[int, int | None]:
    """Return the key of the topic above each topic of some groups."""
    return dict(Topic.objects.filter(group__in=groups).values_list("pk", "parent_id"))


def lines_above(topics: Iterable[int], parents: Mapping[int, int | None]) -> list[list[int]]:
    """Return for each of some topics its key and those of the topics above it, nearest first."""
    found = []
    for topic in topics:
        line: list[int] = []
        pk: int | None = topic
        while pk and pk not in line:
            line.append(pk)
            pk = parents.get(pk)
        found.append(line)
    return found


def _targets(user: User, target: "Thread | Paper | Topic | Group") -> dict[str, Any]:
    found: dict[str, Any] = {"user": user, "thread": None, "paper": None, "topic": None}
    if isinstance(target, Group):
        return found | {"group_id": target.pk}
    name = {Thread: "thread", Paper: "paper", Topic: "topic"}[type(target)]
    return found | {name: target, "group_id": target.group_id}


class Follow(models.Model):
    """The level of one person for one thread, paper or topic; without these, for the group."""

    user = models.ForeignKey(User, models.CASCADE, related_name="follows")
    group = models.ForeignKey(Group, models.CASCADE, related_name="follows")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="follows")
    paper = models.ForeignKey(Paper, models.CASCADE, null=True, related_name="follows")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="follows")
    level = models.CharField(max_length=8, choices=Level)
    # By taking part, and not by choice.
    is_automatic = models.BooleanField(default=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "thread"], name="one_level_per_person_and_thread"
            ),
            models.UniqueConstraint(
                fields=["user", "paper"], name="one_level_per_person_and_paper"
            ),
            models.UniqueConstraint(
                fields=["user", "topic"], name="one_level_per_person_and_topic"
            ),
            models.UniqueConstraint(
                fields=["user", "group"],
                condition=Q(thread=None, paper=None, topic=None),
                name="one_level_per_person_and_group",
            ),
            models.CheckConstraint(
                condition=Q(thread=None, paper=None)
                | Q(thread=None, topic=None)
                | Q(paper=None, topic=None),
                name="follow_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["off", "mentions", "all"]), name="level_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_level_display()}"

    @property
    def target(self) -> str:
        """Return `thread`, `paper`, `topic` or `group`: what it is about."""
        targets = (("thread", self.thread_id), ("paper", self.paper_id), ("topic", self.topic_id))
        return next((name for name, pk in targets if pk), "group")

    @property
    def target_id(self) -> int | None:
        """The key of the thread, the paper or the topic; None for the group."""
        return self.thread_id or self.paper_id or self.topic_id


@dataclass(frozen=True)
class Surroundings:
    """The things around a thread, a paper or a topic for which a level may be chosen."""

    thread: int | None = None
    paper: int | None = None
    # For each place of the paper its topic and those above it, nearest first.
    topics: Sequence[Sequence[int]] = ()

    @classmethod
    def of(cls, paper: Paper | None, thread: Thread | None = None) -> "Surroundings":
        if paper is None:
            return cls(thread.pk if thread else None)
        placed = paper.placements.values_list("topic_id", flat=True)
        lines = lines_above(placed, parents_in([paper.group]))
        return cls(thread.pk if thread else None, paper.pk, lines)

    def deciding(self, follows: Iterable[Follow]) -> Follow | None:
        """Return which of one person's follows decides: the nearest; None where none does.

        Of topics that are equally near, as a paper is in several places, it is the one that tells
        most.
        """
        chosen = {(follow.target, follow.target_id): follow for follow in follows}
        of_topics = [
            next((chosen["topic", pk] for pk in line if ("topic", pk) in chosen), None)
            for line in self.topics
        ]
        topic = max(filter(None, of_topics), key=lambda one: Level(one.level).rank, default=None)
        thread = chosen.get(("thread", self.thread)) if self.thread else None
        paper = chosen.get(("paper", self.paper)) if self.paper else None
        return thread or paper or topic or chosen.get(("group", None))

    def level(self, follows: Iterable[Follow]) -> Level:
        decides = self.deciding(follows)
        return Level(decides.level) if decides else DEFAULT
