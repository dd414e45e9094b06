"""Quote, react, close and divide a discussion, as people press it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.acts import comment, follow, press, row, write
from tests.browser.looking import faults

pytestmark = pytest.mark.server
SAID = "It is learned by gradient.\n\nThe scale is $\\alpha$, as in PACT."


@pytest.fixture
def thread(open_as):
    """Both look at a thread of two comments, the second of which has a formula."""
    room = acts.make_room(open_as)
    page = room.organizer
    paper = acts.path_in(row(page, "PACT"), "PACT")
    words = {"title": "Why clip?", "source": "Is it learned?", "kind": "question"}
    thread = acts.sent_to(page, f"{paper}threads/new/", **words)
    acts.send(page, f"{thread}comments/new/", source=SAID)
    page.goto(thread)
    room.member.goto(thread)
    return room


def select(page: Page, words: str) -> None:
    """Select the paragraph that has these words."""
    page.locator(".prose p", has_text=words).first.evaluate(
        "node => getSelection().selectAllChildren(node)"
    )


def test_what_is_selected_is_quoted_in_the_reply(thread):
    page = thread.member
    expect(page.locator(".katex")).to_have_count(1)
    select(page, "The scale is")
    follow(comment(page, "The scale is"), "Reply")
    field = page.get_by_label("Your reply to Mina Kaya")
    expect(field).to_have_value("> The scale is $\\alpha$, as in PACT.\n\n")
    expect(field).to_be_focused()
    field.press_sequentially("I doubt it.")
    select(page, "It is learned by gradient")
    follow(page.locator(".comment__answer"), "Quote what this replies to")
    expect(field).to_have_value(re.compile("I doubt it.\n\n> It is learned by gradient.\n\n$"))
    press(acts.form_with(page, "Your reply to Mina Kaya"), "Reply")
    expect(page.locator(".prose blockquote")).to_have_count(2)


def test_without_a_selection_all_of_it_is_quoted(thread):
    page = thread.member
    follow(comment(page, "The scale is"), "Reply")
    follow(page.locator(".comment__answer"), "Quote what this replies to")
    quoted = "\n".join(f"> {line}".rstrip() for line in SAID.splitlines())
    expect(page.get_by_label("Your reply to Mina Kaya")).to_have_value(f"{quoted}\n\n")


def test_a_reaction_is_given_and_taken_back_by_a_press(thread):
    page = thread.member
    said = comment(page, "The scale is")
    follow(said, "React")
    press(said, "Good point")
    given = said.get_by_role("button", name="Good point 1")
    expect(given).to_have_attribute("aria-pressed", "true")
    expect(said.locator(".reaction")).to_have_count(1)
    thread.organizer.reload()
    other = comment(thread.organizer, "The scale is")
    press(other, "Good point 1")
    expect(other.get_by_role("button", name="Good point 2")).to_be_visible()
    given.click()
    expect(said.get_by_role("button", name="Good point 1")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert not faults(page)


def test_a_question_is_answered_closed_and_divided(thread):
    page = thread.organizer
    more = page.locator(".thread__menu summary")
    expect(page.locator(".thread__head")).to_contain_text("Question")
    more.click()
    press(page, "Mark as answered")
    expect(page.locator(".thread__head")).to_contain_text("Answered")
    comment(page, "The scale is").locator("summary").click()
    follow(comment(page, "The scale is"), "Split off")
    write(page, "What is the new thread about?", "The scale")
    press(page, "Split off")
    expect(page.locator(".thread__head")).to_contain_text("The scale")
    more.click()
    press(page, "Close")
    expect(page.locator(".thread__foot")).to_contain_text("closed this thread")
    assert not faults(page)
    thread.member.goto(page.url)
    expect(thread.member.get_by_role("link", name="Reply")).to_have_count(0)
    follow(thread.member.get_by_role("navigation", name="Main"), "Discussions")
    expect(thread.member.locator(".thread-line")).to_have_count(2)
    assert not faults(thread.member)


def test_all_of_it_is_done_without_scripts(thread, browser):
    context = browser.new_context(
        java_script_enabled=False,
        base_url=thread.member.url.partition("/groups/")[0],
        storage_state=thread.member.context.storage_state(),
    )
    page = context.new_page()
    page.goto(thread.member.url)
    follow(comment(page, "The scale is"), "React")
    press(page, "Thanks")
    expect(page.locator(".reaction[aria-pressed=true]")).to_have_count(1)
    page.goto(thread.member.url)
    follow(comment(page, "The scale is"), "Reply")
    follow(page, "Quote what this replies to")
    expect(page.get_by_label("Your reply to Mina Kaya")).to_have_value(re.compile("^> It is"))
    press(page, "Reply")
    expect(page.locator("article.comment")).to_have_count(3)
    context.close()


LABEL = "Your comment in Why clip?"


def saved(page: Page, text: str) -> None:
    """Write it, and wait until the site has it."""
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/")) as answer:
        page.get_by_label(LABEL).fill(text)
    assert answer.value.status == 200


def test_what_is_written_is_there_again_on_another_device_until_it_is_sent(thread, open_as):
    page = thread.member
    saved(page, "Half a thought")
    page.reload()
    expect(page.get_by_label(LABEL)).to_have_value("Half a thought")
    expect(page.locator(".draft")).to_contain_text("Draft saved")
    assert not faults(page)
    phone = open_as("jonas")
    phone.goto(page.url)
    expect(phone.get_by_label(LABEL)).to_have_value("Half a thought")
    press(acts.form_with(phone, LABEL), "Reply")
    expect(comment(phone, "Half a thought")).to_be_visible()
    expect(phone.get_by_label(LABEL)).to_have_value("")
    page.reload()
    expect(comment(page, "Half a thought")).to_be_visible()
    expect(page.get_by_label(LABEL)).to_have_value("")


def test_a_draft_is_discarded_by_a_press(thread):
    page = thread.member
    saved(page, "Half a thought")
    page.reload()
    press(page, "Discard the draft")
    acts.said(page, "The draft is deleted.")
    expect(page.get_by_label(LABEL)).to_have_value("")
    page.reload()
    expect(page.get_by_label(LABEL)).to_have_value("")


def test_what_the_site_does_not_have_yet_is_kept_by_the_page(thread):
    page = thread.member
    saved(page, "Half a thought")
    page.route("**/drafts/", lambda route: route.abort())
    page.get_by_label(LABEL).fill("Half a thought, and more")
    page.reload()
    expect(page.get_by_label(LABEL)).to_have_value("Half a thought, and more")


def test_a_reply_and_an_edit_have_their_drafts_again(thread):
    page = thread.organizer
    said = comment(page, "The scale is")
    for name, label in (("Reply", "Your reply to Mina Kaya"), ("Edit", "Your comment")):
        follow(said, name)
        field = page.get_by_label(label, exact=True)
        with page.expect_response(lambda answer: answer.url.endswith("/drafts/")):
            field.fill(f"Half of the {name}")
        page.reload()
        follow(said, name)
        expect(field).to_have_value(f"Half of the {name}")
        page.reload()
