"""Compute in a process of its own what would keep pages waiting.

The threads that serve pages share one interpreter, so a long computation in one of them slows every
page down. A child process runs on another core, or on the same one at a lower priority. `offload`
starts one for what takes seconds: the start alone takes half of one. A `KeptProcess` stays, for
what comes often and takes less.
"""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import django
from django.http import HttpRequest
from django.utils.module_loading import import_string

BASE_DIR = Path(__file__).resolve().parent.parent
PRIORITY = 5  # as nice(1) has it
LONGEST = 120.0  # seconds
LONGEST_OF_KEPT = 10.0  # seconds
# Where the environ of a request says how many seconds it has had computed elsewhere.
SECONDS_ELSEWHERE = "seminar.seconds_elsewhere"
# Each child needs some 100 MB.
_one_at_a_time = threading.Lock()


def offload(request: HttpRequest, function: Callable[..., bytes], *arguments: object) -> bytes:
    """Call a function of a module in a child process, and return the bytes that it returns.

    The arguments are what JSON can hold, rows of the database by their keys. A transaction that is
    open here is not seen there. Raises ChildProcessError if the child fails, whose traceback is in
    the log, and subprocess.TimeoutExpired if it takes too long.
    """
    name = dotted_name(function)
    with _one_at_a_time:
        began = time.monotonic()
        child = subprocess.run(
            [sys.executable, "-m", "groups.offloading", name],
            cwd=BASE_DIR,
            input=json.dumps(arguments).encode(),
            stdout=subprocess.PIPE,
            timeout=LONGEST,
            check=False,
        )
        count_elsewhere(request, time.monotonic() - began)
    if child.returncode:
        raise ChildProcessError(f"{name} ended with status {child.returncode}")
    return child.stdout


class KeptProcess:
    """A child process that calls one function of a module again and again, one call at a time.

    The function takes and returns what JSON can hold, and needs no settings of Django. The child is
    started at the first call, and again after a failure. It ends when this process does, whose end
    of the pipe it reads from.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.name = dotted_name(function)
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None

    def call(self, request: HttpRequest, *arguments: object) -> Any:
        """Return what the function returns.

        Raises ChildProcessError if the child fails or takes longer than LONGEST_OF_KEPT.
        """
        with self.lock:
            began = time.monotonic()
            try:
                return self._ask(json.dumps(arguments).encode())
            except (OSError, ValueError) as error:
                self.stop()
                raise ChildProcessError(f"{self.name} did not answer") from error
            finally:
                count_elsewhere(request, time.monotonic() - began)

    def _ask(self, line: bytes) -> Any:
        if self.child is None:
            self.child = self._started()
        sent, received = cast(IO[bytes], self.child.stdin), cast(IO[bytes], self.child.stdout)
        sent.write(line + b"\n")
        sent.flush()
        # An answer is one line, written at once: where it has begun, the rest follows.
        waiting = select.poll()
        waiting.register(received, select.POLLIN)
        if not waiting.poll(LONGEST_OF_KEPT * 1000):
            raise TimeoutError
        return json.loads(received.readline())

    def _started(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "groups.offloading", "--kept", self.name],
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def stop(self) -> None:
        if self.child is None:
            return
        self.child.kill()
        self.child.communicate()
        self.child = None


def dotted_name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def count_elsewhere(request: HttpRequest, seconds: float) -> None:
    request.META[SECONDS_ELSEWHERE] = request.META.get(SECONDS_ELSEWHERE, 0.0) + seconds


def main() -> None:
    """Call the function that is named, with arguments from standard input."""
    os.nice(PRIORITY)
    if sys.argv[1] == "--kept":
        keep_calling(import_string(sys.argv[2]))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    function = import_string(sys.argv[1])
    sys.stdout.buffer.write(function(*json.load(sys.stdin)))


def keep_calling(function: Callable[..., Any]) -> None:
    """Answer each line of arguments with a line of JSON, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks.
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(function(*json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
