"""Passkeys and codes: how django-allauth's second step fits ours."""

import base64
import ipaddress
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from groups.accounts import security_log
from groups.accounts.guesses import Guess
from groups.encryption import TOKEN_START, Unreadable, decrypt, encrypt
from groups.models import User
from groups.validators import validate_one_line

SITE = "Seminar"
LONGEST_NAME = 60
logger = logging.getLogger(__name__)
PURPOSE = "groups.second_step"
# Where the data of a second step has what is encrypted: the key of an app, the seed of codes.
HELD = ["secret", "seed"]
ABOUT_NAMES = "To tell it from your other ones: the device it is on."


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong, or too old.",
        "incorrect_passkey": "This passkey was not understood. Try again.",
        "unverified_email": "First confirm your email.",
        "cannot_generate_recovery_codes": "Recovery codes go with a passkey or an app.",
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        security_log.failed(context.request, code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def _get_site_name(self) -> str:
        return SITE

    def encrypt(self, text: str) -> str:
        """Return the key of an app, or the seed of recovery codes, as the database has it."""
        return encrypt(text.encode(), PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a key or a seed; where the site's key to it is gone, one that no code fits.

        It must not be empty, since anyone knows the codes of an empty key.
        """
        if not encrypted_text.startswith(TOKEN_START):
            return encrypted_text  # from before it was encrypted
        try:
            return decrypt(encrypted_text, PURPOSE).decode()
        except Unreadable:
            logger.warning("A second step cannot be read: it was set up with another SECRET_KEY.")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host_of_passkeys(context.request), "name": SITE}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


def encrypt_anew() -> None:
    """Encrypt what was encrypted with an earlier key of the site with the current one."""
    for step in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=step.pk).first()
            for name in HELD if row else ():
                if token := row.data.get(name):
                    with suppress(Unreadable):
                        row.data[name] = encrypt(decrypt(token, PURPOSE), PURPOSE)
                        row.save(update_fields=["data"])


def careful(clean: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Take whatever a device sends, or who says to be one: what is no passkey is a wrong one.

    An error of the database is none of the device: it is answered as an outage.
    """

    @wraps(clean)
    def with_care(form: Any) -> Any:
        try:
            return clean(form)
        except (ValidationError, ImmediateHttpResponse, DatabaseError):
            raise
        except Exception as error:
            raise MFAAdapter().validation_error("incorrect_passkey") from error

    return with_care


def with_counted_tries(clean: Callable[[Any], str]) -> Callable[[Any], str]:
    """Count tries of a code by account and place, before it is looked at."""

    @wraps(clean)
    def with_count(form: Any) -> str:
        name = f"person {form.user.pk}"
        guess = Guess(context.request, "second step", name, address=form.user.email)
        guess.count()
        code = clean(form)
        guess.was_right()
        return code

    return with_count


class AuthenticateByCodeForm(AuthenticateForm):  # type: ignore[misc]
    clean_code = with_counted_tries(AuthenticateForm.clean_code)


class ReauthenticateByCodeForm(ReauthenticateForm):  # type: ignore[misc]
    clean_code = with_counted_tries(ReauthenticateForm.clean_code)


class SignInByPasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    clean_credential = careful(LoginWebAuthnForm.clean_credential)


class AuthenticateByPasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    clean_credential = careful(AuthenticateWebAuthnForm.clean_credential)


class ReauthenticateByPasskeyForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    clean_credential = careful(ReauthenticateWebAuthnForm.clean_credential)


class AuthenticatorAppForm(ActivateTOTPForm):  # type: ignore[misc]
    code = forms.CharField(
        label="Code",
        help_text="Six digits, as the app shows them now.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """The form shown before a device is asked for its passkey."""

    name = forms.CharField(
        required=False,
        max_length=LONGEST_NAME,
        validators=[validate_one_line],
        help_text=ABOUT_NAMES,
    )
    passwordless = forms.BooleanField(
        label="Sign in with it instead of a password",
        required=False,
        initial=True,
        help_text="Otherwise it is asked for after your password.",
    )
    clean = careful(AddWebAuthnForm.clean)


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        max_length=LONGEST_NAME, validators=[validate_one_line], help_text=ABOUT_NAMES
    )


def host_of_passkeys(request: HttpRequest) -> str:
    """To which host passkeys are bound: the site's, though a proxy may ask by another name.

    Without TLS browsers have passkeys on `localhost` only, whatever the site is called.
    """
    if settings.HAS_TLS:
        return urlsplit(settings.SITE_URL).hostname or ""
    host, _ = split_domain_port(request.get_host())
    return host


def may_have_passkeys(request: HttpRequest) -> bool:
    """Browsers bind passkeys to the name of a host: an address of numbers has none."""
    try:
        ipaddress.ip_address(host_of_passkeys(request).strip("[]"))
    except ValueError:
        return True
    return False


def passkeys_context(request: HttpRequest) -> dict[str, Any]:
    """Templates know whether this page may ask for a passkey."""
    return {"passkeys": SimpleLazyObject(partial(may_have_passkeys, request))}
