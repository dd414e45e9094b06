"""The ground for races: actions that leave a barrier together, in threads of their own.

Each has a database connection of its own, as the threads of a server have.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from groups.models import User
from groups.web import throttling
from tests.factories import note_coming_in

ROUNDS = 8
ROUNDS_OF_A_TWIN = 60

Action = Callable[[], Any]


@pytest.fixture(autouse=True)
def a_place_in_the_queue_for_everybody() -> Iterator[None]:
    """Fifty threads share a pool of eight connections: here they wait for as long as it takes."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        yield
        return
    timeout, pool.timeout = pool.timeout, 60
    yield
    pool.timeout = timeout


def at_once(actions: Sequence[Action]) -> list[Any]:
    """Do all of it at the same moment; return what each returned, in the order given.

    Rounds follow each other more quickly than the limits on one person allow.
    """
    throttling.counts.clear()
    barrier = threading.Barrier(len(actions))

    def run(action: Action) -> Any:
        try:
            barrier.wait()
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def press(user: User, view: str, /, *args: Any, **sent: Any) -> Callable[[], HttpResponse]:
    """A person who came in a moment ago and is about to send a form."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    note_coming_in(client, user)
    headers = sent.pop("headers", None)
    return lambda: client.post(reverse(view, args=args), sent, headers=headers)


def statuses(answers: Sequence[HttpResponse]) -> Counter[int]:
    """How often each status was answered. None of them is an error of the server."""
    counts = Counter(answer.status_code for answer in answers)
    assert not [status for status in counts if status >= 500]
    return counts


def loser(answers: Sequence[HttpResponse]) -> HttpResponse:
    """The one answer that was not a success."""
    (lost,) = [answer for answer in answers if answer.status_code >= 400]
    return lost
