"""Write threads that make pages as heavy as can be, some as earlier releases stored them.

No page is above MOST bytes, and the links from page to page lead to every comment. The control is
the page of earlier releases, which had the whole thread.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence

from tests.attack.base import Outcome
from tests.attack.people import Person, people_of
from tests.servers import BASE_DIR, Server

MOST = 2_000_000
SOURCE = "<" * 20_000
THREADS = {
    "27 MB as they were stored": [(SOURCE, f"<p>{'x' * 690_000}</p>")] * 40,
    "a comment of 5 MB": [(SOURCE, f"<p>{'x' * 5_000_000}</p>")] * 2,
    "long comments": [("a_b* " * 4_000, None)] * 60,
    "other alphabets": [("\U0001f600" * 20_000, None)] * 60,
    "a thousand short ones": [("So?", None)] * 1_000,
}
LATER = re.compile(r'rel="next" href="([^"]+)"')


def attempt(server: Server) -> Outcome:
    paths = dict(zip(THREADS, make_threads(server, list(THREADS.values())), strict=True))
    person = Person(server.port, *people_of(server)[0])
    heaviest, which, lost = 0, "", 0
    for name, path in paths.items():
        found: list[str] = []
        pages = [path, *[f"{path}?page={n}" for n in (2, 3, 999)]]
        following: str | None = path
        while following:
            text = person.get(following).text
            found += re.findall(r'<li id="comment-(\d+)"', text)
            later = LATER.search(text)
            following = later[1] if later else None
            pages = [*pages, following] if following else pages
        lost += len(THREADS[name]) - len(set(found))
        weight = max(len(person.get(page).text.encode()) for page in pages)
        heaviest, which = max((heaviest, which), (weight, name))
    paper = re.search(r'href="(/groups/[\w-]+/papers/\d+/)"', person.get(path).text)
    assert paper
    weight = len(person.get(paper[1]).text.encode())
    heaviest, which = max((heaviest, which), (weight, "the paper's page"))
    return Outcome(
        heaviest > MOST or lost > 0,
        f"{heaviest / 1e6:.2f} MB is the heaviest page ({which}), {lost} comments on none",
    )


def make_threads(server: Server, threads: Sequence[Sequence[tuple[str, str | None]]]) -> list[str]:
    """Put threads into the site's database; return their paths."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.attack.make_thread"],
        input=json.dumps(threads),
        cwd=BASE_DIR,
        env=server.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return made.stdout.split()


def control(server: Server) -> Outcome:
    heaviest = max(sum(len(html or "") for _, html in said) for said in THREADS.values())
    return Outcome(heaviest > MOST, f"{heaviest / 1e6:.0f} MB on one page")
