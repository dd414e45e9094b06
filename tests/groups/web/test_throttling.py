"""What one person may ask of the site has limits, which are answered with what was typed."""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.web import throttling
from groups.web.throttling import LIMITS, Counts, LimitUse, Rate, rates_of
from tests.access.fillers import MISSING, form_for, routes
from tests.factories import browser_of, make_room
from tests.pages import HTMX, fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def limits(monkeypatch, settings):
    """The limits as a test sets them."""

    def set_to(**rates):
        settings.LIMITS = rates
        throttling.counts.clear()

    return set_to


# The counting


def test_as_much_passes_as_the_rate_names_and_more_when_time_has_passed(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    counts, use = Counts(), [LimitUse("post", 1, Rate(30, 60), 1)]
    assert [counts.take(use)[0] == 0 for _ in range(31)] == [True] * 30 + [False]
    wait, which = counts.take(use)
    assert (round(wait), which) == (2, use[0])
    now += 2
    assert [counts.take(use)[0] == 0 for _ in range(2)] == [True, False]


def test_one_persons_use_is_no_person_elses():
    counts = Counts()
    for who in (1, 2):
        uses = [LimitUse("post", who, Rate(5, 60), 1)]
        assert [counts.take(uses)[0] == 0 for _ in range(6)] == [True] * 5 + [False]


def test_what_is_over_one_limit_counts_for_none():
    counts = Counts()
    scarce, ample = LimitUse("a", 1, Rate(1, 60), 1), LimitUse("b", 1, Rate(2, 60), 1)
    assert counts.take([scarce, ample])[0] == 0
    assert counts.take([scarce, ample])[1] == scarce
    assert counts.take([ample])[0] == 0


def test_what_alone_is_more_than_a_limit_is_let_in_once():
    counts = Counts()
    use = [LimitUse("text", 1, Rate(1_000_000, 3600), 5_000_000)]
    assert counts.take(use)[0] == 0
    assert counts.take(use)[0] > 3600


def test_work_is_counted_afterwards_and_keeps_out_only_who_is_over():
    counts = Counts()
    asked, spent = LimitUse("work", 1, Rate(4, 20), 0), LimitUse("work", 1, Rate(4, 20), 6)
    assert counts.take([asked])[0] == 0
    counts.note([spent])
    assert 9 < counts.take([asked])[0] <= 10


@pytest.mark.parametrize(
    ("rates", "read"),
    [
        ("30/m", [(30, 60)]),
        ("30/m+300/h", [(30, 60), (300, 3600)]),
        ("4/20s", [(4, 20)]),
        ("0.5/s", [(0.5, 1)]),
        ("off", []),
    ],
)
def test_a_rate_is_read_as_it_is_written(limits, rates, read):
    limits(post=rates)
    assert rates_of("post") == [Rate(*one) for one in read]


@pytest.mark.parametrize("rates", ["", "30", "m", "30/x", "0/m", "-1/m", "30/m,", "lots/m"])
def test_a_rate_that_is_not_understood_is_told_at_the_start(limits, rates):
    limits(post=rates)
    with pytest.raises(ImproperlyConfigured, match="Write it as 30/m"):
        rates_of("post")


def test_a_limit_that_is_not_there_is_told_at_the_start(limits):
    limits(posts="30/m")
    with pytest.raises(ImproperlyConfigured, match=r"LIMITS names posts\. There are: press, "):
        rates_of("post")


# The door


def forms():
    """Every address at which a signed-in person sends something."""
    return [route for route in routes() if not route.line.expected("POST", "organizer") <= {405}]


@pytest.mark.parametrize("route", forms(), ids=str)
def test_every_form_has_a_limit(limits, route):
    """Those of the table of limits by name, and all by the one that counts every press."""
    room = make_room()
    browser = browser_of(room.organizer)
    limits(press="1/h")
    assert browser.post("/groups/", {}).status_code == 405
    row = {"pk": MISSING} if "pk" in route.parameters else {}
    answer = browser.post(route.address(room, **row), form_for(route.name, room))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3000


COSTLY = {
    "papers:comment_create": "post",
    "papers:comment_update": "post",
    "papers:thread_create": "post",
    "papers:thread_update": "post",
    "papers:comment_preview": "preview",
    "papers:import_create": "import",
    "papers:import_detail": "import",
    "papers:import_undo": "import",
    "papers:import_choose": "choose",
    "papers:paper_paste": "paste",
    "papers:lookup_list": "lookup",
    "papers:lookup_create": "lookup",
    "papers:group_create": "group",
    "papers:group_export": "export",
    "papers:list_export": "export",
    "papers:list_download": "export",
    "papers:paper_export": "export",
    "papers:data_export": "export",
    "groups:event_export": "export",
    "groups:invitation_create": "invite",
    "groups:invitation_send": "invite",
    "groups:invitation_accept": "invite",
    "groups:join_request_create": "ask",
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_costs_most_has_a_limit_of_its_own(limits, name):
    room = make_room()
    browser = browser_of(room.organizer)
    route = next(route for route in routes() if route.name == name)
    limit = LIMITS[COSTLY[name]]
    send = browser.get if limit.also_reading else browser.post
    limits(**{COSTLY[name]: "1/h"})
    address, form = route.address(room), form_for(name, room)
    assert send(address, {} if limit.also_reading else form).status_code != 429
    answer = send(address, {} if limit.also_reading else form)
    assert answer.status_code == 429
    assert limit.what in words_of(text_of(answer))


def test_what_was_typed_is_handed_back_with_the_time_to_wait(limits):
    room = make_room()
    browser = browser_of(room.author, headers={"Sec-Fetch-Site": "same-origin"})
    limits(post="1/m")
    address = f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"
    assert browser.post(address, {"source": "The first"}).status_code == 302
    answer = browser.post(address, {"source": "Half a page of thoughts"})
    assert answer.status_code == 429
    assert 55 <= int(answer["Retry-After"]) <= 60
    page = text_of(answer)
    assert fields_of(page)["source"] == ["Half a page of thoughts"]
    assert "The limit is 1 comments and threads in 1 minute. Nothing was saved" in words_of(page)
    assert room.thread.comments.count() == 2


def test_a_press_of_htmx_gets_a_sentence_and_its_form_stays(limits):
    room = make_room()
    limits(post="1/m")
    address = f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"
    browser = browser_of(room.author)
    browser.post(address, {"source": "The first"}, headers=HTMX)
    answer = browser.post(address, {"source": "The second"}, headers=HTMX)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert text_of(answer).startswith('<div id="problem"') or 'id="problem"' in text_of(answer)


def test_text_counts_by_its_length(limits):
    room = make_room()
    browser = browser_of(room.organizer)
    limits(text="0.1/h")
    address = f"/groups/{room.group.slug}/imports/new/"
    assert browser.post(address, {"list_text": "- [ ] On Lists\n" * 5000}).status_code == 302
    assert browser.post(address, {"list_text": "- [ ] On Lists\n" * 5000}).status_code == 429


def test_an_outsider_uses_up_nothing_of_a_group(limits):
    room = make_room()
    limits(group_text="0.1/h")
    address = f"/groups/{room.group.slug}/imports/new/"
    form = {"list_text": "- [ ] On Lists\n" * 5000}
    for _ in range(3):
        assert browser_of(room.outsider).post(address, form).status_code == 404
    assert browser_of(room.organizer).post(address, form).status_code == 302


def test_what_is_over_a_limit_costs_no_write(limits):
    room = make_room()
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/comments/preview/"
    limits(preview="1/h")
    browser.post(address, {"source": "Because."})
    with CaptureQueriesContext(connection) as asked:
        assert browser.post(address, {"source": "Because."}, headers=HTMX).status_code == 429
    assert len(asked) <= 3  # the session and who it is of
    assert all(query["sql"].startswith("SELECT") for query in asked)
