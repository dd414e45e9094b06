"""Marks: everyone's own, set to a stated value, shown everywhere at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.models import ReadingStatus
from papers.models.reading_statuses import Status
from tests.factories import Room, browser_of, make_paper, make_topic
from tests.pages import HTMX, as_on_the_page, is_whole_page, pieces, roots, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def status_path(room: Room, query: str = "") -> str:
    return f"/groups/{room.group.slug}/papers/{room.paper.pk}/status/{query}"


def mark_of(room: Room, person) -> ReadingStatus:
    return room.paper.statuses.get(user=person)


# The mark itself


def test_no_row_means_to_read(room):
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/")
    assert page.context["counts"]["to_read"] == 1
    assert not room.paper.statuses.exists()


@BOTH
@pytest.mark.parametrize("status", Status.values)
def test_status_update_sets_the_status_that_the_button_named(room, status, headers):
    browser = browser_of(room.member)
    for _ in range(2):
        browser.post(status_path(room), {"status": status}, headers=headers)
    assert mark_of(room, room.member).status == status
    assert room.paper.statuses.count() == 1


@BOTH
def test_a_press_on_a_paper_that_was_removed_meanwhile_says_so(room, headers):
    path = status_path(room)
    room.paper.remove(room.organizer)
    answer = browser_of(room.member).post(path, {"status": "read"}, headers=headers)
    assert answer.status_code == 404
    assert "not on the list, or no longer" in words_of(text_of(answer))
    assert not ReadingStatus.objects.filter(user=room.member).exists()


@pytest.mark.parametrize("status", Status.values)
def test_the_moment_of_finishing_is_there_exactly_when_it_is_read(room, status):
    room.paper.set_status(room.member, "read")
    room.paper.set_status(room.member, status)
    assert (mark_of(room, room.member).finished_at is not None) == (status == "read")


def test_marking_as_read_again_keeps_the_first_moment(room):
    first = room.paper.set_status(room.member, "read").finished_at
    assert room.paper.set_status(room.member, "read").finished_at == first


def test_reading_once_more_is_finishing_once_more(room):
    first = room.paper.set_status(room.member, "read").finished_at
    room.paper.set_status(room.member, "reading")
    again = room.paper.set_status(room.member, "read").finished_at
    assert first
    assert again
    assert again > first


def test_a_status_is_ones_own(room):
    room.paper.set_status(room.author, "read")
    before = mark_of(room, room.author)
    browser_of(room.member).post(status_path(room), {"status": "skipped"})
    after = mark_of(room, room.author)
    assert (after.status, after.finished_at, after.set_at) == (
        before.status,
        before.finished_at,
        before.set_at,
    )


def test_the_database_keeps_one_status_per_person_and_paper(room):
    room.paper.set_status(room.member, "read")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingStatus.objects.create(paper=room.paper, user=room.member)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "devoured"}, "status_is_known"),
        ({"status": "read", "finished_at": None}, "finished_exactly_when_read"),
        ({"status": "reading", "finished_at": timezone.now()}, "finished_exactly_when_read"),
    ],
)
def test_the_database_knows_what_a_status_is(room, change, constraint):
    room.paper.set_status(room.member, "reading")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReadingStatus.objects.update(**change)


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("to_read", "reading"),
        ("reading", "read"),
        ("read", "to_read"),
        ("skimmed", "to_read"),
        ("skipped", "to_read"),
    ],
)
def test_one_press_goes_on(status, after):
    assert Status(status).next == after


def test_the_latest_readers_come_first(room):
    for days, person in ((2, room.member), (1, room.author), (3, room.organizer)):
        room.paper.set_status(person, "read")
        finished = timezone.now() - timedelta(days=days)
        ReadingStatus.objects.filter(user=person).update(finished_at=finished)
    readers = ReadingStatus.objects.filter(paper=room.paper).with_people()
    assert [mark.user for mark in readers] == [room.author, room.member, room.organizer]


# The answer to a press


def assert_pieces_are_those_of_the_page(answer, page) -> None:
    """Each piece is, letter for letter, the one that the page shows in its place."""
    sent, shown = pieces(text_of(answer)), pieces(text_of(page))
    assert roots(text_of(answer))
    assert all(roots(text_of(answer)))
    for name in roots(text_of(answer)):
        assert as_on_the_page(sent[name]) == as_on_the_page(shown[name]), name


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("query", ["", "?topic={topic}", "?page=1", "?topic={topic}&page=1"])
def test_status_update_answers_the_list_with_the_pieces_of_the_list(room, status, query):
    room.paper.place_under(room.other_topic)
    make_paper(room.group, make_topic(room.group, "Below", room.topic))
    room.paper.set_status(room.author, "read")
    query = query.format(topic=room.topic.pk)
    browser = browser_of(room.member)
    form = {"status": status, "row": room.placement.pk}
    answer = browser.post(status_path(room, query), form, headers=HTMX)
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in text_of(answer)
    page = browser.get(f"/groups/{room.group.slug}/{query}")
    assert_pieces_are_those_of_the_page(answer, page)


def test_every_figure_and_button_that_shows_the_status_is_in_the_answer(room):
    """What the page shows differently after a press is what the press brought."""
    second = room.paper.place_under(room.other_topic)
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/"
    before = pieces(text_of(browser.get(address)))
    form = {"status": "read", "row": room.placement.pk}
    answer = text_of(browser.post(status_path(room), form, headers=HTMX))
    after = pieces(text_of(browser.get(address)))
    brought = set(pieces(answer))
    changed = {
        name
        for name in before
        if as_on_the_page(before[name]) != as_on_the_page(after.get(name, ""))
    }
    holders = {
        name for name in changed if any(f'id="{inner}"' in before[name] for inner in brought)
    }
    assert changed - holders <= brought
    assert {f"status-{room.placement.pk}", f"status-{second.pk}", "list-counts"} <= brought


def test_under_a_filter_the_answer_holds_what_the_page_holds(room):
    room.paper.set_status(room.member, "reading")
    browser = browser_of(room.member)
    form = {"status": "reading", "row": room.placement.pk}
    answer = browser.post(status_path(room, "?show=reading"), form, headers=HTMX)
    page = browser.get(f"/groups/{room.group.slug}/?show=reading")
    assert_pieces_are_those_of_the_page(answer, page)


@pytest.mark.parametrize("status", Status.values)
def test_status_update_answers_the_paper_page_with_its_pieces(room, status):
    room.paper.set_status(room.author, "read")
    browser = browser_of(room.member)
    answer = browser.post(status_path(room), {"status": status}, headers=HTMX)
    page = browser.get(f"/groups/{room.group.slug}/papers/{room.paper.pk}/")
    assert_pieces_are_those_of_the_page(answer, page)


def test_status_update_leads_a_plain_browser_back_to_its_page(room):
    back = f"http://testserver/groups/{room.group.slug}/?show=reading"
    page = browser_of(room.member).post(
        status_path(room), {"status": "read"}, headers={"Referer": back}, follow=True
    )
    assert page.redirect_chain == [(back, 302)]
    assert is_whole_page(page)


@pytest.mark.parametrize("referer", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_status_update_leads_no_one_elsewhere(room, referer):
    answer = browser_of(room.member).post(
        status_path(room), {"status": "read"}, headers={"Referer": referer}
    )
    assert answer["Location"] == f"/groups/{room.group.slug}/papers/{room.paper.pk}/"


@BOTH
@pytest.mark.parametrize(
    "form", [{"status": "devoured"}, {"status": ""}, {}, {"status": "READ"}, {"status": "read "}]
)
def test_status_update_refuses_a_status_that_does_not_exist(room, form, headers):
    room.paper.set_status(room.member, "reading")
    if form.get("status") == "read ":
        form = {"status": "read\u200b"}
    answer = browser_of(room.member).post(status_path(room), form, headers=headers)
    assert answer.status_code == 422
    assert "There is no such status" in words_of(text_of(answer))
    assert is_whole_page(answer) is not bool(headers)
    assert mark_of(room, room.member).status == "reading"


def test_all_statuses_are_offered_without_javascript(room):
    page = browser_of(room.member).get(status_path(room, f"?row={room.placement.pk}"))
    assert is_whole_page(page)
    words = words_of(text_of(page))
    assert all(label in words for label in Status.labels)


@pytest.mark.parametrize("row", ["0", "-1", "abc", "9" * 30, ""])
def test_a_row_that_is_nowhere_does_no_harm(room, row):
    browser = browser_of(room.member)
    assert browser.get(status_path(room, f"?row={row}")).status_code == 200
    answer = browser.post(status_path(room), {"status": "read", "row": row}, headers=HTMX)
    assert answer.status_code == 200
    assert mark_of(room, room.member).status == "read"
