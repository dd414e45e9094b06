"""Somebody signed in who asks Django's handlers, as a server does."""

import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle
from typing import Any
from urllib.parse import unquote, urlencode

from groups.models import User

HOST = "127.0.0.1"
CSRF = "c" * 32
ENCODINGS = "gzip, deflate, br, zstd"
TEXT = "It holds for **tied weights** as well, see $\\alpha < 1$ in section 3."
ON_PAGE = re.compile(r'name="on_page" value="([\d ]+)"')
# What Django's own template of a project has, with the sessions of this one.
PLAIN_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "groups.accounts.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@dataclass
class Handlers:
    """Those of the site, of its plain twin, and without any middleware."""

    site: Any
    plain: Any
    bare: Any

    @classmethod
    def make(cls) -> "Handlers":
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import override_settings

        site = WSGIHandler()
        with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
            plain = WSGIHandler()
        with override_settings(MIDDLEWARE=[]):
            return cls(site, plain, WSGIHandler())


class Visitor:
    """Asks as one person. `key` is that of the form that was sent last."""

    def __init__(self, user: User, handlers: Handlers) -> None:
        self.user = user
        self.handlers = handlers
        self.cookies = f"sessionid={session_of(user)}; csrftoken={CSRF}"
        self.key = ""
        self.encodings = ENCODINGS

    def get(self, path: str, handler: Any = None) -> Callable[[], bytes]:
        return lambda: self.ask(handler or self.handlers.site, "GET", path)

    def post(
        self, path: str, handler: Any = None, **fields: Callable[[], object] | object
    ) -> Callable[[], bytes]:
        """Return what sends a form by HTMX; a field that is called is another one each time."""

        def sending() -> bytes:
            self.key = new_key()
            sent = {name: value() if callable(value) else value for name, value in fields.items()}
            sent |= {"idempotency_key": self.key, "csrfmiddlewaretoken": CSRF}
            return self.ask(handler or self.handlers.site, "POST", path, urlencode(sent).encode())

        return sending

    def press(self, path: str, handler: Any = None, **fields: object) -> Callable[[], bytes]:
        """Return what sets a status there and back in turn."""
        statuses = cycle(["read", "reading"])
        return self.post(path, handler, status=lambda: next(statuses), **fields)

    def on_page(self, path: str) -> str:
        """Return what the page of a thread says that it has of it."""
        with self.without_compression():
            found = ON_PAGE.search(self.get(path)().decode())
        return found[1] if found else ""

    @contextmanager
    def without_compression(self) -> Iterator[None]:
        self.encodings = ""
        try:
            yield
        finally:
            self.encodings = ENCODINGS

    def ask(self, handler: Any, method: str, path: str, body: bytes = b"") -> bytes:
        """Do one request; return the answer."""
        statuses: list[str] = []
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "HTTP_HOST": f"{HOST}:8000",
            "HTTP_COOKIE": self.cookies,
            "HTTP_ACCEPT_ENCODING": self.encodings,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        if method == "POST":
            environ["HTTP_HX_REQUEST"] = "true"
        response = handler(environ, lambda status, headers, *rest: statuses.append(status))
        content = b"".join(response)
        response.close()
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{method} {path} was answered {statuses}.")
        return content


def new_key() -> str:
    return secrets.token_urlsafe(16)


def session_of(user: User) -> str:
    """Sign somebody in; return the secret of the session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from groups.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.secret
