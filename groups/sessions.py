"""How long one stays signed in, and when one was last here.

A session ends two weeks after its last visit (SESSION_COOKIE_AGE) and SESSION_LONGEST after it
began, whichever comes first. When it was last used is noted once in a while, not with every page.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

BEGAN_AT, SEEN_AT = "began_at", "seen_at"
SECONDS_BETWEEN_NOTES = 10 * 60


class SessionStore(DatabaseStore):
    """Django's, in the database; it knows when somebody signed in with it."""

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


class SeenMiddleware:
    """Notes once in a while that somebody is still here, and from where.

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
