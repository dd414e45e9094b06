"""Every setting of a group is on its page, survives a save, and is named by the history."""

from typing import Any

import pytest
from django.db import models

from groups.models import Group
from groups.models.group_settings import SETTINGS
from tests.factories import browser_of
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db
# Columns that nobody chooses on the page of the settings, with the reason.
NO_SETTINGS = {
    "id": "the database's",
    "slug": "the address stays when the name changes",
    "archived_at": "an action of its own",
    "deletion_asked_at": "an action of its own",
    "created_at": "a fact",
}
every_setting = pytest.mark.parametrize("name", SETTINGS)


def other_value(group: Group, name: str) -> Any:
    """Return a value that the setting may have and has not."""
    column, value = Group._meta.get_field(name), getattr(group, name)
    assert isinstance(column, models.Field)
    if name == "time_zone":
        return "Asia/Tokyo"
    if column.choices:
        return next(one for one, _ in reversed(column.flatchoices) if one != value)
    if isinstance(column, models.BooleanField):
        return not value
    return 40 if isinstance(column, models.IntegerField) else "Something else"


@pytest.fixture
def group(room):
    """A group of whose settings none is as it was when it was started."""
    for name in SETTINGS:
        setattr(room.group, name, other_value(room.group, name))
    room.group.save()
    return room.group


def test_every_column_is_a_setting_or_has_its_reason():
    columns = {column.name for column in Group._meta.concrete_fields}
    assert columns == set(SETTINGS) | set(NO_SETTINGS)


@every_setting
def test_the_page_shows_it_under_its_label(room, group, name):
    page = text_of(browser_of(room.organizer).get(f"/groups/{group.slug}/settings/"))
    assert f'name="{name}"' in page
    assert SETTINGS[name].label in words_of(page)


def test_saving_the_page_as_it_is_changes_nothing(room, group):
    address = f"/groups/{group.slug}/settings/"
    browser = browser_of(room.organizer)
    shown = fields_of(text_of(browser.get(address)))
    form = {name: values[-1] for name, values in shown.items() if name in SETTINGS}
    assert browser.post(address, form).status_code == 302
    after = Group.objects.get(pk=group.pk)
    assert {name: getattr(after, name) for name in SETTINGS} == {
        name: getattr(group, name) for name in SETTINGS
    }


@every_setting
def test_the_history_calls_it_as_the_table_does(room, name):
    group = room.group
    group.change_settings(room.organizer, **{name: other_value(group, name)})
    lines = text_of(browser_of(room.organizer).get(f"/groups/{group.slug}/history/"))
    assert f"changed the settings: {SETTINGS[name].in_history}" in words_of(lines)
