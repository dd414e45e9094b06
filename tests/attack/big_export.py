"""Somebody fetches all of a group of 5,000 papers, over and over on four connections.

Other readers wait at most three times as long as without them for 19 of 20 pages.
"""

import subprocess
import sys

from tests.attack.base import Outcome
from tests.attack.flood import GROUP
from tests.attack.people import Crowd, Person, p95, patience, people_of
from tests.attack.plain_pool import served_as_it_was
from tests.servers import BASE_DIR, Server

CONNECTIONS = 4
SECONDS = 8
MOST = 3


def attempt(server: Server) -> Outcome:
    return fetched(server, server.port)


def control(server: Server) -> Outcome:
    with served_as_it_was(server) as port:
        return fetched(server, port)


def fetched(server: Server, port: int) -> Outcome:
    organizer, member, *_ = people_of(server)
    slug = big_group(server, member[0])
    taker, reader = Person(port, *member), Person(port, *organizer)
    before = patience(reader, GROUP, SECONDS / 2)
    with Crowd([lambda: taker.get(f"/groups/{slug}/export/all/")] * CONNECTIONS) as crowd:
        during = patience(reader, GROUP, SECONDS)
    own, beside = p95(before), p95(during)
    answered = ", ".join(f"{count} × {status}" for status, count in sorted(crowd.statuses.items()))
    report = f"p95 {own * 1000:.0f} ms without, {beside * 1000:.0f} ms beside it ({answered})"
    return Outcome(beside > MOST * own or not crowd.statuses[200], report)


def big_group(server: Server, email: str) -> str:
    """Make a group of 5,000 papers with somebody in it; return what its address says."""
    command = [sys.executable, "-m", "tests.attack.make_big_group", email]
    made = subprocess.run(
        command, cwd=BASE_DIR, env=server.environment, capture_output=True, text=True, check=True
    )
    return made.stdout.strip()
