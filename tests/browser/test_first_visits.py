"""What a first visit asks for, and that minified styles say what their sources say."""

from typing import Any

import pytest
from playwright.sync_api import expect

from bench.visits import GROUP, pages, signed_in, visit
from config.bundles import BUNDLES, OURS
from tests.browser import acts
from tests.browser.conftest import Open
from tests.servers import Server

MOST_REQUESTS = 8
MOST_KILOBYTES = {"home": 220, "list": 220, "paper": 150, "thread": 220, "sign in": 150}
MOST_REQUESTS_OF_FORMULAS, MOST_KILOBYTES_OF_FORMULAS = 5, 125
RULES = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const texts = [...sheet.cssRules].map((rule) => rule.cssText);
  return texts.map((text) => text.replace(/\\s+/g, " ").replace(/ ?, ?/g, ","));
}
"""  # A custom property keeps its spaces, which mean nothing there.


@pytest.fixture(scope="module")
def addresses(server: Server, browser: Any) -> dict[str, str]:
    return pages(browser, server, signed_in(browser, server))


@pytest.mark.parametrize("name", MOST_KILOBYTES)
def test_a_first_visit_is_small(
    name: str, addresses: dict[str, str], server: Server, browser: Any
) -> None:
    state = None if name == "sign in" else signed_in(browser, server)
    context = browser.new_context(base_url=server.address, storage_state=state)
    found = visit(context, addresses[name])
    context.close()
    assert found.requests <= MOST_REQUESTS, found.sizes
    assert found.kilobytes <= MOST_KILOBYTES[name], found.sizes


def test_a_page_with_formulas_asks_for_what_sets_them_besides(
    addresses: dict[str, str], server: Server, browser: Any
) -> None:
    context = browser.new_context(base_url=server.address, storage_state=signed_in(browser, server))
    found = visit(context, addresses["formulas"])
    context.close()
    sets_them = {url for url in found.sizes if "katex" in url.lower() or "formulas-set" in url}
    rest = sum(size for url, size in found.sizes.items() if url not in sets_them) / 1000
    assert 0 < len(sets_them) <= MOST_REQUESTS_OF_FORMULAS, found.sizes
    assert len(found.sizes) - len(sets_them) <= MOST_REQUESTS, found.sizes
    assert found.kilobytes - rest <= MOST_KILOBYTES_OF_FORMULAS, found.sizes
    assert rest <= MOST_KILOBYTES["thread"], found.sizes


def test_what_sets_formulas_is_asked_for_where_there_are_some(open_as: Open) -> None:
    page = open_as("mina")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(GROUP)
    page.get_by_role("article").get_by_role("link", name="Ternary Weight Networks").first.click()
    page.wait_for_load_state("networkidle")
    assert not page.locator(".math").count()
    assert not [url for url in asked if "katex" in url or "formulas-set" in url]
    acts.start_thread(page, "Norms", "Here $x$ is one.")
    expect(page.locator(".math[data-tex]")).to_have_count(1)


def test_minified_styles_are_the_rules_of_their_sources(browser: Any) -> None:
    """A minifier knows selectors less well than a browser does."""
    page = browser.new_page()
    (bundle,) = (each for each in BUNDLES if each.name == "css/site.css")
    whole = "\n".join((OURS / source).read_text() for source in bundle.sources)
    assert page.evaluate(RULES, bundle.content()) == page.evaluate(RULES, whole)
    page.close()
