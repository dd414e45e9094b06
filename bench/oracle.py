"""Whether the time of an answer tells what is there: a row of another group beside none at all.

    python -m bench.oracle [PAIRS]

For every address that names a row of a group, an organizer of another group asks for it in turns
with one that does not exist, PAIRS times each (200). One row an address: the two medians in
milliseconds, and their difference; nothing more than 5 ms is tolerated. Below them is a control: a
view that works before it refuses, which has to stand out.

DATABASE_URL says on which engine, as for `bench.pages`.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.pages import prepared

TOLERATED = 5.0  # milliseconds
WORK = 0.01  # seconds, of the control


def main(pairs: int = 200) -> None:
    with prepared():
        sys.exit(0 if tell(pairs) else 1)


def tell(pairs: int) -> bool:
    """Print the table; whether all is within what is tolerated, and the control is not."""
    from tests.access.fillers import MISSING, form_for, routes
    from tests.access.visitors import complete
    from tests.factories import browser_of, make_room

    logging.disable(logging.CRITICAL)  # each refusal would be told
    room, foreign = make_room("Readers"), make_room("Neighbours")
    for one_of_both in (room, foreign):
        complete(one_of_both)
    browser = browser_of(room.organizer, SERVER_NAME="127.0.0.1")
    print(f"{'address':34} {'method':6} {'theirs':>8} {'none':>8} {'apart':>8}   ms")
    worst = 0.0
    for route in routes():
        if not route.has_a_row:
            continue
        theirs = route.address(room, pk=route.row_of(foreign))
        missing = route.address(room, pk=MISSING)
        for method in route.line.methods:
            form = form_for(route.name, foreign) if method == "POST" else {}
            send = getattr(browser, method.lower())
            one, other = medians(send, theirs, missing, form, pairs)
            worst = max(worst, abs(one - other))
            print(row(route.name, method, one, other))

    def working(address: str, form: dict[str, Any]) -> None:
        if address == "theirs":
            time.sleep(WORK)

    one, other = medians(working, "theirs", "none", {}, pairs)
    print(row("(control)", "", one, other))
    return worst <= TOLERATED < one - other


def medians(
    send: Callable[..., Any], theirs: str, missing: str, form: dict[str, Any], pairs: int
) -> tuple[float, float]:
    """In milliseconds. The two take turns, so what else the machine does meets both."""
    times: dict[str, list[float]] = {theirs: [], missing: []}
    for number in range(pairs):
        for address in (theirs, missing) if number % 2 else (missing, theirs):
            begun = time.perf_counter()
            answer = send(address, form)
            times[address].append(time.perf_counter() - begun)
            if answer and answer.status_code != 404:
                raise RuntimeError(f"{address} was answered {answer.status_code}.")
    return statistics.median(times[theirs]) * 1000, statistics.median(times[missing]) * 1000


def row(name: str, method: str, one: float, other: float) -> str:
    return f"{name:34} {method:6} {one:8.2f} {other:8.2f} {one - other:+8.2f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
