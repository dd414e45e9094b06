"""Measure the pages requested most, beside a bare view with the same reads and writes.

    python -m bench.pages

DATABASE_URL says on which engine; without it, it is SQLite. The database is made for the run and
removed: on SQLite a file in a temporary folder, on PostgreSQL a database with a name of its own
beside the one that is named, which is not touched.

One row a page: the statements sent; CPU milliseconds a request, of the page and of its bare twin
(see bench/bare.py); and the ratio of the two. The time is that of this process (`process_time`),
so neither waiting counts nor what a PostgreSQL server does in processes of its own.

How to read it. Pages and twins take turns in short batches, and each number is the median of its
batches: what else the machine does in the meantime meets both. So the ratio holds from one machine
to another, within a tenth; the milliseconds hold for this machine on this day. The second visit
is measured: on the first one a page of talk also notes that it was seen.
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import psycopg
from psycopg import sql

PAPERS, MEMBERS, COMMENTS = 78, 8, 200
ROUNDS = 11
SECONDS_OF_A_BATCH = 0.15
HOST = "127.0.0.1"
CSRF = "c" * 32


def main() -> None:
    with prepared():
        print_table(measured(subjects()))


# The database


@contextmanager
def prepared() -> Iterator[None]:
    """Django on a database that is made for the run and removed."""
    with temporary_data() as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        try:
            prepare()
            yield
        finally:
            close()


@contextmanager
def temporary_data() -> Iterator[str]:
    """A folder for files and an empty database: yields the latter's address."""
    wanted = os.environ.get("TESTED_DATABASE_URL") or os.environ.get("DATABASE_URL", "sqlite://")
    with tempfile.TemporaryDirectory(prefix="seminar-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        if wanted.startswith("sqlite"):
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        else:
            with temporary_postgresql(wanted) as url:
                yield url


@contextmanager
def temporary_postgresql(beside: str) -> Iterator[str]:
    name = sql.Identifier(f"seminar_bench_{secrets.token_hex(6)}")
    with psycopg.connect(beside, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlsplit(beside)._replace(path=f"/{name.as_string().strip(chr(34))}").geturl()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def close() -> None:
    from django.db import connection

    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


# What is measured


@dataclass
class Subject:
    """A page, its twin and what the twin repeats: each a call that does one request."""

    name: str
    page: Callable[[], int]
    bare: Callable[[], int]
    queries: int


def subjects() -> list[Subject]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.urls import reverse

    from groups.accounts.sessions import SessionStore
    from tests.big_groups import make_big_group

    big = make_big_group(PAPERS, MEMBERS, COMMENTS)
    user = big.organizer
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    visitor = Visitor(session.secret)

    press = reverse("papers:status_update", args=[big.group.slug, big.paper.pk])
    row = big.paper.placements.get().pk
    pages = {
        f"list, {PAPERS} papers": visitor.get(big.group.get_absolute_url()),
        "paper": visitor.get(big.paper.get_absolute_url()),
        f"thread, {COMMENTS} comments": visitor.get(big.thread.get_absolute_url()),
        "toggle": visitor.press(press, row),
    }
    return [subject(name, page, visitor) for name, page in pages.items()]


def subject(name: str, page: Callable[[], int], visitor: "Visitor") -> Subject:
    from bench.bare import TWINS, Recording, Twin

    # A press goes there and back: its twin does the two in turn, as it does.
    for _ in range(2):
        page()
    recordings = [Recording(), Recording()]
    keys = []
    for recording in recordings:
        with recording.listening():
            recording.length = page()
        keys.append(visitor.key)
    TWINS[name] = Twin(recordings, dict.fromkeys(keys, new_key) if visitor.key else {})
    bare = visitor.get(f"/bare/{quote(name)}/", is_bare=True)
    visitor.key = ""
    return Subject(name, page, bare, len(recordings[0].statements))


def new_key() -> str:
    return secrets.token_urlsafe(16)


class Visitor:
    """Asks Django's own handlers, as a server does, with the cookies of somebody signed in."""

    def __init__(self, session_secret: str) -> None:
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import override_settings

        self.cookies = f"sessionid={session_secret}; csrftoken={CSRF}"
        self.key = ""
        self.site = WSGIHandler()
        with override_settings(MIDDLEWARE=[]):
            self.without_middleware = WSGIHandler()

    def get(self, path: str, *, is_bare: bool = False) -> Callable[[], int]:
        handler = self.without_middleware if is_bare else self.site
        return lambda: self.ask(handler, "GET", path)

    def press(self, path: str, row: int) -> Callable[[], int]:
        statuses = cycle(["read", "reading"])

        def pressing() -> int:
            self.key = new_key()
            sent = {"status": next(statuses), "row": row, "idempotency_key": self.key}
            body = urlencode(sent | {"csrfmiddlewaretoken": CSRF}).encode()
            return self.ask(self.site, "POST", path, body)

        return pressing

    def ask(self, handler: Any, method: str, path: str, body: bytes = b"") -> int:
        """Do one request; return the length of the answer."""
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
        return len(content)


# Measuring


@dataclass
class Result:
    subject: Subject
    page: float
    bare: float


def measured(subjects: list[Subject]) -> list[Result]:
    """CPU seconds a request, each the median of batches that took turns."""
    calls = {id(call): call for s in subjects for call in (s.page, s.bare)}
    sizes = {key: batch_size(call) for key, call in calls.items()}
    times: dict[int, list[float]] = {key: [] for key in calls}
    for _ in range(ROUNDS):
        for key, call in calls.items():
            times[key].append(batch(call, sizes[key]))
    medians = {key: statistics.median(found) for key, found in times.items()}
    return [Result(s, medians[id(s.page)], medians[id(s.bare)]) for s in subjects]


def batch_size(call: Callable[[], int]) -> int:
    """Even, so that a press that goes there and back has done both as often."""
    batch(call, 4)
    return 2 * max(1, round(SECONDS_OF_A_BATCH / batch(call, 6) / 2))


def batch(call: Callable[[], int], size: int) -> float:
    start = time.process_time()
    for _ in range(size):
        call()
    return (time.process_time() - start) / size


def print_table(results: list[Result]) -> None:
    from django.db import connection

    print(f"\n{connection.display_name}: {PAPERS} papers, {MEMBERS} members\n")
    print(f"{'page':24}{'queries':>9}{'CPU ms':>9}{'bare ms':>9}{'ratio':>8}")
    for result in results:
        page, bare = 1000 * result.page, 1000 * result.bare
        print(
            f"{result.subject.name:24}{result.subject.queries:9}"
            f"{page:9.2f}{bare:9.2f}{page / bare:8.1f}"
        )


if __name__ == "__main__":
    main()
