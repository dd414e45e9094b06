"""An error of the database is not taken for a limit that is used up."""

import sqlite3

import psycopg
import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.db.backends.utils import CursorWrapper

from tests.factories import browser_of

pytestmark = pytest.mark.django_db
SIGN_UP = {"name": "New", "email": "new@example.org", "password1": "correct horse battery"}


def full_disk() -> Exception:
    if connection.vendor != "sqlite":
        return psycopg.errors.DiskFull("could not extend file: No space left on device")
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.fixture
def writes_fail(monkeypatch):
    """Have every write into a table fail, or into all, where the driver would say so."""

    def fail(cause: Exception, kind: type[DatabaseError], table: str = "") -> None:
        def execute(self, sql, *rest):
            if sql.startswith(("INSERT", "UPDATE")) and table in sql:
                raise kind(str(cause)) from cause
            return run(self, sql, *rest)

        run = CursorWrapper._execute
        monkeypatch.setattr(CursorWrapper, "_execute", execute)

    return fail


def test_what_is_there_already_is_not_added_again():
    assert cache.add("key", 1)
    assert not cache.add("key", 2)
    cache.set("key", 3)
    assert cache.get("key") == 3


def test_two_who_add_at_the_same_moment_are_no_outage(writes_fail):
    writes_fail(psycopg.errors.UniqueViolation(), IntegrityError, "cache")
    assert not cache.add("key", 1)


def test_a_full_disk_is_raised(writes_fail):
    writes_fail(full_disk(), OperationalError, "cache")
    with pytest.raises(OperationalError):
        cache.add("key", 1)
    with pytest.raises(OperationalError):
        cache.set("key", 1)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/accounts/login/", {"login": "new@example.org", "password": "wrong"}),
        ("/accounts/signup/", SIGN_UP),
        ("/accounts/password/reset/", {"email": "new@example.org"}),
        ("/accounts/login/code/", {"email": "new@example.org"}),
        ("/join/no-such-secret/", {}),
    ],
)
def test_with_a_full_disk_no_form_says_that_there_were_too_many_tries(writes_fail, path, form):
    writes_fail(full_disk(), OperationalError)
    answer = browser_of(raise_request_exception=False).post(path, form)
    assert answer.status_code == 503
    assert answer["Retry-After"]
