"""Coming in: by a link, by mail, and by asking; with scripts and without."""

import re
import time
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.acts import follow, heading, press, said

pytestmark = pytest.mark.server
DEMO = "groups/efficient-deep-learning/"
SECONDS_FOR_MAIL = 15
_numbers = count(1)


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def room(open_as):
    return acts.make_room(open_as)


def letter_to(server, address: str, words: str) -> str:
    """What the worker has sent to that address with these words in it; it prints its mail."""
    given_up_at = time.monotonic() + SECONDS_FOR_MAIL
    while time.monotonic() < given_up_at:
        for letter in (server.folder / "output").read_text().split("-" * 79):
            if f"To: {address}" in letter and words in letter:
                return letter
        time.sleep(0.1)
    raise AssertionError(f"No letter to {address} has “{words}” in it.")


def list_group(page, path: str) -> None:
    """Let the group be found by everybody."""
    page.goto(f"{path}settings/")
    page.get_by_label("Listed: anybody can find it and ask to join").check()
    press(page, "Save")


def name_of(page, path: str) -> str:
    page.goto(f"{path}members/")
    return page.locator(".page-head__lead bdi").inner_text()


def newcomer(open_as, name: str, javascript: bool) -> tuple[Page, str]:
    """Somebody who has just signed up, and the address of theirs."""
    page, number = open_as(), next(_numbers)
    email = f"newcomer-{number}-{javascript}@example.org".lower()
    page.goto("accounts/signup/")
    acts.sign_up(page, name, email)
    expect(heading(page)).to_have_text("New group")
    return page, email


# By a link


def test_a_stranger_is_asked_once_and_is_in_after_signing_up(room, open_as, javascript):
    stranger = open_as()
    stranger.goto(acts.invite(room.organizer, room.path))
    press(stranger, "Sign up and join")
    expect(stranger.get_by_text("as soon as you have signed up")).to_be_visible()
    acts.sign_up(stranger, "Ines Roth", f"ines-doors-{javascript}@example.org".lower())
    said(stranger, "Welcome to")
    expect(stranger.get_by_role("article")).to_have_count(5)


def test_anyone_who_has_an_account_is_in_after_signing_in(room, open_as):
    stranger = open_as()
    stranger.goto(acts.invite(room.organizer, room.path))
    press(stranger, "I have an account")
    acts.sign_in(stranger, "ravi@seminar.example", "reading-group")
    said(stranger, "Welcome to")
    expect(heading(stranger)).to_have_text("Reading list")


def test_a_link_that_was_revoked_says_so_and_whom_to_ask(room, open_as, watch):
    link = acts.invite(room.organizer, room.path)
    follow(room.organizer, "Done")
    unused = room.organizer.locator("li", has_text="0 of 20 used")
    press(unused, "Revoke this invitation")
    expect(unused.get_by_role("button")).to_have_count(0)
    stranger = open_as()
    stranger.goto(link)
    expect(heading(stranger)).to_have_text("This invitation was revoked")
    expect(stranger.get_by_text("Ask Mina Kaya for a new one")).to_be_visible()
    assert watch.refused


def test_organizers_see_who_came_by_which_link(room):
    page = room.organizer
    page.goto(f"{room.path}invitations/")
    expect(page.get_by_role("listitem").filter(has_text="1 of 20 used")).to_contain_text(
        "Joined by it: Jonas Thiele"
    )


# By mail


def test_a_mailed_invitation_needs_no_address_typed_again(room, open_as, server, javascript):
    address = f"nils-{javascript}@example.org".lower()
    page = room.organizer
    page.goto(f"{room.path}members/")
    follow(page, "Invite")
    follow(page, "By email")
    page.get_by_label("Email addresses").fill(address)
    page.get_by_label("Note").fill("We meet on Tuesdays.")
    press(page, "Send")
    said(page, "One invitation is on the way.")
    letter = letter_to(server, address, "We meet on Tuesdays.")
    link = re.search(r"http\S+/join/\S+", letter)
    assert link

    stranger = open_as()
    stranger.goto(urlsplit(link[0]).path.lstrip("/"))
    expect(stranger.get_by_text("We meet on Tuesdays.")).to_be_visible()
    press(stranger, "Sign up and join")
    expect(stranger.get_by_label("Email")).to_have_value(address)
    stranger.get_by_label("Your name").fill("Nils Berg")
    stranger.get_by_label("Password").fill(acts.PASSWORD)
    press(stranger.get_by_role("main"), "Sign up")
    said(stranger, "Welcome to")

    other = open_as("aiko")
    other.goto(urlsplit(link[0]).path.lstrip("/"))
    expect(heading(other)).to_have_text("This invitation was already used")


def test_an_address_that_is_none_is_named_and_nothing_is_sent(room):
    page = room.organizer
    page.goto(f"{room.path}invitations/mail/")
    page.get_by_label("Email addresses").fill("nora@example.org\nnobody")
    press(page, "Send")
    expect(page.get_by_text("“nobody” is not an email address")).to_be_visible()
    expect(page.get_by_label("Email addresses")).to_have_value("nora@example.org\nnobody")


# By asking


def test_somebody_finds_a_group_asks_and_is_let_in_with_a_sentence(
    room, open_as, server, javascript
):
    page = room.organizer
    name = name_of(page, room.path)
    list_group(page, room.path)
    asker, email = newcomer(open_as, "Ada Lind", javascript)
    asker.goto("")
    follow(asker.get_by_role("main"), "Find a group")
    asker.get_by_label("Search by name").fill(name)
    press(asker, "Search")
    follow(asker, f"Ask to join {name}")
    asker.get_by_label("A sentence to the organizers").fill("May I read along?")
    press(asker, "Ask to join")
    said(asker, f"{name} has your request")

    page.goto("")
    follow(page.locator("li", has_text=f"Ada Lind to {name}"), "Answer Ada Lind")
    expect(page.get_by_text("May I read along?")).to_be_visible()
    page.get_by_label("A sentence to them").fill(f"Gladly, says {name}.")
    press(page, "Accept")
    said(page, "Ada Lind has joined the group.")
    letter_to(server, email, f"Gladly, says {name}.")
    asker.goto(room.path)
    expect(heading(asker)).to_have_text("Reading list")


def test_a_request_is_declined_with_a_sentence_and_another_taken_back(
    room, open_as, server, javascript
):
    page = room.organizer
    name = name_of(page, room.path)
    list_group(page, room.path)
    asker, email = newcomer(open_as, "Ada Lind", javascript)
    asker.goto(f"{room.path}ask/")
    press(asker, "Ask to join")
    page.goto(f"{room.path}members/")
    follow(page, "Answer Ada Lind")
    page.get_by_label("A sentence to them").fill(f"{name} is a small room.")
    press(page, "Decline")
    said(page, "The request was declined.")
    letter_to(server, email, f"{name} is a small room.")

    asker.goto(f"{room.path}ask/")
    press(asker, "Ask to join")
    asker.goto(f"{room.path}ask/")
    press(asker, "Withdraw the request")
    said(asker, "You have withdrawn your request.")
    page.goto(f"{room.path}members/")
    expect(page.get_by_text("Asking to join")).to_have_count(0)
