"""Invitations: links that let people in, for a while and for so many."""

import hashlib
import secrets
from datetime import datetime
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User

SECRET_BYTES = 24


class InvitationOver(Exception):
    """The invitation lets nobody in any more; the message says why."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def usable(self) -> Self:
        return self.filter(
            revoked_at=None, expires_at__gt=timezone.now(), uses__lt=F("uses_allowed")
        )

    def for_list(self) -> Self:
        return self.select_related("created_by").order_by("-created_at", "-pk")

    def with_secret(self, secret: str) -> Self:
        return self.filter(secret_hash=hash_of(secret))

    def issue(
        self, group: Group, created_by: User, *, role: str, expires_at: datetime, uses_allowed: int
    ) -> tuple["Invitation", str]:
        """Make an invitation; return it with its secret, which is not kept anywhere."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        invitation = self.create(
            group=group,
            created_by=created_by,
            role=role,
            expires_at=expires_at,
            uses_allowed=uses_allowed,
            secret_hash=hash_of(secret),
        )
        return invitation, secret


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    secret_hash = models.CharField(max_length=64)
    uses = models.PositiveIntegerField(default=0)
    uses_allowed = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="one_invitation_per_secret"),
            models.CheckConstraint(
                condition=Q(uses__lte=F("uses_allowed")), name="uses_never_above_the_number_allowed"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.group}"

    @property
    def over_because(self) -> str:
        """Why it lets nobody in any more; empty while it does."""
        if self.revoked_at:
            return "was revoked"
        if self.expires_at <= timezone.now():
            return "has expired"
        if self.uses >= self.uses_allowed:
            return "was already used"
        return ""

    def revoke(self) -> None:
        Invitation.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())
        self.refresh_from_db()

    @transaction.atomic
    def accept(self, user: User) -> Membership:
        """Let a person in and count the use; who is in already stays in and uses nothing up.

        Raises InvitationOver. The use is taken by one conditional update, so that of twenty
        people who race for the last one exactly one gets in.
        """
        memberships = Membership.objects.in_group(self.group)
        if already := memberships.of(user).first():
            return already
        try:
            with transaction.atomic():
                if not Invitation.objects.usable().filter(pk=self.pk).update(uses=F("uses") + 1):
                    self.refresh_from_db()
                    raise InvitationOver(self.over_because)
                return memberships.create(group=self.group, user=user, role=self.role)
        except IntegrityError:
            return memberships.get(user=user)
