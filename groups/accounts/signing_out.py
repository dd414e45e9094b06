"""Ending a person's sessions, wherever they are, and closing accounts."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from groups.accounts.account_deletion import AccountDeletion, StillNeeded
from groups.accounts.devices import forget_devices
from groups.accounts.sessions import held_in
from groups.models import Group, User

# Where the site also keeps from which browser someone signed in.
BROWSERS = "usersessions.UserSession"


@transaction.atomic
def sign_out_everywhere(user: User) -> int:
    """End all sessions of a person; return how many there were.

    A session does not say whose it is until it is opened, so each is.
    """
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if held_in(session).get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    forget_devices(user)
    if apps.is_installed("allauth.usersessions"):
        apps.get_model(BROWSERS)._default_manager.filter(user=user).delete()
    return len(theirs)


# How often closing an account is begun anew because a group was joined at that moment.
TRIES = 5


def close_account(user: User) -> list[Group]:
    """Let a person in no more, until the account is opened again; what they wrote stays.

    Return the groups of others in which no organizer is left who can sign in. An account is closed
    all the same, since that is how abuse is ended: the person who closes it is to name another
    organizer there. Raises StillNeeded for the last operator.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return _close(user)
        except IntegrityError:
            if not tries_left:
                raise
    return []


@transaction.atomic
def _close(user: User) -> list[Group]:
    """Lock what `account_deletion.delete_account` locks, in its order.

    So no other organizer leaves and no other operator's account is closed meanwhile.
    """
    held = list(Group.objects.filter(pk__in=Group.objects.of(user).values("pk")).held())
    if user.is_staff:
        list(User.objects.filter(is_staff=True).order_by("pk").select_for_update(no_key=True))
    list(User.objects.select_for_update().filter(pk=user.pk))
    farewell = AccountDeletion(user)
    if {membership.group for membership in farewell.memberships} != set(held):
        raise IntegrityError("A group was joined or left at the same moment.")
    if farewell.is_last_operator:
        raise StillNeeded
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_out_everywhere(user)
    return farewell.needed_in


def open_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
