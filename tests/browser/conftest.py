"""Browsers in which people of the demonstration sit, and in which nothing may go wrong unseen."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from papers.demo.people import PASSWORD
from tests.browser import acts
from tests.servers import Server

# Playwright keeps a loop running in this thread, which Django takes for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SECONDS_TO_WAIT = 8
Open = Callable[..., Page]

TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Against the policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
# An answer that refuses, which the tests read on the page, is told in the console as well.
REFUSALS = ("Failed to load resource: the server responded with a status of 4", "Response Status E")


class Watch:
    """What went wrong in all the browsers of one test."""

    def __init__(self, address: str) -> None:
        self.places = [address, "data:"]
        self.found: list[str] = []
        self.refused: list[str] = []
        self.allowed: list[str] = []

    def messages(self) -> list[str]:
        """All that went wrong or was refused since it was asked last; what came late, too."""
        messages = [*self.found, *self.refused]
        self.found.clear()
        self.refused.clear()
        return messages

    def allow(self, words: str) -> None:
        """The test brings about what the console tells in these words."""
        self.allowed.append(words)

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("request", self._see_request)
        context.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not any(words in message.text for words in (*self.allowed, *REFUSALS)):
            self.found.append(f"{message.type}: {message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(tuple(self.places)):
            self.found.append(f"a request to {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 500:
            self.found.append(f"{response.status} from {response.url}")
        elif response.status >= 400:
            is_answer = response.request.resource_type in ("document", "xhr", "fetch")
            (self.refused if is_answer else self.found).append(f"{response.status} {response.url}")


def opened(
    new_context: Callable[..., BrowserContext], server: Server, watch: Watch, **options: Any
) -> Page:
    """A page in a browser of its own, under the watch."""
    context = new_context(base_url=server.address, timezone_id="Europe/Berlin", **options)
    context.set_default_timeout(SECONDS_TO_WAIT * 1000)
    watch.over(context)
    return context.new_page()


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fails the test at its end if anything went wrong that it did not bring about."""
    watch = Watch(server.address)
    yield watch
    assert not watch.found


@pytest.fixture(scope="module")
def signed_in(server: Server, browser: Browser) -> Callable[[str], Any]:
    """The cookies of somebody of the demonstration, who signs in once for all tests of a module."""
    states: dict[str, Any] = {}

    def cookies_of(name: str) -> Any:
        if name not in states:
            context = browser.new_context(base_url=server.address)
            acts.sign_in_unseen(context, f"{name}@seminar.example", PASSWORD)
            states[name] = context.storage_state()
            context.close()
        return states[name]

    return cookies_of


@pytest.fixture
def javascript() -> bool:
    """Whether the browsers of a test run scripts; tests for both parametrize it."""
    return True


@pytest.fixture
def open_as(
    server: Server, watch: Watch, signed_in: Any, new_context: Any, javascript: bool
) -> Open:
    """Open a browser of its own for somebody of the demonstration, or for a stranger."""

    def open_as(name: str | None = None, **options: Any) -> Page:
        state = signed_in(name) if name else None
        options = {"storage_state": state, "java_script_enabled": javascript, **options}
        return opened(new_context, server, watch, **options)

    return open_as


@pytest.fixture
def page(open_as: Open) -> Page:
    """A stranger's browser."""
    return open_as()
