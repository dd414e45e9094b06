"""What may pass by itself is told from what is our fault."""

import errno
import logging
import sqlite3

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from psycopg_pool import PoolTimeout

from config.outages import OneLineAnOutage, is_outage, server_error


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
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_a_database_that_is_away_or_full_is_an_outage(error):
    assert is_outage(raised(error))


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

    outages = OneLineAnOutage()
    first, second, fault = record(503), record(503), record(500)
    assert outages.filter(first)
    assert first.getMessage() == "Service Unavailable: / (gone)"
    assert not first.exc_info
    assert not outages.filter(second)
    assert outages.filter(fault)
    assert fault.exc_info
