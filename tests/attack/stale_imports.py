"""A list is written at the very moment at which somebody removes a paper that it changes.

A hundred times, each answered with a page or a sentence, and never with a fault.
"""

import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.attack.base import Outcome
from tests.attack.flood import GROUP
from tests.attack.people import Person, people_of
from tests.attack.plain_pool import served_without_limits
from tests.servers import BASE_DIR, Server

ROUNDS = 100


def attempt(server: Server) -> Outcome:
    with served_without_limits(server) as port:
        return raced(server, port)


def raced(server: Server, port: int) -> Outcome:
    one, other = (Person(port, *people_of(server)[0]) for _ in range(2))
    topic = re.search(r'name="topics" value="(\d+)"', one.get(f"{GROUP}papers/new/").text)
    assert topic
    statuses: Counter[int] = Counter()
    with ThreadPoolExecutor(2) as threads:
        for number in range(ROUNDS):
            title = f"A paper on its way out, number {number}"
            paper = one.post(f"{GROUP}papers/new/", title=title, topics=topic[1]).location
            text = f"- [ ] {title} [Somebody et al., A Venue 2020]\n"
            brought = one.post(f"{GROUP}imports/new/", list_text=text).location
            answers = [
                threads.submit(one.post, brought),
                threads.submit(other.post, f"{paper}delete/"),
            ]
            statuses.update(answer.result().status for answer in answers)
    faults = sum(count for status, count in statuses.items() if status >= 500)
    answered = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    return Outcome(faults > 0, f"{ROUNDS} races: {answered}")


def control(server: Server) -> Outcome:
    """Write what was planned without looking whether the group is still as it was."""
    command = [sys.executable, "-m", "tests.attack.naive_import"]
    run = subprocess.run(
        command, cwd=BASE_DIR, env=server.environment, capture_output=True, text=True, check=False
    )
    reason = run.stderr.strip().splitlines()[-1] if run.returncode else "written"
    return Outcome("Stale" in reason, reason)
