"""What is taken away is gone with the next request, in every browser that is open."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from groups.models import Membership, User
from tests.access.visitors import World, signed_in
from tests.factories import PASSWORD


def removed(world: World) -> None:
    membership = world.room.membership_of(world.room.author)
    assert by_organizer(world, "groups:membership_delete", membership, {}) == 302


def demoted(world: World) -> None:
    membership = world.room.membership_of(world.room.author)
    assert by_organizer(world, "groups:membership_update", membership, {"role": "member"}) == 302


def deactivated(world: World) -> None:
    User.objects.filter(pk=world.room.author.pk).update(is_active=False)


def given_another_password(world: World) -> None:
    """Changed by the person, in one more browser, which stays signed in."""
    form = {"oldpassword": PASSWORD, "password1": "another long one"}
    browser = open_browser(world.room.author)
    assert browser.post(
        reverse("account_change_password"), form | {"password2": "another long one"}
    )
    assert browser.get(page_of(world)).status_code == 200


def by_organizer(world: World, name: str, membership: Membership, form: dict[str, str]) -> int:
    address = reverse(name, args=[world.room.group.slug, membership.pk])
    return world.send("organizer", "POST", address, form).status


EVENTS: list[tuple[Callable[[World], None], str, int, int]] = [
    (removed, "papers:list_detail", 404, 404),
    (demoted, "groups:group_update", 403, 403),
    (deactivated, "papers:list_detail", 302, 401),
    (given_another_password, "papers:list_detail", 302, 401),
]


@pytest.mark.parametrize(("event", "name", "looking", "doing"), EVENTS)
def test_every_open_browser_is_refused_from_the_next_request_on(event, name, looking, doing, world):
    room = world.room
    room.membership_of(room.author).change_role("organizer", by=room.organizer)
    browsers = [open_browser(room.author) for _ in range(3)]
    page = reverse(name, args=[room.group.slug])
    assert [browser.get(page).status_code for browser in browsers] == [200] * 3

    event(world)

    action = reverse("groups:group_update", args=[room.group.slug])
    form = {"name": "Still mine", "time_zone": "UTC"}
    assert [browser.get(page).status_code for browser in browsers] == [looking] * 3
    assert [browser.post(action, form).status_code for browser in browsers] == [doing] * 3
    room.group.refresh_from_db()
    assert room.group.name != "Still mine"


def page_of(world: World) -> str:
    return reverse("papers:list_detail", args=[world.room.group.slug])


def open_browser(person: User) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(person)
    return browser
