"""People who come in by an account elsewhere: Google, GitHub, ORCID or an OpenID Connect provider.

Such an account opens the one here that it was connected with, by someone who was signed in. An
address alone opens nothing: a person who has it elsewhere is asked to sign in here and
to connect the two.
"""

from typing import Any, NamedTuple

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from groups.accounts.adapter import AccountAdapter
from groups.models import User
from groups.validators import validate_one_line

LONGEST_NAME = 80


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": "There is already an account with this email. "
        "Sign in to it first, then connect your account at %s.",
        "no_password": "First set a password, or you could not sign in any more.",
        "no_verified_email": "First confirm your email, or you could not sign in any more.",
        "connected_other": "That account is connected with somebody else's here.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(AccountAdapter().is_open_for_signup(request))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Say what to do where someone here has the address already. They have shown it theirs."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        known = [address.email for address in sociallogin.email_addresses if address.verified]
        if any(filter_users_by_email(email) for email in known):
            context = {"provider": sociallogin.provider, "address": known[0]}
            page = render(request, "socialaccount/address_taken.html", context, status=409)
            raise ImmediateHttpResponse(page)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.name = name_from(data)
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(sociallogin.user.name)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        return {
            **super().get_signup_form_initial_data(sociallogin),
            "name": sociallogin.user.name,
        }

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: forms.Form | None = None
    ) -> User:
        if form is None:
            sociallogin.user.set_unusable_password()
            sociallogin.user.save_with_handle()
        user: User = super().save_user(request, sociallogin, form)
        return user


def name_from(data: dict[str, Any]) -> str:
    """Return the name that a provider tells, if people here could read it; else nothing."""
    parts = (data.get("first_name"), data.get("last_name"))
    name = data.get("name") or " ".join(part for part in parts if part) or data.get("username")
    name = " ".join(str(name or "").split())[:LONGEST_NAME]
    try:
        validate_one_line(name)
    except ValidationError:
        return ""
    return name


def providers_context(request: HttpRequest) -> dict[str, Any]:
    """Templates know by which providers one can come in."""
    return {"sign_in_providers": [Way(one.name, sign_in_address(one)) for one in providers()]}


class Way(NamedTuple):
    """A way in by an account elsewhere, as a button shows it."""

    name: str
    url: str


def providers() -> list[Any]:
    configured: list[Any] = settings.SIGN_IN_PROVIDERS
    return configured


def sign_in_address(provider: Any) -> str:
    if provider.kind == "openid_connect":
        return reverse("openid_connect_login", args=[provider.key])
    return reverse(f"{provider.kind}_login")
