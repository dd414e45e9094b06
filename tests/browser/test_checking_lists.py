"""A list is checked before it is written: lines are taken, titles and pairs mended."""

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import follow, heading, press
from tests.browser.looking import look_over

pytestmark = pytest.mark.server

UGLY = """\
## Bees
- [ ] Counting bees [Stein, 2015]
- [ ] Counting Bees
- [ ] Small hives

> Hives that learn https://arxiv.org/abs/1706.03762

| Week | Notes |
|---|---|
| 2 Feb | Swarms without queens |
"""
PAGE = '<ul><li><a href="https://arxiv.org/abs/1706.03762">Hives that learn</a>, 2017</li></ul>'
PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def group(open_as):
    page = open_as("mina")
    page.goto(f"/{acts.made_group(page, 'Checkers')}imports/new/")
    return page


def test_a_list_is_corrected_line_by_line_and_imported(group, javascript):
    page = group
    page.get_by_label("Paste your list").fill(UGLY)
    press(page, "Preview")
    expect(heading(page)).to_have_text("Check the import")
    if javascript:
        look_over(page)

    question = page.locator(".question", has_text="Hives that learn")
    question.get_by_role("textbox").fill("Hives that learn well")
    question.get_by_role("button", name="Take as a paper").click()
    expect(question).to_contain_text("taken as a paper")

    row = page.locator("li.line", has_text="Small hives")
    row.get_by_role("link", name="Edit").click()
    page.get_by_label("Title", exact=True).fill("Smaller hives")
    press(page, "Change the title")
    expect(page.locator("#topics")).to_contain_text("Smaller hives")

    press(page.locator("#merged"), "Keep apart", exact=False)
    expect(page.locator("#apart")).to_contain_text("Counting Bees")
    expect(page.locator("#import-summary")).to_contain_text("4 new papers")

    follow(page, "Back")
    expect(page.get_by_label("Paste your list")).to_have_value(UGLY)
    page.go_back()
    press(page, "Import 4 papers")
    titles = acts.titles(page)
    for title in ("Hives that learn well", "Smaller hives", "Counting bees", "Counting Bees"):
        assert title in titles


@pytest.mark.parametrize("javascript", [True], ids=["scripts"])
def test_a_list_pasted_from_a_web_page_keeps_its_links(group):
    page = group
    field = page.get_by_label("Paste your list")
    field.focus()
    page.evaluate(PASTE, [PAGE, "Hives that learn, 2017"])
    expect(field).to_have_value("- [Hives that learn](https://arxiv.org/abs/1706.03762), 2017\n")
    press(page, "Preview")
    expect(page.locator("#topics")).to_contain_text("Hives that learn")
