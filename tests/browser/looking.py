"""A page looked over as people see and hear it: on any screen, by day and by night."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.acts import heading

# In this order, so that each is laid out once.
WIDTHS = [320, 360, 768, 1280]
UNLABELLED = """() =>
  [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter((control) => !control.labels.length && !control.ariaLabel)
    .map((control) => control.outerHTML)"""
REACHES_OUT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What it would fetch beforehand, it would fetch for rules that are not asked for.
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
# What the width or the scheme can break, and the size of targets, for which axe has to be asked.
OF_THE_LOOK = ALL_RULES | {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast",
            "target-size",
            "link-in-text-block",
            "scrollable-region-focusable",
            "bypass",
            "page-has-heading-one",
            "landmark-one-main",
            "region",
        ],
    }
}


def look_over(page: Page) -> None:
    """The page in each width and each scheme."""
    expect(heading(page)).to_have_count(1)
    assert page.title().strip()
    assert page.evaluate(UNLABELLED) == []
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, reaches_out(page)) == (width, 0)
        if width == 360:
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            found += [f"dark at 360: {fault}" for fault in faults(page, OF_THE_LOOK)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found += [f"light at {WIDTHS[-1]}: {fault}" for fault in faults(page, ALL_RULES)]
    assert not found, "\n".join(found)


def faults(page: Page, options: dict[str, Any] = ALL_RULES) -> list[str]:
    """What axe finds wrong; it is brought to each page once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def reaches_out(page: Page) -> int:
    """How many pixels of the page do not fit into its width."""
    return int(page.evaluate(REACHES_OUT))
