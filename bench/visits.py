"""What a first visit takes in a real browser: requests, bytes, the first picture, what moves then.

    python -m bench.visits [--times 5]

Serves the demonstration as it is shipped, signs in, and opens each page in a browser that has kept
nothing. Bytes are those that came over the line, heads included. The first picture is Chromium's
first contentful paint, and what moves is the sum of its layout shifts. Both are medians, of this
machine on this day; requests and bytes are held by tests/browser/test_first_visits.py.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from bench.serving import demonstration
from papers.demo.people import PASSWORD
from tests.browser import acts
from tests.chromium import chromium, flags
from tests.servers import Server

GROUP = "/groups/efficient-deep-learning/"
PERSON = "mina@seminar.example"
HOME, LOGIN = "/", "/accounts/login/"
# Pages of the demonstration: a paper, and a thread of it where one is named.
OPENED = (
    ("paper", "Ternary Weight Networks", ""),
    ("thread", "SparseGPT", "which calibration set?"),
    ("formulas", "SparseGPT", "Why does one-shot work"),
)
SIZES: dict[str, ViewportSize] = {
    "wide": {"width": 1280, "height": 800},
    "narrow": {"width": 360, "height": 740},
}
SECONDS_TO_SETTLE = 0.5
WATCHED = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) { window.moved += shift.value; }
}).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = 'performance.getEntriesByName("first-contentful-paint")[0].startTime'


@dataclass
class Visit:
    """One first visit; `sizes` are the bytes of each address that was asked for."""

    sizes: dict[str, int] = field(default_factory=dict)
    painted: float = 0.0  # milliseconds
    moved: float = 0.0

    @property
    def requests(self) -> int:
        return len(self.sizes)

    @property
    def kilobytes(self) -> float:
        return sum(self.sizes.values()) / 1000


def visit(context: BrowserContext, address: str) -> Visit:
    """Open a page, and note what it asked for and how it came."""
    found = Visit()
    asked: dict[str, str] = {}
    page = context.new_page()
    page.add_init_script(WATCHED)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.requestWillBeSent", lambda sent: note(asked, sent))
    line.on(
        "Network.loadingFinished",
        lambda ended: found.sizes.update(
            {asked[ended["requestId"]]: int(ended["encodedDataLength"])}
            if ended["requestId"] in asked
            else {}
        ),
    )
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(SECONDS_TO_SETTLE * 1000)
    found.painted = page.evaluate(PAINTED)
    found.moved = page.evaluate("window.moved")
    page.close()
    return found


def note(asked: dict[str, str], sent: dict[str, Any]) -> None:
    """Remember the address of a request, unless it is one that is answered from the page."""
    if not sent["request"]["url"].startswith("data:"):
        asked[sent["requestId"]] = sent["request"]["url"]


def first_visit(browser: Browser, server: Server, state: Any, address: str, size: str) -> Visit:
    context = browser.new_context(
        base_url=server.address, storage_state=state, viewport=SIZES[size]
    )
    try:
        return visit(context, address)
    finally:
        context.close()


def signed_in(browser: Browser, server: Server) -> Any:
    context = browser.new_context(base_url=server.address)
    acts.sign_in_unseen(context, PERSON, PASSWORD)
    state = context.storage_state()
    context.close()
    return state


def pages(browser: Browser, server: Server, state: Any) -> dict[str, str]:
    """Return the addresses of the pages that are visited, by name."""
    context = browser.new_context(base_url=server.address, storage_state=state)
    page = context.new_page()
    found = {"home": HOME, "list": GROUP}
    for name, paper, thread in OPENED:
        page.goto(GROUP)
        page.get_by_role("article").get_by_role("link", name=paper).first.click()
        if thread:
            page.get_by_role("link", name=thread).first.click()
        page.wait_for_load_state()
        found[name] = page.url
    context.close()
    return found | {"sign in": LOGIN}


@contextmanager
def served() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="seminar-visits-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'seminar.sqlite3'}"
        with demonstration(folder, url) as server:
            yield server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.visits", description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="first visits to each page")
    parser.add_argument("--all", action="store_true", help="list what each page asked for")
    wanted = parser.parse_args()
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        state = signed_in(browser, server)
        print(f"{'page':20}{'requests':>9}{'kB':>8}{'painted ms':>12}{'moved':>8}")
        for name, address in pages(browser, server, state).items():
            who = None if name == "sign in" else state
            for size in SIZES:
                visits = [
                    first_visit(browser, server, who, address, size) for _ in range(wanted.times)
                ]
                print_row(f"{name}, {size}", visits, in_full=wanted.all)
        browser.close()


def print_row(name: str, visits: list[Visit], *, in_full: bool) -> None:
    requests = max(each.requests for each in visits)
    kilobytes = statistics.median(each.kilobytes for each in visits)
    painted = statistics.median(each.painted for each in visits)
    moved = max(each.moved for each in visits)
    print(f"{name:20}{requests:9}{kilobytes:8.1f}{painted:12.0f}{moved:8.3f}")
    if in_full:
        for address, size in sorted(visits[0].sizes.items(), key=lambda each: -each[1]):
            print(f"    {size:8} {address.rpartition('/')[2] or address}")


if __name__ == "__main__":
    main()
