"""A database that is away, busy or full is answered as such, not as a fault of ours.

Django turns whatever a view or a middleware raises into a response by `handler500`, so this is
the one place that sees it all, session look-ups and commits included.
"""

import errno
import logging
import secrets
import sqlite3
import sys
import time
from typing import TYPE_CHECKING, TypeGuard

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

if TYPE_CHECKING:
    import psycopg

RETRY_AFTER = 5  # seconds
logger = logging.getLogger(__name__)

# SQLite says with the same exception that a table is missing and that the file is locked.
SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
# By class of SQLSTATE, or by SQLSTATE where a class has both: psycopg's own classes do not tell.
POSTGRESQL_OUTAGES = {
    "08": "the connection is lost",
    "28": "it does not let the site in",
    "40": "it rolled back, as for a deadlock",
    "53": "it is full, or has too many connections",
    "57": "it is being stopped or started, or a statement took too long",
    "58": "its system fails",
    "72": "it is too busy to remember what a long statement needs",
    "F0": "its configuration cannot be read",
    "25006": "it can only be read, as a copy that takes over can",
    "25P03": "a transaction did nothing for too long",
    "25P04": "a transaction took too long",
    "55006": "what is needed is in use",
    "55P03": "a lock was waited for too long",
}
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
TOO_MUCH_OPEN = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def server_error(request: HttpRequest) -> HttpResponse:
    if is_outage(sys.exception()):
        return away()
    reference = secrets.token_hex(4)
    logger.error("%s %r failed: reference %s", request.method, request.path, reference)
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def away(sentence: str = "") -> HttpResponse:
    return HttpResponse(
        render_to_string("503.html", {"sentence": sentence}),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER)},
    )


def is_outage(error: BaseException | None) -> bool:
    """Return whether an error, or the one it came from, is the database's or the disk's and may
    pass.
    """
    if error is None:
        return False
    return _may_pass(error) or is_outage(error.__cause__ or error.__context__)


def _may_pass(error: BaseException) -> bool:
    match error:
        case sqlite3.Error():
            return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in SQLITE_OUTAGES
        case _ if _is_of_psycopg(error):
            return _may_pass_on_postgresql(error)
        case OSError():
            return error.errno in FULL_DISK | TOO_MUCH_OPEN
        case _:
            return False


def _is_of_psycopg(error: object) -> "TypeGuard[psycopg.Error]":
    """Tell without loading it: a site on SQLite does without those ten megabytes."""
    loaded = sys.modules.get("psycopg")
    return loaded is not None and isinstance(error, loaded.Error)


def _may_pass_on_postgresql(error: "psycopg.Error") -> bool:
    code = error.sqlstate or error.diag.sqlstate
    if code:
        return code in POSTGRESQL_OUTAGES or code[:2] in POSTGRESQL_OUTAGES
    # Without a code it never reached the server, or lost it.
    loaded = sys.modules["psycopg"]
    return isinstance(error, loaded.OperationalError | loaded.InterfaceError)


class OneLine(logging.Filter):
    """Log what is not our fault in one line, without a traceback.

    That is a refusal (4xx), and an outage (503), of which one line in ten seconds is enough.
    """

    def __init__(self, seconds: float = 10) -> None:
        super().__init__()
        self.seconds = seconds
        self.told_at = -seconds

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 500)
        if status == 503:
            if time.monotonic() - self.told_at < self.seconds:
                return False
            self.told_at = time.monotonic()
        elif status >= 500:
            return True
        if record.exc_info:
            message = record.getMessage()
            reason = " ".join(str(record.exc_info[1]).split("\n", 1)[:1])
            record.msg = message if reason in ("", message) else f"{message} ({reason})"
            record.args = record.exc_info = None
        return True
