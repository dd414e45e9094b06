"""Compute in a process of its own what takes seconds.

The threads that serve pages share one interpreter, so a long computation in one of them slows every
page down. A child process runs on another core, or on the same one at a lower priority. It takes
half a second to start: not for what takes less.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.http import HttpRequest
from django.utils.module_loading import import_string

BASE_DIR = Path(__file__).resolve().parent.parent
PRIORITY = 5  # as nice(1) has it
LONGEST = 120.0  # seconds
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
    name = f"{function.__module__}.{function.__qualname__}"
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
        request.META[SECONDS_ELSEWHERE] = time.monotonic() - began
    if child.returncode:
        raise ChildProcessError(f"{name} ended with status {child.returncode}")
    return child.stdout


def main() -> None:
    """Call the function that is named, with arguments from standard input."""
    os.nice(PRIORITY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    function = import_string(sys.argv[1])
    sys.stdout.buffer.write(function(*json.load(sys.stdin)))


if __name__ == "__main__":
    main()
