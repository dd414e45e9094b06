"""Every address, method and visitor, in a group of every state, against the table."""

import pytest

from tests.access.deviations import deviations
from tests.access.expectations import LINES, STATES, VISITORS, line_of
from tests.access.fillers import routes
from tests.access.visitors import put_into
from tests.engines import IN_FULL, TO_THE_LAST

ACCOUNTS = ("account_", "mfa_", "socialaccount_", "usersessions_", "session_", "admin:")
ROUTES = [route for route in routes() if line_of(route.name)]
# To an account of one's own it makes no difference how a group is.
OURS = [route for route in ROUTES if not route.name.startswith(ACCOUNTS)]
# What is public is read as what is open, and what is archived is frozen as what is closed.
OTHER_STATES = ["listed", "open", "leaving", "closed"] if IN_FULL else ["closed"]
if TO_THE_LAST:
    OTHER_STATES = [state for state in STATES if state != "private"]
# An author is a member where the state of the group is all that differs.
THREE = ["stranger", "member", "organizer"]
IN_OTHER_STATES = VISITORS if TO_THE_LAST else [*THREE, "outsider"]


def test_every_address_has_a_line_and_every_line_an_address():
    lines = {route.name: line_of(route.name) for route in routes()}
    assert [name for name, line in lines.items() if line is None] == []
    used = {line.address for line in lines.values() if line}
    assert sorted(set(LINES) - used) == []


@pytest.mark.parametrize("route", ROUTES if IN_FULL else OURS, ids=str)
def test_each_visitor_gets_what_the_table_says(route, world):
    found = (
        deviations(world, route)
        if IN_FULL
        else deviations(world, route, methods=["GET", "POST"], visitors=THREE)
    )
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", OTHER_STATES)
def test_each_visitor_gets_what_the_state_of_the_group_allows(state, world):
    put_into(state, world.room.group)
    found = []
    for route in OURS:
        found += deviations(
            world,
            route,
            methods=["GET", "POST"],
            visitors=IN_OTHER_STATES,
            presses=(False,),
            state=state,
        )
    assert not found, "\n".join(found)


# A view without a door is noticed


def test_an_address_without_a_line_is_found(naive, monkeypatch):
    monkeypatch.delitem(LINES, "unguarded_detail")
    assert [r.name for r in routes() if line_of(r.name) is None] == ["unguarded_detail"]


def test_a_view_without_a_door_is_found(naive, world):
    found = deviations(world, naive("unguarded_detail"), methods=["GET"], presses=(False,))
    assert "GET unguarded_detail by outsider in private: 200, not [404]" in found
    assert "GET unguarded_detail by former in private: 200, not [404]" in found


def test_a_view_that_writes_for_those_who_only_look_is_found(naive, world):
    found = deviations(world, naive("unguarded_update"), methods=["GET", "HEAD"])
    assert "GET unguarded_update by member in private: looking wrote to ['papers_topic']" in found
    assert (
        "HEAD unguarded_update by organizer in private: looking wrote to ['papers_topic']" in found
    )
