"""Reading statuses: one person's own mark on one paper."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from groups.models import Group, User


class State(models.TextChoices):
    TO_READ = "to_read", "To read"
    READING = "reading", "Reading"
    SKIMMED = "skimmed", "Skimmed"
    READ = "read", "Read"
    SKIPPED = "skipped", "Skipped"

    @property
    def next(self) -> "State":
        """Where one press goes on to: to read, reading, read, and round again."""
        return {State.TO_READ: State.READING, State.READING: State.READ}.get(self, State.TO_READ)


class ReadingStatusQuerySet(models.QuerySet["ReadingStatus"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def in_group(self, group: Group) -> Self:
        return self.filter(paper__group=group)

    def of_members(self, group: Group) -> Self:
        """A status counts only while its owner is in the group."""
        return self.filter(user__memberships__group=group)

    def begun(self) -> Self:
        return self.exclude(state=State.TO_READ)

    def read(self) -> Self:
        return self.filter(state=State.READ)

    def with_people(self) -> Self:
        return self.select_related("user").order_by(
            models.F("finished_at").desc(nulls_last=True), "pk"
        )


class ReadingStatus(models.Model):
    """No row means *to read*. The moment of finishing is there exactly when it is read."""

    paper = models.ForeignKey("papers.Paper", models.CASCADE, related_name="statuses")
    user = models.ForeignKey(User, models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=8, choices=State, default=State.TO_READ)
    finished_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(db_default=Now())

    objects = ReadingStatusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reading statuses"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "user"], name="one_status_per_person_and_paper"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="state_is_known"),
            models.CheckConstraint(
                condition=Q(state="read", finished_at__isnull=False)
                | ~Q(state="read") & Q(finished_at=None),
                name="finished_exactly_when_read",
            ),
        ]
        indexes = [models.Index("user", "state", name="statuses_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_state_display()}"
