"""Real servers for the tests, started by the command that ships, on a free port of this machine."""

import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE = "seminar.sqlite3"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
FORM = "application/x-www-form-urlencoded"


@contextlib.contextmanager
def database_for_server(folder: Path) -> Iterator[str]:
    """The URL of an empty database on the engine under test."""
    tested = os.environ.get("TESTED_DATABASE_URL")
    if not tested:
        yield f"sqlite:///{folder / DATABASE}"
        return
    name = f"server_{uuid.uuid4().hex}"
    with psycopg.connect(tested, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(tested)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment_of(folder: Path, database_url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "DEBUG": "false",
        "SECRET_KEY": "",
        "EMAIL_URL": "",
        "BEHIND_PROXY": "false",
        "WEB_PROCESSES": "1",
    }


def put_demo_in(folder: Path, shared: Path) -> None:
    """Fill a data folder with the demo on SQLite.

    It takes seconds to make, so that is done once for all processes that share the other folder.
    """
    made = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "demo.making"
            making.mkdir()
            subprocess.run(
                [sys.executable, "-m", "config.prepare", "--demo"],
                cwd=BASE_DIR,
                env=environment_of(making, f"sqlite:///{making / DATABASE}"),
                stdout=subprocess.DEVNULL,
                check=True,
            )
            making.rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)


class Server:
    """`python -m config.serve` on a free port, with its data in a folder of its own."""

    def __init__(self, folder: Path, database_url: str, *arguments: str) -> None:
        self.folder = folder
        self.arguments = arguments
        self.environment = environment_of(folder, database_url)
        self.port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it has said where it is."""
        output, errors = self.folder / "output", self.folder / "errors"
        command = [sys.executable, "-m", "config.serve", "--port", str(self.port), *self.arguments]
        with output.open("w") as stdout, errors.open("w") as stderr:
            self.process = subprocess.Popen(
                command, cwd=BASE_DIR, env=self.environment, stdout=stdout, stderr=stderr
            )
        given_up_at = time.monotonic() + SECONDS_TO_START
        while not output.read_text():
            if self.process.poll() is not None or time.monotonic() > given_up_at:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"The server did not start:\n{errors.read_text()}")
            time.sleep(0.05)
        self.lines = output.read_text().splitlines()
        self.address = self.lines[0]
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self, number: int = signal.SIGINT) -> int:
        """Tell it to stop; return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS_TO_STOP)

    def errors(self) -> str:
        return (self.folder / "errors").read_text()

    def get(self, path: str, *, cookie: str = "none=") -> "Answer":
        return self.send(f"GET {path} HTTP/1.1\r\nCookie: {cookie}\r\n".encode())

    def post(self, path: str, body: bytes, kind: str = FORM, *, declared: int = -1) -> "Answer":
        """Post a body, with a Content-Length of `declared` where that is another one."""
        length = len(body) if declared < 0 else declared
        head = f"POST {path} HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
        return self.send(head.encode(), body)

    def send(self, head: bytes, body: bytes = b"") -> "Answer":
        """Send the very bytes given, and return what comes back, even if it comes early."""
        with self.connect() as line:
            # It may be answered before all is sent.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(head + b"Host: localhost\r\nConnection: close\r\n\r\n" + body)
            response = http.client.HTTPResponse(line)
            response.begin()
            return Answer(response.status, response.headers, response.read().decode())

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str
