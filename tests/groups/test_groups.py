"""Groups: started with an organizer, of whatever name, with a day of their own."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from groups.models import Group, Membership, User
from tests.factories import browser_of, make_group, make_user
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db


def test_anyone_who_starts_a_group_is_its_organizer():
    mina = make_user("Mina")
    group = Group.objects.start("Readers", mina)
    assert Membership.objects.get(group=group).user == mina
    assert Membership.objects.get(group=group).is_organizer


def test_a_group_that_cannot_be_started_leaves_nothing_behind():
    make_group(name="Readers")
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.start("Readers", make_user(), slug="readers")
    assert Group.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize("name", ["new", "論文", "!!!", "_", "a" * 80, "ﬁne", "Deep — learning"])
def test_any_name_makes_an_address_that_no_one_can_foretell(name):
    slugs = [Group.objects.start(name, make_user()).slug for _ in range(2)]
    for slug in slugs:
        assert re.fullmatch(r"[a-z]([a-z-]*[a-z])?-[a-z2-9]{6}", slug)
        assert len(slug) <= 80
    assert slugs[0] != slugs[1]


# A private group is not betrayed by its name

PRIVATE = "Journal club"
GUESSES = [PRIVATE, "JOURNAL CLUB", "journal-club", " Journal club ", "Journal  club"]


def answers_to(guess: str, otto: User) -> list[Any]:
    """What an outsider is told, and how many queries it takes, who calls groups by that name."""
    browser, answers = browser_of(otto), []
    own = Group.objects.start("Mine", otto)
    for address, form in [
        ("/groups/new/", {"name": guess}),
        ("/groups/new/", {"name": guess, "list_text": "- [ ] A paper of some length"}),
        ("/groups/new/", {"name": guess, "list_text": "no list"}),
        (f"/groups/{own.slug}/settings/", {"name": guess, "time_zone": "UTC"}),
    ]:
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(address, form)
        page = words_of(text_of(answer))
        answers.append(
            (answer.status_code, shape(answer.headers.get("Location", "")), len(asked), page)
        )
    slugs = (
        Group.objects.of(otto).filter(pk__gt=own.pk).order_by("pk").values_list("slug", flat=True)
    )
    return [*answers, *map(shape, slugs)]


def shape(text: str) -> str:
    """An address with `9` for a number and `#` for the tail of a slug."""
    return re.sub(r"\d+", "9", re.sub(r"-[a-z2-9]{6}(?=/|$)", "-#", text))


@pytest.mark.parametrize("guess", GUESSES)
def test_a_group_called_as_a_private_one_is_started_as_any_other(guess):
    otto = make_user("Otto")
    answers_to(guess, otto)  # what is kept in memory is there from now on
    expected = answers_to(guess, otto)
    assert [answer[0] for answer in expected[:4]] == [302, 302, 422, 302]
    make_group(name=PRIVATE, visibility="private")
    assert answers_to(guess, otto) == expected


def test_a_name_that_were_taken_would_be_seen(monkeypatch):
    """With an address that is longer only where it is taken, the comparison above can fail."""

    def start(name: str, organizer: User, **_: Any) -> Group:
        slug = slugify(name)
        if Group.objects.filter(slug=slug).exists():
            slug += f"-{get_random_string(6, 'abcdef')}"
        group = Group.objects.create(name=name, slug=slug)
        group.memberships.create(user=organizer, role="organizer")
        return group

    monkeypatch.setattr(Group.objects, "start", start)
    otto, other = make_user("Otto"), make_user()
    expected = answers_to("Something else", otto)
    Group.objects.start(PRIVATE, other)
    assert answers_to(PRIVATE, otto)[0] != expected[0]


def test_groups_of_one_name_are_told_apart_by_their_address():
    mina = make_user("Mina")
    groups = [Group.objects.start(PRIVATE, mina) for _ in range(2)]
    home = text_of(browser_of(mina).get("/"))
    for group in groups:
        assert f'href="/groups/{group.slug}/"' in home


def test_today_is_the_day_where_the_group_meets(monkeypatch):
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert make_group(time_zone="UTC").today() == date(2026, 11, 23)
    assert make_group(time_zone="Asia/Tokyo").today() == date(2026, 11, 24)
    assert make_group(time_zone="America/New_York").today() == date(2026, 11, 23)


# Settings


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_group_update_renames_the_group_and_keeps_its_address(room, headers):
    address = f"/groups/{room.group.slug}/settings/"
    browser = browser_of(room.organizer)
    page = browser.post(
        address, {"name": "Renamed", "time_zone": "Asia/Tokyo"}, headers=headers, follow=True
    )
    group = Group.objects.get(pk=room.group.pk)
    assert (group.name, group.time_zone, group.slug) == ("Renamed", "Asia/Tokyo", room.group.slug)
    assert is_whole_page(page)
    assert "The settings were saved." in words_of(text_of(page))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "\u200b", "Write something first."),
        ("name", "a" * 81, "at most 80 characters"),
        ("name", "a\u202eb", "change the direction of text"),
        ("time_zone", "Mars/Olympus", "is not a time zone"),
    ],
)
def test_group_update_says_what_is_wrong_and_changes_nothing(
    room, foreign, field, value, sentence, headers
):
    form = {"name": "Renamed", "time_zone": "UTC"} | {field: value}
    page = browser_of(room.organizer).post(
        f"/groups/{room.group.slug}/settings/", form, headers=headers
    )
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    if field == "name":
        assert fields_of(text_of(page))["name"] == [value]
    assert Group.objects.get(pk=room.group.pk).name == "Readers"
    assert Group.objects.get(pk=room.group.pk).time_zone == "UTC"
