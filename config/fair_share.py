"""Share the few threads that serve pages out fairly among those who ask.

A plain pool takes requests in the order in which they come: one person who sends thirty costly ones
at once has everybody wait behind all thirty. Here each client has a queue of its own, and the one
that has used least of late is next. What takes long shares all threads but one: the requests of
clients who asked for such things of late, and those for addresses that took long before.

Who is asking is known by the session once Django has said whose it is, and by the address before:
a cookie that anybody can make up is no queue of its own.
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
# A client or an address that took so much of a thread's time is slow, until quick requests make it
# forgotten: what is expected shrinks by a fifth with each.
SLOW = 0.1  # seconds
FORGETTING = 0.8
HALF_LIFE = 10.0  # seconds
MOST_REMEMBERED = 10_000


class Job(NamedTuple):
    future: "Future[Any]"
    who: object
    path: object
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Use:
    """What a client has used of late, and what its next request is expected to take."""

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
    """What a2wsgi submits to it is a function with the request's environ as first argument."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="WSGI")
        self.lock = threading.Lock()
        self.waiting: dict[object, deque[Job]] = {}
        self.running: list[Job] = []
        self.uses: defaultdict[object, Use] = defaultdict(Use)
        self.people: dict[str, object] = {}

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":
        path = ("path", arguments[0].get("PATH_INFO", ""))
        job = Job(Future(), self.who_asks(arguments[0]), path, function, arguments)
        with self.lock:
            self.waiting.setdefault(job.who, deque()).append(job)
            self._start()
        return job.future

    def who_asks(self, environ: Mapping[str, Any]) -> object:
        person = self.people.get(session_of(environ))
        return ("address", address_of(environ)) if person is None else ("person", person)

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
        has_room = slow < max(self.threads - 1, 1)
        first = (queue[0] for queue in self.waiting.values())
        allowed = (job for job in first if has_room or not self._is_slow(job))
        return min(allowed, key=lambda job: self.uses[job.who].lately(), default=None)

    def _is_slow(self, job: Job) -> bool:
        return max(self.uses[job.who].expected, self.uses[job.path].expected) >= SLOW

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
        self.uses[job.who].note(seconds)
        self.uses[job.path].note(seconds)
        environ = job.arguments[0]
        if PERSON in environ:
            self.people[session_of(environ)] = environ[PERSON]
        if len(self.people) > MOST_REMEMBERED:
            self.people.clear()
        if len(self.uses) > MOST_REMEMBERED:
            self.uses.clear()


def session_of(environ: Mapping[str, Any]) -> str:
    """The session's key as it was sent; empty without one."""
    found = re.search(
        rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=([^;\s]+)",
        environ.get("HTTP_COOKIE", ""),
    )
    return found[1] if found else ""


def address_of(environ: Mapping[str, Any]) -> str:
    """Behind a proxy, the address that the proxy saw."""
    forwarded: str = environ.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(environ.get("REMOTE_ADDR", ""))
