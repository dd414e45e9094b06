"""Add papers by the bookmarklet and by identifiers, download lists and copy citations."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import follow, heading, made_group, press, row

pytestmark = pytest.mark.server
BOTH = pytest.mark.parametrize("javascript", [True, False])
PAPER = "Optimal Brain Damage"
PUBLISHER = """<!doctype html><html lang="en"><head><title>On “maps” &amp; nets</title>
<meta name="Citation_DOI" content="https://doi.org/10.1000/182"></head><body><h1>A</h1></body>"""
_numbers = count(1)


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """The address of a site that is not ours, which shows this page everywhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            # As strict as sites are: a bookmark of the visitor's is not theirs to forbid.
            self.send_header("Content-Security-Policy", "connect-src 'none'; form-action 'none'")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: Any) -> None:
            """Discard it."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_port}/"
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture
def group(open_as: Any) -> tuple[Page, str]:
    organizer = open_as("mina")
    return organizer, made_group(organizer, f"Takers {next(_numbers)}")


def pressed(page: Page, bookmarklet: str) -> Page:
    """The tab that the bookmark opens, when it is pressed while somebody looks at this page."""
    with page.context.expect_page() as opened:
        page.evaluate(unquote(bookmarklet.removeprefix("javascript:")))
    return opened.value


def test_a_bookmark_brings_the_paper_of_another_site(group, watch):
    page, path = group
    page.goto(f"{path}papers/bookmarklet/")
    bookmarklet = page.get_by_role("link", name=re.compile("^Add to Takers")).get_attribute("href")
    expect(page.get_by_label("The address of the bookmark")).to_have_value(bookmarklet)
    with another_site(PUBLISHER) as site:
        watch.places.append(site)
        page.goto(f"{site}articles/1?x=a&y=b#part")
        form = pressed(page, bookmarklet)
    expect(heading(form)).to_have_text("Add by DOI, arXiv or link")
    expect(form.get_by_label("DOIs, arXiv IDs or links")).to_have_value(
        f"{site}articles/1?x=a&y=b#part doi:10.1000/182"
    )
    expect(form.get_by_role("region", name="What was recognised")).to_contain_text(
        "doi:10.1000/182"
    )
    form.get_by_role("combobox", name="Topic").select_option("Pruning")
    press(form, "Add 1 paper")
    expect(form.locator("#messages")).to_contain_text("1 paper was added under “Pruning”.")
    follow(row(form, "doi:10.1000/182"), "doi:10.1000/182")
    expect(form.get_by_role("main").get_by_role("link", name="link", exact=True)).to_have_attribute(
        "href", f"{site}articles/1?x=a&y=b#part"
    )


def test_a_bookmark_of_somebody_signed_out_leads_to_the_filled_form(group, open_as, watch):
    page, path = group
    page.goto(f"{path}papers/bookmarklet/")
    bookmarklet = page.get_by_role("link", name=re.compile("^Add to Takers")).get_attribute("href")
    stranger = open_as()
    with another_site("<!doctype html><title>A</title>") as site:
        watch.places.append(site)
        stranger.goto(f"{site}posts/a-thought")
        form = pressed(stranger, bookmarklet)
    expect(heading(form)).to_have_text("Sign in")
    form.get_by_label("Email").fill("mina@seminar.example")
    form.get_by_label("Password").fill("reading-group")
    form.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(form.get_by_label("DOIs, arXiv IDs or links")).to_have_value(f"{site}posts/a-thought")


@BOTH
def test_many_identifiers_are_pasted_previewed_and_added(group):
    page, path = group
    page.goto(path)
    follow(page, "Add paper")
    follow(page, "add it by that")
    page.get_by_label("DOIs, arXiv IDs or links").fill(
        "arXiv:1706.03762, 10.1000/182\nnothing here"
    )
    page.get_by_role("combobox", name="Topic").select_option("Quantization")
    press(page, "Preview")
    found = page.get_by_role("region", name="What was recognised")
    expect(found).to_contain_text("arXiv:1706.03762")
    expect(found).to_contain_text("line 2")
    press(page, "Add 2 papers")
    expect(page.locator("#messages")).to_contain_text("2 papers were added under “Quantization”.")
    expect(row(page, "arXiv:1706.03762")).to_be_visible()


@BOTH
def test_a_part_of_the_list_is_downloaded(group):
    page, path = group
    page.goto(path)
    follow(page, "Export")
    expect(heading(page)).to_have_text("Export")
    page.get_by_label("Topic").select_option("Quantization")
    if page.get_by_role("button", name="Choose").is_visible():
        press(page, "Choose")
    expect(page.get_by_role("heading", level=2)).to_have_text("Quantization: 2 papers")
    with page.expect_download() as download:
        follow(page, "With my ticks as Markdown")
    text = Path(download.value.path()).read_text()
    assert download.value.suggested_filename.endswith(".md")
    assert "- [ ] PACT" in text
    assert PAPER not in text


def test_a_citation_is_copied(group):
    page, path = group
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(path)
    follow(row(page, PAPER), PAPER)
    page.get_by_text("Cite", exact=True).click()
    press(page, "Copy the citation as Text")
    expect(page.get_by_role("button", name="Copied the citation as Text")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "LeCun et al. (1989). Optimal Brain Damage. NeurIPS."


@pytest.mark.parametrize("javascript", [False])
def test_without_scripts_a_citation_is_there_to_be_selected(group):
    page, path = group
    page.goto(path)
    follow(row(page, PAPER), PAPER)
    page.get_by_text("Cite", exact=True).click()
    expect(page.get_by_text("LeCun et al. (1989).")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
