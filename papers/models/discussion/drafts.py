"""Drafts: what a person has begun to write and not sent, on whichever device."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from groups.models import Group, User

KEPT_FOR = timedelta(days=30)
# Of one person; of more the oldest go.
MOST_DRAFTS = 200


class DraftKind(models.TextChoices):
    """The forms that keep a draft. The target is what the form is about, by its key."""

    THREAD = "thread", "A comment in a thread"
    REPLY = "reply", "A reply to a comment"
    EDIT = "edit", "An edit of a comment"
    PAPER = "paper", "A thread about a paper"
    GROUP = "group", "A thread about the group"


class DraftQuerySet(models.QuerySet["DiscussionDraft"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def at(self, kind: str, targets: Iterable[int]) -> Self:
        return self.filter(kind=kind, target__in=targets)

    def outdated(self) -> Self:
        return self.filter(saved_at__lt=timezone.now() - KEPT_FOR)

    def keep(
        self, user: User, group: Group, kind: str, target: int, words: Mapping[str, str]
    ) -> None:
        """Keep what is in a form, instead of what was kept of it before."""
        draft = DiscussionDraft(
            user=user,
            group=group,
            kind=kind,
            target=target,
            words=dict(words),
            saved_at=timezone.now(),
        )
        self.bulk_create(
            [draft],
            update_conflicts=True,
            unique_fields=["user", "kind", "target"],
            update_fields=["words", "saved_at"],
        )
        newest = self.of(user).order_by("-saved_at", "-pk").values("pk")[:MOST_DRAFTS]
        self.of(user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()

    def discard(self, user: User, kind: str, target: int) -> None:
        self.of(user).at(kind, [target]).delete()


class DiscussionDraft(models.Model):
    """The words of one form by their fields. No one else is shown them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    group = models.ForeignKey(Group, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=DraftKind)
    target = models.BigIntegerField()
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "target"], name="one_draft_per_person_and_place"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["thread", "reply", "edit", "paper", "group"]),
                name="draft_is_of_a_known_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"

    @property
    def source(self) -> str:
        return str(self.words.get("source", ""))
