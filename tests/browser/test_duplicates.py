"""Two papers that are one: found, looked at, merged and parted again, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import follow, heading, press, row, said, titles
from tests.browser.looking import look_over

pytestmark = pytest.mark.server
LONG, MISSPELT = "A Survey of Compression", "A Survey of Compresion"


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def room(open_as):
    return acts.make_room(open_as)


def add_twin(room: acts.Room) -> None:
    """The member puts down a paper by hand that is on the list with another spelling."""
    page = room.member
    follow(page, "Add paper")
    page.get_by_label("Title").fill(MISSPELT)
    page.get_by_label("Venue").fill("A venue of its own")
    page.get_by_label("Pruning").check()
    press(page, "Add paper")


def look_for_duplicates(page):
    page.get_by_role("main").locator("summary", has_text="More").click()
    follow(page, "Duplicates")


def test_a_pair_is_merged_by_an_organizer_and_parted_again(room):
    add_twin(room)
    said(room.member, f"It may be the same as “{LONG}”")
    acts.start_thread(room.member, "On the copy", "Is this one a copy?")

    page = room.organizer
    page.goto(room.path)
    look_for_duplicates(page)
    expect(page.locator(".pairs")).to_contain_text("The titles differ in one letter")
    follow(page.locator(".pairs"), "Compare", exact=False)
    expect(heading(page)).to_have_text("The same paper?")
    page.get_by_role("group", name="Venue").get_by_label("A venue of its own").check()
    press(page, "Merge")
    said(page, "You can undo this")
    expect(heading(page)).to_have_text(LONG)
    expect(page.get_by_role("main")).to_contain_text("A venue of its own")
    expect(page.get_by_role("main")).to_contain_text("Is this one a copy?")
    page.goto(room.path)
    assert MISSPELT not in titles(page)

    look_for_duplicates(page)
    press(page.get_by_role("main"), "Undo", exact=False)
    said(page, "are two papers again")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.goto(room.path)
    expect(row(page, MISSPELT)).to_have_count(1)
    expect(row(page, LONG).first).not_to_contain_text("A venue of its own")
    follow(row(page, MISSPELT), MISSPELT)
    expect(page.get_by_role("main")).to_contain_text("Is this one a copy?")


def test_a_member_keeps_two_apart_and_is_told_whom_to_ask(room):
    add_twin(room)
    follow(room.member, "compare the two")
    page = room.member
    expect(page.get_by_role("main")).to_contain_text("ask an organizer to merge them")
    expect(page.get_by_role("button", name="Merge")).to_have_count(0)
    press(page, "Not the same")
    said(page, "are kept as two papers")
    expect(page.get_by_role("main")).to_contain_text("No two papers on the list look the same")


def test_a_paper_that_is_there_is_not_added_again_and_the_form_leads_to_it(room):
    page = room.member
    follow(page, "Add paper")
    page.get_by_label("Title").fill(LONG.upper())
    page.get_by_label("Pruning").check()
    press(page, "Add paper")
    expect(page.get_by_role("alert")).to_contain_text("This paper is already on the list.")
    follow(page.get_by_role("alert"), LONG)
    expect(heading(page)).to_have_text(LONG)


@pytest.mark.parametrize("javascript", [True], indirect=True)
def test_the_pages_of_pairs_fit_on_any_screen(room):
    add_twin(room)
    page = room.organizer
    page.goto(f"{room.path}duplicates/")
    look_over(page)
    follow(page.locator(".pairs"), "Compare", exact=False)
    expect(heading(page)).to_have_text("The same paper?")
    look_over(page)
