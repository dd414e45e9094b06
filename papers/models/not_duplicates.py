"""NotDuplicate: a member has said of two papers that look like one that they are not."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from groups.models import Group, User
from papers.models.on_list import on_a_list, on_list_of
from papers.models.papers import Paper


class NotDuplicateQuerySet(models.QuerySet["NotDuplicate"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_list_of(group, "first"), on_list_of(group, "second"))

    def of(self, user: User) -> Self:
        return self.filter(on_a_list("first"), on_a_list("second"), said_by=user)

    def between(self, one: Paper, other: Paper) -> Self:
        return self.filter(first_id=min(one.pk, other.pk), second_id=max(one.pk, other.pk))

    def as_pairs(self) -> set[tuple[int, int]]:
        return set(self.values_list("first_id", "second_id"))

    def say(self, one: Paper, other: Paper, by: User) -> None:
        """Keep the two apart. Saying it twice is saying it once."""
        first, second = sorted((one, other), key=lambda paper: paper.pk)
        row = NotDuplicate(first=first, second=second, said_by=by)
        self.bulk_create([row], ignore_conflicts=True)


class NotDuplicate(models.Model):
    """Of the two papers, the first is the one that has the lower id."""

    first = models.ForeignKey(Paper, models.CASCADE, related_name="told_from_later")
    second = models.ForeignKey(Paper, models.CASCADE, related_name="told_from_earlier")
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="not_duplicates")
    said_at = models.DateTimeField(auto_now_add=True)

    objects = NotDuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_distinction_per_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_distinction_has_its_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
