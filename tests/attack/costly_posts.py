"""Post comments that cost most to render, four people at once, while somebody else reads.

No text costs more than SECONDS to render or becomes more than GROWTH times as long, and the reader
waits at most three times as long as without them for 19 of 20 pages. The control is the renderer of
earlier releases.
"""

import itertools
import time
from collections.abc import Callable
from functools import partial

from papers.rendering import markdown
from tests.attack import naive_markdown
from tests.attack.base import Outcome
from tests.attack.people import Answered, Crowd, Person, p95, patience, people_of
from tests.papers.rendering import costly_texts
from tests.servers import Server

SECONDS, GROWTH = 0.2, 20
CONTROL_SECONDS = 1.0
TIMES = 3
ATTACKERS, SECONDS_OF_FLOOD, MOST = 4, 8, 3
GROUP = "/groups/efficient-deep-learning/"
# The worst of what bench.rendering tries, with the renderer of earlier releases and with ours.
PIECES = [
    "://",
    "https://[",
    "[://",
    "|www.",
    "a\n=\n$$",
    "a.com*",
    "$:",
    "\n[",
    "*[",
    "x.ac ",
    ".`",
]
SLOW = ["://", "https://["]


def worst() -> dict[str, str]:
    texts = {repr(piece): costly_texts.filled(piece, 20_000) for piece in PIECES}
    return texts | costly_texts.made()


def seconds(render: Callable[[str], str], text: str, times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        render(text)
        taken.append(time.thread_time() - begun)
    return min(taken)


def attempt(server: Server) -> Outcome:
    texts = worst()
    slowest, name = max((seconds(markdown.render, text), name) for name, text in texts.items())
    growth = max(len(markdown.render(text)) / len(text) for text in texts.values())
    own, beside, crowd = flooded(server, list(texts.values()))
    answered = ", ".join(f"{count} × {status}" for status, count in sorted(crowd.statuses.items()))
    waits = f"{own * 1000:.0f} ms without, {beside * 1000:.0f} ms beside them ({answered})"
    return Outcome(
        slowest > SECONDS or growth > GROWTH or beside > MOST * own,
        f"{slowest:.2f} s for the slowest of {len(texts)} ({name}), {growth:.0f} × at most; a "
        f"reader's p95 {waits}",
    )


def flooded(server: Server, texts: list[str]) -> tuple[float, float, Crowd]:
    reader, *others = [Person(server.port, *one) for one in people_of(server)[: ATTACKERS + 1]]
    patience(reader, GROUP, 1)
    before = patience(reader, GROUP, SECONDS_OF_FLOOD / 2)
    keys = itertools.count()
    with Crowd([partial(post, person, texts, keys) for person in others * 2]) as crowd:
        during = patience(reader, GROUP, SECONDS_OF_FLOOD)
    after = patience(reader, GROUP, SECONDS_OF_FLOOD / 2)
    return p95(before + after), p95(during), crowd


def post(person: Person, texts: list[str], keys: "itertools.count[int]") -> Answered:
    """What is refused as too much is sent again a second later: here posts are to be rendered."""
    number = next(keys)
    path = f"{GROUP}threads/1/comments/new/"
    text = texts[number % len(texts)]
    answer = person.post(path, source=text, idempotency_key=f"attack-{number}")
    if answer.status == 429:
        time.sleep(1)
    return answer


def control(server: Server) -> Outcome:
    texts = [costly_texts.filled(piece, 20_000) for piece in SLOW]
    table = costly_texts.made()["rows without cells"]
    slowest = max(seconds(naive_markdown.render, text, 1) for text in [*texts, table])
    growth = len(naive_markdown.render(table)) / len(table)
    return Outcome(
        slowest > CONTROL_SECONDS and growth > GROWTH,
        f"{slowest:.1f} s for the slowest, {growth:.0f} × as long at most",
    )
