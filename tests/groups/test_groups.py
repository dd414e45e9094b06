"""Groups: started with an organizer, one per name, with a day of their own."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.models import Group, Membership
from tests.factories import browser_of, make_group, make_user
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db


def test_whoever_starts_a_group_is_its_organizer():
    mina = make_user("Mina")
    group = Group.objects.start("Readers", mina)
    assert Membership.objects.get(group=group).user == mina
    assert Membership.objects.get(group=group).is_organizer


def test_a_group_that_cannot_be_started_leaves_nothing_behind():
    make_group(name="Readers")
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.start("readers", make_user())
    assert Group.objects.count() == Membership.objects.count() == 1


def test_a_name_belongs_to_one_group_whatever_its_case():
    make_group(name="Readers")
    with pytest.raises(ValidationError) as refused:
        Group(name="READERS", slug="other").full_clean()
    assert "Another group has this name." in str(refused.value)


@pytest.mark.parametrize("name", ["new", "New", "論文", "!!!"])
def test_a_name_that_makes_no_address_gets_one(name):
    slug = make_group(name=name).slug
    assert slug
    assert slug != "new"


def test_two_groups_have_two_addresses():
    assert make_group(name="Deep learning").slug != make_group(name="Deep-learning").slug


def test_a_very_long_name_gets_an_address_that_fits():
    make_group(name="a" * 80)
    assert len(make_group(name="a" * 79).slug) <= 80


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
        ("name", "neighbours", "Another group has this name."),
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
