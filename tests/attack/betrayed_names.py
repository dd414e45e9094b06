"""Learn of a private group by calling one of one's own the same.

The control is the way in which earlier releases made a group: a name that is taken is refused, and
one that only makes the same address gets an address with a tail.
"""

import re
import statistics
import time

from papers.demo.people import CAST
from tests.attack.base import Outcome
from tests.attack.browser import Browser, leads_to
from tests.servers import Answer, Server

NAME, NOTHING = "Journal club of the sixth floor", "Journal club of the ninth floor"
SPELLINGS = [str.title, str.upper, lambda name: name.replace(" ", "-")]
ROUNDS = 15
TAIL = re.compile(r"-[a-z2-9]{6}/$")


def attempt(server: Server) -> Outcome:
    owner, otto = Browser(server, "192.0.2.1"), Browser(server, "192.0.2.2")
    owner.sign_in(CAST[0].email)
    otto.sign_in(CAST[-1].email)
    private = leads_to(create(owner, NAME))
    assert otto.get(private).status == 404
    answers: dict[str, set[tuple[int, str]]] = {NAME: set(), NOTHING: set()}
    seconds: dict[str, list[float]] = {NAME: [], NOTHING: []}
    for number in range(ROUNDS):
        for name in (NAME, NOTHING) if number % 2 else (NOTHING, NAME):
            began = time.perf_counter()
            answer = create(otto, SPELLINGS[number % 3](name))
            seconds[name].append(time.perf_counter() - began)
            answers[name].add((answer.status, shape(leads_to(answer), name)))
    for name in (NAME, NOTHING):
        answer = otto.get(f"/groups/{name.lower().replace(' ', '-')}/")
        answers[name].add((answer.status, ""))
    differs = answers[NAME] != answers[NOTHING]
    medians = [1000 * statistics.median(seconds[name]) for name in (NAME, NOTHING)]
    return Outcome(
        differs,
        f"answers {'differ' if differs else 'are alike'} in {2 * ROUNDS} tries; "
        f"medians {medians[0]:.0f} and {medians[1]:.0f} ms",
    )


def create(browser: Browser, name: str) -> Answer:
    return browser.post("/groups/new/", {"name": name})


def shape(path: str, name: str) -> str:
    """An address, with the same words for either name."""
    words = name.lower().replace(" ", "-")
    return TAIL.sub("-#/", path.replace(words, "name"))


def control(server: Server) -> Outcome:
    taken = {NAME.lower(): NAME.lower().replace(" ", "-")}

    def made(name: str) -> str:
        if name.lower() in taken:
            return "refused"
        slug = name.lower().replace(" ", "-")
        return f"{slug}-#" if slug in taken.values() else slug

    answers = {name: [made(spell(name)) for spell in SPELLINGS] for name in (NAME, NOTHING)}
    differs = "refused" in answers[NAME] and "refused" not in answers[NOTHING]
    return Outcome(differs, f"a name that is taken is told: {answers[NAME]}")
