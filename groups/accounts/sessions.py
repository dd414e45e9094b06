"""Sessions: how long one stays signed in, when one was last here, and what of it is kept.

The cookie holds a secret. The database has a hash of it as the session's key, and what the session
holds is encrypted, so that a copy of the database signs no one in.

A session ends two weeks after its last visit (SESSION_COOKIE_AGE) and SESSION_LONGEST after it
began, whichever comes first. When it was last used is noted once in a while, not with every page.
"""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware as DjangoMiddleware
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from groups.encryption import SECRET_BYTES, Unreadable, decrypt, encrypt, hash_of

BEGAN_AT, SEEN_AT = "began_at", "seen_at"
SECONDS_BETWEEN_NOTES = 10 * 60
PURPOSE = "groups.sessions"
LENGTH_OF_KEY = 40  # of its column


class SessionKey(str):
    """The key of a session in the database: 160 bits of the SHA-256 of its secret.

    It carries the secret, which is empty where the key is read from the database. So a store that
    is made from the key of another one, as allauth does, can still be handed to the browser.
    """

    secret = ""

    @classmethod
    def of(cls, secret: str) -> Self:
        key = cls(hash_of(secret)[:LENGTH_OF_KEY])
        key.secret = secret
        return key


class SessionStore(DatabaseStore):
    """Django's, in the database; it knows when someone signed in with it."""

    @property
    def secret(self) -> str:
        """Return the value of the cookie; empty if the session was not opened by one."""
        return getattr(self.session_key, "secret", "")

    def encode(self, session_dict: dict[str, Any]) -> str:
        return encrypt(zlib.compress(self.serializer().dumps(session_dict), level=1), PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return the data of a session's row; empty if it cannot be decrypted."""
        try:
            held: dict[str, Any] = self.serializer().loads(
                zlib.decompress(decrypt(session_data, PURPOSE))
            )
        except Unreadable:
            return {}
        return held

    def _get_new_session_key(self) -> str:
        return SessionKey.of(token_urlsafe(SECRET_BYTES))

    def cycle_key(self) -> None:
        """A new key is given at signing in, and begins a new time."""
        super().cycle_key()
        self[BEGAN_AT] = self[SEEN_AT] = int(timezone.now().timestamp())

    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        began_at = datetime.fromtimestamp(data.get(BEGAN_AT, 0), UTC)
        if BEGAN_AT in data and timezone.now() - began_at > settings.SESSION_LONGEST:
            self.delete(self.session_key)
            self._session_key = None
            return {}
        return data


def held_in(session: Session) -> dict[str, Any]:
    """Return the data of a session's row. `Session.get_decoded` knows no encryption."""
    return SessionStore().decode(session.session_data)


class SessionMiddleware(DjangoMiddleware):
    """Django's, with a cookie that holds the secret and not the key."""

    def process_request(self, request: HttpRequest) -> None:
        secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = SessionStore(SessionKey.of(secret) if secret else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and cookie.value and isinstance(request.session, SessionStore):
            response.cookies[settings.SESSION_COOKIE_NAME] = request.session.secret
        return response


class SeenMiddleware:
    """Notes once in a while that someone is still here, and from where.

    When they sign out, the browser is told to forget what it kept: drafts, on a shared computer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seen_at = request.session.get(SEEN_AT)
        now = timezone.now()
        is_due = seen_at is not None and now.timestamp() - seen_at >= SECONDS_BETWEEN_NOTES
        if is_due and request.user.is_authenticated:
            request.session[SEEN_AT] = int(now.timestamp())
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=now, ip=get_adapter().get_client_ip(request)
            )
        was_signed_in = SESSION_KEY in request.session
        response = self.get_response(request)
        if was_signed_in and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = '"storage"'
        return response
