"""Delete an account: what goes, what stays, and what prevents it.

Whatever belongs to the person goes with their row: memberships, marks, requests, addresses,
devices. What they wrote stays in its group without a name. Beside that they may be named in rows
of others, or of no one: e-mails, kept answers, sessions, invitations. Those are cleared here.
"""

import json
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q

from groups.accounts.sessions import held_in
from groups.models import Group, IdempotencyKey, Invitation, Membership, OutgoingEmail, User

# What operators did by hand, where the site has pages for that.
LOG = "admin.LogEntry"


class StillNeeded(Exception):
    """Others would be left without an organizer, or the site without an operator."""


class AccountDeletion:
    """The rows that deleting a person's account would affect now."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.memberships = list(Membership.objects.of(user).with_company())

    @property
    def needed_in(self) -> list[Group]:
        """Groups with other members but no other organizer who can sign in."""
        return [
            membership.group
            for membership in self.memberships
            if membership.is_organizer and membership.has_others and not membership.others_organize
        ]

    @property
    def alone_in(self) -> list[Group]:
        """Groups that are deleted too, since there is no other member."""
        return [m.group for m in self.memberships if not m.has_others]

    @property
    def is_last_operator(self) -> bool:
        operators = User.objects.filter(is_staff=True, is_active=True)
        return self.user.is_staff and not operators.exclude(pk=self.user.pk).exists()

    @property
    def is_possible(self) -> bool:
        return not self.needed_in and not self.is_last_operator


@transaction.atomic
def delete_account(user: User) -> None:
    """Let a person go for good. Doing it twice is doing it once. Raises StillNeeded.

    Their groups are locked, so that no one else leaves them at the same moment, and operators lock
    each other. Where a group was joined in between, which is not locked, nothing is deleted.
    """
    held = list(Group.objects.filter(pk__in=Group.objects.of(user).values("pk")).held())
    if user.is_staff:
        list(User.objects.filter(is_staff=True).order_by("pk").select_for_update(no_key=True))
    if not User.objects.select_for_update().filter(pk=user.pk):
        return
    farewell = AccountDeletion(user)
    if not farewell.is_possible:
        raise StillNeeded
    if {membership.group for membership in farewell.memberships} != set(held):
        raise IntegrityError("A group was joined or left at the same moment.")
    for group in farewell.alone_in:
        group.remove()
    for membership in farewell.memberships:
        membership.forget()
    addresses = addresses_of(user)
    Invitation.objects.forget_addresses(addresses)
    OutgoingEmail.objects.forget(user, addresses)
    IdempotencyKey.objects.forget_pages()
    Session.objects.filter(pk__in=sessions_of(user, addresses)).delete()
    _forget_log(user, addresses)
    user.delete()


def addresses_of(user: User) -> set[str]:
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {user.email.lower(), *(address.lower() for address in known)}


def sessions_of(user: User, addresses: Iterable[str]) -> list[str]:
    """Return the keys of all sessions in which the person is signed in, or about to.

    A session does not say whose it is until it is opened, so each is.
    """
    return [
        session.session_key
        for session in Session.objects.iterator()
        if _tells_of(held_in(session), user, addresses)
    ]


def _tells_of(session_data: dict[str, object], user: User, addresses: Iterable[str]) -> bool:
    if session_data.get("_auth_user_id") == str(user.pk):
        return True
    words = json.dumps(session_data, default=str).lower()
    return any(f'"{address}"' in words for address in addresses)


def _forget_log(user: User, addresses: Iterable[str]) -> None:
    """Remove what operators did to the person, where there is a log of that."""
    if not apps.is_installed("django.contrib.admin"):
        return
    named = Q(content_type__app_label="groups", content_type__model="user", object_id=user.pk)
    for address in addresses:
        named |= Q(object_repr__icontains=address)
    apps.get_model(LOG)._default_manager.filter(named).delete()
