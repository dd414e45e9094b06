"""The worker is killed fifty times while it sends: nothing is lost, and little arrives twice.

    python -m tests.chaos.mailer [KILLS]

Uses the database of TESTED_DATABASE_URL, or else SQLite in a folder of its own; the mail server is
on this machine, and is away itself for a part of the time. Ends with a status other than 0 where a
letter was lost, came twice more often than the worker was killed, or came as two different ones.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mailbox import Mailbox, mailbox
from tests.servers import BASE_DIR, database_for_server

LETTERS_A_KILL = 12
LONGEST = 600  # seconds, all in all


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        database_for_server(Path(folder)) as url,
        mailbox() as inbox,
    ):
        inbox.seconds = 0.01
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "EMAIL_URL": inbox.url,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run("config.prepare", environment)
        letters = kills * LETTERS_A_KILL
        run("tests.chaos.write_letters", environment, str(letters))
        killed_at_work = kill_often(inbox, environment, kills)
        worker = start_worker(environment)
        while len(came(inbox)) < letters and time.monotonic() - began < LONGEST:
            time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        worker.wait(15)
        sys.exit(verdict(inbox, letters, kills, killed_at_work))


def kill_often(inbox: Mailbox, environment: dict[str, str], kills: int) -> int:
    """Kill one worker after the other; return how many had sent something."""
    at_work = 0
    for number in range(kills):
        inbox.is_away = number % 10 == 9
        before = len(inbox.letters)
        worker = start_worker(environment)
        given_up_at = time.monotonic() + (3 if inbox.is_away else 10)
        while len(inbox.letters) == before and time.monotonic() < given_up_at:
            time.sleep(0.01)
        time.sleep(random.random() * 0.3)
        worker.kill()
        worker.wait()
        at_work += len(inbox.letters) > before
    inbox.is_away = False
    return at_work


def start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "work"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=quiet, stderr=quiet)


def run(module: str, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, timeout=60)


def came(inbox: Mailbox) -> set[tuple[str, str]]:
    return {(letter["Message-ID"], letter["Subject"]) for letter in inbox.letters}


def verdict(inbox: Mailbox, letters: int, kills: int, at_work: int) -> int:
    letters_by_id = came(inbox)
    subjects = {subject for _, subject in letters_by_id}
    lost = letters - len(subjects)
    twice = len(inbox.letters) - len(letters_by_id)
    changed = len(letters_by_id) - len(subjects)
    print(
        f"{letters} letters, {kills} kills ({at_work} after something was sent): "
        f"{lost} lost, {twice} came again, {changed} under another Message-ID"
    )
    return int(lost > 0 or twice > kills or changed > 0 or at_work == 0)


if __name__ == "__main__":
    main()
