"""Invitations: links that let people in, for a while and for so many."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from groups.encryption import derive, derive_all, hash_of
from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User
from groups.validators import validate_one_line

# For so long a link is shown again to the person who made it.
SHOWN_FOR = timedelta(hours=1)
PURPOSE = "groups.invitations"


class InvitationOver(Exception):
    """The invitation no longer works; the message says why."""


class AddressedElsewhere(Exception):
    """The invitation was mailed to another address than the person's own."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def usable(self) -> Self:
        """Those that work now: their maker must still be an organizer."""
        makers = Membership.objects.organizers().filter(
            group=OuterRef("group"), user=OuterRef("created_by")
        )
        return self.filter(
            Exists(makers),
            revoked_at=None,
            expires_at__gt=Now(),
            uses__lt=F("uses_allowed"),
            group__archived_at=None,
            group__deletion_asked_at=None,
        )

    def mailed_since(self, moment: datetime) -> Self:
        return self.exclude(email="").filter(created_at__gt=moment)

    def mailed_to(self, email: str) -> Self:
        return self.filter(email=email.lower())

    def received_by(self, user: User) -> Self:
        """Those mailed to the address of a person who has shown that it is theirs."""
        shown = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
        return self.mailed_to(user.email) if shown.exists() else self.none()

    def made_by(self, user: User) -> Self:
        return self.filter(created_by=user)

    def for_list(self) -> Self:
        """Return the newest first, each with its maker and the members who `came` by it."""
        came = Membership.objects.with_people()
        return (
            self.select_related("created_by", "group")
            .annotate(
                maker_is_organizer=Exists(
                    Membership.objects.organizers().filter(
                        group=OuterRef("group"), user=OuterRef("created_by")
                    )
                )
            )
            .prefetch_related(Prefetch("memberships", came, to_attr="came"))
            .order_by("-created_at", "-pk")
        )

    def links(self) -> Self:
        """Those that were not mailed to an address."""
        return self.filter(email="")

    def forget_nonces(self) -> None:
        """Keep of old links only what tells one of them when it is opened."""
        old = self.exclude(nonce="").filter(created_at__lt=timezone.now() - SHOWN_FOR)
        old.update(nonce="")

    def with_secret(self, secret: str) -> Self:
        return self.filter(secret_hash=hash_of(secret))

    def forget_addresses(self, addresses: Iterable[str]) -> None:
        """Revoke those that were mailed there, and forget the address."""
        self.filter(email__in=[address.lower() for address in addresses]).update(
            email="", note="", revoked_at=Coalesce("revoked_at", Value(timezone.now()))
        )

    @transaction.atomic
    def issue(
        self,
        group: Group,
        created_by: User,
        *,
        role: str,
        expires_at: datetime,
        uses_allowed: int = 1,
        note: str = "",
        email: str = "",
        secret: str = "",
    ) -> tuple["Invitation", str]:
        """Make an invitation; return it with its secret, of which only a hash is kept.

        Without `secret` it is derived from a nonce, so that `Invitation.secret` can tell it again.
        With an address it is only for the person who has that address.
        """
        nonce = "" if secret else secrets.token_urlsafe(16)
        secret = secret or derive(PURPOSE, nonce)
        invitation = self.create(
            group=group,
            created_by=created_by,
            role=role,
            expires_at=expires_at,
            uses_allowed=uses_allowed,
            note=note,
            email=email.lower(),
            secret_hash=hash_of(secret),
            nonce=nonce,
        )
        group.tell(
            "invited",
            created_by,
            invitation=invitation,
            role=role,
            uses=uses_allowed,
            by_mail=bool(email),
        )
        return invitation, secret


class Invitation(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    note = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    email = models.EmailField("address", blank=True)
    secret_hash = models.CharField(max_length=64)
    nonce = models.CharField(
        max_length=32, blank=True, help_text="What the secret was derived from, for a while."
    )
    uses = models.PositiveIntegerField(default=0)
    uses_allowed = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    came: list[Membership]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="one_invitation_per_secret"),
            models.CheckConstraint(
                condition=Q(uses__lte=F("uses_allowed")), name="uses_never_above_the_number_allowed"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(uses_allowed=1), name="a_mailed_invitation_is_for_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.group}"

    @property
    def secret(self) -> str:
        """Return the secret of the link while its maker may still see it; afterwards empty."""
        if not self.nonce or timezone.now() - self.created_at > SHOWN_FOR:
            return ""
        made = derive_all(PURPOSE, self.nonce)
        return next((secret for secret in made if hash_of(secret) == self.secret_hash), "")

    @cached_property
    def maker_is_organizer(self) -> bool:
        organizers = Membership.objects.in_group(self.group).organizers()
        return organizers.filter(user=self.created_by_id).exists()

    @property
    def over_because(self) -> str:
        """The reason why the invitation no longer works; empty while it does."""
        if self.revoked_at:
            return "was revoked"
        if self.uses >= self.uses_allowed:
            return "was already used"
        if self.expires_at <= timezone.now():
            return "has expired"
        if not self.maker_is_organizer:
            return "ended when the person who made it stopped being an organizer"
        if self.group.deletion_asked_at:
            return "leads to a group that is about to be deleted"
        if self.group.is_frozen:
            return "leads to a group that is archived"
        return ""

    @property
    def whom_to_ask(self) -> User | None:
        """Return the organizer to ask for a new one: the maker, or else the longest-serving."""
        if self.maker_is_organizer:
            return self.created_by
        organizers = Membership.objects.in_group(self.group).organizers().select_related("user")
        first = organizers.order_by("pk").first()
        return first.user if first else None

    def is_for(self, user: User) -> bool:
        return not self.email or self.email == user.email.lower()

    @transaction.atomic
    def revoke(self, by: User) -> None:
        now = timezone.now()
        if Invitation.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=now):
            self.group.tell("revoked", by, invitation=self)
        self.refresh_from_db()

    @transaction.atomic
    def accept(self, user: User) -> Membership:
        """Let a person in and count the use; who is in already stays in and uses nothing up.

        Raises InvitationOver, AddressedElsewhere and GroupFull. The group is held, and the use is
        taken by one conditional update, so that of twenty people who race for the last one exactly
        one gets in, and no one by the link of an organizer who has just been removed.
        """
        if already := Membership.objects.in_group(self.group).of(user).first():
            return already
        if not self.is_for(user):
            raise AddressedElsewhere
        self.group.lock()
        if already := Membership.objects.in_group(self.group).of(user).first():
            return already
        if not Invitation.objects.usable().filter(pk=self.pk).update(uses=F("uses") + 1):
            fresh = Invitation.objects.select_related("group").get(pk=self.pk)
            raise InvitationOver(fresh.over_because or "was already used")
        return self.group.admit(user, self.role, by=None, invitation=self)
