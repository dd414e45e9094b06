"""Readers who ask for something large and do not read it."""

import contextlib
import socket
import time

from tests.attack.base import Outcome
from tests.attack.web import Web, is_closed, shipped_server, stock_server
from tests.servers import Server

READERS = 40
LARGE = 27 * 1024 * 1024
# What MAX_HELD_MB says, and the answers that two threads make at the moment.
GROWTH_ALLOWED = 64 + 2 * 27 + 40  # MB
PAGE = "/accounts/login/"
NAME = "large.txt"
GET = f"GET /static/{NAME} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def attempt(server: Server) -> Outcome:
    (server.folder / "static" / NAME).write_bytes(b"x" * LARGE)
    server.stop()
    server.environment["STALL_TIMEOUT"] = "5"
    server.start()
    return attack(shipped_server(server))


def control(server: Server) -> Outcome:
    with stock_server(server) as web:
        return attack(web)


def attack(web: Web) -> Outcome:
    web.p95(PAGE, times=20)
    before = most = web.megabytes()
    lines: list[socket.socket] = []
    try:
        for _ in range(READERS):
            with contextlib.suppress(OSError):
                lines.append(web.connect(GET, receive=4096))
            time.sleep(0.05)
            most = max(most, web.megabytes())
        given_up_at = time.monotonic() + 10
        while time.monotonic() < given_up_at:
            most = max(most, web.megabytes())
            time.sleep(0.1)
        answered = web.seconds_to_answer(PAGE) is not None
        left = sum(not is_gone(line) for line in lines)
    finally:
        for line in lines:
            line.close()
    return Outcome(
        harmed=most - before > GROWTH_ALLOWED or not answered or left > 0,
        report=f"{len(lines)} readers of {LARGE // 1024**2} MB: {before} -> {most} MB; "
        f"{left} of them still connected",
    )


def is_gone(line: socket.socket) -> bool:
    """Whether a connection is closed; what was on the way is read first, for a moment."""
    given_up_at = time.monotonic() + 0.2
    while time.monotonic() < given_up_at:
        if is_closed(line):
            return True
        time.sleep(0.01)
    return False
