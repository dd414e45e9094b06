"""A web server of the same site as gunicorn is without us, and what a web server takes."""

import contextlib
import http.client
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.servers import BASE_DIR, Server

HERE = "127.0.0.1"
OPEN_FILES = 1024  # what most systems allow a service that does not ask for more
STOCK = ["-m", "gunicorn", "--worker-class=asgi", "--keep-alive=5", "--log-level=critical"]
SITE = "config.asgi:application"


@contextlib.contextmanager
def stock_server(server: Server) -> Iterator["Web"]:
    """gunicorn's own ASGI worker with its own settings, on the same site and the same data."""
    with socket.create_server((HERE, 0)) as listening:
        port = listening.getsockname()[1]
        process = subprocess.Popen(
            [
                sys.executable,
                *STOCK,
                f"--bind=fd://{listening.fileno()}",
                SITE,
            ],
            cwd=BASE_DIR,
            env=server.environment,
            pass_fds=[listening.fileno()],
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES)),
        )
    web = Web(port, process.pid)
    try:
        web.wait()
        yield web
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def shipped_server(server: Server) -> "Web":
    """The web server alone: the site's worker and its tidying need memory of their own."""
    processes = descendants(server.process.pid)
    return Web(server.port, next(process for process in processes if SITE in command(process)))


class Web:
    """A web server on a port of this machine; its processes are the children of one."""

    def __init__(self, port: int, process: int) -> None:
        self.port = port
        self.process = process

    def wait(self) -> None:
        given_up_at = time.monotonic() + 60
        while self.seconds_to_answer("/healthz", timeout=5) is None:
            if time.monotonic() > given_up_at:
                raise AssertionError("The server did not start.")
            time.sleep(0.1)

    def seconds_to_answer(self, path: str, timeout: float = 10) -> float | None:
        """How long a page takes on a connection of its own; None if it does not come."""
        began = time.monotonic()
        connection = http.client.HTTPConnection(HERE, self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return time.monotonic() - began if response.status == 200 else None

    def p95(self, path: str, times: int = 40, timeout: float = 10) -> float | None:
        """The slowest but one in twenty; None if one does not come, after which none is asked."""
        taken = []
        for _ in range(times):
            seconds = self.seconds_to_answer(path, timeout)
            if seconds is None:
                return None
            taken.append(seconds)
        return sorted(taken)[int(times * 0.95) - 1]

    def connect(self, sent: bytes, address: str = HERE, receive: int = 0) -> socket.socket:
        """A connection from an address of this machine, with a small buffer if one is given."""
        line = socket.socket()
        line.settimeout(5)
        if receive:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        line.bind((address, 0))
        line.connect((HERE, self.port))
        line.sendall(sent)
        return line

    def megabytes(self) -> int:
        """What its processes have in memory together."""
        return sum(map(resident, descendants(self.process))) // 1024


def descendants(process: int) -> list[int]:
    """A process and all that came from it."""
    found = [process]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, path.read_text().split())
    return found


def command(process: int) -> list[str]:
    """The words of a process's command line."""
    return Path(f"/proc/{process}/cmdline").read_text().split("\0")


def resident(process: int) -> int:
    """Kilobytes of a process that are in memory."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def is_closed(line: socket.socket) -> bool:
    """Whether the other end has ended a connection, after what it may have said."""
    line.setblocking(False)
    try:
        while line.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
