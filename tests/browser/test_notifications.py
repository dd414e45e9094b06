"""One person calls on another, who sees it, puts it off, and is done; with scripts and without."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acts
from tests.browser.acts import comment, follow, heading, press, row, write
from tests.browser.looking import look_over

pytestmark = pytest.mark.server


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def thread(open_as):
    """A thread in a group of two, which the organizer looks at."""
    room = acts.make_room(open_as, "lena", "noam")
    paper = acts.path_in(row(room.organizer, "PACT"), "PACT")
    said = {"title": "Why clip?", "source": "Is it learned?"}
    room.organizer.goto(acts.sent_to(room.organizer, f"{paper}threads/new/", **said))
    return room


def handle_of(page: Page) -> str:
    """The handle of somebody, who is done with all that they were told of before."""
    page.goto("accounts/profile/")
    acts.send(page, "notifications/done/", oldest="0", newest="999999")
    return page.get_by_label("Handle").input_value()


def notification(page: Page, words: str) -> Locator:
    """What is told in the group of the thread; the demonstration tells of other things."""
    conversation = page.get_by_role("region", name="Why clip?", exact=True)
    return conversation.get_by_role("listitem").filter(has_text=words)


def chip(page: Page, name: str) -> Locator:
    filters = page.get_by_role("navigation", name="Which notifications")
    return filters.get_by_role("link", name=re.compile(rf"^{name}\b"))


def see_new(page: Page, number: int) -> None:
    """Reload the page until so many are new: a worker tells of them."""
    name = re.compile(f"^Notifications: {number} new$" if number else "^Notifications$")
    bell = page.get_by_role("link", name=name)
    for _ in range(20):
        page.reload()
        if bell.is_visible():
            return
        page.wait_for_timeout(250)
    expect(bell).to_be_visible()


def test_a_mention_is_seen_put_off_found_again_and_done(thread):
    page, other = thread.organizer, thread.member
    handle = handle_of(other)
    see_new(other, 0)
    press(write(page, "Your comment in Why clip?", f"What says @{handle}?"), "Reply")
    expect(comment(page, "What says").get_by_role("link", name=f"@{handle}")).to_be_visible()
    see_new(other, 1)

    other.get_by_role("link", name=re.compile("^Notifications")).click()
    expect(heading(other)).to_have_text("Notifications")
    told = notification(other, "Lena Nowak mentioned you")
    expect(told).to_contain_text(f"What says @{handle}?")
    expect(told).to_contain_text("You are told because you are mentioned.")

    press(told, "Tomorrow")
    expect(told).to_have_count(0)
    chip(other, "Later").click()
    expect(chip(other, "Later")).to_have_attribute("aria-current", "page")
    expect(told).to_be_visible()
    expect(told.get_by_role("button", name="Tomorrow")).to_have_count(0)
    see_new(other, 0)

    press(told, "Done", exact=False)
    expect(told).to_have_count(0)
    for name in ("New", "Later"):
        chip(other, name).click()
        expect(chip(other, name)).to_have_attribute("aria-current", "page")
        expect(told).to_have_count(0)


def test_a_notification_leads_to_its_comment_and_is_then_no_longer_new(thread):
    page, other = thread.organizer, thread.member
    handle = handle_of(other)
    press(write(page, "Your comment in Why clip?", f"And @{handle}, the scale?"), "Reply")
    see_new(other, 1)
    other.goto("notifications/")
    told = notification(other, "Lena Nowak mentioned you")
    expect(told.get_by_text("new", exact=True)).to_be_visible()
    follow(told, "Lena Nowak mentioned you")
    expect(comment(other, "the scale?")).to_be_in_viewport()
    see_new(other, 0)
    other.goto("notifications/")
    expect(told).to_be_visible()
    expect(told.get_by_text("new", exact=True)).to_have_count(0)


def test_a_muted_thread_is_done_with_and_tells_nothing_more(thread):
    page, other = thread.organizer, thread.member
    handle = handle_of(other)
    label = "Your comment in Why clip?"
    press(write(page, label, f"First, @{handle}"), "Reply")
    see_new(other, 1)
    other.goto("notifications/")
    conversation = other.get_by_role("region", name="Why clip?", exact=True)
    press(conversation, "Mute this thread")
    acts.said(other, "You are told: nothing.")
    press(write(page, label, f"Second, @{handle}"), "Reply")
    expect(comment(page, "Second,")).to_be_visible()
    other.goto("notifications/settings/")
    expect(heading(other)).to_have_text("What I am told")
    other.goto("notifications/")
    expect(heading(other)).to_have_text("Notifications")
    expect(conversation).to_have_count(0)


@pytest.mark.parametrize("javascript", [True], ids=["scripts"])
def test_new_ones_later_ones_none_and_the_choices_look_well(thread):
    page, other = thread.organizer, thread.member
    handle = handle_of(other)
    press(write(page, "Your comment in Why clip?", f"$x$ and @{handle}"), "Reply")
    see_new(other, 1)
    for address in ("notifications/", "notifications/?later", "notifications/settings/"):
        other.goto(address)
        look_over(other)
    other.goto("notifications/")
    press(notification(other, "mentioned you"), "Next week")
    expect(other.get_by_text("Nothing new.")).to_be_visible()
    look_over(other)
    chip(other, "Later").click()
    expect(notification(other, "mentioned you")).to_be_visible()
    look_over(other)
