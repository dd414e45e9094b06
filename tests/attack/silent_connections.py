"""More connections than most systems allow to be open, which begin to ask and never end."""

import contextlib
import itertools
import socket
import threading
import time

from tests.attack.base import Outcome
from tests.attack.web import Web, is_closed, shipped_server, stock_server
from tests.servers import Server

CONNECTIONS = 1100
ADDRESSES = [f"127.0.0.{last}" for last in range(2, 7)]
PAGE = "/accounts/login/"
SLOWER = 3  # times, that a page may take under attack
SECONDS_TO_CLOSE = 20
LIMITS = {"HEAD_TIMEOUT": "5", "STALL_TIMEOUT": "8"}
BEGUN = [
    b"",
    b"GET / HTTP/1.1\r\nHost: local",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\nx",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /",
]


def attempt(server: Server) -> Outcome:
    server.stop()
    server.environment |= LIMITS
    server.start()
    return attack(shipped_server(server))


def control(server: Server) -> Outcome:
    with stock_server(server) as web:
        return attack(web)


def attack(web: Web) -> Outcome:
    alone = web.p95(PAGE)
    lines: list[socket.socket] = []
    stopped = threading.Event()
    trickling = threading.Thread(target=trickle, args=(lines, stopped))
    try:
        for sent, address in itertools.islice(
            itertools.product(BEGUN * CONNECTIONS, ADDRESSES), CONNECTIONS
        ):
            with contextlib.suppress(OSError):
                lines.append(web.connect(sent, address))
        trickling.start()
        meanwhile = web.p95(PAGE, timeout=5)
        time.sleep(SECONDS_TO_CLOSE)
        left = sum(not is_closed(line) for line in lines)
    finally:
        stopped.set()
        trickling.join()
        for line in lines:
            line.close()
    is_slow = alone is None or meanwhile is None or meanwhile > SLOWER * max(alone, 0.05)
    return Outcome(
        harmed=is_slow or left > 0,
        report=f"{len(lines)} connections; a page {said(alone)}, with them {said(meanwhile)}; "
        f"{left} still open after {SECONDS_TO_CLOSE} s",
    )


def trickle(lines: list[socket.socket], stopped: threading.Event) -> None:
    """Send another byte on every fifth connection once a second."""
    while not stopped.wait(1):
        for line in lines[::5]:
            with contextlib.suppress(OSError):
                line.send(b"x")


def said(seconds: float | None) -> str:
    return "does not come" if seconds is None else f"{1000 * seconds:.0f} ms"
