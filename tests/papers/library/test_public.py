"""What a group opens to everybody, and what it keeps to itself; and a group that is archived."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Event, Membership
from tests.factories import Room, browser_of, make_assignment
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
GUESTS = pytest.mark.parametrize("guest", ["stranger", "outsider"])


def path(room: Room, rest: str = "") -> str:
    return f"/groups/{room.group.slug}/{rest}"


def opened(room: Room, **fields: bool) -> Room:
    room.group.visibility = "public"
    for name, value in fields.items():
        setattr(room.group, name, value)
    room.group.save()
    return room


def guest_of(room: Room, guest: str):
    return browser_of(None if guest == "stranger" else room.outsider)


def pages(room: Room) -> list[str]:
    paper, thread = f"papers/{room.paper.pk}/", f"threads/{room.thread.pk}/"
    return [path(room), path(room, "schedule/"), path(room, paper), path(room, thread)]


# What is opened


@GUESTS
def test_a_group_is_closed_unless_it_is_opened(room, guest):
    status = 302 if guest == "stranger" else 404
    for visibility in ("private", "listed"):
        room.group.visibility = visibility
        room.group.opens_threads = room.group.may_be_indexed = True
        room.group.save()
        for page in pages(room):
            assert guest_of(room, guest).get(page).status_code == status


@GUESTS
def test_a_public_group_shows_list_schedule_and_papers(room, guest):
    make_assignment(
        room.paper, room.membership_of(room.member), due_on=timezone.localdate() + timedelta(days=1)
    )
    browser = guest_of(opened(room), guest)
    listed, schedule, paper, thread = (browser.get(page) for page in pages(room))
    assert listed.status_code == schedule.status_code == paper.status_code == 200
    assert "Optimal Brain Damage" in words_of(text_of(listed))
    assert f"Presenter: {room.member.name}" in words_of(text_of(schedule))
    assert "Topics" in words_of(text_of(paper))
    assert thread.status_code == 404
    assert room.thread.title not in text_of(paper)
    assert room.thread.title not in text_of(listed)


@GUESTS
def test_threads_are_opened_on_their_own(room, guest):
    browser = guest_of(opened(room, opens_threads=True), guest)
    listed, _, paper, thread = (browser.get(page) for page in pages(room))
    assert f'"papers/{room.paper.pk}/#discussion"' in text_of(listed)
    for page in (paper, thread):
        assert page.status_code == 200
        assert "Is the Hessian shared?" in words_of(text_of(page))


@GUESTS
def test_the_public_is_offered_nothing_that_changes_something(room, guest):
    opened(room, opens_threads=True)
    for page in pages(room):
        main = text_of(guest_of(room, guest).get(page)).partition("<main")[2]
        assert "<form" not in main
        assert re.findall(r'href="[^"]*/(?:new|edit|move|delete|take|status)/', main) == []
        assert "members/" not in main


def test_the_public_sees_how_many_have_read_a_paper_and_never_who(room):
    for person in (room.organizer, room.author):
        room.paper.set_status(person, "read")
    browser = guest_of(opened(room), "stranger")
    assert "2 have read it" in words_of(text_of(browser.get(path(room))))
    paper = words_of(text_of(browser.get(path(room, f"papers/{room.paper.pk}/"))))
    assert "2 members have read it" in paper
    assert room.author.name not in paper


@GUESTS
def test_what_else_a_group_has_stays_its_own(room, guest):
    opened(room, opens_threads=True)
    status = 302 if guest == "stranger" else 404
    for address in ("export/", "members/", "settings/", "papers/new/"):
        assert guest_of(room, guest).get(path(room, address)).status_code == status


@GUESTS
def test_nothing_can_be_sent_to_a_page_that_is_only_read(room, guest):
    for page in pages(opened(room, opens_threads=True)):
        assert guest_of(room, guest).post(page).status_code == 405


def test_a_row_of_another_group_is_not_read_through_a_public_one(room, foreign):
    opened(room, opens_threads=True)
    browser = guest_of(room, "stranger")
    assert browser.get(path(room, f"papers/{foreign.paper.pk}/")).status_code == 404
    assert browser.get(path(room, f"threads/{foreign.thread.pk}/")).status_code == 404


# Search engines


@pytest.mark.parametrize("may", [True, False])
def test_search_engines_are_let_in_where_the_group_chose_so(room, may):
    opened(room, opens_threads=True, may_be_indexed=may)
    for page in pages(room):
        answer = guest_of(room, "stranger").get(page)
        assert answer["X-Robots-Tag"] == ("all" if may else "noindex")
    for other in ("/accounts/login/", path(room, "members/")):
        assert guest_of(room, "stranger").get(other)["X-Robots-Tag"] == "noindex"


def test_search_engines_are_let_in_to_see_what_is_closed_to_them():
    answer = browser_of().get("/robots.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert text_of(answer) == "User-agent: *\nDisallow:\n"


# The schedule


def test_the_schedule_has_what_is_due_day_by_day(room):
    today = room.group.today()
    for role, days in (("presenter", 1), ("scribe", 1), ("reader", -2)):
        make_assignment(
            room.paper,
            room.membership_of(room.member),
            role=role,
            due_on=today + timedelta(days=days),
        )
    page = browser_of(room.member).get(path(room, "schedule/"))
    coming, earlier = page.context["coming_up"], page.context["earlier"]
    assert [[one.role_label for one in entry.assignments] for entry in coming] == [
        ["Presenter", "Scribe"]
    ]
    assert [entry.when for entry in coming] == ["tomorrow"]
    assert [entry.day for entry in earlier] == [today - timedelta(days=2)]
    assert "Reader: you · late" in words_of(text_of(page))


def test_an_open_slot_is_taken_on_the_schedule(room):
    room.slot.due_on = room.group.today()
    room.slot.save()
    browser = browser_of(room.member)
    address = path(room, "schedule/")
    assert "Take it" in words_of(text_of(browser.get(address)))
    browser.post(
        path(room, f"assignments/{room.slot.pk}/take/"),
        headers={"Referer": f"http://testserver{address}"},
    )
    assert "Scribe: you" in words_of(text_of(browser.get(address)))


# Settings


def settings_form(**fields: object) -> dict[str, object]:
    return {"name": "Readers", "time_zone": "UTC", "visibility": "private"} | fields


@BOTH
def test_group_update_opens_the_group_and_tells_what_was_changed(room, headers):
    form = settings_form(about="Small networks", visibility="public", opens_threads="on", seats=9)
    page = browser_of(room.organizer).post(
        path(room, "settings/"), form, headers=headers, follow=True
    )
    assert is_whole_page(page)
    room.group.refresh_from_db()
    assert room.group.shows_threads
    assert (room.group.about, room.group.seats) == ("Small networks", 9)
    event = Event.objects.of_kind("settings_changed").get()
    assert event.details == {"fields": ["about", "opens_threads", "seats", "visibility"]}


def test_settings_that_change_nothing_are_no_event(room):
    browser_of(room.organizer).post(path(room, "settings/"), settings_form())
    assert not Event.objects.of_kind("settings_changed").exists()


@BOTH
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seats", "2", "3 people are in the group."),
        ("seats", "0", "3 people are in the group."),
        ("seats", "1001", "less than or equal to 1000"),
        ("visibility", "secret", "Select a valid choice."),
        ("about", "a" * 301, "at most 300 characters"),
    ],
)
def test_group_update_refuses_what_cannot_be(room, field, value, sentence, headers):
    page = browser_of(room.organizer).post(
        path(room, "settings/"), settings_form(**{field: value}), headers=headers
    )
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    room.group.refresh_from_db()
    assert (room.group.visibility, room.group.seats, room.group.about) == ("private", None, "")


def test_settings_leave_an_archive_of_this_moment_alone(room):
    """Only what differs is written, not the row as it was when the page was opened."""
    stale = type(room.group).objects.get(pk=room.group.pk)
    room.group.archive(by=room.organizer)
    stale.change_settings(room.organizer, name="Renamed")
    room.group.refresh_from_db()
    assert room.group.name == "Renamed"
    assert room.group.archived_at


# Who sees my marks


@BOTH
@pytest.mark.parametrize("how", Membership.StatusShown.values)
def test_membership_show_is_one_press(room, how, headers):
    browser = browser_of(room.member)
    answer = browser.post(
        path(room, "members/shown/"), {"shown": how}, headers=headers, follow=not headers
    )
    assert room.membership_of(room.member).status_shown == how
    assert is_whole_page(answer) != bool(headers)
    pressed = re.findall(r'value="(\w+)"\s+aria-pressed="true"', text_of(answer))
    assert pressed == [how]


@BOTH
def test_membership_show_refuses_what_there_is_not(room, headers):
    answer = browser_of(room.member).post(
        path(room, "members/shown/"), {"shown": "loudly"}, headers=headers
    )
    assert answer.status_code == 422
    assert "There is no such choice." in words_of(text_of(answer))
    assert room.membership_of(room.member).status_shown == "by_name"


def test_a_member_goes_from_a_name_to_a_number_to_nothing(room):
    room.paper.set_status(room.author, "read")
    seen = []
    for how in ("by_name", "counted", "hidden"):
        room.membership_of(room.author).show_status(how)
        page = browser_of(room.member).get(path(room, f"papers/{room.paper.pk}/"))
        readers = words_of(text_of(page).partition('id="readers-')[2].partition("</section>")[0])
        seen.append((room.author.name in readers, "1 without a name" in readers))
    assert seen == [(True, False), (False, True), (False, False)]


# An archived group


@BOTH
def test_an_archived_group_is_read_and_opened_again(room, headers):
    browser = browser_of(room.organizer)
    assert "Archive Readers?" in words_of(text_of(browser.get(path(room, "archive/"))))
    for _ in range(2):
        browser.post(path(room, "archive/"), headers=headers)
    room.group.refresh_from_db()
    assert room.group.archived_at
    assert "This group is archived." in words_of(text_of(browser.get(path(room))))
    assert "Open it again" in words_of(text_of(browser.get(path(room))))
    for _ in range(2):
        browser.post(path(room, "reopen/"), headers=headers)
    room.group.refresh_from_db()
    assert not room.group.archived_at
    assert [e.kind for e in Event.objects.in_group(room.group).newest_first()[:2]] == [
        "reopened",
        "archived",
    ]


def test_members_of_an_archived_group_see_their_statuses_and_no_dead_buttons(room):
    room.paper.set_status(room.member, "reading")
    room.group.archive(by=room.organizer)
    browser = browser_of(room.member)
    for page in pages(room):
        shown = text_of(browser.get(page))
        main = shown.partition("<main")[2]
        assert "This group is archived." in words_of(shown)
        assert "Open it again" not in shown
        assert "<form" not in main
        assert re.findall(r'href="[^"]*/(?:new|edit|move|delete|take|status)/', main) == []
    assert "status-pill--reading" in text_of(browser.get(path(room)))


def test_nothing_of_an_archived_group_is_due(room):
    browser = browser_of(room.author)
    assert browser.get("/").context["assignments"]
    room.group.archive(by=room.organizer)
    assert not browser.get("/").context["assignments"]


def test_who_sees_ones_statuses_can_be_changed_in_an_archived_group(room):
    room.group.archive(by=room.organizer)
    browser_of(room.member).post(path(room, "members/shown/"), {"shown": "hidden"})
    assert room.membership_of(room.member).status_shown == "hidden"


def test_a_press_in_an_archived_group_is_refused_with_a_sentence(room):
    room.group.archive(by=room.organizer)
    address = reverse("papers:status_update", args=[room.group.slug, room.paper.pk])
    answer = browser_of(room.member).post(address, {"status": "read"})
    assert answer.status_code == 409
    assert "This group is archived" in words_of(text_of(answer))
    assert not room.paper.statuses.exists()


@pytest.mark.parametrize("address", ["archive/", "reopen/"])
def test_only_organizers_archive(room, address):
    assert browser_of(room.member).post(path(room, address)).status_code == 403
