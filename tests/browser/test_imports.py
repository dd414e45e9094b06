"""A list is brought over one that is there, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import LIST, follow, heading, press, said

pytestmark = pytest.mark.server

CHANGED = LIST.replace("NeurIPS 1989", "NeurIPS 1990").replace(
    "- [ ] SparseGPT [Frantar and Alistarh, ICML 2023]\n",
    "- [ ] OPTQ [Frantar et al., ICLR 2023]\n",
)


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture(autouse=True)
def _nothing_is_refused(watch):
    yield
    assert not watch.refused


@pytest.fixture
def room(open_as):
    return acts.make_room(open_as)


def bring(page, text: str) -> None:
    follow(page.get_by_role("main"), "Import")
    page.get_by_label("Paste your list").fill(text)
    press(page, "Preview")
    expect(heading(page)).to_have_text("Check the import")


def line(where, words: str):
    """The innermost line with the words."""
    return where.locator("li.line", has_text=words).last


def test_what_a_changed_list_brings_is_chosen_imported_and_undone(room):
    page = room.organizer
    bring(page, CHANGED)
    summary = page.locator("#import-summary")
    expect(summary).to_have_text("1 new paper, 1 changed paper")
    changes = page.locator("#changes")
    expect(line(changes, "1990")).to_contain_text("will change")
    line(changes, "1990").get_by_role("button", name="Skip").click()
    expect(line(changes, "1990")).to_contain_text("stays")
    expect(summary).to_have_text("1 new paper")
    line(changes, "SparseGPT").get_by_role("button", name="Remove").click()
    expect(line(changes, "SparseGPT")).to_contain_text("will be removed")
    expect(summary).to_have_text("1 new paper, 1 removal")
    press(page, "Import 1 paper")

    said(page, "1 paper was added to the list.")
    articles = page.get_by_role("article")
    expect(articles.filter(has_text="OPTQ")).to_have_count(1)
    expect(articles.filter(has_text="SparseGPT")).to_have_count(0)
    expect(articles.filter(has_text="1989")).to_have_count(1)

    follow(page.get_by_role("main"), "Import")
    follow(page.get_by_role("main"), "Imports")
    page.get_by_role("main").get_by_role("link", name="A pasted list").first.click()
    expect(heading(page)).to_have_text("This list was imported")
    follow(page.get_by_role("main"), "Undo the import")
    press(page, "Undo the import")
    said(page, "The import was undone.")
    page.goto(room.path)
    expect(articles.filter(has_text="OPTQ")).to_have_count(0)
    expect(articles.filter(has_text="SparseGPT")).to_have_count(1)


def test_a_paper_and_a_topic_are_skipped_and_taken(room):
    page = room.organizer
    bring(page, LIST + "- [ ] New one\n- [ ] New two\n\n## Fresh\n- [ ] New three\n")
    summary = page.locator("#import-summary")
    expect(summary).to_have_text("1 new topic, 3 new papers")
    fold = page.locator(".read-topic", has_text="New one")
    line(fold, "New one").get_by_role("button", name="Skip").click()
    expect(line(fold, "New one")).to_contain_text("skipped")
    expect(summary).to_have_text("1 new topic, 2 new papers")
    line(fold, "New one").get_by_role("button", name="Take").click()
    expect(summary).to_have_text("1 new topic, 3 new papers")
    fresh = page.locator(".read-topic", has_text="New three")
    fresh.locator(".read-topic__head").get_by_role("button", name="Skip").click()
    expect(summary).to_have_text("2 new papers")


def look_until(page, words: str, javascript: bool) -> None:
    """Look on, which without scripts means to press again and again."""
    for _ in range(60):
        if heading(page).inner_text() == words:
            break
        page.wait_for_timeout(500)
        if not javascript:
            page.reload()
    expect(heading(page)).to_have_text(words)


def test_a_long_list_is_read_while_one_looks_on(room, javascript):
    page = room.organizer
    items = "\n".join(f"- [ ] Nets with number {number} of many layers" for number in range(3000))
    file = {"name": "long.md", "mimeType": "text/markdown", "buffer": f"## Long\n{items}".encode()}
    follow(page.get_by_role("main"), "Import")
    page.get_by_label("Or choose a file").set_input_files(files=[file])
    press(page, "Preview")
    look_until(page, "Check the import", javascript)
    press(page, "Import 3000 papers")
    look_until(page, "This list was imported", javascript)
    expect(page.get_by_text("3000 papers were added")).to_be_visible()
