"""Requests to join: a person asks, an organizer accepts or declines, with a sentence."""

from typing import Self

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User
from groups.text import one_line


class AlreadyDecided(Exception):
    """Another organizer has answered the request, or it was taken back."""


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def open(self) -> Self:
        return self.filter(decided_at=None)

    def for_list(self) -> Self:
        return self.select_related("user", "group").order_by("pk")

    def waiting_for(self, organizer: User) -> Self:
        """Those that the person can answer."""
        return self.open().filter(
            group__memberships__user=organizer,
            group__memberships__role=Membership.Role.ORGANIZER,
            group__archived_at=None,
            group__deletion_asked_at=None,
        )

    @transaction.atomic
    def ask(self, group: Group, user: User, note: str = "") -> "JoinRequest":
        """Ask to join; whoever has asked already and has no answer yet has asked."""
        asked = self.in_group(group).of(user).open()
        try:
            with transaction.atomic():
                request = self.create(group=group, user=user, note=note)
        except IntegrityError:
            return asked.get()
        group.tell("asked", user, person=user)
        return request


class JoinRequest(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(User, models.CASCADE, related_name="join_requests")
    note = models.CharField(max_length=500, blank=True, validators=[one_line])
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="decisions")
    is_accepted = models.BooleanField(default=False, editable=False)
    answer = models.CharField(max_length=500, blank=True, validators=[one_line])

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=models.Q(decided_at=None),
                name="one_open_request_per_person_and_group",
            ),
            models.CheckConstraint(
                condition=models.Q(is_accepted=False) | models.Q(decided_at__isnull=False),
                name="accepted_only_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} asks to join {self.group}"

    @transaction.atomic
    def accept(self, by: User, answer: str = "") -> Membership:
        """Let the person in. Raises AlreadyDecided and GroupFull."""
        self.group.lock()
        self._decide(by, answer, is_accepted=True)
        return self.group.admit(self.user, Membership.Role.MEMBER, by=by)

    @transaction.atomic
    def decline(self, by: User, answer: str = "") -> None:
        """Raises AlreadyDecided."""
        self.group.lock()
        self._decide(by, answer, is_accepted=False)
        self.group.tell("declined", by, person=self.user)

    def withdraw(self) -> None:
        """Take it back, if nobody has answered yet."""
        JoinRequest.objects.filter(pk=self.pk).open().delete()

    def _decide(self, by: User, answer: str, *, is_accepted: bool) -> None:
        decided = (
            JoinRequest.objects.filter(pk=self.pk)
            .open()
            .update(
                decided_at=timezone.now(), decided_by=by, answer=answer, is_accepted=is_accepted
            )
        )
        if not decided:
            raise AlreadyDecided
        self.refresh_from_db()
