"""A comment that is posted comes alone, to its place, on a page that stays as it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.acts import comment, follow, form_with, press, row, write

pytestmark = pytest.mark.server
LABEL = "Your comment in Why clip?"


@pytest.fixture
def thread(open_as):
    """Both have a thread with two comments before them."""
    room = acts.make_room(open_as)
    page = room.organizer
    paper = acts.path_in(row(page, "PACT"), "PACT")
    said = {"title": "Why clip?", "source": "Is it learned?"}
    thread = acts.sent_to(page, f"{paper}threads/new/", **said)
    acts.send(page, f"{thread}comments/new/", source="And the scale?")
    page.goto(thread)
    room.member.goto(thread)
    return room


def texts(page: Page) -> list[str]:
    return page.locator("article.comment .prose").all_inner_texts()


def reply(page: Page, to: str, text: str) -> None:
    follow(comment(page, to), "Reply")
    press(write(page, "Your reply to Mina Kaya", text), "Reply")
    expect(comment(page, text)).to_be_visible()


def test_a_comment_is_put_last_and_the_form_is_empty_again(thread):
    page = thread.member
    before = page.locator("article.comment").first.element_handle()
    key = page.locator(".thread__foot input[name=idempotency_key]")
    first_key = key.input_value()
    page.get_by_label(LABEL).fill("It is.\n\n$\\alpha$")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "It is.")).to_be_visible()
    expect(comment(page, "It is.").locator(".katex")).to_be_visible()
    assert [text.splitlines()[0] for text in texts(page)] == [
        "Is it learned?",
        "And the scale?",
        "It is.",
    ]
    expect(page.get_by_label(LABEL)).to_have_value("")
    expect(page.get_by_label(LABEL)).to_be_focused()
    expect(key).not_to_have_value(first_key)
    assert before.evaluate("element => element.isConnected")
    press(write(page, LABEL, "By gradient."), "Reply")
    expect(comment(page, "By gradient.")).to_be_visible()
    shown = texts(page)
    page.reload()
    expect(page.get_by_label(LABEL)).to_have_value("")
    assert [text.split()[0] for text in texts(page)] == [text.split()[0] for text in shown]


def test_a_reply_is_put_behind_the_others_and_leaves_what_is_being_written(thread):
    page = thread.organizer
    page.get_by_label(LABEL).press_sequentially("Half a thought")
    for text in ("Yes.", "Since PACT."):
        reply(page, "Is it learned?", text)
    reply(page, "Yes.", "Really?")
    assert texts(page) == ["Is it learned?", "Yes.", "Really?", "Since PACT.", "And the scale?"]
    expect(page.get_by_label(LABEL)).to_have_value("Half a thought")
    expect(page.get_by_label("Your reply to Mina Kaya")).to_have_count(0)
    page.reload()
    assert texts(page) == ["Is it learned?", "Yes.", "Really?", "Since PACT.", "And the scale?"]
    follow(comment(page, "Yes."), "Reply")
    expect(page.get_by_label("Your reply to Mina Kaya")).to_have_value("")


def test_comments_of_others_are_announced_and_shown_by_a_press(thread):
    page, other = thread.organizer, thread.member
    for text in ("First of theirs", "Second of theirs"):
        press(write(other, LABEL, text), "Reply")
        expect(comment(other, text)).to_be_visible()
    news = page.get_by_role("status").filter(has_text="new comment")
    expect(news).to_have_count(0)
    press(write(page, LABEL, "Mine"), "Reply")
    expect(news).to_contain_text("2 new comments")
    assert texts(page) == ["Is it learned?", "And the scale?", "Mine"]
    page.get_by_label(LABEL).press_sequentially("Not sent yet")
    follow(news, "Show")
    expect(comment(page, "Second of theirs").get_by_text("new", exact=True)).to_be_visible()
    assert texts(page)[2:] == ["First of theirs", "Second of theirs", "Mine"]
    expect(page.get_by_label(LABEL)).to_have_value("Not sent yet")
    press(form_with(page, LABEL), "Reply")
    expect(comment(page, "Not sent yet")).to_be_visible()
    expect(news).to_have_count(0)


def test_on_the_page_of_a_paper_each_thread_takes_its_comments(thread):
    page = thread.organizer
    acts.open_paper(page, thread.path, "PACT")
    acts.start_thread(page, "What for?", "Is it needed?")
    acts.open_paper(page, thread.path, "PACT")
    press(write(page, LABEL, "Here"), "Reply")
    press(write(page, "Your comment in What for?", "There"), "Reply")
    expect(comment(page, "There")).to_be_visible()
    for title, last in (("Why clip?", "Here"), ("What for?", "There")):
        box = page.locator("article.thread").filter(has=page.get_by_role("heading", name=title))
        expect(box.locator("article.comment .prose").last).to_have_text(last)


def test_a_reply_that_was_opened_on_a_page_of_its_own_is_followed_by_its_thread(thread):
    page = thread.organizer
    link = comment(page, "Is it learned?").get_by_role("link", name="Reply")
    page.goto(link.evaluate("link => link.href"))
    press(write(page, "Your reply to Mina Kaya", "Written alone"), "Reply")
    expect(comment(page, "Written alone")).to_be_visible()
    assert texts(page) == ["Is it learned?", "Written alone", "And the scale?"]


@pytest.mark.parametrize("javascript", [False], ids=["plain"])
def test_without_scripts_the_page_comes_again(thread):
    page = thread.member
    press(write(page, LABEL, "Said plainly"), "Reply")
    expect(comment(page, "Said plainly")).to_be_visible()
    assert texts(page) == ["Is it learned?", "And the scale?", "Said plainly"]
