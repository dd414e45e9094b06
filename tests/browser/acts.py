"""What people do on the pages, each in the words that the pages use.

All of it goes with scripts and without.
"""

import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple
from uuid import uuid4

from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, expect

from tests.servers import BASE_DIR

SEED = (BASE_DIR / "papers" / "demo" / "reading-list.md").read_text()
LIST = """\
# Papers

## Pruning
- [ ] Optimal Brain Damage [LeCun et al., NeurIPS 1989]
- [ ] A Survey of Compression [Deng et al., IEEE 2020]
- [ ] SparseGPT [Frantar and Alistarh, ICML 2023]

## Quantization
- [ ] PACT [Choi et al., arXiv 2018]
- [ ] A Survey of Compression [Deng et al., IEEE 2020]
"""
PASSWORD = "correct horse battery"
_numbers = count(1)


class Room(NamedTuple):
    """A group of two, in a browser each; both look at the list."""

    path: str
    organizer: Page
    member: Page


def make_room(open_as: Callable[..., Page], organizer: str = "mina", member: str = "jonas") -> Room:
    """Make it without looking: how the pages do it is for the tests that are about that."""
    one, other = open_as(organizer), open_as(member)
    path = f"/{made_group(one, f'Readers {next(_numbers)}')}"
    made = send(one, f"{path}invitations/new/", role="member", days="7", uses_allowed="20")
    link = re.search(r"/join/[^/]+/", made.text())
    assert link
    sent_to(other, link[0])
    one.goto(path)
    other.goto(path)
    return Room(path, one, other)


def made_group(page: Page, name: str, **settings: str) -> str:
    """The path of a group of its own with a list in it, made without looking."""
    path = sent_to(page, sent_to(page, "groups/new/", name=name, list_text=LIST)).removeprefix("/")
    if settings:
        sent_to(page, f"{path}settings/", name=name, time_zone="UTC", **settings)
    return path


def send(page: Page, address: str, **fields: str) -> APIResponse:
    """Send a form of this address as the person in that browser, and follow where it leads."""
    return page.request.post(address, form=filled(page.context, fields))


def sent_to(page: Page, address: str, **fields: str) -> str:
    """Send it, and do not follow; return the address that it leads to."""
    answer = page.request.post(address, form=filled(page.context, fields), max_redirects=0)
    assert answer.status == 302, answer.text()
    return answer.headers["location"]


def filled(context: BrowserContext, fields: dict[str, str]) -> dict[str, str]:
    """The fields with the two that every form has."""
    cookies = {cookie.get("name"): cookie.get("value") for cookie in context.cookies()}
    return {
        "csrfmiddlewaretoken": cookies["csrftoken"] or "",
        "idempotency_key": uuid4().hex,
    } | fields


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def press(where: Page | Locator, name: str, *, exact: bool = True) -> None:
    where.get_by_role("button", name=name, exact=exact).click()


def follow(where: Page | Locator, name: str, *, exact: bool = True) -> None:
    where.get_by_role("link", name=name, exact=exact).click()


def said(page: Page, sentence: str) -> None:
    expect(page.locator("#messages")).to_contain_text(sentence)


def path_in(where: Page | Locator, name: str) -> str:
    """The path to which a link leads."""
    link = where.get_by_role("link", name=name, exact=True)
    return str(link.evaluate("link => link.pathname"))


def path_of(page: Page) -> str:
    return re.sub(r"^\w+://[^/]+|[?#].*$", "", page.url)


# Coming in


def sign_up(page: Page, name: str, email: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("main"), "Sign up")


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    press(page.get_by_role("main"), "Sign in")


def sign_in_unseen(context: BrowserContext, email: str, password: str) -> None:
    address = "accounts/login/"
    context.request.get(address)
    form = filled(context, {"login": email, "password": password})
    assert context.request.post(address, form=form, max_redirects=0).status == 302


def sign_up_unseen(page: Page, name: str, email: str) -> str:
    """Return the address that it leads to, which stays to be looked at."""
    address = "accounts/signup/"
    page.request.get(address)
    return sent_to(page, address, name=name, email=email, password1=PASSWORD)


def sign_out(page: Page) -> None:
    page.get_by_label("Your account").click()
    press(page, "Sign out")
    expect(heading(page)).to_have_text("Sign in")


def start_group(page: Page, name: str, text: str = LIST) -> str:
    """Start a group with a list; return the address of its list, which is then looked at."""
    page.goto("groups/new/")
    page.get_by_label("Name of the group").fill(name)
    page.get_by_label("Paste your list").fill(text)
    press(page, "Start the group")
    if text:
        press(page, "Import", exact=False)
    expect(heading(page)).to_have_text("Reading list")
    return path_of(page)


def invite(page: Page, path: str) -> str:
    """Make an invitation and return its link."""
    page.goto(f"{path}members/")
    follow(page, "Invite")
    press(page, "Make a link")
    return page.get_by_label("Link").input_value()


# The list


def topic(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def row(where: Page | Locator, title: str) -> Locator:
    return where.get_by_role("article", name=title, exact=True)


def titles(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading", level=3).all_inner_texts()


def mark(where: Locator) -> Locator:
    """The button of a row that shows the status and sets the next one."""
    return where.get_by_role("button", name=re.compile("Press to set to"))


def chip(page: Page, name: str) -> Locator:
    filters = page.get_by_role("navigation", name="Filters")
    return filters.get_by_role("link", name=re.compile(rf"^{name}\b"))


def open_paper(page: Page, path: str, title: str) -> None:
    page.goto(path)
    follow(row(page, title).first, title)
    expect(heading(page)).to_have_text(title)


# The discussion


def start_thread(
    page: Page, title: str, text: str, *, number: str = "", quotation: str = ""
) -> None:
    """Start a thread on the page of a paper; its own page is then looked at."""
    follow(page, "New thread")
    page.get_by_label("What is it about?").fill(title)
    page.get_by_label("Page").fill(number)
    page.get_by_label("Quotation").fill(quotation)
    page.get_by_label("Your comment").fill(text)
    press(page, "Start the thread")
    expect(heading(page)).to_have_text(title)


def comment(page: Page, words: str) -> Locator:
    """The comment in which these words stand."""
    return page.locator("article.comment").filter(has=page.locator(".prose", has_text=words))


def form_with(page: Page, label: str) -> Locator:
    return page.locator("form").filter(has=page.get_by_label(label, exact=True))


def write(page: Page, label: str, text: str) -> Locator:
    """Fill in the field of that label and return its form."""
    page.get_by_label(label, exact=True).fill(text)
    return form_with(page, label)
