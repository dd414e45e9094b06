"""Every page asks the database as often for a big group as for a small one.

Counted on the second visit. On the first one a page with threads also notes that it was seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import demo
from groups.models import Group, User
from papers.archives import large_archives
from papers.exports import large_exports
from tests.big_groups import BigGroup, make_big_group
from tests.pages import HTMX

SMALL = {"papers": 78, "members": 5, "comments": 10, "other_groups": 1}
BIG = {"papers": 2_000, "members": 200, "comments": 1_000, "other_groups": 12}

# The bell besides.
MOST_OF_THE_LIST = 10 + 1
# Of what one was told, too, that it was seen.
NOTING_A_VISIT = 2
AS_A_PAGE = {"Accept": "text/html"}


@dataclass
class Budget:
    """How many queries a page takes, session and visitor included."""

    queries: int
    address: Callable[[BigGroup], str]
    on_the_first_visit: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def of_group(name: str, query: str = "") -> Callable[[BigGroup], str]:
    return lambda big: reverse(name, args=[big.group.slug]) + query


def of_paper(name: str) -> Callable[[BigGroup], str]:
    return lambda big: reverse(name, args=[big.group.slug, big.paper.pk])


# The bell is one of them on every page, and on those with a bell of their own what one follows; on
# those with comments the reactions to all of them, and what one has begun to write.
BUDGETS = {
    "home": Budget(9, lambda big: reverse("home")),
    "catch up": Budget(14, lambda big: reverse("papers:catch_up")),
    "list": Budget(11, of_group("papers:list_detail")),
    "list, one mark": Budget(11, of_group("papers:list_detail", "?show=read")),
    "list, mine": Budget(11, of_group("papers:list_detail", "?show=assigned")),
    "list, one topic": Budget(
        12, lambda big: f"{big.group.get_absolute_url()}?topic={big.group.topics.in_order()[0].pk}"
    ),
    "export": Budget(8, of_group("papers:list_export")),
    "export, a page": Budget(7, of_group("papers:list_export"), headers=AS_A_PAGE),
    "export, one mark": Budget(
        6, lambda big: f"{reverse('papers:list_download', args=[big.group.slug, 'md'])}?show=read"
    ),
    "export of one paper": Budget(
        4, lambda big: reverse("papers:paper_export", args=[big.group.slug, big.paper.pk, "md"])
    ),
    "paste": Budget(9, of_group("papers:paper_paste", "?text=10.1000/182+1706.03762+PMID:7")),
    "paper": Budget(15, of_paper("papers:paper_detail"), NOTING_A_VISIT),
    "all marks of a paper": Budget(10, of_paper("papers:status_update")),
    "edit a paper": Budget(7, of_paper("papers:paper_update")),
    "add a paper": Budget(5, of_group("papers:paper_create")),
    "assign": Budget(7, of_paper("papers:assignment_create")),
    "thread": Budget(10, lambda big: big.thread.get_absolute_url(), NOTING_A_VISIT),
    "thread, a page": Budget(
        10, lambda big: f"{big.thread.get_absolute_url()}?page=2", NOTING_A_VISIT
    ),
    "discussions": Budget(6, of_group("papers:thread_list")),
    "duplicates": Budget(8, of_group("papers:duplicate_list")),
    "two papers": Budget(
        10,
        lambda big: reverse(
            "papers:duplicate_detail",
            args=[
                big.group.slug,
                *big.group.papers.order_by("pk").values_list("pk", flat=True)[:2],
            ],
        ),
    ),
    "import preview": Budget(
        8, lambda big: reverse("papers:import_detail", args=[big.group.slug, big.imported.pk])
    ),
    "look-ups": Budget(5, of_group("papers:lookup_list")),
    "look-up of a paper": Budget(5, of_paper("papers:lookup_detail")),
    "invitations": Budget(6, of_group("groups:invitation_list")),
    "directory": Budget(4, lambda big: reverse("groups:group_list")),
    "profile": Budget(3, lambda big: reverse("groups:person_update")),
    "history": Budget(6, of_group("groups:event_list")),
    "history, one person": Budget(
        7,
        lambda big: (
            f"{reverse('groups:event_list', args=[big.group.slug])}?person={big.organizer.pk}"
        ),
    ),
    "history as CSV": Budget(4, of_group("groups:event_export")),
    "papers after a #": Budget(4, of_group("papers:mentionable_paper_list", "?typed=e")),
    "members after an @": Budget(4, of_group("groups:mentionable_list", "?typed=e")),
    "members": Budget(8, of_group("groups:membership_list")),
    "schedule": Budget(6, of_group("papers:schedule_detail")),
}
# What a stranger reads of a public group: no user is queried.
PUBLIC = {
    "list": Budget(5, of_group("papers:list_detail")),
    "schedule": Budget(3, of_group("papers:schedule_detail")),
    "paper": Budget(6, of_paper("papers:paper_detail")),
    "thread": Budget(5, lambda big: big.thread.get_absolute_url()),
    "discussions": Budget(3, of_group("papers:thread_list")),
}
# A mark that is pressed on the list, answered with all that shows it: the savepoint of the
# transaction and of the request key, what is written, and the pieces of the list.
PRESS = 15
# A comment that is posted on the page of a thread, answered with it alone; the thread keeps it as
# its last one, its author follows the thread, and the draft of it goes. What tells the others is
# work of the worker.
POST = 13


@pytest.fixture(scope="module")
def groups(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[BigGroup]]:
    """The small and the big one, made once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = [make_big_group(**SMALL), make_big_group(**BIG)]
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names():
                cursor.execute(f'ANALYZE "{table}"')  # as a server does by itself within minutes
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def small_and_big(
    groups: list[BigGroup], db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[BigGroup]]:
    """Whether there is a demonstration is asked once a minute; here no minute ends."""
    monkeypatch.setattr(demo, "REMEMBERED", None)
    caches["process"].clear()
    demo.has_demo_people()
    yield groups
    caches["process"].clear()


