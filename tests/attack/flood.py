"""Four people send what costs most, each over eight connections, as fast as they are answered.

Somebody else, who only reads, waits at most three times as long as without them for 19 of 20 pages.
"""

from collections.abc import Callable
from functools import partial

from tests.attack.base import Outcome
from tests.attack.people import Answered, Crowd, Person, p95, patience, people_of
from tests.attack.plain_pool import served_as_it_was
from tests.servers import Server

ATTACKERS = 4
SECONDS = 8
MOST = 3
GROUP = "/groups/efficient-deep-learning/"
ROW = "| $x^2$ | *b* | https://example.org/x |\n"
SOURCE = ("| a | b | c |\n|---|---|---|\n" + ROW * 400)[:19_000]
ITEM = "- [ ] A title {0} [Author, NeurIPS 2020](https://example.org/{0})\n"
LIST = "".join(ITEM.format(number) for number in range(250))
NUMBERS = "\n".join(f"10.1000/{n}" for n in range(190))


def attempt(server: Server) -> Outcome:
    return flooded(server, server.port)


def control(server: Server) -> Outcome:
    with served_as_it_was(server) as port:
        return flooded(server, port)


def flooded(server: Server, port: int) -> Outcome:
    reader, *others = [Person(port, *one) for one in people_of(server)[: ATTACKERS + 1]]
    actions = [action for person in others for action in actions_of(person)]
    patience(reader, GROUP, 1)
    before = patience(reader, GROUP, SECONDS / 2)
    with Crowd(actions) as crowd:
        during = patience(reader, GROUP, SECONDS)
    after = patience(reader, GROUP, SECONDS / 2)
    own, beside = p95(before + after), p95(during)
    answered = ", ".join(f"{count} × {status}" for status, count in sorted(crowd.statuses.items()))
    report = f"p95 {own * 1000:.0f} ms without, {beside * 1000:.0f} ms beside them ({answered})"
    return Outcome(beside > MOST * own, report)


def actions_of(person: Person) -> list[Callable[[], Answered]]:
    """Previews, posts, pasted numbers and lists; what is not theirs to do is refused."""
    preview = partial(person.post, f"{GROUP}comments/preview/", source=SOURCE)
    paste = partial(person.post, f"{GROUP}papers/paste/", text=NUMBERS, preview="yes")
    start = partial(person.post, "/groups/new/", name="", list_text=LIST)
    return [preview] * 5 + [paste] * 2 + [start]
