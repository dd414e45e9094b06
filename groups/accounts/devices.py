"""Known devices: browsers in which someone has signed in to an account before.

Guesses at a password delay everyone but them, so that no one can keep a person out of their own
account. A browser proves it by a cookie that is signed, bound to the account and its password, and
holds no secret that signs in: see the OWASP article on device cookies.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from groups.models import Tally, User
from groups.models.tallies import tally_key

SALT = "groups.devices"
SECONDS_KNOWN = 365 * 24 * 60 * 60
# How many accounts one browser is known to.
MOST_ACCOUNTS = 4


class Device(NamedTuple):
    """An entry of the cookie: whose it is, which one, since when, and for which password."""

    user: int
    name: str
    since: float
    mark: str

    def is_of(self, user: User) -> bool:
        return self.user == user.pk and constant_time_compare(self.mark, password_mark(user))


def known_device(request: HttpRequest, address: str) -> str:
    """Return the name of the device if this browser is known to the account with that address, or
    "".

    So is a browser that is signed in to it. Other people's browsers cost no query.
    """
    signed_in: Any = request.user
    if isinstance(signed_in, User) and signed_in.email.lower() == address:
        return f"signed in as {signed_in.pk}"
    devices = devices_of(request)
    if not devices:
        return ""
    for user in filter_users_by_email(address, is_active=True, for_login=True):
        for device in devices:
            if device.is_of(user) and not _is_revoked(device):
                return device.name
    return ""


def know_device(request: HttpRequest, user: User) -> None:
    """Have the answer to this request make the browser known to the account."""
    request.known_to = user  # type: ignore[attr-defined]


def forget_devices(user: User) -> None:
    """Let every browser be a strange one to the account; a new password does that, too."""
    now = time.time()
    Tally.objects.update_or_create(
        key=tally_key(_revocation(user.pk)),
        defaults={"counted_at": now, "forget_at": now + SECONDS_KNOWN},
    )


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """A session that is ended from elsewhere may be that of a lost device."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        for user in {session.user for session in sessions}:
            forget_devices(user)
            know_device(context.request, user)


class DeviceMiddleware:
    """Sets the cookie where the view has called `know_device`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if user := getattr(request, "known_to", None):
            others = [device for device in devices_of(request) if device.user != user.pk]
            new = Device(user.pk, secrets.token_urlsafe(9), time.time(), password_mark(user))
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                signing.dumps([new, *others[: MOST_ACCOUNTS - 1]], salt=SALT),
                max_age=SECONDS_KNOWN,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def devices_of(request: HttpRequest) -> list[Device]:
    """Return the entries of the browser's cookie; none where it is not one of ours."""
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        return [Device(*entry) for entry in signing.loads(cookie, salt=SALT, max_age=SECONDS_KNOWN)]
    except (signing.BadSignature, TypeError, ValueError):
        return []


def password_mark(user: User) -> str:
    """Tells one password of a person from the next, and nothing of either."""
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:32]


def _is_revoked(device: Device) -> bool:
    revoked = Tally.objects.filter(pk=tally_key(_revocation(device.user))).first()
    return revoked is not None and device.since <= revoked.counted_at


def _revocation(pk: int) -> str:
    return f"devices of {pk} are forgotten"
