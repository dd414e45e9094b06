"""Bound a connection in time and in memory, whatever its client does or leaves undone.

gunicorn's ASGI worker has a timer for the pause between two requests only: a head, a body or a
reader that never comes is waited for without end (benoitc/gunicorn#3735). Here a connection knows
what it waits for and what is held for it, and is checked once a second by its worker.
"""

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from gunicorn.asgi.protocol import ASGIProtocol

from config.answers import Message, Receive, Scope, Send, send_answer
from config.outages import away
from config.refusals import CROWDED, refusal_bytes

if TYPE_CHECKING:
    from config.web_worker import Worker

HEAD_BYTES = 64 * 1024  # of a request line and its headers together
PIECE_BYTES = 64 * 1024  # of an answer, given to the transport at once
LINGER_SECONDS = 2.0  # in which a client can read why it was refused


class Phase(Enum):
    """The state that a connection waits in."""

    HEAD = auto()
    BODY = auto()
    SITE = auto()
    READER = auto()
    END = auto()


class Connection(ASGIProtocol):  # type: ignore[misc]
    """gunicorn's connection, with an account of what it waits for and what is held for it."""

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self.worker: Worker = worker
        self._closed: bool = False
        self._max_buffer_size = PIECE_BYTES
        self.app = self.serve
        self.client = ""  # whose limit it counts for, as far as that is known
        self.held = 0  # bytes of a body that has come and of an answer that has not gone
        self.announced = 0  # bytes of an answer that are held before they are here
        self.head = self.received = self.sent = 0  # bytes
        self.answered = -1  # the number of the last request whose answer has begun
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
        self._safe_write(refusal_bytes(status))
        self.is_refused = True
        self._closed = True
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
    """Return whether a phase takes too long: `seconds` in all, `still` of them without a further
    byte.
    """
    match phase:
        case Phase.SITE:
            return False
        case Phase.HEAD:
            return seconds > float(settings.HEAD_TIMEOUT)
        case Phase.BODY | Phase.READER:
            most: float = settings.STALL_TIMEOUT + moved / settings.SLOWEST_RATE
            return still > float(settings.STALL_TIMEOUT) or seconds > most
        case Phase.END:
            return seconds > LINGER_SECONDS


def forwarded_for(scope: Scope) -> str:
    """For whom the proxy in front asks, which it has added to the end."""
    value: str = dict(scope["headers"]).get(b"x-forwarded-for", b"").decode("latin-1")
    return value.rpartition(",")[2].strip()
