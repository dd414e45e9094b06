"""A form takes the fields that it shows. Whatever else is sent along has no effect."""

import pytest
from django.utils.text import slugify

from tests.access.expectations import is_done
from tests.access.fillers import Route, form_for, routes
from tests.access.visitors import World, put_into, undone
from tests.rows import everything, written_since

POSTED = [
    route for route in routes() if route.line.is_posted and not route.name.startswith("admin:")
]
NUMBERS = ["id", "pk"]
GROUPS = ["group", "group_id", "to_group"]
PEOPLE = ["user", "user_id", "author", "added_by", "imported_by", "created_by", "decided_by"]
PEOPLE += ["actor", "person", "by"]
MOMENTS = ["created_at", "joined_at", "added_at", "edited_at", "deleted_at", "finished_at"]
MOMENTS += ["done_at", "applied_at", "set_at", "archived_at", "deletion_asked_at"]
MOMENTS += ["decided_at", "expires_at", "revoked_at", "sent_at", "last_login"]
OTHERS = {
    "is_staff": "1",
    "is_superuser": "1",
    "is_active": "",
    "is_demo": "1",
    "is_accepted": "1",
    "is_organizer": "1",
    "role": "organizer",
    "status_shown": "hidden",
    "visibility": "public",
    "opens_threads": "1",
    "may_be_indexed": "1",
    "seats": "77",
    "slug": "taken-over",
    "email": "taken-over@example.org",
    "handle": "taken-over",
    "handle_shape": "taken-over",
    "chosen_colour": "7",
    "html": "<b>raw</b>",
    "identity": "title:stolen",
    "imported": '{"original": "Stolen"}',
    "answer": "Stolen",
    "kind": "joined",
    "sign_up": "open",
    "position": "77",
    "uses": "77",
    "uses_allowed": "77",
    "renderer": "77",
    "secret_hash": "77",
}


@pytest.fixture(autouse=True)
def _addresses_can_be_foretold(monkeypatch):
    """Otherwise two groups that are started alike would differ in the end of their address."""
    monkeypatch.setattr("groups.models.groups.new_slug", slugify)
    monkeypatch.setattr("groups.models.memberships.get_random_string", lambda length: "n" * length)


@pytest.mark.parametrize("route", POSTED, ids=str)
def test_fields_that_a_form_does_not_have_take_no_effect(route, world):
    plain, extended = written_with(world, route, {}), written_with(world, route, extra(world))
    assert plain == extended


def test_a_view_that_takes_whatever_is_sent_is_found(naive, world):
    route = naive("gullible_update")
    form = {"name": "Pruning"}
    plain, extended = (written_with(world, route, form | e) for e in ({}, extra(world)))
    assert plain != extended


def extra(world: World) -> dict[str, str]:
    """Every column that somebody might wish to write, with a value that would be seen."""
    return (
        dict.fromkeys(NUMBERS, "1")
        | dict.fromkeys(GROUPS, str(world.foreign.group.pk))
        | dict.fromkeys(PEOPLE, str(world.foreign.organizer.pk))
        | dict.fromkeys(MOMENTS, "1999-01-01 00:00")
        | {"invitation": str(world.foreign.invitation.pk)}
        | OTHERS
    )


def written_with(world: World, route: Route, more: dict[str, str]) -> object:
    """What the action writes when it is sent with more than its form has; what that has, stays."""
    state = "listed" if "a" in route.line.marks else "private"
    with undone():
        put_into(state, world.room.group)
        before = everything()
        form = more | form_for(route.name, world.room)
        answer = world.send(doer(route, state), "POST", route.address(world.room), form)
        assert is_done(frozenset({answer.status})), f"{route}: {answer.status}"
        return written_since(before)


def doer(route: Route, state: str) -> str:
    """Somebody for whom the action is done and not only led on elsewhere."""
    if route.line.row == "notification":
        return "author"
    if state == "listed" or (":" in route.name and not route.is_of_a_group):
        return "outsider"
    some = ["author", "organizer", "asked"] if route.line.asks_to_sign_in else ["stranger"]
    return next(v for v in some if is_done(route.line.expected("POST", v)))
