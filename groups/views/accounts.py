"""Going for good: a person deletes their account."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from groups.accounts.account_deletion import AccountDeletion, StillNeeded, delete_account
from groups.accounts.signing_in import ask_to_sign_in
from groups.forms.confirmation import ConfirmationForm
from groups.models import User
from groups.web.responses import problem

COME_IN_AGAIN = (
    "To make sure that it is you who deletes the account: you have no password that could be asked "
    "for, so sign out, come in again, and go on within a quarter of an hour. Nothing was deleted."
)


@login_not_required
def account_delete(request: HttpRequest) -> HttpResponse:
    """Open to strangers, since a second press comes when the account is gone already."""
    if isinstance(request.user, User):
        return _delete(request, request.user)
    if request.method != "POST":
        return ask_to_sign_in(request)
    return render(request, "account/account_deleted.html", {"is_sure": False}, status=401)


@require_safe
@login_not_required
def account_deleted(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "account/account_deleted.html", {"is_sure": True})


def _delete(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for the password, if it was not given lately, and lead back here."""
    raise_if_reauthentication_required(request, app="account")
    if not (get_reauthentication_flows(user) or came_in_lately(request, user)):
        return problem(request, COME_IN_AGAIN, status=403)
    form = ConfirmationForm(
        user.email,
        "Your email, to confirm",
        "This is not the email of your account. Nothing was deleted.",
        request.POST or None,
    )
    if form.is_valid():
        try:
            delete_account(user)
        except StillNeeded:
            return _page(request, form, user, 409)
        logout(request)
        return redirect("groups:account_deleted")
    return _page(request, form, user, 422 if form.is_bound else 200)


def came_in_lately(request: HttpRequest, user: User) -> bool:
    """Return whether someone signed in, by whatever way, no longer ago than a password would
    count.
    """
    ways = get_authentication_records(request, user)
    return bool(ways) and time.time() - ways[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _page(request: HttpRequest, form: ConfirmationForm, user: User, status: int) -> HttpResponse:
    context = {"form": form, "farewell": AccountDeletion(user), "refused": status == 409}
    return render(request, "account/account_delete.html", context, status=status)
