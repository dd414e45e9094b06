"""Processes that are forked from one that has loaded the site, and share its memory."""

import ctypes
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_BETWEEN_LOOKS = 0.02
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15


class Fork:
    """A process that was forked from this one, with what `subprocess.Popen` has of it."""

    def __init__(self, name: str, pid: int) -> None:
        self.name = name
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float = math.inf) -> int:
        given_up_at = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() >= given_up_at:
                raise subprocess.TimeoutExpired(self.name, timeout)
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return status

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def fork(name: str, action: Callable[[], object]) -> Fork:
    """Fork a process that does the action and ends, by SystemExit, as any Python does.

    It does not hear Ctrl-C, does not outlive this process, and is called `name` by `ps` and `top`.
    There must be no threads in this process, and no connection that the two would share.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        return Fork(name, pid)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})
    action()
    sys.exit(0)


def end_with_parent() -> None:
    """Have the kernel end this process when the one that started it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
