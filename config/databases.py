"""The two engines, each set the way it was measured to hold under writers and crashes."""

from typing import Any

SQLITE_START = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA mmap_size = 134217728;
    PRAGMA journal_size_limit = 27103364;
    PRAGMA cache_size = 2000;
"""


def tuned(database: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a database, as read from its URL, with our tuning added."""
    return (_sqlite if "sqlite" in database["ENGINE"] else _postgresql)(database)


def _sqlite(database: dict[str, Any]) -> dict[str, Any]:
    """One file, one writer at a time, and what was acknowledged is on the disk.

    Without IMMEDIATE a transaction that reads and then writes fails at once when another one
    wrote in between, whatever the timeout. Connections stay open: the threads that serve pages
    do, too.
    """
    return database | {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": SQLITE_START,
        },
    }


def _postgresql(database: dict[str, Any]) -> dict[str, Any]:
    """Return the settings: a pool for each process, a limit on each statement, and no JIT.

    JIT compiles for longer than any of our statements runs, and begins when the planner
    overestimates.
    """
    limits = {
        "jit": "off",
        "statement_timeout": 5000,
        "lock_timeout": 3000,
        "idle_in_transaction_session_timeout": 10000,
    }
    return database | {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **database.get("OPTIONS", {}),
            # Given up, an attempt to connect is made anew by the next request: so an outage is over
            # when it is over, and not when the pool's growing pauses happen to end.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 2},
            "connect_timeout": 3,
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
        },
    }
