"""One member catches up on what another wrote; by keys with scripts, and by buttons without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.acts import comment, heading, press, row
from tests.browser.looking import look_over

pytestmark = pytest.mark.server


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def threads(open_as):
    """Two threads of a group of two, in each of which the organizer wrote something."""
    room = acts.make_room(open_as, "lena", "noam")
    paper = acts.path_in(row(room.organizer, "PACT"), "PACT")
    room.member.goto("catch-up/")
    if room.member.get_by_role("button", name="Mark all shown as seen").is_visible():
        press(room.member, "Mark all shown as seen")
    for title, source in (("Why clip?", "Is it learned?"), ("And the rest?", "See $x^2$.")):
        said = {"title": title, "source": source}
        room.organizer.goto(acts.sent_to(room.organizer, f"{paper}threads/new/", **said))
    room.member.goto("catch-up/")
    return room


def thread(page: Page, title: str):
    return page.get_by_role("region", name=title, exact=True)


@pytest.mark.parametrize("javascript", [True], ids=["scripts"])
def test_by_keys(threads):
    page = threads.member
    first, second = thread(page, "And the rest?"), thread(page, "Why clip?")
    expect(comment(page, "See")).to_be_visible()
    look_over(page)
    first.get_by_role("heading", name="And the rest?").focus()
    page.keyboard.press("j")
    expect(second.get_by_role("heading", name="Why clip?")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("n")
    expect(page.get_by_text("Seen: And the rest?")).to_be_visible()
    expect(second.get_by_role("heading", name="Why clip?")).to_be_focused()
    page.keyboard.press("r")
    field = second.get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("Yes, and j, k and n are letters here.")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "are letters here")).to_be_visible()
    expect(second).to_be_visible()
    look_over(page)


def test_by_buttons_and_back(threads):
    page = threads.member
    press(thread(page, "And the rest?"), "Seen", exact=False)
    expect(page.get_by_text("Seen: And the rest?")).to_be_visible()
    expect(thread(page, "And the rest?")).to_have_count(0)
    press(page, "Keep as new", exact=False)
    expect(thread(page, "And the rest?")).to_be_visible()


@pytest.mark.parametrize("javascript", [True], ids=["scripts"])
def test_with_nothing_new_it_looks_well(threads):
    press(threads.member, "Mark all shown as seen")
    expect(threads.member.get_by_text("Nothing new since you last looked.")).to_be_visible()
    look_over(threads.member)


def test_several_are_ticked_and_then_nothing_is_new(threads):
    page = threads.member
    for title in ("And the rest?", "Why clip?"):
        page.get_by_role("checkbox", name=f"Tick the thread {title}").check()
    press(page, "Mark the ticked as seen")
    expect(page.get_by_text("Nothing new since you last looked.")).to_be_visible()
    expect(heading(page)).to_have_text("Catch up")


def test_what_is_read_in_its_thread_is_not_there(threads):
    page = threads.member
    thread(page, "Why clip?").get_by_role("link", name="Why clip?").click()
    expect(comment(page, "Is it learned?")).to_be_visible()
    page.goto("catch-up/")
    expect(thread(page, "Why clip?")).to_have_count(0)
    expect(thread(page, "And the rest?")).to_be_visible()
