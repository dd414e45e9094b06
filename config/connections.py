"""Bound every connection of a web process in time, in memory and in number.

gunicorn's ASGI worker has a timer for the pause between two requests only: a head, a body or a
reader that never comes is waited for without end (benoitc/gunicorn#3735), and `worker_connections`
means nothing to it. This worker looks at its connections once a second and closes those that are
over a limit. Where there are too many, or too much is held for them, it closes connections that
wait for their client, the least recently active first, and none that waits for the site.
"""

import asyncio
import ipaddress
from collections import Counter, OrderedDict
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import Any

from django.conf import settings
from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers.gasgi import ASGIWorker

from config.answers import Message, Receive, Scope, Send, send_answer
from config.outages import away
from config.refusals import CROWDED, refusal

MEGABYTE = 1024 * 1024
HEAD_BYTES = 64 * 1024  # of a request line and its headers together
PIECE_BYTES = 64 * 1024  # of an answer, given to the transport at once
LINGER_SECONDS = 2.0  # in which a client can read why it was refused


class Phase(Enum):
    """What a connection waits for."""

    HEAD = auto()
    BODY = auto()
    SITE = auto()
    READER = auto()
    END = auto()


class Connection(ASGIProtocol):  # type: ignore[misc]
    """gunicorn's connection, with an account of what it waits for and what is held for it."""

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._max_buffer_size = PIECE_BYTES
        self.app = self.serve
        self.client = ""  # whose limit it counts for, as far as that is known
        self.held = 0  # bytes of a body that has come and of an answer that has not gone
        self.announced = 0  # bytes of an answer that are held before they are here
        self.head = self.received = self.sent = 0  # bytes
        self.answered = 0  # the number of the last request whose answer has begun
        self.is_refused = False
        self.seen: tuple[int, Phase] | None = None
        self.since = self.moved_at = 0.0
        self.moved_before = self.moved = 0

    # What gunicorn and the transport call

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.worker.connections[self] = None
        peer = transport.get_extra_info("peername")
        if not self.worker.admit(self, "" if settings.BEHIND_PROXY or not peer else peer[0]):
            self.refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.worker.forget(self)
        # A send() that waits for the reader would wait on, and keep in memory what it sends.
        self._flow_control.resume_writing()

    def data_received(self, data: bytes) -> None:
        if self._closed:
            return
        self.worker.touch(self)
        super().data_received(data)
        self.head = 0 if self._current_request else self.head + len(data)
        if self.head > HEAD_BYTES:
            self.refuse(431)

    def _on_body(self, chunk: bytes) -> None:
        super()._on_body(chunk)
        self.received += len(chunk)
        if not self.hold(len(chunk)):
            self.refuse(503)

    def _is_websocket_upgrade(self, request: Any) -> bool:
        """Answer as if it were not asked for: the site has no web sockets."""
        return False

    def _send_error_response(self, status: int, message: str, extra: Any = ()) -> None:
        self.refuse(status)

    # A request and its answer

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the application, and its answer back in pieces."""
        send = partial(self.send, send)
        if not settings.BEHIND_PROXY:
            await self.worker.asgi(scope, receive, send)
        elif self.worker.admit(self, forwarded_for(scope)):
            await self.worker.asgi(scope, receive, send)
            self.worker.count(self, "")
        else:
            await send_answer(away(CROWDED), send)

    async def send(self, send: Send, message: Message) -> None:
        """Send a message, waiting for the reader after each piece of it.

        The thread that makes the answer does not wait, so all of it is held from its start.
        """
        if message["type"] != "http.response.body":
            self.answered = self.req_count
            self.announced = int(dict(message["headers"]).get(b"content-length", 0))
            self.hold(self.announced)
            await send(message)
            return
        body = message.get("body", b"")
        self.hold(max(0, len(body) - self.announced))
        self.announced = max(0, self.announced - len(body))
        for start in range(0, max(len(body), 1), PIECE_BYTES):
            piece = body[start : start + PIECE_BYTES]
            more = message.get("more_body", False) or start + PIECE_BYTES < len(body)
            if not more:  # The next request may begin before send() returns.
                self.release(self.held)
            await send({"type": message["type"], "body": piece, "more_body": more})
            self.sent += len(piece)
            if more:
                self.release(len(piece))
            self.worker.touch(self)

    def refuse(self, status: int) -> None:
        """Answer before a request is whole, listen a little longer and hang up."""
        if self._closed:
            return
        if self.answered == self.req_count:
            self.drop()
            return
        self._safe_write(refusal(status))
        self.is_refused = self._closed = True
        self.transport.write_eof()
        if self._body_receiver is not None:
            self._body_receiver.signal_disconnect()
        self._request_ready.set()

    def drop(self) -> None:
        """Close the connection at once, whatever is still to be sent."""
        self.worker.forget(self)
        self.transport.abort()

    # What is held

    def hold(self, size: int) -> bool:
        """Count bytes that are held; false if no room can be made for them."""
        if self not in self.worker.connections:
            return True
        self.held += size
        self.worker.held += size
        return self.worker.make_room(self)

    def release(self, size: int) -> None:
        size = min(size, self.held)
        self.held -= size
        self.worker.held -= size

    # How long it takes

    def phase(self) -> Phase:
        if self.is_refused:
            return Phase.END
        if self.transport.get_write_buffer_size():
            return Phase.READER
        if self._current_request is None:
            return Phase.HEAD
        return Phase.SITE if self._body_receiver._complete else Phase.BODY

    def check(self, now: float) -> None:
        """Close the connection if its client takes longer than the limits allow."""
        phase = self.phase()
        moved = self.received + self.sent - self.transport.get_write_buffer_size()
        if self.seen != (self.req_count, phase):
            self.seen = self.req_count, phase
            self.since = self.moved_at = now
            self.moved_before = self.moved = moved
        if moved != self.moved:
            self.moved_at, self.moved = now, moved
        if not is_overdue(
            phase, now - self.since, now - self.moved_at, self.moved - self.moved_before
        ):
            return
        if phase in (Phase.READER, Phase.END) or (phase is Phase.HEAD and not self.head):
            self.drop()
        else:
            self.refuse(408)


def is_overdue(phase: Phase, seconds: float, still: float, moved: int) -> bool:
    """Whether a phase lasts too long: `seconds` in all, `still` of them without a byte more."""
    match phase:
        case Phase.SITE:
            return False
        case Phase.HEAD:
            return seconds > settings.HEAD_TIMEOUT
        case Phase.BODY | Phase.READER:
            most = settings.STALL_TIMEOUT + moved / settings.SLOWEST_RATE
            return still > settings.STALL_TIMEOUT or seconds > most
        case Phase.END:
            return seconds > LINGER_SECONDS


class Worker(ASGIWorker):  # type: ignore[misc]
    """gunicorn's ASGI worker, which keeps an account of its connections."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.connections: OrderedDict[Connection, None] = OrderedDict()  # last active, last
        self.of_client: Counter[str] = Counter()
        self.held = 0

    def _setup_event_loop(self) -> None:
        self.loop = Loop(self)
        asyncio.set_event_loop(self.loop)

    def notify(self) -> None:
        """Say that the worker is alive, once a second, and check its connections."""
        super().notify()
        now = self.loop.time()
        for connection in list(self.connections):
            connection.check(now)

    def touch(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.move_to_end(connection)

    def admit(self, connection: Connection, client: str) -> bool:
        """Count a connection for its client; false if it is one too many."""
        client = network(client)
        self.count(connection, client)
        return self.drop_while(
            lambda: self.of_client[client] > settings.MAX_CONNECTIONS_PER_CLIENT and client != "",
            connection,
            lambda other: other.client == client,
        ) and self.drop_while(
            lambda: len(self.connections) > self.cfg.worker_connections, connection
        )

    def make_room(self, connection: Connection) -> bool:
        most = settings.MAX_HELD_MB * MEGABYTE
        return self.drop_while(lambda: self.held > most, connection, lambda other: other.held > 0)

    def drop_while(
        self,
        is_too_much: Callable[[], bool],
        newest: Connection,
        may_go: Callable[[Connection], bool] = lambda _: True,
    ) -> bool:
        """Drop connections that wait for their client until it is not too much any more."""
        while is_too_much():
            for other in self.connections:
                if other is not newest and may_go(other) and other.phase() is not Phase.SITE:
                    other.drop()
                    break
            else:
                return False
        return True

    def count(self, connection: Connection, client: str) -> None:
        self.of_client[connection.client] -= 1
        if self.of_client[connection.client] <= 0:
            del self.of_client[connection.client]
        if connection in self.connections:
            self.of_client[client] += 1
            connection.client = client

    def forget(self, connection: Connection) -> None:
        if connection in self.connections:
            del self.connections[connection]
            self.count(connection, "")
            connection.release(connection.held)


class Loop(asyncio.SelectorEventLoop):
    """Serves with our connections: the worker asks for gunicorn's, and has no setting for it."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker = worker

    async def create_server(self, protocol_factory: Any, *args: Any, **options: Any) -> Any:
        return await super().create_server(
            lambda: Connection(self.worker), *args, **options, backlog=self.worker.cfg.backlog
        )


def network(address: str) -> str:
    """An address of IPv4, or the /64 of an address of IPv6: what one client is taken to have."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((address, 64), strict=False)) if parsed.version == 6 else address


def forwarded_for(scope: Scope) -> str:
    """For whom the proxy in front asks, which it has added to the end."""
    value = dict(scope["headers"]).get(b"x-forwarded-for", b"").decode("latin-1")
    return value.rpartition(",")[2].strip()
