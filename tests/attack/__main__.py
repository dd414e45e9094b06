"""Attacks on the site as it is shipped, on this machine's loopback, one after the other.

    python -m tests.attack [NAME ...]

Uses the database of TESTED_DATABASE_URL, or else SQLite in a folder of its own. Ends with a status
other than 0 where an attack did harm, or where its control did none.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.attack.base import Attack, Outcome
from tests.attack.table import ATTACKS
from tests.servers import Server, database_for_server


def main() -> None:
    wanted = sys.argv[1:]
    if unknown := set(wanted) - {attack.name for attack in ATTACKS}:
        sys.exit(f"There is no attack called {', '.join(sorted(unknown))}.")
    chosen = [attack for attack in ATTACKS if not wanted or attack.name in wanted]
    results = [withstood(attack) for attack in chosen]
    sys.exit(not all(results))


def withstood(attack: Attack) -> bool:
    """Make one attack on a server of its own and tell what came of it."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="seminar-attack-") as folder,
        database_for_server(Path(folder)) as url,
        Server(Path(folder), url, "--demo") as server,
    ):
        attempt, control = attack.attempt(server), attack.control(server)
    seconds = time.monotonic() - began
    print(f"{verdict(attempt, control):9} {attack.name} ({seconds:.0f} s)")
    print(f"          site:    {attempt.report}\n          control: {control.report}", flush=True)
    return not attempt.harmed and control.harmed


def verdict(attempt: Outcome, control: Outcome) -> str:
    if attempt.harmed:
        return "HARMED"
    return "withstood" if control.harmed else "NO TEST"


if __name__ == "__main__":
    main()
