"""Measure rendering the costliest comments, and the HTML they make.

    python -m bench.rendering [PIECES]

Tries the texts of tests/papers/costly_texts.py, each as long as a comment may be, with up to PIECES
of its pieces in turn (two; three take an hour), and prints those that take longest and those that
grow most. Ends with 1 if one goes beyond its limit.
"""

import itertools
import multiprocessing
import os
import sys
import time
from typing import NamedTuple

import django

SECONDS, GROWTH = 0.2, 20
SHOWN = 12
AGAIN, TIMES = 40, 3
MIXED = 1000


class Cost(NamedTuple):
    seconds: float
    growth: float
    text: str


def cost_of(text: str) -> Cost:
    from papers.rendering.markdown import render

    begun = time.thread_time()
    html = render(text)
    return Cost(time.thread_time() - begun, len(html) / len(text), text)


def least(cost: Cost) -> Cost:
    """The least that a text costs in so many times."""
    return min(cost_of(cost.text) for _ in range(TIMES))


def main(pieces: int) -> None:
    from tests.papers.rendering import costly_texts

    texts = itertools.chain(
        costly_texts.made().values(),
        *(costly_texts.repeated(count) for count in range(1, pieces + 1)),
        costly_texts.halves(),
        costly_texts.mixed(MIXED),
    )
    with multiprocessing.Pool(initializer=django.setup) as pool:
        costs = list(pool.imap_unordered(cost_of, texts, chunksize=50))
    slowest = sorted(costs, key=lambda cost: cost.seconds, reverse=True)
    # A machine that does other things makes some look slow that are not.
    slowest = sorted((least(cost) for cost in slowest[:AGAIN]), reverse=True)
    largest = sorted(costs, key=lambda cost: cost.growth, reverse=True)
    print(f"{len(costs):,} texts, {sum(cost.seconds for cost in costs) / len(costs):.3f} s each")
    print(f"{'seconds':>7} {'HTML':>6}  text")
    for cost in (*slowest[:SHOWN], *largest[:SHOWN]):
        half = len(cost.text) // 2
        sample = f"{cost.text[:24]!r} … {cost.text[half : half + 24]!r}"
        print(f"{cost.seconds:7.3f} {cost.growth:5.1f}×  {sample}")
    sys.exit(slowest[0].seconds > SECONDS or largest[0].growth > GROWTH)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
