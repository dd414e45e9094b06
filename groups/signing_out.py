"""Ending a person's sessions, wherever they are."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction

from groups.models import User

# Where the site also keeps from which browser somebody signed in.
BROWSERS = "usersessions.UserSession"


@transaction.atomic
def sign_out_everywhere(user: User) -> int:
    """End all sessions of a person; return how many there were.

    A session does not say whose it is until it is opened, so each is.
    """
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    if apps.is_installed("allauth.usersessions"):
        apps.get_model(BROWSERS)._default_manager.filter(user=user).delete()
    return len(theirs)


@transaction.atomic
def close_account(user: User) -> None:
    """Let a person in no more, until the account is opened again; what they wrote stays."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_out_everywhere(user)


def open_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
