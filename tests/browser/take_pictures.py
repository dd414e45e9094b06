"""Pictures of the pages that say most, with the demonstration in them.

python -m tests.browser.take_pictures [FOLDER]    writes into FOLDER, or else docs/pictures
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from papers.demo.people import PASSWORD
from tests.browser import acts
from tests.chromium import chromium, flags
from tests.servers import BASE_DIR, Server

DEMO = "groups/efficient-deep-learning/"
SIZES = [{"width": 360, "height": 800}, {"width": 1280, "height": 900}]
SCHEMES = ["light", "dark"]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BASE_DIR / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        url = f"sqlite:///{data}/seminar.sqlite3"
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        with Server(Path(data), url, "--demo") as server:
            take_all(browser, server.address, folder)
        browser.close()


def take_all(browser: Browser, address: str, folder: Path) -> None:
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.goto("accounts/login/")
    acts.sign_in(page, "mina@seminar.example", PASSWORD)
    page.get_by_role("heading", name="My groups").wait_for()
    page.goto(DEMO)
    paper = page.get_by_role("link", name="SparseGPT: Massive").first.evaluate(
        "link => link.pathname"
    )
    for name, place in [("list", DEMO), ("home", ""), ("paper", paper)]:
        take(page, place or "", folder, name)
    preview = acts.send(page, "groups/new/", name="Compression club", list_text=acts.SEED).url
    take(page, preview, folder, "import")


def take(page: Page, place: str, folder: Path, name: str) -> None:
    """Look once, so that what is new is new on all four."""
    page.goto(place, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    for size in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            file = folder / f"{name}-{size['width']}-{scheme}.png"
            page.screenshot(path=file)
            print(file)


if __name__ == "__main__":
    main()
