"""A group opens to the public and closes again, hides what was read, and is put away."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import follow, heading, made_group, make_room, mark, press, row, send

pytestmark = [pytest.mark.server, pytest.mark.parametrize("javascript", [True, False])]
PAPER = "Optimal Brain Damage"
_numbers = count(1)


def set_visibility(page: Page, path: str, name: str, *, threads: bool = False) -> None:
    page.goto(f"{path}settings/")
    page.get_by_role("radio", name=re.compile(f"^{name}:")).check()
    page.get_by_label("Anyone can read its discussions, too").set_checked(threads)
    press(page, "Save")
    expect(page.locator("#messages")).to_contain_text("The settings were saved.")


def test_a_stranger_reads_what_an_organizer_opens(open_as, page, watch):
    organizer = open_as("mina")
    path = made_group(organizer, f"Open group {next(_numbers)}")
    organizer.goto(path)
    follow(row(organizer, PAPER), PAPER)
    paper = organizer.url
    send(organizer, f"{paper}threads/new/", title="The diagonal", source="How bad is it?")
    page.goto(path)
    expect(heading(page)).to_have_text("Sign in")

    set_visibility(organizer, path, "Public")
    page.goto(path)
    expect(heading(page)).to_have_text("Reading list")
    follow(page.get_by_role("navigation", name="Main"), "Schedule")
    expect(heading(page)).to_have_text("Schedule")
    page.goto(path)
    follow(row(page, PAPER), PAPER)
    expect(heading(page)).to_have_text(PAPER)
    expect(page.get_by_text("The diagonal")).to_have_count(0)

    set_visibility(organizer, path, "Public", threads=True)
    page.reload()
    follow(page, "The diagonal")
    expect(page.get_by_text("How bad is it?")).to_be_visible()
    expect(page.get_by_role("button", name="Reply")).to_have_count(0)

    set_visibility(organizer, path, "Private")
    page.goto(path)
    expect(heading(page)).to_have_text("Sign in")


def test_what_others_see_follows_what_one_chooses(open_as):
    room = make_room(open_as)
    third = open_as("aiko")
    made = send(
        room.organizer, f"{room.path}invitations/new/", role="member", days="7", uses_allowed="1"
    )
    send(third, re.findall(r"/join/[^/]+/", made.text())[0])
    mark(row(room.member, PAPER)).click()
    expect(mark(row(room.member, PAPER))).to_contain_text("Reading")
    mark(row(room.member, PAPER)).click()
    expect(mark(row(room.member, PAPER))).to_have_accessible_name(re.compile("^Read:"))
    third.goto(room.path)
    follow(row(third, PAPER), PAPER)
    readers = third.locator("section").filter(
        has=third.get_by_role("heading", name="Who has read it")
    )
    expect(readers).to_contain_text("Jonas Thiele")

    for choice, seen in (("As a count", "1 without a name"), ("Not at all", "Nobody yet.")):
        room.member.goto(f"{room.path}members/")
        press(room.member, choice)
        chosen = room.member.get_by_role("button", name=choice)
        expect(chosen).to_have_attribute("aria-pressed", "true")
        third.reload()
        expect(readers).to_contain_text(seen)
        expect(readers).not_to_contain_text("Jonas")


def test_a_group_is_archived_and_opened_again(open_as):
    room = make_room(open_as)
    organizer, member = room.organizer, room.member
    organizer.goto(f"{room.path}settings/")
    follow(organizer, "Archive…")
    press(organizer, "Archive the group")
    expect(organizer.get_by_role("note")).to_contain_text(["This group is archived."])
    expect(mark(row(organizer, PAPER))).to_have_count(0)
    member.goto(room.path)
    expect(member.get_by_role("link", name="Add paper")).to_have_count(0)
    expect(member.get_by_role("button", name="Open it again")).to_have_count(0)
    press(organizer, "Open it again")
    expect(mark(row(organizer, PAPER))).to_be_visible()
    member.reload()
    expect(member.get_by_role("link", name="Add paper")).to_be_visible()
