"""What may pass by itself is told from what is our fault."""

import contextlib
import errno
import logging
import sqlite3
import time

import psycopg
import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError, connection, transaction
from psycopg_pool import PoolClosed, PoolTimeout

from config.outages import OneLine, is_outage, server_error
from tests.factories import browser_of, make_room


def raised(error: Exception) -> Exception:
    """The error as Django raises it."""
    try:
        raise OperationalError(str(error)) from error
    except OperationalError as wrapped:
        return wrapped


@pytest.mark.parametrize(
    "error",
    [
        psycopg.OperationalError("the connection is lost"),
        psycopg.InterfaceError("the connection is closed"),
        psycopg.errors.DiskFull("no space left"),
        psycopg.errors.TooManyConnections("sorry, too many clients already"),
        PoolTimeout("couldn't get a connection after 3.00 sec"),
        PoolClosed("the pool is closed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EMFILE, "Too many open files"),
    ],
)
def test_a_database_that_is_away_or_full_is_an_outage(error):
    assert is_outage(raised(error))


# What PostgreSQL can say, class by class: whether all of it, none of it or what of it may pass.
NONE, ALL = frozenset[str](), None
MAY_PASS: dict[str, frozenset[str] | None] = {
    **dict.fromkeys(["08", "28", "40", "53", "57", "58", "72", "F0"], ALL),
    "25": frozenset({"25006", "25P03", "25P04"}),
    "55": frozenset({"55006", "55P03"}),
    **dict.fromkeys(["02", "03", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21"], NONE),
    **dict.fromkeys(["22", "23", "24", "26", "27", "2B", "2D", "2F", "34", "38", "39", "3B"], NONE),
    **dict.fromkeys(["3D", "3F", "42", "44", "54", "HV", "P0", "XX"], NONE),
}
CODES = {
    error.sqlstate: error
    for error in vars(psycopg.errors).values()
    if isinstance(error, type) and issubclass(error, psycopg.Error) and error.sqlstate
}


@pytest.mark.parametrize("kind", sorted({code[:2] for code in CODES}))
def test_every_error_of_postgresql_is_an_outage_or_a_fault_of_ours(kind):
    passing = MAY_PASS[kind]
    for code, error in CODES.items():
        if code.startswith(kind):
            assert is_outage(raised(error())) == (passing is ALL or code in passing), error


def test_every_error_of_sqlite_is_an_outage_or_a_fault_of_ours():
    names = ["BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "NOMEM", "PROTOCOL", "READONLY"]
    passing = {getattr(sqlite3, f"SQLITE_{name}") for name in names}
    for code in range(1, 27):
        error = sqlite3.OperationalError()
        error.sqlite_errorcode = code | 3 << 8  # as an extended code of its kind
        assert is_outage(raised(error)) == (code in passing), code


def end_from_the_server() -> None:
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")


def idle_for_too_long() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 1")
    time.sleep(0.05)
    connection.cursor().execute("SELECT 1")


def ask_again_after_the_end() -> None:
    end_from_the_server()
    connection.cursor().execute("SELECT 1")


def open_a_savepoint_after_the_end() -> None:
    end_from_the_server()
    with contextlib.suppress(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT 1")
    connection.cursor().execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_ends_in_a_transaction_is_an_outage_to_whatever_comes_next():
    if connection.vendor == "sqlite":
        return  # has no server that could end it
    for action in [
        idle_for_too_long,
        end_from_the_server,
        ask_again_after_the_end,
        open_a_savepoint_after_the_end,
    ]:
        with pytest.raises(Exception, match=r".") as ended, transaction.atomic():
            action()
        assert is_outage(ended.value), action
        connection.close()


def test_a_locked_sqlite_is_an_outage_and_a_missing_table_is_not(tmp_path):
    path = tmp_path / "locked.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as first:
        first.execute("BEGIN EXCLUSIVE")
        second = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError) as locked:
            second.execute("SELECT * FROM anything")
        first.execute("ROLLBACK")
        with pytest.raises(sqlite3.OperationalError) as missing:
            second.execute("SELECT * FROM anything")
        second.close()
    first.close()
    assert is_outage(raised(locked.value))
    assert not is_outage(raised(missing.value))


@pytest.mark.django_db
def test_a_missing_table_is_no_outage_on_the_engine_under_test():
    with pytest.raises(Exception, match="nothing_of_that_name") as missing, transaction.atomic():
        connection.cursor().execute("SELECT * FROM nothing_of_that_name")
    assert not is_outage(missing.value)


def test_an_outage_is_answered_with_503_and_when_to_come_back(rf):
    try:
        raise raised(psycopg.OperationalError("gone"))
    except OperationalError:
        response = server_error(rf.get("/"))
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert b'id="problem"' in response.content


def test_a_fault_of_ours_is_answered_with_a_reference_that_the_log_knows(rf, caplog):
    try:
        raise ValueError("a secret")
    except ValueError:
        response = server_error(rf.get("/lists/"))
    assert response.status_code == 500
    reference = caplog.messages[0].rpartition(" ")[2]
    assert reference in response.content.decode()
    assert b"a secret" not in response.content


def test_an_outage_fills_one_line_of_the_log_and_a_fault_all_it_needs():
    def record(status: int) -> logging.LogRecord:
        made = logging.makeLogRecord({"msg": "Service Unavailable: %s", "args": ("/",)})
        made.status_code = status
        error = raised(psycopg.OperationalError("gone\nand more"))
        made.exc_info = (type(error), error, error.__traceback__)
        return made

    outages = OneLine()
    first, second, fault = record(503), record(503), record(500)
    assert outages.filter(first)
    assert first.getMessage() == "Service Unavailable: / (gone)"
    assert not first.exc_info
    assert not outages.filter(second)
    assert outages.filter(fault)
    assert fault.exc_info


@pytest.mark.parametrize(
    ("error", "status", "message", "logged"),
    [
        (PermissionDenied("Not yours."), 403, "Forbidden: /a/", "Forbidden: /a/ (Not yours.)"),
        (PermissionDenied(), 403, "Forbidden: /a/", "Forbidden: /a/"),
        (BadRequest("Nonsense\nand more"), 400, "Bad request: /a/", "Bad request: /a/ (Nonsense)"),
        (SuspiciousOperation("A trick."), 400, "A trick.", "A trick."),
        (ValueError("Late"), 409, "Conflict: /a/", "Conflict: /a/ (Late)"),
    ],
)
def test_a_refusal_fills_one_line_of_the_log(error, status, message, logged):
    exc_info = type(error), error, error.__traceback__
    record = logging.makeLogRecord({"msg": message, "status_code": status, "exc_info": exc_info})
    assert OneLine().filter(record)
    assert not record.exc_info
    assert record.getMessage() == logged


@pytest.mark.django_db
def test_no_refusal_of_the_site_has_a_traceback(caplog):
    room = make_room("Readers")
    browser_of(room.member).get(f"/groups/{room.group.slug}/settings/")
    browser_of(room.outsider).get(f"/groups/{room.group.slug}/")
    browser_of().get("/", headers={"host": "elsewhere.example"})
    browser_of(enforce_csrf_checks=True).post("/accounts/login/")
    records = [record for record in caplog.records if OneLine().filter(record)]
    assert {record.status_code for record in records} == {400, 403, 404}
    assert not [record for record in records if record.exc_info]
