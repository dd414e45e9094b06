"""What `make bench` measures: that the twins show what the pages show, and that sums are right."""

import html
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client, override_settings

from bench import bare, pages
from bench.clock import Clock, run_time
from bench.idle import name_of, processes_below, pss
from bench.pages import LARGE, Result, Sizes, Spent, Subject, as_json, batch_size, measured, table
from papers.models import Comment
from tests.big_groups import BigGroup, make_big_group

PLAIN = {
    "NAME": "plain",
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [settings.BASE_DIR / "bench" / "plain" / "templates"],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ],
    },
}
FEW = Sizes(lists=(6, 4, 8), members=5, comments=4, large=(12, 5, 6), other_groups=2)


@pytest.fixture(autouse=True)
def site_with_twins(db: None) -> Iterator[None]:
    templates = [*settings.TEMPLATES, PLAIN]
    with override_settings(ROOT_URLCONF="bench.urls", TEMPLATES=templates, ALLOWED_HOSTS=["*"]):
        yield


@pytest.fixture
def big() -> BigGroup:
    return make_big_group(6, 5, 4)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


# What is measured


PATHS: dict[str, Callable[[BigGroup], str]] = {
    "home": lambda big: "/",
    "list": lambda big: big.group.get_absolute_url(),
    "paper": lambda big: big.paper.get_absolute_url(),
    "thread": lambda big: big.thread.get_absolute_url(),
}


@pytest.mark.parametrize("name", PATHS)
def test_the_plain_twin_shows_what_the_page_shows(name: str, big: BigGroup) -> None:
    client = Client()
    client.force_login(big.organizer)
    path = PATHS[name](big)
    ours, plain = text_of(client, path), text_of(client, f"/plain{path}")
    facts = {
        big.group.name,
        *big.group.papers.values_list("title", flat=True),
        *big.group.memberships.values_list("user__name", flat=True),
        *big.paper.threads.values_list("title", flat=True),
        "Somebody et al.",
        "tied weights",
    }
    shown = {fact for fact in facts if fact in ours}
    assert shown
    assert {fact for fact in shown if fact not in plain} == set()


def test_the_plain_twin_writes_what_the_page_writes(big: BigGroup) -> None:
    client = Client()
    client.force_login(big.organizer)
    client.post(f"/plain{big.paper.get_absolute_url()}status/", {"status": "read"})
    (status,) = big.paper.statuses.filter(user=big.organizer)
    assert (status.status, status.finished_at is None) == ("read", False)
    client.post(f"/plain{big.thread.get_absolute_url()}comments/", {"source": "A *word*."})
    last = big.thread.comments.latest("pk")
    assert (last.author, last.html) == (big.organizer, "<p>A <em>word</em>.</p>\n")


@pytest.fixture
def connection_stays_open() -> Iterator[None]:
    """As within Django's own test client: an answer ends no connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_page_is_measured_beside_its_twins_and_nothing_is_left(
    connection_stays_open: None, settings: Any
) -> None:
    settings.HOSTS_WITH_PORT = {"127.0.0.1:8000"}
    found = pages.subjects(FEW)
    names = [subject.name for subject in found]
    assert len(set(names)) == len(names)
    assert set(LARGE) < set(names)
    before = Comment.objects.count()
    for subject in found:
        assert set(subject.calls) == {"page", "plain", "raw"}
        assert subject.statements > 0
        assert 0 < subject.sizes["gzip_bytes"] < subject.sizes["bytes"]
        answers = {kind: call() for kind, call in subject.calls.items()}
        subject.afterwards()
        assert all(answers.values()), subject.name
    assert set(bare.TWINS) >= set(names)
    assert Comment.objects.count() == before


# Measuring


class FakeClock(Clock):
    """Two seconds here and one in the database for each time that it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def here(self) -> float:
        self.asked += 1
        return 2.0 * self.asked

    def in_database(self) -> float:
        return 1.0 * self.asked


def subject(name: str, calls: dict[str, Callable[[], bytes]], **more: Any) -> Subject:
    return Subject(name, calls, 3, {"bytes": 2_000, "gzip_bytes": 500}, **more)


def test_batches_take_turns_and_what_they_added_is_undone_after_each() -> None:
    done: list[str] = []

    def call(word: str) -> Callable[[], bytes]:
        def called() -> bytes:
            done.append(word)
            return b""

        return called

    one = subject("one", {"page": call("p"), "raw": call("r")}, afterwards=lambda: done.append("|"))
    (result,) = measured([one], FakeClock(), rounds=2)
    assert "".join(done) == "pppppppppp|rrrrrrrrrr|" + 2 * "pp|rr|"
    assert result.spent["page"] == Spent(here=1.0, in_database=0.5)


def test_a_batch_is_even() -> None:
    assert batch_size(lambda: b"", FakeClock(), lambda: None) == 2


def test_the_figures_are_ratios_of_what_was_spent() -> None:
    def result(name: str, page: float) -> Result:
        spent = {"page": Spent(page, 0.001), "plain": Spent(0.009, 0.001), "raw": Spent(0.002, 0)}
        return Result(subject(name, {}), spent)

    rows = as_json([result("home", 0.009), result("large: home", 0.029)])
    assert rows["home"] == {
        "statements": 3,
        "bytes": 2_000,
        "gzip_bytes": 500,
        "database_ms": 1.0,
        "page_ms": 10.0,
        "plain_ms": 10.0,
        "raw_ms": 2.0,
        "of_plain": 1.0,
        "of_raw": 5.0,
        "aim_of_plain": None,
    }
    assert rows["large: home"]["of_small"] == 3.0
    shown = table(rows).splitlines()
    assert len(shown) == 3
    assert shown[2].endswith("3.00 / 1.2 small")


def test_the_clock_counts_this_process_and_others_of_which_the_kernel_tells() -> None:
    clock = Clock([os.getpid()])
    before = clock.in_database()
    sum(range(300_000))
    assert clock.in_database() > before
    assert Clock([2**22 + 1]).in_database() == 0
    assert run_time(2**22 + 1) is None


def test_on_postgresql_the_backend_is_counted() -> None:
    clock = Clock.of_connection()
    assert bool(clock.backends) == (connection.vendor == "postgresql")
    with connection.cursor() as cursor:
        before = clock.in_database()
        cursor.execute("SELECT count(*) FROM papers_paper a, papers_paper b")
        assert not clock.backends or clock.in_database() > before


def test_memory_is_told_of_a_process_and_those_below_it() -> None:
    pid = os.getpid()
    assert processes_below(pid)[0] == pid
    assert pss(pid) > 1_000_000
    assert name_of(pid)
