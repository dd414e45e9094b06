"""Members are offered while one types `@`, and who is chosen is called on."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acts
from tests.browser.acts import comment, follow, press, row, write
from tests.browser.looking import faults, reaches_out

pytestmark = pytest.mark.server
LABEL = "Your comment in Why clip?"


@pytest.fixture
def thread(open_as):
    """Mina looks at a thread of a group in which Jonas and Lena are, too."""
    room = acts.make_room(open_as)
    page = room.organizer
    made = acts.send(
        page, f"{room.path}invitations/new/", role="member", days="7", uses_allowed="1"
    )
    link = re.search(r"/join/[^/]+/", made.text())
    assert link
    acts.sent_to(open_as("lena"), link[0])
    paper = acts.path_in(row(page, "PACT"), "PACT")
    page.goto(
        acts.sent_to(page, f"{paper}threads/new/", title="Why clip?", source="Is it learned?")
    )
    return page


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Members").get_by_role("option")


def chosen(page: Page) -> Locator:
    """The option that the keys are on, as the field has it."""
    key = page.evaluate("() => document.activeElement.getAttribute('aria-activedescendant')")
    option = page.locator(f"#{key}")
    expect(option).to_have_attribute("aria-selected", "true")
    return option


def test_a_member_is_chosen_by_keys_and_called_on(thread):
    page, field = thread, thread.get_by_label(LABEL)
    field.press_sequentially("Is it, @")
    expect(options(page)).to_have_text([re.compile("Jonas Thiele"), re.compile("Lena Nowak")])
    expect(page.get_by_role("status").filter(has_text="2 members")).to_have_count(1)
    expect(chosen(page)).to_contain_text("Jonas Thiele")
    for key, name in (("Down", "Lena"), ("Down", "Jonas"), ("Up", "Lena"), ("Up", "Jonas")):
        page.keyboard.press(f"Arrow{key}")
        expect(chosen(page)).to_contain_text(name)
    page.keyboard.type("NÓW")
    expect(options(page)).to_have_text([re.compile("Lena Nowak")])
    page.keyboard.press("Enter")
    expect(options(page)).to_have_count(0)
    expect(field).to_have_value("Is it, @lena-nowak ")
    expect(field).to_be_focused()
    page.keyboard.type("?")
    page.keyboard.press("Control+Enter")
    link = comment(page, "Is it,").get_by_role("link", name="@lena-nowak")
    expect(link).to_have_attribute("href", re.compile(r"/members/#member-\d+$"))


def test_escape_leaves_what_is_typed_and_the_keys_are_those_of_the_text_again(thread):
    page, field = thread, thread.get_by_label(LABEL)
    field.press_sequentially("@j")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    page.keyboard.type("on")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(field).to_have_value("@jon\n")
    page.keyboard.type("@len")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Control+a")
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("text", ["me@j", "`@j", "```\n@j", "/@j", "@j "])
def test_nobody_is_offered_where_nobody_would_be_called_on(thread, text):
    page = thread
    page.get_by_label(LABEL).press_sequentially(text)
    page.wait_for_timeout(400)
    expect(options(page)).to_have_count(0)


def test_in_a_form_that_came_later_a_member_is_chosen_by_tab_or_a_press(thread):
    page = thread
    follow(comment(page, "Is it learned?"), "Reply")
    field = page.get_by_label("Your reply to Mina Kaya")
    field.press_sequentially("@jo")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Tab")
    field.press_sequentially("and @")
    options(page).filter(has_text="Lena").click()
    expect(field).to_be_focused()
    expect(field).to_have_value("@jonas-thiele and @lena-nowak ")
    page.keyboard.press("Control+Enter")
    said = comment(page, "@jonas-thiele and @lena-nowak")
    expect(said.locator("a.mention")).to_have_count(2)
    follow(said, "Edit")
    field = page.get_by_label("Your comment", exact=True)
    field.fill("")
    field.press_sequentially("@len")
    expect(options(page)).to_have_count(1)


def test_a_new_thread_offers_members_to_fingers(open_as, thread):
    page = open_as("mina", has_touch=True)
    page.goto(thread.url)
    follow(page, "PACT")
    follow(page, "New thread")
    field = page.get_by_label("Your comment")
    field.press_sequentially("@")
    options(page).filter(has_text="Jonas").tap()
    expect(field).to_have_value("@jonas-thiele ")
    expect(field).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_what_is_offered_is_read_and_heard(thread, width, scheme):
    page = thread
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.get_by_label(LABEL).press_sequentially("Half a line of words and then @")
    expect(options(page)).to_have_count(2)
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert reaches_out(page) == 0
    assert faults(page) == []


@pytest.mark.parametrize("javascript", [False], ids=["plain"])
def test_without_scripts_one_types_the_handle(thread):
    page = thread
    press(write(page, LABEL, "So, @lena-nowak?"), "Reply")
    link = comment(page, "So,").get_by_role("link", name="@lena-nowak")
    expect(link).to_be_visible()
