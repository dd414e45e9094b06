"""CPU time: of this process, and of the backends of PostgreSQL that serve it.

A backend is a process of the server. Those of our database are named by `pg_stat_activity`, and
the kernel says in /proc/PID/schedstat, to the nanosecond, how long each has run. So the server
must be on this machine; where it is not, or where the kernel does not say, only this process
counts. Workers of a parallel query end with it and are not counted.
"""

import time
from pathlib import Path

NANOSECOND = 1e-9


class Clock:
    """Tells the seconds that were spent. `backends` are PIDs."""

    def __init__(self, backends: list[int] | None = None) -> None:
        self.backends = backends or []

    @classmethod
    def of_connection(cls) -> "Clock":
        """Return the clock for what goes through Django's connection."""
        from django.db import connection

        if connection.vendor != "postgresql":
            return cls()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            return cls([pid for (pid,) in cursor.fetchall()])

    @property
    def says_all(self) -> bool:
        """Whether what the database spends is known: on SQLite it is spent here."""
        from django.db import connection

        known = [run_time(pid) is not None for pid in self.backends]
        return connection.vendor != "postgresql" or (bool(known) and all(known))

    def here(self) -> float:
        return time.process_time()

    def in_database(self) -> float:
        return sum(filter(None, map(run_time, self.backends)))


def run_time(pid: int) -> float | None:
    """Return the seconds for which a process of one thread has run, if the kernel says."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) * NANOSECOND
    except (OSError, IndexError, ValueError):
        return None
