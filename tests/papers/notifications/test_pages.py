"""The page of notifications and its buttons."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import User
from papers.models import Notification
from papers.notifications import pages
from tests.factories import Room, browser_of, make_comment
from tests.pages import HTMX, fields_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(room: Room) -> Iterator[list[Notification]]:
    """Five notifications of the member, of which the page shows three."""
    comments = [make_comment(room.thread, room.author, f"Thought {n}") for n in range(5)]
    rows = [tell(room, room.member, comment.pk) for comment in comments]
    most, pages.MOST_SHOWN = pages.MOST_SHOWN, 3
    yield rows
    pages.MOST_SHOWN = most


def tell(room: Room, user: User, comment: int) -> Notification:
    return Notification.objects.create(
        user=user, group=room.group, reason="followed", cause=f"comment:{comment}",
        actor=room.author, paper=room.paper, thread=room.thread, comment_id=comment,
    )  # fmt: skip


def waiting(user: User) -> int:
    return Notification.objects.of(user).waiting().count()


def test_the_newest_are_shown_and_it_is_said_that_there_are_more(
    room: Room, told: list[Notification]
) -> None:
    shown = text_of(browser_of(room.member).get("/notifications/"))
    assert [f"Thought {n}" in shown for n in range(5)] == [False, False, True, True, True]
    assert "The newest 3 are shown" in shown
    assert "5" in shown  # at the bell


def test_all_done_is_all_that_was_shown(room: Room, told: list[Notification]) -> None:
    browser = browser_of(room.member)
    fields = fields_of(browser.get("/notifications/").content.decode())
    sent = {name: fields[name] for name in ("oldest", "newest")}
    late = tell(room, room.member, make_comment(room.thread, room.author).pk)
    assert browser.post("/notifications/done/", sent).status_code == 302
    left = Notification.objects.of(room.member).waiting().order_by("pk")
    assert [one.pk for one in left] == [told[0].pk, told[1].pk, late.pk]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_done_and_later(room: Room, told: list[Notification], headers: dict[str, str]) -> None:
    browser = browser_of(room.member)
    browser.post(f"/notifications/{told[4].pk}/done/", headers=headers)
    browser.post(f"/notifications/{told[3].pk}/later/", {"until": "week"}, headers=headers)
    assert waiting(room.member) == 3
    assert "Thought 3" not in text_of(browser.get("/notifications/"))
    assert "Thought 3" in text_of(browser.get("/notifications/?later"))


@pytest.mark.parametrize("sent", [{}, {"oldest": "x", "newest": "1"}, {"oldest": -1, "newest": 9}])
def test_nonsense_is_not_done(room: Room, told: list[Notification], sent: dict[str, str]) -> None:
    assert browser_of(room.member).post("/notifications/done/", sent).status_code == 404
    assert waiting(room.member) == 5


def test_a_day_is_the_morning_of_it_where_the_reader_is(
    room: Room, told: list[Notification]
) -> None:
    room.member.describe(time_zone="Asia/Tokyo")
    browser_of(room.member).post(f"/notifications/{told[4].pk}/later/", {"day": "2100-05-04"})
    until = Notification.objects.get(pk=told[4].pk).later_until
    assert until == datetime(2100, 5, 4, 8, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"day": "2020-01-01"}, "This day is over"),
        ({"day": "2026-02-30"}, "Enter a valid date"),
        ({}, "Choose a day"),
        ({"until": "never"}, "Select a valid choice"),
    ],
)
def test_a_day_that_is_none_changes_nothing(
    room: Room, told: list[Notification], sent: dict[str, str], said: str
) -> None:
    answer = browser_of(room.member).post(f"/notifications/{told[4].pk}/later/", sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert waiting(room.member) == 5


def test_many_are_shown_with_as_many_queries_as_one(
    room: Room, told: list[Notification], django_assert_num_queries: Any
) -> None:
    browser = browser_of(room.member)
    browser.get("/notifications/")  # what a process asks once
    pages.MOST_SHOWN = 1
    with CaptureQueriesContext(connection) as of_one:
        browser.get("/notifications/")
    pages.MOST_SHOWN = 200
    with django_assert_num_queries(len(of_one)):
        browser.get("/notifications/")
