"""Who may do what: one table of every address, and the same doors seen from outside.

The columns are the visitors, first for GET, then for POST with a form that is filled in right.
`author` is a member who wrote the row in question, or has it; `foreign` is an organizer of
another group. What a visitor gets:

    200  the page, or the piece that was asked for
    302  the deed was done; or, for somebody who is not signed in, the way to the sign-in page
    401  not signed in: the text of the form is handed back
    403  a member without the key
    404  there is nothing here, as for what does not exist
    405  no such deed at this address
    409  a deed that the group does not allow as it is: its last organizer leaves
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from groups.models import User
from tests.factories import PASSWORD, Room, browser_of, make_room
from tests.pages import HTMX, text_of, without_tokens, words_of
from tests.rows import everything, written_since

VISITORS = ["stranger", "outsider", "member", "author", "organizer", "foreign"]
SAFE = ["GET", "HEAD"]

# address                    row          GET: stranger … foreign      POST: stranger … foreign
TABLE = """
home                         -            302 200 200 200 200 200      401 405 405 405 405 405
papers:group_create          -            302 200 200 200 200 200      401 302 302 302 302 302
papers:list_detail           -            302 404 200 200 200 404      401 405 405 405 405 405
papers:list_export           -            302 404 200 200 200 404      401 405 405 405 405 405
papers:topic_create          -            302 404 200 200 200 404      401 404 302 302 302 404
papers:topic_update          topic        302 404 200 200 200 404      401 404 302 302 302 404
papers:topic_delete          topic        302 404 403 403 200 404      401 404 403 403 302 404
papers:paper_create          -            302 404 200 200 200 404      401 404 302 302 302 404
papers:paper_detail          paper        302 404 200 200 200 404      401 405 405 405 405 405
papers:paper_update          paper        302 404 200 200 200 404      401 404 302 302 302 404
papers:paper_delete          paper        302 404 403 403 200 404      401 404 403 403 302 404
papers:status_update         paper        302 404 200 200 200 404      401 404 302 302 302 404
papers:assignment_create     paper        302 404 403 403 200 404      401 404 403 403 302 404
papers:thread_create         paper        302 404 200 200 200 404      401 404 302 302 302 404
papers:placement_update      placement    302 404 200 200 200 404      401 404 302 302 302 404
papers:assignment_take       slot         302 405 405 405 405 405      401 404 302 302 302 404
papers:assignment_give_back  assignment   302 405 405 405 405 405      401 404 403 302 403 404
papers:assignment_finish     assignment   302 405 405 405 405 405      401 404 403 302 403 404
papers:assignment_update     assignment   302 404 403 403 200 404      401 404 403 403 302 404
papers:assignment_delete     assignment   302 404 403 403 200 404      401 404 403 403 302 404
papers:thread_detail         thread       302 404 200 200 200 404      401 405 405 405 405 405
papers:thread_update         thread       302 404 403 200 403 404      401 404 403 302 403 404
papers:thread_delete         thread       302 404 403 200 200 404      401 404 403 302 302 404
papers:comment_create        thread       302 404 200 200 200 404      401 404 302 302 302 404
papers:comment_preview       -            302 405 405 405 405 405      401 404 200 200 200 404
papers:comment_update        comment      302 404 403 200 403 404      401 404 403 302 403 404
papers:comment_delete        comment      302 404 403 200 200 404      401 404 403 302 302 404
papers:import_create         -            302 404 403 403 200 404      401 404 403 403 302 404
papers:import_detail         list_import  302 404 403 403 200 404      401 404 403 403 302 404

groups:group_update          -            302 404 403 403 200 404      401 404 403 403 302 404
groups:membership_list       -            302 404 200 200 200 404      401 405 405 405 405 405
groups:membership_leave      -            302 404 200 200 200 404      401 404 302 302 409 404
groups:membership_update     membership   302 405 405 405 405 405      401 404 403 403 302 404
groups:membership_delete     membership   302 404 403 403 200 404      401 404 403 403 302 404
groups:invitation_create     -            302 404 403 403 200 404      401 404 403 403 200 404
groups:invitation_revoke     invitation   302 405 405 405 405 405      401 404 403 403 302 404
groups:membership_create     secret       200 200 302 302 302 200      302 302 302 302 302 302

