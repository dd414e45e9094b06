"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.http import HttpRequest
from django.test.client import ClientMixin
from hypothesis import HealthCheck, settings

from groups.accounts.sessions import SessionKey, SessionStore
from groups.web import throttling
from tests.chromium import chromium, flags
from tests.servers import Server, database_for_server, put_demo_in
from tests.stack import with_room

# A run tries the same few examples each time, so that what fails is what was changed. With
# RANDOM_EXAMPLES it tries so many others. How long one takes depends on what else the machine does.
RANDOM_EXAMPLES = int(os.environ.get("RANDOM_EXAMPLES", "0"))
settings.register_profile(
    "seminar",
    max_examples=RANDOM_EXAMPLES or 40,
    derandomize=not RANDOM_EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("seminar")


def session_of(browser: ClientMixin) -> SessionStore:
    """Django's `Client.session`, for cookies that hold a secret and not the session's key."""
    if cookie := browser.cookies.get(site.SESSION_COOKIE_NAME):
        return SessionStore(SessionKey.of(cookie.value))
    session = SessionStore()
    session.save()
    browser.cookies[site.SESSION_COOKIE_NAME] = session.secret
    return session


def set_login_cookies(browser: ClientMixin, request: HttpRequest) -> None:
    browser.cookies[site.SESSION_COOKIE_NAME] = request.session.secret


ClientMixin.session = property(session_of)  # type: ignore[method-assign, assignment]
ClientMixin._set_login_cookies = set_login_cookies


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a server comes first: so it is one process that does it, and starts one server."""
    items.sort(key=lambda item: item.get_closest_marker("server") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    given = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    with_room(lambda: pyfuncitem.obj(**given))
    return True


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """What a process remembers for a minute would reach from one test into the next."""
    caches["process"].clear()
    throttling.counts.clear()


@pytest.fixture
def no_worker(settings: Any) -> None:
    """Tasks wait for somebody who never comes: letters, and questions that may take seconds."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}
    }


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": flags()}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """The site as it is shipped, on a free port, with a database of its own and the demo in it.

    A test that changes what others look at does so in a group and with people of its own.
    """
    folder: Path = tmp_path_factory.mktemp("server")
    ours = tmp_path_factory.getbasetemp()
    with database_for_server(folder) as url:
        if url.startswith("sqlite"):
            put_demo_in(folder, shared=ours if worker_id == "master" else ours.parent)
        server = Server(folder, url, "--demo")
        # Its few people do in a minute what others do in a month.
        server.environment["LIMITS"] = "group=off,post=off,edit=off,import=off,work=off,export=off"
        with server:
            yield server
