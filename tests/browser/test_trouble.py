"""When something is in the way, what somebody wrote is kept and a sentence says what to do."""

import re

import pytest
from playwright.sync_api import expect

from papers.demo.people import PASSWORD
from tests.browser import acts
from tests.browser.acts import comment, follow, form_with, heading, mark, press, row, write

pytestmark = pytest.mark.server
both_ways = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])


@pytest.fixture
def room(open_as):
    return acts.make_room(open_as)


def forget_session(page):
    page.context.clear_cookies(name="sessionid")


@pytest.fixture
def thread(room):
    """Both have a thread with one comment before them."""
    page = room.organizer
    paper = acts.path_in(row(page, "PACT"), "PACT")
    said = {"title": "Why clip?", "source": "Is it learned?"}
    thread = acts.sent_to(page, f"{paper}threads/new/", **said)
    page.goto(thread)
    room.member.goto(thread)
    return room


# The session is over


def test_a_press_after_the_session_ended_leads_to_signing_in_and_back(room):
    page = room.member
    page.goto(f"{room.path}?show=to_read")
    forget_session(page)
    mark(row(page, "PACT")).click()
    expect(heading(page)).to_have_text("Sign in")
    acts.sign_in(page, "jonas@seminar.example", PASSWORD)
    expect(heading(page)).to_have_text("Reading list")
    assert page.url.endswith(f"{room.path}?show=to_read")
    expect(mark(row(page, "PACT"))).to_contain_text("To read")


def test_a_comment_sent_after_the_session_ended_is_still_there_after_signing_in(thread):
    page = thread.member
    label = "Your comment in Why clip?"
    forget_session(page)
    press(write(page, label, "Half a page of thoughts"), "Reply")
    expect(heading(page)).to_have_text("Sign in")
    acts.sign_in(page, "jonas@seminar.example", PASSWORD)
    expect(page.get_by_label(label)).to_have_value("Half a page of thoughts")
    press(form_with(page, label), "Reply")
    expect(comment(page, "Half a page of thoughts")).to_have_count(1)


@both_ways
def test_a_form_sent_after_the_session_ended_comes_back_with_its_text(room):
    page = room.member
    follow(page, "Add paper")
    page.get_by_label("Title").fill("A paper not to lose")
    page.get_by_label("Pruning").check()
    page.get_by_label("Abstract").fill("Line one\nline two")
    forget_session(page)
    press(page, "Add paper")
    expect(heading(page)).to_have_text("You are signed out")
    expect(page.get_by_label("Abstract")).to_have_value("Line one\nline two")

    with page.context.expect_page() as opened:
        follow(page.get_by_role("main"), "Sign in (opens a new tab)")
    acts.sign_in(opened.value, "jonas@seminar.example", PASSWORD)
    expect(opened.value.get_by_label("Your account")).to_be_visible()
    press(page, "Send again")
    # The token of the page was one of the session that is over.
    expect(heading(page)).to_have_text("This page was open too long")
    press(page, "Send again")
    expect(heading(page)).to_have_text("A paper not to lose")
    expect(page.locator(".paper__abstract")).to_contain_text("Line one")


@both_ways
def test_a_form_whose_cookie_is_gone_comes_back_and_can_be_sent_again(room):
    page = room.member
    follow(page, "Add paper")
    page.get_by_label("Title").fill("Kept over the cookie")
    page.get_by_label("Pruning").check()
    page.context.clear_cookies(name="csrftoken")
    press(page, "Add paper")
    expect(heading(page)).to_have_text("This page was open too long")
    press(page, "Send again")
    expect(heading(page)).to_have_text("Kept over the cookie")


# Sent twice


def test_a_double_click_on_the_button_gives_one_comment(thread):
    page = thread.member
    form = write(page, "Your comment in Why clip?", "Said once")
    form.get_by_role("button", name="Reply", exact=True).dblclick()
    expect(comment(page, "Said once")).to_have_count(1)
    page.reload()
    expect(comment(page, "Said once")).to_have_count(1)


def test_the_keyboard_and_a_click_together_give_one_comment(thread):
    page = thread.member
    form = write(page, "Your comment in Why clip?", "Said once")
    button = form.get_by_role("button", name="Reply", exact=True)
    button.evaluate(
        """(button) => {
          const enter = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
          button.form.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", enter));
          button.click();
        }"""
    )
    expect(comment(page, "Said once")).to_have_count(1)
    page.reload()
    expect(comment(page, "Said once")).to_have_count(1)


@pytest.mark.parametrize("javascript", [False], ids=["plain"])
def test_a_double_click_without_scripts_gives_one_comment(thread):
    page = thread.member
    form = write(page, "Your comment in Why clip?", "Said once")
    form.get_by_role("button", name="Reply", exact=True).dblclick()
    expect(comment(page, "Said once")).to_have_count(1)


def test_a_double_click_on_a_status_goes_on_by_one(room):
    page = room.member
    mark(row(page, "PACT")).dblclick()
    expect(mark(row(page, "PACT"))).to_have_accessible_name(re.compile("^Reading:"))
    page.reload()
    expect(mark(row(page, "PACT"))).to_have_accessible_name(re.compile("^Reading:"))


def test_going_back_and_sending_again_gives_one_thread(room):
    page = room.member
    acts.open_paper(page, room.path, "PACT")
    acts.start_thread(page, "Asked once", "Is it learned?")
    page.go_back()
    expect(heading(page)).to_have_text("New thread")
    press(page, "Start the thread")
    acts.open_paper(page, room.path, "PACT")
    expect(page.get_by_role("link", name="Asked once", exact=True)).to_have_count(1)


# Somebody else at the same time