account_login                -            200 302 302 302 302 302      302 302 302 302 302 302
account_signup               -            200 302 302 302 302 302      302 302 302 302 302 302
account_logout               -            302 200 200 200 200 200      302 302 302 302 302 302
account_inactive             -            200 200 200 200 200 200      405 405 405 405 405 405
account_reauthenticate       -            302 200 200 200 200 200      401 302 302 302 302 302
account_email                -            302 200 200 200 200 200      401 302 302 302 302 302
account_email_verification_sent  -        200 200 200 200 200 200      405 405 405 405 405 405
account_confirm_email        key          200 200 200 200 200 200      404 404 404 404 404 404
account_change_password      -            302 200 200 200 200 200      401 302 302 302 302 302
account_set_password         -            302 302 302 302 302 302      401 302 302 302 302 302
account_reset_password       -            200 200 200 200 200 200      302 302 302 302 302 302
account_reset_password_done  -            200 200 200 200 200 200      405 405 405 405 405 405
account_reset_password_from_key  uid_key  200 200 200 200 200 200      200 200 200 200 200 200
account_reset_password_from_key_done  -   200 200 200 200 200 200      405 405 405 405 405 405
account_confirm_login_code   -            302 302 302 302 302 302      302 302 302 302 302 302
"""

ROWS: dict[str, str] = {}
EXPECTED: dict[tuple[str, str, str], int] = {}
for line in TABLE.strip().splitlines():
    if line:
        address, row, *numbers = line.split()
        ROWS[address] = row
        for index, number in enumerate(numbers):
            method = "GET" if index < len(VISITORS) else "POST"
            EXPECTED[address, method, VISITORS[index % len(VISITORS)]] = int(number)

ADDRESSES = list(ROWS)
OURS = [address for address in ADDRESSES if ":" in address]
OF_A_GROUP = [name for name in OURS if name not in {"home", "papers:group_create"}]
OF_A_GROUP.remove("groups:membership_create")
WITH_A_ROW = [address for address in OF_A_GROUP if ROWS[address] != "-"]
POSTED = [name for name in OURS if EXPECTED[name, "POST", "organizer"] != 405]


# The addresses


def every_pattern(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from every_pattern(pattern, prefix + space)
        else:
            yield f"{prefix}{pattern.name}", pattern


def address_of(name: str, room: Room, pk: int | None = None, slug: str = "") -> str:
    """The address, with the ids of the room, or with those that are named."""
    slug = slug or room.group.slug
    match ROWS[name]:
        case "-":
            return reverse(name, args=[slug] if name in OF_A_GROUP else [])
        case "secret":
            return reverse(name, args=[room.secret])
        case "key":
            return reverse(name, args=["no-such-key"])
        case "uid_key":
            return reverse(name, kwargs={"uidb36": "1", "key": "no-such-key"})
        case row:
            return reverse(name, args=[slug, pk or pk_of(row, room)])


def pk_of(row: str, room: Room) -> int:
    if row == "membership":
        return room.membership_of(room.member).pk
    return getattr(room, row).pk


def form_for(name: str, room: Room) -> dict[str, Any]:
    """What a form at the address is filled in with, so that its deed is done."""
    topic, member = room.other_topic.pk, room.membership_of(room.member).pk
    account = {"name": "Nina", "email": "nina@example.org", "password1": "a good long password"}
    changed = {
        "oldpassword": PASSWORD,
        "password1": "another long one",
        "password2": "another long one",
    }
    return {
        "papers:group_create": {"name": "A group of my own"},
        "papers:topic_create": {"name": "Distillation"},
        "papers:topic_update": {"name": "Pruning and more", "place": 2},
        "papers:topic_delete": {"move_to": topic},
        "papers:paper_create": {"title": "Deep Compression", "topics": [topic]},
        "papers:paper_update": {"title": "Optimal Brain Surgeon", "topics": [topic], "version": 1},
        "papers:status_update": {"state": "read"},
        "papers:assignment_create": {"part": "reader", "member": member, "due_on": "2026-12-31"},
        "papers:assignment_update": {"part": "reader", "member": member, "version": 1},
        "papers:thread_create": {"title": "A question", "source": "Why?"},
        "papers:thread_update": {"title": "A better question", "version": 1},
        "papers:placement_update": {"topic": topic, "place": 1},
        "papers:comment_create": {"source": "Because."},
        "papers:comment_preview": {"source": "Because."},
        "papers:comment_update": {"source": "Because, I think.", "version": 1},
        "papers:import_create": {"list_text": "- [ ] Deep Compression"},
        "groups:group_update": {"name": "Renamed", "time_zone": "Europe/Berlin"},
        "groups:membership_update": {"role": "organizer"},
        "groups:invitation_create": {"role": "member", "days": 7, "uses_allowed": 2},
        "account_login": {"login": room.outsider.email, "password": PASSWORD},
        "account_signup": account,
        "account_reauthenticate": {"password": PASSWORD},
        "account_change_password": changed,
        "account_reset_password": {"email": "nobody@example.org"},
    }.get(name, {})


def visitor_of(room: Room, foreign: Room, name: str) -> Client:
    people = {"stranger": None, "foreign": foreign.organizer}
    return browser_of(people[name] if name in people else getattr(room, name))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside has not been done afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Readers")


@pytest.fixture
def foreign(db: None) -> Room:
    return make_room("Neighbours")


# The table


def test_every_address_is_in_the_table():
    patterns = list(every_pattern(get_resolver()))
    assert sorted(name for name, _ in patterns) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_visitor_gets_what_the_table_says(name, room, foreign):
    got = {}
    for method in ("GET", "POST"):
        for visitor in VISITORS:
            with undone():
                browser = visitor_of(room, foreign, visitor)
                form = form_for(name, room) if method == "POST" else {}
                send = browser.post if method == "POST" else browser.get
                got[method, visitor] = send(address_of(name, room), form).status_code
    assert got == {key[1:]: status for key, status in EXPECTED.items() if key[0] == name}


# Rows of another group


@pytest.mark.parametrize("name", WITH_A_ROW)
def test_a_row_of_another_group_is_not_found_and_looks_like_none(name, room, foreign):
    """My group's slug with their row's id: the answer for a row that was never there."""
    browser = browser_of(room.organizer)
    theirs = address_of(name, room, pk_of(ROWS[name], foreign))
    missing = address_of(name, room, 2**40)
    before = everything()
    for method in allowed_methods(name):
        send = getattr(browser, method.lower())
        form = form_for(name, foreign) if method == "POST" else {}
        for headers in ({}, HTMX):
            found, nothing = (
                send(theirs, form, headers=headers),
                send(missing, form, headers=headers),
            )
            assert found.status_code == nothing.status_code == 404
            assert without_tokens(text_of(found)) == without_tokens(text_of(nothing))
            assert headers_of(found) == headers_of(nothing)
    assert everything() == before


@pytest.mark.parametrize("name", OF_A_GROUP)
def test_a_group_that_one_is_not_in_looks_like_none(name, room, foreign):
    browser = browser_of(foreign.organizer)
    theirs, missing = address_of(name, room), address_of(name, room, slug="no-such-group")
    before = everything()
    for method in allowed_methods(name):
        send = getattr(browser, method.lower())
        form = form_for(name, room) if method == "POST" else {}
        found, nothing = send(theirs, form), send(missing, form)
        assert found.status_code == nothing.status_code == 404
        assert without_tokens(text_of(found)) == without_tokens(text_of(nothing))
        assert headers_of(found) == headers_of(nothing)
    assert everything() == before


@pytest.mark.parametrize("name", OF_A_GROUP)
def test_a_former_member_is_an_outsider(name, room):
    browser = browser_of(room.author)
    address, form = address_of(name, room), form_for(name, room)
    room.membership_of(room.author).leave()
    if "GET" in allowed_methods(name):
        assert browser.get(address).status_code == 404
    if "POST" in allowed_methods(name):
        assert browser.post(address, form).status_code == 404


@pytest.mark.parametrize("name", OURS)
def test_no_page_shows_anything_of_another_group(name, room, foreign):
    """Every text of the other group holds its name."""
    for person in (room.outsider, room.member, room.author, room.organizer):
        with undone():
            answer = browser_of(person).get(address_of(name, room))
            assert "Neighbours" not in text_of(answer)
            answer = browser_of(person).post(address_of(name, room), form_for(name, room))
            assert "Neighbours" not in text_of(answer)


FOREIGN_CHOICES = [
    ("papers:topic_create", "parent", "topic", {"name": "Distillation"}),
    ("papers:topic_update", "parent", "topic", {"name": "Pruning"}),
    ("papers:topic_delete", "move_to", "topic", {}),
    ("papers:paper_create", "topics", "topic", {"title": "Deep Compression"}),
    ("papers:paper_update", "topics", "topic", {"title": "Optimal Brain Damage", "version": 1}),
    ("papers:placement_update", "topic", "topic", {"place": 1}),
    ("papers:assignment_create", "member", "membership", {"part": "reader"}),
    ("papers:assignment_update", "member", "membership", {"part": "reader", "version": 1}),
    ("papers:comment_create", "parent", "comment", {"source": "Kept text"}),
]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("name", "field", "row", "form"), FOREIGN_CHOICES)
def test_a_row_of_another_group_cannot_be_chosen(name, field, row, form, headers, room, foreign):
    browser = browser_of(room.organizer)
    before = everything()
    address = address_of(name, room)
    theirs = browser.post(address, form | {field: pk_of(row, foreign)}, headers=headers)
    missing = browser.post(address, form | {field: 2**40}, headers=headers)

    assert theirs.status_code == missing.status_code == 422
    assert everything() == before
    sentence = theirs.context["form"].errors[field][0]
    assert sentence in words_of(text_of(theirs))
    assert len(sentence) > 10
    ids = rf"\b({pk_of(row, foreign)}|{2**40})\b"
    found, nothing = (re.sub(ids, "…", without_tokens(text_of(a))) for a in (theirs, missing))
    assert found == nothing


@pytest.mark.parametrize(("name", "field", "row", "form"), FOREIGN_CHOICES)
def test_a_row_of_another_group_is_not_offered(name, field, row, form, room, foreign):
    page = browser_of(room.organizer).get(address_of(name, room))
    offered = page.context["form"].fields[field].queryset
    assert set(offered.values_list("pk", flat=True)).isdisjoint({pk_of(row, foreign)})


# What must not be written


@pytest.mark.parametrize("visitor", VISITORS)
def test_looking_changes_nothing(visitor, room, foreign):
    browser = visitor_of(room, foreign, visitor)
    for person in User.objects.all():  # whoever signed up has an address that allauth knows
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    before = everything()
    for name in ADDRESSES:
        for send in (browser.get, browser.head):
            send(address_of(name, room))
            send(address_of(name, room), headers=HTMX)
        assert everything() == before, name


EXTRA = {
    "id": "1",
    "pk": "1",
    "group": "{foreign.group.pk}",
    "group_id": "{foreign.group.pk}",
    "user": "{foreign.organizer.pk}",
    "author": "{foreign.organizer.pk}",
    "added_by": "{foreign.organizer.pk}",
    "imported_by": "{foreign.organizer.pk}",
    "created_by": "{foreign.organizer.pk}",
    "is_staff": "1",
    "is_superuser": "1",
    "role": "organizer",
    "slug": "taken-over",
    "created_at": "1999-01-01 00:00",
    "finished_at": "1999-01-01 00:00",
    "done_at": "1999-01-01 00:00",
    "applied_at": "1999-01-01 00:00",
    "html": "<b>raw</b>",
    "identity": "title:stolen",
    "imported_title": "Stolen",
    "position": "77",
    "uses": "77",
    "renderer": "77",
}


@pytest.mark.parametrize("name", [*POSTED, "account_signup"])
def test_fields_that_a_form_does_not_have_take_no_effect(name, room, foreign):
    visitor = next(
        v for v in ("author", "organizer", "outsider") if done(EXPECTED[name, "POST", v])
    )
    person = None if name == "account_signup" else getattr(room, visitor)
    extra = {field: value.format(foreign=foreign) for field, value in EXTRA.items()}
    before, written = everything(), []
    for form in (form_for(name, room), extra | form_for(name, room)):
        with undone():
            assert done(browser_of(person).post(address_of(name, room), form).status_code)
            written.append(written_since(before))
    assert written[0] == written[1]


# What the tests above look at


def done(status: int) -> bool:
    return status in (200, 302)


def allowed_methods(name: str) -> list[str]:
    return [m for m in ("GET", "POST") if EXPECTED[name, m, "organizer"] != 405]


def headers_of(response: Any) -> dict[str, str]:
    return {k: v for k, v in response.headers.items() if k not in ("Date", "Content-Length")}
