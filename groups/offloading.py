"""Compute in a process of its own what takes seconds.

The threads that serve pages share one interpreter, so a long computation in one of them slows every
page down. A child process runs on another core, or on the same one at a lower priority. It takes
half a second to start: not for what takes less.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import django
from django.http import HttpRequest

BASE_DIR = Path(__file__).resolve().parent.parent
PRIORITY = 5  # as nice(1) has it
LONGEST = 120.0  # seconds
# Where the environ of a request says how many seconds it has had computed elsewhere.
SECONDS_ELSEWHERE = "seminar.seconds_elsewhere"
# Each child needs some 100 MB.
_one_at_a_time = threading.Lock()
Result = TypeVar("Result")


def offload(request: HttpRequest, function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function of a module in a child process, and return what it returns.

    The arguments and the result are pickled; instances of models arrive as they are here. A
    transaction that is open here is not seen there. Raises ChildProcessError if the child fails,
    whose traceback is in the log, and subprocess.TimeoutExpired if it takes too long.
    """
    with _one_at_a_time:
        began = time.monotonic()
        child = subprocess.run(
            [sys.executable, "-m", "groups.offloading"],
            cwd=BASE_DIR,
            input=pickle.dumps((function, arguments)),
            stdout=subprocess.PIPE,
            timeout=LONGEST,
            check=False,
        )
        request.META[SECONDS_ELSEWHERE] = time.monotonic() - began
    if child.returncode:
        raise ChildProcessError(f"{function} ended with status {child.returncode}")
    result: Result = pickle.loads(child.stdout)  # noqa: S301 - written by our own child
    return result


def main() -> None:
    """Read a function and its arguments from standard input, write its result to the output."""
    os.nice(PRIORITY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - by our own parent
    answer = pickle.dumps(function(*arguments))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
