"""Reactions: one of a few names by which a person answers a comment without words.

A new one is a member of `ReactionName` and an icon of that name in the sprite.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Max, Q, Value, When

from groups.models import Group, User
from papers.models.on_list import on_a_list


class ReactionName(models.TextChoices):
    """The names, in the order in which they are offered."""

    AGREE = "agree", "Agree"
    THANKS = "thanks", "Thanks"
    GOOD_POINT = "good_point", "Good point"
    GOOD_QUESTION = "good_question", "Good question"
    CONFUSED = "confused", "I don\u2019t follow"


@dataclass(frozen=True, slots=True)
class ReactionCount:
    """The number of one reaction to a comment, and whether the visitor is among who gave it."""

    name: str
    count: int
    is_own: bool

    @property
    def label(self) -> str:
        return ReactionName(self.name).label


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_a_list("comment__thread__paper"), comment__thread__group=group)

    def to_comments(self, keys: Iterable[int]) -> Self:
        return self.filter(comment__in=keys)

    def counted_for(self, user: User | None) -> "models.QuerySet[Reaction, tuple[Any, ...]]":
        """Return of each comment and name the number, and 1 where the person is among them."""
        own = When(user=user, then=Value(1)) if user else None
        is_own = Max(Case(own, default=Value(0))) if own else Max(Value(0))
        return (
            self.order_by()
            .values("comment_id", "name")
            .annotate(n=Count("pk"), is_own=is_own)
            .values_list("comment_id", "name", "n", "is_own")
        )

    def with_people(self) -> Self:
        return self.select_related("user").order_by("pk")

    def give(self, comment: int, user: User, name: str) -> None:
        """Give it, unless the person has."""
        self.bulk_create(
            [Reaction(comment_id=comment, user=user, name=name)], ignore_conflicts=True
        )

    def take_back(self, comment: int, user: User, name: str) -> None:
        self.filter(comment=comment, user=user, name=name).delete()


class Reaction(models.Model):
    """It is told to no one, and goes with the account of the person."""

    comment = models.ForeignKey("papers.Comment", models.CASCADE, related_name="reactions")
    user = models.ForeignKey(User, models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=16, choices=ReactionName)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "user", "name"],
                name="one_reaction_per_comment_person_and_name",
            ),
            models.CheckConstraint(
                condition=Q(
                    name__in=["agree", "thanks", "good_point", "good_question", "confused"]
                ),
                name="reaction_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_name_display()}"
