"""Formulas: set where they can be, and otherwise shown as they were written."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.attack.formulas import FAR, nested
from tests.browser import acts
from tests.browser.acts import comment

pytestmark = pytest.mark.parametrize("javascript", [True])

STYLED = [
    r"\vec{x}",
    r"\pmb{x}",
    r"\fcolorbox{red}{blue}{x}",
    r"\overrightarrow{xy}",
    r"\cancel{x}",
]


def test_formulas_are_set_and_what_cannot_be_is_shown_as_it_was_written(open_as: Any) -> None:
    """The watch over all browsers sees what is against the policy on content."""
    page = open_as("mina")
    page.goto("/groups/efficient-deep-learning/")
    page.get_by_role("article").get_by_role("link").first.click()
    wrong = r"\notacommand{x}"
    deep = nested("roots", 20)  # which Markdown lets through
    texts = [*STYLED, *FAR, wrong, deep, nested("exponents", 300)]
    acts.start_thread(page, "Formulas", "Said.\n\n" + "\n\n".join(f"$${tex}$$" for tex in texts))
    said = comment(page, "Said.").first
    expect(said.locator(".math[data-tex]")).to_have_count(len(STYLED) + len(FAR))
    as_written = said.locator(".math--as-written")
    expect(as_written).to_have_text([wrong, deep])
    why = r"Shown as it was written: Undefined control sequence: \notacommand"
    expect(as_written.first).to_have_attribute("title", why)
    expect(said.locator("code")).to_contain_text("x^{x^{x^{")
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).contain") == "paint"
