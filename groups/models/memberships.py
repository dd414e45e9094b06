"""Memberships: one person in one group, with a role."""

from typing import Self

from django.db import models, transaction
from django.db.models.functions import Lower

from groups.models.groups import Group
from groups.models.people import User


class LastOrganizer(Exception):
    """A group is never without an organizer: another one has to be named first."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def organizers(self) -> Self:
        return self.filter(role=Membership.Role.ORGANIZER)

    def with_people(self) -> Self:
        return self.select_related("user").order_by(Lower("user__name"), "pk")


class Membership(models.Model):
    class Role(models.TextChoices):
        ORGANIZER = "organizer", "Organizer"
        MEMBER = "member", "Member"

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], name="one_membership_per_person_and_group"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["organizer", "member"]), name="role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_organizer(self) -> bool:
        return self.role == self.Role.ORGANIZER

    @transaction.atomic
    def leave(self) -> None:
        """End the membership. Comments and marks stay; parts not done become open slots."""
        self._keep_an_organizer()
        self.delete()

    @transaction.atomic
    def change_role(self, role: str) -> None:
        """Raises LastOrganizer, and Membership.DoesNotExist where the person has just left."""
        if role == self.Role.MEMBER:
            self._keep_an_organizer()
        Membership.objects.filter(pk=self.pk).update(role=role)
        self.refresh_from_db(fields=["role"])

    def _keep_an_organizer(self) -> None:
        """Raise LastOrganizer where nobody else is one; hold the group until the deed is done."""
        self.group.lock()
        others = Membership.objects.in_group(self.group).organizers().exclude(pk=self.pk)
        if not others.exists():
            raise LastOrganizer
