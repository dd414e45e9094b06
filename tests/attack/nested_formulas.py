"""Write formulas that end the tab of everybody who opens their page, or draw over what others said.

Each form is in itself from ten to a thousand times, in comments that are posted and in some that
earlier releases stored. The page must stay alive and answer, nothing be drawn outside its comment,
and the policy on content not be broken. The controls are KaTeX without bounds, and the page without
what contains a comment.
"""

import html
import itertools
import time
from collections.abc import Iterator

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.attack.base import Outcome
from tests.attack.formulas import BOMBS, FAR, FORMS, nested
from tests.attack.page_weight import make_threads
from tests.attack.people import Person, people_of
from tests.chromium import chromium, flags
from tests.servers import BASE_DIR, Server

DEPTHS = [10, 11, 12, 13, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000]
IN_A_COMMENT = 20
LONGEST_TASK = 2_000  # milliseconds
MILLISECONDS = 20_000
VENDOR = BASE_DIR / "config/static/vendor/katex/dist"
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (e) => broken.push(e.violatedDirective));
window.longest = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
}).observe({ type: "longtask", buffered: true });
"""
UNSET = """() => [...document.querySelectorAll(".math")].filter(
  (node) => !node.dataset.tex && !node.classList.contains("math--as-written")).length"""
SHOW_UNSET = """() => {
  const unset = [...document.querySelectorAll(".math")].find(
    (node) => !node.dataset.tex && !node.classList.contains("math--as-written"));
  unset?.scrollIntoView();
  return !unset;
}"""
COUNT = """() => [document.querySelectorAll(".katex").length, broken.length, Math.round(longest)]"""
UNCONTAINED = """() => document.querySelectorAll(".prose, .math").forEach((node) => {
  Object.assign(node.style, { contain: "none", isolation: "auto", overflow: "visible" }); })"""
HIDDEN = """() => document.querySelectorAll(".math").forEach((node) => {
  node.style.visibility = "hidden"; })"""
# Where the words of the neighbours are, and the head of the page.
OTHERS = """() => [...document.querySelectorAll(".comments > li")].map((node) => {
  const box = node.getBoundingClientRect();
  return [box.x + scrollX, box.y + scrollY, box.width, box.height];
})"""


def formulas() -> Iterator[str]:
    yield from (nested(form, depth) for form in FORMS for depth in DEPTHS)
    yield from BOMBS


def in_turn(items: Iterator[str], count: int) -> Iterator[tuple[str, ...]]:
    """So many at a time."""
    while some := tuple(itertools.islice(items, count)):
        yield some


def as_stored(formula: str) -> str:
    """What the renderer of earlier releases made of it."""
    return f'<p><span class="math">{html.escape(formula)}</span></p>'


def attempt(server: Server) -> Outcome:
    stored = [("old", "".join(map(as_stored, some))) for some in in_turn(formulas(), IN_A_COMMENT)]
    stored.append(("many", as_stored("x_i^2") * 3_000))
    [old, far] = make_threads(server, [[*stored], thread_of_neighbours()])
    person = Person(server.port, *people_of(server)[0])
    for some in in_turn((nested(form, 300) for form in FORMS), 12):
        source = "\n\n".join(f"$${formula}$$" for formula in some)[:20_000]
        person.post(f"{old}comments/new/", source=source)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        page = page_of(browser, server, person)
        try:
            read = read_to_the_end(page, old)
            overdrawn = painted_over(page, far)
        except Error as error:
            return Outcome(True, f"the tab died: {str(error).splitlines()[0]}")
        finally:
            browser.close()
    set_, broken, longest, unset = read
    return Outcome(
        bool(broken or unset or overdrawn or longest > LONGEST_TASK or not set_),
        f"{set_} formulas set, the tab alive, {longest} ms at most without an answer, {broken} "
        f"breaches of the policy, {unset} left undone, {overdrawn} of {len(FAR)} drawn elsewhere",
    )


def page_of(browser: Browser, server: Server, person: Person) -> Page:
    context = browser.new_context(base_url=server.address, viewport={"width": 1000, "height": 800})
    context.set_default_timeout(MILLISECONDS)
    context.add_init_script(WATCH)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": server.address}
            for name, value in person.cookies.items()
        ]
    )
    return context.new_page()


def read_to_the_end(page: Page, path: str) -> tuple[int, int, int, int]:
    """All pages of a thread, scrolled through; formulas set, breaches, the longest task, undone."""
    counted = []
    following: str | None = path
    while following:
        page.goto(following)
        given_up_at = time.monotonic() + MILLISECONDS / 1000
        while not show_unset(page) and time.monotonic() < given_up_at:
            page.wait_for_timeout(50)
        counted.append((*page.evaluate(COUNT), page.evaluate(UNSET)))
        later = page.locator("a[rel=next]")
        following = later.get_attribute("href") if later.count() else None
    sums = list(zip(*counted, strict=True))
    return sum(sums[0]), sum(sums[1]), max(sums[2]), sum(sums[3])


def show_unset(page: Page) -> bool:
    """Scroll to a formula that is not set yet; whether there is none."""
    return bool(page.evaluate(SHOW_UNSET))


def thread_of_neighbours() -> list[tuple[str, str | None]]:
    """Each formula between two comments of others."""
    plain = ("What others said. " * 20, None)
    return [
        plain,
        *itertools.chain.from_iterable([(f"${tex}$", as_stored(tex)), plain] for tex in FAR),
    ]


def painted_over(page: Page, path: str, *, contained: bool = True) -> int:
    """In how many of the places of others something else is seen once formulas are shown."""
    page.goto(path)
    while not show_unset(page):
        page.wait_for_timeout(50)
    if not contained:
        page.evaluate(UNCONTAINED)
    page.evaluate("() => scrollTo(0, 0)")
    shown = pictures(page)
    page.evaluate(HIDDEN)
    return sum(one != other for one, other in zip(shown, pictures(page), strict=True))


def pictures(page: Page) -> list[bytes]:
    """What others said, as it is seen: every second comment."""
    return [
        page.screenshot(full_page=True, clip={"x": x, "y": y, "width": width, "height": height})
        for x, y, width, height in page.evaluate(OTHERS)[::2]
    ]


def control(server: Server) -> Outcome:
    died = []
    with sync_playwright() as playwright:
        for form in ("exponents", "roots", "fractions"):
            browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
            if dies(browser, nested(form, 300)):
                died.append(form)
            browser.close()
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        page = page_of(browser, server, Person(server.port, *people_of(server)[0]))
        [far] = make_threads(server, [thread_of_neighbours()])
        overdrawn = painted_over(page, far, contained=False)
        browser.close()
    return Outcome(
        len(died) == 3 and overdrawn > 0,
        f"the tab dies of 300 {', '.join(died) or 'nothing'}; {overdrawn} of {len(FAR)} drawn "
        "elsewhere",
    )


def dies(browser: Browser, formula: str) -> bool:
    """Whether the tab ends when KaTeX sets a formula as it is."""
    page = browser.new_page()
    page.set_default_timeout(MILLISECONDS)
    page.set_content("<p id='x'></p>")
    page.add_style_tag(path=VENDOR / "katex.min.css")
    page.add_script_tag(path=VENDOR / "katex.min.js")
    try:
        page.evaluate("(tex) => katex.render(tex, document.getElementById('x'))", formula)
        page.screenshot()
    except Error:
        return True
    return False
