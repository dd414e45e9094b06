"""People at the site over real connections, as many at once as somebody opens."""

import http.client
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from tests.servers import FORM, Server

BETWEEN_PAGES = 0.05  # seconds


class Answered(NamedTuple):
    status: int
    location: str
    text: str


class Person:
    """Somebody who is signed in. Each thread that acts for them has a connection of its own."""

    def __init__(self, port: int, email: str, password: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.local = threading.local()
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", login=email, password=password)
        assert answer.status == 302, answer.text

    def get(self, path: str) -> Answered:
        return self._ask("GET", path, None)

    def post(self, path: str, **form: object) -> Answered:
        sent = form | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return self._ask("POST", path, urlencode(sent, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Answered:
        headers = {
            "Host": f"localhost:{self.port}",
            "Origin": f"http://localhost:{self.port}",
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = FORM
        for _ in range(2):  # a kept connection may have been closed a moment ago
            line = getattr(self.local, "line", None)
            line = line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.local.line = line
            try:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                text = answer.read().decode("utf-8", "replace")
            except (ConnectionError, http.client.HTTPException):
                self.local.line = None
                continue
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return Answered(answer.status, answer.headers.get("Location", ""), text)
        raise AssertionError(f"{path} hung up twice.")


def people_of(server: Server) -> list[tuple[str, str]]:
    """Addresses and passwords of the demonstration, its organizer first."""
    accounts = [line.split("  ") for line in server.lines[1:]]
    accounts.sort(key=lambda one: one[2] != "organizer")
    return [(email, password) for email, password, *_ in accounts]


def patience(person: Person, path: str, seconds: float) -> list[float]:
    """How long somebody waits for a page, over and over for so many seconds."""
    waits = []
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        began = time.monotonic()
        answer = person.get(path)
        assert answer.status == 200, answer
        waits.append(time.monotonic() - began)
        time.sleep(BETWEEN_PAGES)
    return waits


def p95(waits: Sequence[float]) -> float:
    """The 95th percentile; of a single wait, which may have taken all of the time, that wait."""
    return statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]


class Crowd:
    """Actions done over and over, each on a connection of its own, as long as the block runs."""

    def __init__(self, actions: Sequence[Callable[[], Answered]]) -> None:
        self.statuses: Counter[int] = Counter()
        self.stopped = threading.Event()
        self.threads = [
            threading.Thread(target=self._repeat, args=(action,), daemon=True) for action in actions
        ]

    def _repeat(self, action: Callable[[], Answered]) -> None:
        while not self.stopped.is_set():
            try:
                self.statuses[action().status] += 1
            except (AssertionError, TimeoutError):
                self.statuses[0] += 1

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=30)