def queries(ask: Callable[[], HttpResponse]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture(autouse=True)
def large_exports_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process of its own would ask the database is counted, too."""
    for module in (large_exports, large_archives):
        monkeypatch.setattr(module, "LARGE", 1_000_000)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_keeps_its_budget_at_any_size(name: str, small_and_big: list[BigGroup]):
    budget = BUDGETS[name]
    for big in small_and_big:
        client = signed_in(big.organizer)
        visit = partial(client.get, budget.address(big), headers=budget.headers)
        first, second = queries(visit), queries(visit)
        assert len(second) == budget.queries, "\n".join(second)
        assert len(first) == budget.queries + budget.on_the_first_visit, "\n".join(first)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_keeps_its_budget_at_any_size(name: str, small_and_big: list[BigGroup]):
    budget = PUBLIC[name]
    for big in small_and_big:
        Group.objects.filter(pk=big.group.pk).update(visibility="public", opens_threads=True)
        asked = queries(partial(Client().get, budget.address(big)))
        assert len(asked) == budget.queries, "\n".join(asked)


def test_a_press_keeps_its_budget_at_any_size(small_and_big: list[BigGroup]):
    for big in small_and_big:
        client = signed_in(big.organizer)
        address = reverse("papers:status_update", args=[big.group.slug, big.paper.pk])
        row = big.paper.placements.get().pk
        for status in ("reading", "read"):
            sent = {"status": status, "row": row, "idempotency_key": f"{big.group.pk}-{status}"}
            asked = queries(partial(client.post, address, sent, headers=HTMX))
            assert len(asked) == PRESS, "\n".join(asked)


def test_posting_keeps_its_budget_at_any_size(small_and_big: list[BigGroup], no_worker):
    for big in small_and_big:
        client = signed_in(big.organizer)
        address = reverse("papers:comment_create", args=[big.group.slug, big.thread.pk])
        newest = big.thread.comments.latest("pk").pk
        sent = {"source": "So?", "on_page": f"{newest} {newest} {newest}"}
        sent["idempotency_key"] = f"{big.group.pk}-post"
        asked = queries(partial(client.post, address, sent, headers=HTMX))
        assert len(asked) == POST, "\n".join(asked)


def test_the_list_takes_at_most_ten_queries():
    assert BUDGETS["list"].queries <= MOST_OF_THE_LIST
