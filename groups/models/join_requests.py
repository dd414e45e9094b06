"""Requests to join: a person asks, an organizer accepts or declines, with a sentence."""

from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.utils import timezone

from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User
from groups.validators import validate_one_line

# Each request is an email to every organizer of a group.
MOST_A_DAY = 5


class TooManyRequests(Exception):
    """The person has asked to join enough groups for one day."""


class AlreadyDecided(Exception):
    """Another organizer has answered the request, or it was taken back."""


class CannotAsk(Exception):
    """The person is in by now, or the group has stopped taking requests."""


class CannotAnswer(Exception):
    """The person who answers is not an organizer any more, or the group can only be read."""


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def to_group(self, slug: str) -> Self:
        return self.filter(group__slug=slug)

    def open(self) -> Self:
        return self.filter(decided_at=None)

    def not_accepted(self) -> Self:
        return self.filter(is_accepted=False)

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
    def ask(self, group: Group, user: User, note: str = "") -> "tuple[JoinRequest, bool]":
        """Ask to join, and return whether that is new: a request may be open already.

        The group is held, so that no one asks who is being let in at that moment. The person is
        held, too, so that the limit of a day also holds for requests at the same moment.
        Raises TooManyRequests and CannotAsk.
        """
        group.lock()
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        asked = self.of(user)
        if already := asked.in_group(group).open().first():
            return already, False
        is_in = Membership.objects.in_group(group).of(user).exists()
        if is_in or not Group.objects.in_directory().filter(pk=group.pk).exists():
            raise CannotAsk
        if asked.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
            raise TooManyRequests
        request = self.create(group=group, user=user, note=note)
        group.tell("asked", user, person=user)
        return request, True


class JoinRequest(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(User, models.CASCADE, related_name="join_requests")
    note = models.CharField(max_length=500, blank=True, validators=[validate_one_line])
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="decisions")
    is_accepted = models.BooleanField(default=False, editable=False)
    answer = models.CharField(max_length=500, blank=True, validators=[validate_one_line])

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
        """Let the person in. Raises AlreadyDecided, CannotAnswer and GroupFull."""
        self._hold_group(by)
        self._decide(by, answer, is_accepted=True)
        return self.group.admit(self.user, Membership.Role.MEMBER, by=by)

    @transaction.atomic
    def decline(self, by: User, answer: str = "") -> None:
        """Raises AlreadyDecided and CannotAnswer."""
        self._hold_group(by)
        self._decide(by, answer, is_accepted=False)
        self.group.tell("declined", by, person=self.user)

    def withdraw(self) -> None:
        """Take it back. Raises AlreadyDecided where someone was quicker to answer."""
        self._decide(self.user, "", is_accepted=False)

    def _hold_group(self, organizer: User) -> None:
        """Hold the group, and look again whether the organizer runs it: that may take a while.

        Raises CannotAnswer.
        """
        self.group.lock()
        organizers = Membership.objects.in_group(self.group).organizers().of(organizer)
        if not organizers.filter(group__in=Group.objects.at_work()).exists():
            raise CannotAnswer

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