def test_of_two_tabs_the_last_press_counts(room):
    page = room.member
    other = page.context.new_page()
    other.goto(room.path)
    mark(row(page, "PACT")).click()
    expect(mark(row(page, "PACT"))).to_have_accessible_name(re.compile("^Reading:"))
    follow(row(other, "PACT"), "All statuses for PACT")
    press(other.get_by_role("form", name="Your status"), "Skipped")
    expect(mark(row(other, "PACT"))).to_have_accessible_name(re.compile("^Skipped:"))
    page.reload()
    expect(mark(row(page, "PACT"))).to_have_accessible_name(re.compile("^Skipped:"))


@both_ways
def test_anyone_who_comes_too_late_for_a_slot_is_told_who_has_it(room):
    page, other = room.organizer, room.member
    acts.open_paper(page, room.path, "PACT")
    follow(page, "Assign")
    press(page, "Assign")
    acts.open_paper(other, room.path, "PACT")
    press(page, "Take it")
    expect(page.get_by_role("button", name="Give back")).to_be_visible()
    press(other, "Take it")
    expect(other.get_by_role("alert")).to_contain_text("Mina Kaya took this slot first.")


@both_ways
def test_anyone_who_edits_what_was_changed_meanwhile_sees_both_texts(thread):
    page = thread.organizer
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        follow(comment(tab, "Is it learned?"), "Edit")
    press(write(page, "Your comment", "The first change"), "Save")
    expect(comment(page, "The first change")).to_be_visible()
    press(write(other, "Your comment", "The second change"), "Save")

    problem = other.locator("#problem")
    expect(problem).to_contain_text("Changed in the meantime")
    expect(problem).to_contain_text("The first change")
    expect(problem.get_by_label("Your comment")).to_have_value("The second change")
    press(problem, "Save mine instead")
    expect(comment(other, "The second change")).to_be_visible()
    expect(comment(other, "The first change")).to_have_count(0)


@both_ways
def test_keeping_the_other_text_leads_back_to_it(room):
    page, other = room.organizer, room.member
    for tab, year in ((page, "2018"), (other, "2019")):
        acts.open_paper(tab, room.path, "PACT")
        follow(tab, "Edit")
        tab.get_by_label("Year").fill(year)
    press(page, "Save")
    expect(heading(page)).to_have_text("PACT")
    press(other, "Save")
    expect(heading(other)).to_have_text("Changed in the meantime")
    follow(other, "Keep the current version")
    expect(heading(other)).to_have_text("PACT")
    expect(other.get_by_text("arXiv 2018")).to_be_visible()


# Text that is not sent yet


def test_a_draft_survives_a_reload_and_is_gone_once_it_was_sent(thread):
    page = thread.member
    label = "Your comment in Why clip?"
    page.get_by_label(label).press_sequentially("Nearly ready")
    page.reload()
    expect(page.get_by_label(label)).to_have_value("Nearly ready")
    press(form_with(page, label), "Reply")
    expect(comment(page, "Nearly ready")).to_be_visible()
    expect(page.get_by_label(label)).to_have_value("")
    page.reload()
    expect(page.get_by_label(label)).to_have_value("")


def test_a_comment_that_is_refused_keeps_its_text_and_takes_the_focus(thread):
    page = thread.member
    label = "Your comment in Why clip?"
    press(write(page, label, "   "), "Reply")
    expect(page.get_by_text("Write something first.")).to_be_visible()
    expect(page.get_by_label(label)).to_be_focused()
    expect(page.get_by_label(label)).to_have_value("   ")
    press(write(page, label, "Something"), "Reply")
    expect(comment(page, "Something")).to_be_visible()
    expect(page.get_by_text("Write something first.")).to_have_count(0)


@both_ways
def test_a_form_that_is_refused_keeps_its_text_and_puts_the_focus_where_it_is_wrong(room):
    page = room.member
    follow(page, "Add paper")
    page.get_by_label("Title").fill("Deep Compression")
    page.get_by_label("Pruning").check()
    page.get_by_label("DOI").fill("no such thing")
    press(page, "Add paper")
    expect(page.get_by_text("This is not a DOI.")).to_be_visible()
    expect(page.get_by_label("DOI")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("Deep Compression")
    expect(page.get_by_label("Pruning")).to_be_checked()


def test_a_server_that_is_away_is_said_in_a_sentence_and_the_text_stays(thread, server, watch):
    page = thread.member
    label = "Your comment in Why clip?"
    form = write(page, label, "Written on the train")
    watch.allow("net::ERR_")
    watch.allow("htmx:")
    server.stop()
    try:
        press(form, "Reply")
        expect(page.locator("#messages")).to_contain_text("Could not reach the server.")
        expect(page.get_by_label(label)).to_have_value("Written on the train")
    finally:
        server.start()
    press(form_with(page, label), "Reply")
    expect(comment(page, "Written on the train")).to_have_count(1)
    expect(page.locator("#messages")).not_to_contain_text("Could not reach")


# The keyboard, and ways back


def test_escape_closes_the_statuses_and_the_focus_is_where_it_was(room):
    page = room.member
    more = row(page, "PACT").get_by_role("link", name="All statuses for PACT")
    more.focus()
    more.press("Enter")
    menu = page.get_by_role("form", name="Your status")
    expect(menu.get_by_role("button", name="To read")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(more).to_be_focused()


def test_escape_closes_the_account_menu_and_the_focus_is_where_it_was(room):
    page = room.member
    page.get_by_label("Your account").press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_label("Your account")).to_be_focused()


@both_ways
def test_an_unknown_address_leads_back_home(open_as):
    page = open_as("aiko")
    page.goto("groups/no-such-group/")
    expect(heading(page)).to_have_text("There is nothing here")
    follow(page.get_by_role("main"), "To the home page")
    expect(page).to_have_url(re.compile(r"^http://[^/]+/$"))
