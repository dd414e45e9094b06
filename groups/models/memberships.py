"""Memberships: one person in one group, with a role."""

from typing import Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string

from groups.models.groups import Group
from groups.models.people import User

MOST_MENTIONABLE = 8


class LastOrganizer(Exception):
    """A group keeps an organizer who can sign in: another one has to be named first."""


class CannotAppoint(Exception):
    """An operator names no organizer here; the message says why."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def active(self) -> Self:
        """Those whose account is open. An operator may have closed the others."""
        return self.filter(user__is_active=True)

    def organizers(self) -> Self:
        """Those who can run their group now: with a closed account no one can."""
        return self.active().filter(role=Membership.Role.ORGANIZER)

    def with_company(self) -> Self:
        """Annotate with whether others are in the group too, and whether others run it too."""
        others = Membership.objects.filter(group=OuterRef("group")).exclude(pk=OuterRef("pk"))
        return (
            self.select_related("group")
            .annotate(has_others=Exists(others), others_organize=Exists(others.organizers()))
            .order_by(Lower("group__name"))
        )

    def showing_by_name(self) -> Self:
        """Those whose marks the others see by name."""
        return self.filter(status_shown=Membership.StatusShown.BY_NAME)

    def with_people(self) -> Self:
        return self.select_related("user").order_by(Lower("user__name"), "pk")

    def for_feeds(self, pk: int) -> "Membership | None":
        """Return the membership with that key, with its group, if its account is open."""
        if pk >= 2**63:
            return None
        return self.active().select_related("group", "user").filter(pk=pk).first()

    def mentionable(self, by: User, typed: str) -> list[User]:
        """Return whom else one may mean by what one has typed after an `@`, the likeliest first.

        Accents are compared in Python, since SQLite and PostgreSQL know none alike.
        """
        others = self.active().exclude(user=by).with_people()
        columns = ("user", "user__name", "user__handle", "user__chosen_colour")
        likenesses = [
            (member.user.likeness_to(typed), member.user) for member in others.only(*columns)
        ]
        likely = [each for each in likenesses if each[0]]
        likely.sort(key=lambda each: -each[0])
        return [user for _, user in likely[:MOST_MENTIONABLE]]


class Membership(models.Model):
    class Role(models.TextChoices):
        ORGANIZER = "organizer", "Organizer"
        MEMBER = "member", "Member"

    class StatusShown(models.TextChoices):
        """The share of this member's reading statuses that the other members see."""

        BY_NAME = "by_name", "By name"
        COUNTED = "counted", "As a count"
        HIDDEN = "hidden", "Not at all"

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    status_shown = models.CharField(max_length=7, choices=StatusShown, default=StatusShown.BY_NAME)
    invitation = models.ForeignKey(
        "groups.Invitation", models.SET_NULL, null=True, related_name="memberships"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    feed_nonce = models.CharField(
        max_length=16,
        blank=True,
        editable=False,
        help_text="What the addresses of its feeds are derived from, beside its key.",
    )

    objects = MembershipQuerySet.as_manager()

    has_others: bool
    others_organize: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], name="one_membership_per_person_and_group"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["organizer", "member"]), name="role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status_shown__in=["by_name", "counted", "hidden"]),
                name="status_is_shown_in_a_known_way",
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_organizer(self) -> bool:
        return self.role == self.Role.ORGANIZER

    def renew_feeds(self) -> None:
        """Give the member's feeds new addresses; the old ones end."""
        self.feed_nonce = get_random_string(16)
        self.save(update_fields=["feed_nonce"])

    @transaction.atomic
    def leave(self) -> None:
        """End the membership: comments and statuses stay, unfinished assignments become open."""
        self._keep_an_organizer()
        if self._end():
            self.group.tell("left", self.user, person=self.user)

    @transaction.atomic
    def remove(self, by: User) -> None:
        """End another person's membership; the same follows as when they leave."""
        self._keep_an_organizer()
        if self._end():
            self.group.tell("removed", by, person=self.user)

    @transaction.atomic
    def forget(self) -> None:
        """End it as leaving does, without a word about whose it was."""
        if self._end():
            self.group.tell("left", None)

    @transaction.atomic
    def change_role(self, role: str, by: User) -> None:
        """Raises LastOrganizer, and Membership.DoesNotExist where the person has just left."""
        self._keep_an_organizer(role)
        if Membership.objects.filter(pk=self.pk).exclude(role=role).update(role=role):
            self.group.tell("role_changed", by, person=self.user, role=role)
        self.refresh_from_db(fields=["role"])

    @transaction.atomic
    def appoint(self) -> None:
        """Make the member an organizer, as an operator may where a group has none who can sign in.

        Raises CannotAppoint, and Membership.DoesNotExist where the person has just left.
        """
        self.group.lock()
        members = Membership.objects.in_group(self.group)
        if members.organizers().exists():
            raise CannotAppoint(f"{self.group} has an organizer, who can name others.")
        if not members.active().filter(pk=self.pk).update(role=self.Role.ORGANIZER):
            raise CannotAppoint(f"The account of {self.user} is closed.")
        self.group.tell(
            "role_changed", None, person=self.user, role=self.Role.ORGANIZER, by_operator=True
        )
        self.refresh_from_db(fields=["role"])

    def show_status(self, how: str) -> None:
        """Set how the others see what one has read. No one is notified of it."""
        Membership.objects.filter(pk=self.pk).update(status_shown=how)
        self.refresh_from_db(fields=["status_shown"])

    def _end(self) -> int:
        ended, _ = self.delete()
        return ended

    def _keep_an_organizer(self, role: str = Role.MEMBER) -> None:
        """Raise LastOrganizer where this is the only one; lock the group until the action is done.

        Closing an account locks the group, too, so none is closed meanwhile. Of a group that has
        no organizer any more its members may go.
        """
        self.group.lock()
        if role == self.Role.ORGANIZER:
            return
        organizers = Membership.objects.in_group(self.group).organizers()
        if set(organizers.values_list("pk", flat=True)) == {self.pk}:
            raise LastOrganizer
