"""Share the few threads that serve pages out fairly among those who ask.

A plain pool takes requests in the order in which they come: one person who sends thirty costly ones
at once has everyone wait behind all thirty. Here each client has a queue of its own, and all
threads but one at most. Next is a client for whom fewest are at work; of several, the one that has
used least of late.

Slow requests share all threads but one, and begin when no other is waiting or at work: two threads
that compute take twice as long. A client waits two seconds at most for that. Slow is what took long
before, of the same client or at the same address; pages that are only read may take ten times as
long as what is sent, so someone who reads does not wait with those who send.

Who is asking is known by the session once Django has said whose it is, and by the address before:
a cookie that anyone can make up is no queue of its own.
"""

import math
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from django.conf import settings

# What the application leaves in the environ of a request that a signed-in person sent.
PERSON = "seminar.person"
# And how many seconds another process has computed for the request.
SECONDS_ELSEWHERE = "seminar.seconds_elsewhere"
READING = ("GET", "HEAD")
# From so much of a thread's time on a request is slow. What is expected is the longest of late: it
# shrinks by a fifth with each request that is quicker.
SLOW, SLOW_TO_READ = 0.05, 0.5  # seconds
FORGETTING = 0.8
LONGEST_AFTER_OTHERS = 2.0  # seconds
HALF_LIFE = 10.0  # seconds
MOST_REMEMBERED = 10_000


class Job(NamedTuple):
    future: "Future[Any]"
    who: object
    is_reading: bool
    # What it is expected to be like: the client's and the address's, read or sent.
    kinds: tuple[object, object]
    came_at: float
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class ClientUse:
    """The recent use of a client, and the expected cost of its next request."""

    def __init__(self) -> None:
        self.seconds = self.expected = self.noted_at = 0.0

    def note(self, seconds: float) -> None:
        self.seconds = self.lately() + seconds
        self.noted_at = time.monotonic()
        self.expected = max(seconds, self.expected * FORGETTING)

    def lately(self) -> float:
        past = time.monotonic() - self.noted_at
        return self.seconds * math.exp2(-past / HALF_LIFE)


class FairShare(Executor):
    """Run requests on a fixed number of threads, a fair share of them for each client.

    a2wsgi submits a function whose first argument is the request's environ.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="WSGI")
        self.lock = threading.Lock()
        self.waiting: dict[object, deque[Job]] = {}
        self.running: list[Job] = []
        self.uses: defaultdict[object, ClientUse] = defaultdict(ClientUse)
        self.people: dict[str, object] = {}

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":
        environ = arguments[0]
        who, path = self.who_asks(environ), environ.get("PATH_INFO", "")
        is_reading = environ.get("REQUEST_METHOD") in READING
        kinds = (is_reading, who), (is_reading, path)
        job = Job(Future(), who, is_reading, kinds, time.monotonic(), function, arguments)
        with self.lock:
            self.waiting.setdefault(job.who, deque()).append(job)
            self._start()
        return job.future

    def who_asks(self, environ: Mapping[str, Any]) -> object:
        person = self.people.get(session_of(environ))
        return ("address", client_address_in(environ)) if person is None else ("person", person)

    def _start(self) -> None:
        while (job := self._next()) is not None:
            queue = self.waiting[job.who]
            queue.popleft()
            if not queue:
                del self.waiting[job.who]
            self.running.append(job)
            self.pool.submit(self._run, job)

    def _next(self) -> Job | None:
        if len(self.running) >= self.threads:
            return None
        slow = sum(self._is_slow(job) for job in self.running)
        most = max(self.threads - 1, 1)
        has_room = slow < most
        is_quiet = slow == len(self.running)
        first = (queue[0] for queue in self.waiting.values())
        allowed = (
            job
            for job in first
            if self._at_work(job.who) < most
            and (not self._is_slow(job) or (has_room and (is_quiet or not self._is_patient(job))))
        )
        return min(allowed, key=self._rank, default=None)

    def _is_patient(self, job: Job) -> bool:
        """Return whether a slow request can wait: its client came, or was served, a moment ago."""
        since = max(job.came_at, self.uses[job.who].noted_at)
        return time.monotonic() - since < LONGEST_AFTER_OTHERS

    def _rank(self, job: Job) -> tuple[bool, int, float]:
        """Return the key by which jobs are ordered; the lowest is next."""
        comes_after = self._is_slow(job) and self._is_patient(job)
        return comes_after, self._at_work(job.who), self.uses[job.who].lately()

    def _at_work(self, who: object) -> int:
        """Return the number of threads at work for a client."""
        return sum(job.who == who for job in self.running)

    def _is_slow(self, job: Job) -> bool:
        expected = max(self.uses[kind].expected for kind in job.kinds)
        return expected >= (SLOW_TO_READ if job.is_reading else SLOW)

    def _run(self, job: Job) -> None:
        began = time.thread_time()
        try:
            if job.future.set_running_or_notify_cancel():
                job.future.set_result(job.function(*job.arguments))
        except BaseException as error:
            job.future.set_exception(error)
        finally:
            with self.lock:
                self._note(job, time.thread_time() - began)
                self._start()

    def _note(self, job: Job, seconds: float) -> None:
        self.running.remove(job)
        environ = job.arguments[0]
        seconds += environ.get(SECONDS_ELSEWHERE, 0.0)
        for use in (job.who, *job.kinds):
            self.uses[use].note(seconds)
        if PERSON in environ:
            self.people[session_of(environ)] = environ[PERSON]
        if len(self.people) > MOST_REMEMBERED:
            self.people.clear()
        if len(self.uses) > MOST_REMEMBERED:
            self.uses.clear()


def session_of(environ: Mapping[str, Any]) -> str:
    """Return the session's key as it was sent; empty without one."""
    found = re.search(
        rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=([^;\s]+)",
        environ.get("HTTP_COOKIE", ""),
    )
    return found[1] if found else ""


def client_address_in(environ: Mapping[str, Any]) -> str:
    """Behind a proxy, the address that the proxy saw."""
    forwarded: str = environ.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(environ.get("REMOTE_ADDR", ""))
