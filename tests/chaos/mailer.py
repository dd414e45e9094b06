"""The worker is killed fifty times while it sends: nothing is lost, and little arrives twice.

    python -m tests.chaos.mailer [KILLS]

Uses the database of TESTED_DATABASE_URL, or else SQLite in a folder of its own; the mail server is
on this machine, and is away itself for a part of the time. Ends with a status other than 0 where a
letter was lost, came twice more often than the worker was killed, or came as two different ones.
"""

import contextlib
import os
import random
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from tests.servers import BASE_DIR, database_for_server

LETTERS_A_KILL = 12
LONGEST = 600  # seconds, all in all


class Inbox(socketserver.ThreadingTCPServer):
    """Takes every letter, a little slowly, and remembers its Message-ID and its words."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.is_away = False
        self.came: list[tuple[str, str]] = []


class Session(socketserver.StreamRequestHandler):
    server: Inbox

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            self.talk()

    def talk(self) -> None:
        if self.server.is_away:
            return self.say("421 away")
        self.say("220 inbox")
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"DATA":
                    self.say("354 go on")
                    self.take()
                    self.say("250 taken")
                case b"QUIT":
                    return self.say("221 bye")
                case _:
                    self.say("250 ok")
        return None

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()).strip() != b"." and line:
            lines.append(line)
        time.sleep(0.01)
        letter = message_from_bytes(b"".join(lines))
        self.server.came.append((letter["Message-ID"], letter["Subject"]))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        database_for_server(Path(folder)) as url,
        Inbox() as inbox,
    ):
        threading.Thread(target=inbox.serve_forever, daemon=True).start()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{inbox.server_address[1]}",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run("config.prepare", environment)
        letters = kills * LETTERS_A_KILL
        run("tests.chaos.write_letters", environment, str(letters))
        killed_at_work = kill_often(inbox, environment, kills)
        worker = start_worker(environment)
        while len(set(inbox.came)) < letters and time.monotonic() - began < LONGEST:
            time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        worker.wait(15)
        inbox.shutdown()
        sys.exit(verdict(inbox, letters, kills, killed_at_work))


def kill_often(inbox: Inbox, environment: dict[str, str], kills: int) -> int:
    """Kill one worker after the other; return how many had sent something."""
    at_work = 0
    for number in range(kills):
        inbox.is_away = number % 10 == 9
        before = len(inbox.came)
        worker = start_worker(environment)
        given_up_at = time.monotonic() + (3 if inbox.is_away else 10)
        while len(inbox.came) == before and time.monotonic() < given_up_at:
            time.sleep(0.01)
        time.sleep(random.random() * 0.3)
        worker.kill()
        worker.wait()
        at_work += len(inbox.came) > before
    inbox.is_away = False
    return at_work


def start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "work"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=quiet, stderr=quiet)


def run(module: str, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, timeout=60)


def verdict(inbox: Inbox, letters: int, kills: int, at_work: int) -> int:
    came = Counter(inbox.came)
    subjects = {subject for _, subject in came}
    lost = letters - len(subjects)
    twice = sum(came.values()) - len(came)
    changed = len(came) - len(subjects)
    print(
        f"{letters} letters, {kills} kills ({at_work} after something was sent): "
        f"{lost} lost, {twice} came again, {changed} under another Message-ID"
    )
    return int(lost > 0 or twice > kills or changed > 0 or at_work == 0)


if __name__ == "__main__":
    main()
