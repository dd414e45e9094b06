"""The worker has look-ups that hang, long lists and hundreds of letters; somebody asks for a code.

The code arrives within seconds. The control works through one queue, in the order of asking.
"""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.attack.base import Outcome
from tests.mailbox import mailbox
from tests.servers import BASE_DIR, Server, database_for_server, environment_of

SECONDS = 12
SECONDS_A_LETTER = 0.2


def attempt(server: Server) -> Outcome:
    return waited("lanes")


def control(server: Server) -> Outcome:
    return waited("one-queue")


def waited(how: str) -> Outcome:
    """On a database of its own, or the server's worker would help."""
    with (
        tempfile.TemporaryDirectory(prefix="seminar-attack-") as folder,
        database_for_server(Path(folder)) as url,
        silence() as provider,
        mailbox() as inbox,
    ):
        inbox.seconds = SECONDS_A_LETTER
        environment = environment_of(Path(folder), url) | {
            "EMAIL_URL": inbox.url,
            "SILENT_PROVIDER": provider,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run("config.prepare", environment)
        run("tests.attack.busy_worker", environment, "queue", how)
        with working(environment, how):
            began = time.monotonic()
            while time.monotonic() - began < SECONDS and not inbox.letters_to("code@example.org"):
                time.sleep(0.05)
            seconds = time.monotonic() - began
            came = bool(inbox.letters_to("code@example.org"))
        others = len(inbox.letters) - came
    report = f"after {seconds:.1f} s the code {'came' if came else 'had not come'}"
    return Outcome(not came, f"{report}, with {others} other letters")


def run(module: str, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, timeout=120)


@contextlib.contextmanager
def working(environment: dict[str, str], how: str) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.attack.busy_worker", "work", how]
    quiet = subprocess.DEVNULL
    worker = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stderr=quiet)
    try:
        yield
    finally:
        worker.kill()
        worker.wait()


@contextlib.contextmanager
def silence() -> Iterator[str]:
    """An address at which one is connected and never answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as line:
        yield f"http://127.0.0.1:{line.getsockname()[1]}"
