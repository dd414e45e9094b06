"""Groups know nothing of each other: not by an address, not by a form, not by a question mark."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from tests.access.expectations import is_done
from tests.access.fillers import MISSING, NO_GROUP, QUERIES, ROWS, Route, form_for, routes
from tests.access.table import WITH_A_LINK
from tests.access.visitors import Answer, World, undone
from tests.engines import TO_THE_LAST
from tests.pages import text_of, without_tokens, words_of
from tests.rows import everything, everything_in

ROUTES = [route for route in routes() if not route.name.startswith("admin:")]
OF_A_GROUP = [route for route in ROUTES if route.is_of_a_group]
WITH_A_ROW = [route for route in OF_A_GROUP if route.has_a_row]
PRESSES = [False, True]


# What is there and must not be known looks like what is not there


@pytest.mark.parametrize("route", WITH_A_ROW, ids=str)
def test_a_row_of_another_group_looks_like_none(route, world):
    """My group's slug with their row's id, beside the id of a row that was never there."""
    theirs = route.address(world.room, pk=route.row_of(world.foreign))
    missing = route.address(world.room, pk=MISSING)
    before = everything()
    assert not told_apart(world, route, theirs, missing, ["organizer"])
    assert everything() == before


@pytest.mark.parametrize("route", OF_A_GROUP, ids=str)
def test_a_group_that_one_is_not_in_looks_like_none(route, world):
    theirs = route.address(world.foreign)
    missing = route.address(world.foreign, slug=NO_GROUP)
    before = everything()
    visitors = ["stranger", "outsider", "organizer", "staff"]
    assert not told_apart(world, route, theirs, missing, visitors)
    assert everything() == before


def test_a_view_that_tells_what_is_there_is_found(naive, world):
    route = naive("telling_detail")
    theirs = route.address(world.room, pk=route.row_of(world.foreign))
    missing = route.address(world.room, pk=MISSING)
    assert told_apart(world, route, theirs, missing, ["organizer"])


def told_apart(
    world: World, route: Route, theirs: str, missing: str, visitors: list[str]
) -> list[str]:
    """Who can tell the two addresses from each other."""
    found = []
    for method in route.line.methods:
        form = form_for(route.name, world.foreign) if method == "POST" else {}
        for visitor in visitors:
            for htmx in PRESSES if TO_THE_LAST or visitor == "organizer" else PRESSES[:1]:
                answers = [
                    world.send(visitor, method, address, form, htmx=htmx)
                    for address in (theirs, missing)
                ]
                one, other = map(masked, answers, (theirs, missing))
                if one != other or is_done(frozenset({one[0]}) - not_found(visitor)):
                    found.append(f"{method} {route} by {visitor}: {one}, {other}")
    return found


def not_found(visitor: str) -> frozenset[int]:
    """Strangers are asked to sign in, by 302."""
    return frozenset({302}) if visitor == "stranger" else frozenset()


def masked(answer: Answer, address: str) -> tuple[int, str, dict[str, str]]:
    """All that is said, but for the address itself and for what is another one each time."""

    def mask(text: str) -> str:
        for spelt in (address, quote(address, safe="")):
            text = text.replace(spelt, "…")
        return without_tokens(text)

    headers = {k: mask(v) for k, v in answer.headers.items() if k not in ("Date", "Content-Length")}
    return answer.status, mask(answer.body), headers


# Rows of another group in a form


def references(route: Route, world: World) -> list[str]:
    """The fields of a form that take rows of the group: they are others in another group."""
    ours, theirs = form_for(route.name, world.room), form_for(route.name, world.foreign)
    return [
        field for field in ours if ours[field] != theirs[field] and not isinstance(ours[field], str)
    ]


@pytest.mark.parametrize("route", OF_A_GROUP, ids=str)
def test_a_row_of_another_group_cannot_be_chosen(route, world):
    ours, theirs = form_for(route.name, world.room), form_for(route.name, world.foreign)
    address = route.address(world.room)
    before = everything()
    for field in references(route, world):
        for htmx in PRESSES:
            nothing = [MISSING] if isinstance(ours[field], list) else MISSING
            found, missing = (
                world.send("organizer", "POST", address, ours | {field: value}, htmx=htmx)
                for value in (theirs[field], nothing)
            )
            assert found.status == missing.status == 422
            sentence = found.response.context["form"].errors[field][0]
            assert sentence in words_of(text_of(found.response))
            assert len(sentence) > 10
            ids = rf"\b({number(theirs[field])}|{MISSING})\b"
            assert re.sub(ids, "…", without_tokens(found.body)) == re.sub(
                ids, "…", without_tokens(missing.body)
            )
    assert everything() == before


@pytest.mark.parametrize("route", OF_A_GROUP, ids=str)
def test_a_row_of_another_group_is_not_offered(route, world):
    theirs = form_for(route.name, world.foreign)
    for field in references(route, world):
        page = world.ask(route, "GET", "organizer")
        offered = page.response.context["form"].fields[field].queryset
        assert set(offered.values_list("pk", flat=True)).isdisjoint({number(theirs[field])})


def test_forms_that_take_rows_are_among_those_that_were_tried(world):
    tried = {route.name for route in OF_A_GROUP if references(route, world)}
    assert {"papers:topic_delete", "papers:paper_create", "papers:comment_create"} <= tried


@pytest.mark.parametrize(("name", "parameter", "row"), QUERIES)
def test_a_row_of_another_group_cannot_be_asked_for(name, parameter, row, world):
    route = next(route for route in OF_A_GROUP if route.name == name)
    address, theirs = route.address(world.room), ROWS[row](world.foreign).pk
    asked = [f"?{parameter}={value}" for value in (theirs, MISSING)]
    found, nothing = (world.send("organizer", "GET", address + query) for query in asked)
    assert found.status == nothing.status
    assert found.body
    pages = [
        re.sub(f'"({theirs}|{MISSING})"', "…", without_tokens(answer.body).replace(query, "…"))
        for answer, query in zip((found, nothing), asked, strict=True)
    ]
    assert pages[0] == pages[1]
    assert not world.theirs.heard_in(found.body)


def number(value: Any) -> int:
    return value[0] if isinstance(value, list) else value


# What somebody else's organizer does changes nothing here


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.name not in WITH_A_LINK], ids=str
)
def test_nothing_of_a_group_is_changed_by_an_organizer_of_another(route, world):
    assert not changed_by_foreigners(world, route)


def test_a_view_that_writes_to_any_row_is_found(naive, world):
    assert changed_by_foreigners(world, naive("unguarded_update"))


def changed_by_foreigners(world: World, route: Route) -> list[str]:
    """All methods, in our group and in theirs, with our ids in the address and in the form."""
    before, found = everything_in(world.room.group), []
    addresses = {route.address(world.room)}
    if route.is_of_a_group:
        addresses.add(route.address(world.room, slug=world.foreign.group.slug))
    form = form_for(route.name, world.room)
    for address in sorted(addresses):
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "POST"):
            with undone():
                answer = world.send("foreign", method, address, form if method == "POST" else {})
                if answer.written and everything_in(world.room.group) != before:
                    found.append(f"{method} {address}")
    return found
