"""A connection is bounded in time, in memory and in number; here by a clock that the test turns."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from config.answers import Receive, Scope, Send
from config.body_limit import BodyLimit
from config.connections import LINGER_SECONDS, PIECE_BYTES, Connection, Phase
from config.web_worker import Worker

HERE = "127.0.0.1"
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
MEGABYTE = 1024 * 1024


class Site(NamedTuple):
    worker: Worker
    port: int
    clients: list["Client"]

    def turn_clock(self, seconds: float) -> None:
        """Check the connections now, and as if some seconds had gone by."""
        now = self.worker.loop.time()
        self.worker.check(now)
        self.worker.check(now + seconds)

    async def connect(self, sent: bytes = b"", address: str = HERE) -> "Client":
        reader, writer = await asyncio.open_connection(
            HERE, self.port, local_addr=(address, 0), limit=4096
        )
        client = Client(reader, writer)
        self.clients.append(client)
        await client.send(sent)
        return client

    async def until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not happened():  # noqa: ASYNC110
                await asyncio.sleep(0.001)

    async def heard_from_all(self) -> None:
        connections = self.worker.connections
        await self.until(lambda: all(each.head or each._current_request for each in connections))

    async def phases(self, *expected: Phase) -> None:
        """Wait until the connections, the least recently active first, are in these phases."""
        await self.until(
            lambda: [each.phase() for each in self.worker.connections] == list(expected)
        )


class Client(NamedTuple):
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> bytes:
        """Everything that comes until the connection ends, be it by a reset."""
        read = b""
        with contextlib.suppress(ConnectionResetError):
            async with asyncio.timeout(10):
                while more := await self.reader.read(MEGABYTE):
                    read += more
        return read

    async def status(self) -> int:
        async with asyncio.timeout(10):
            return int((await self.reader.readuntil(b"\r\n")).split()[1])


class Application:
    """Answers with so many bytes at once, as Django does, when it is told that it may."""

    def __init__(self, size: int = 2) -> None:
        self.size = size
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.may_answer.wait()
        headers = [(b"content-length", b"%d" % self.size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = {"type": "http.response.body", "body": b"x" * self.size, "more_body": True}
        await send(body)
        await send({"type": "http.response.body"})


def tell(story: Callable[..., Awaitable[None]], most: int = 100, size: int = 2) -> None:
    """Have a story happen to a worker with room for so many connections."""

    async def scenario() -> None:
        application = Application(size)
        async with serving(application, most) as site:
            await story(site, application)

    asyncio.run(scenario())


@contextlib.asynccontextmanager
async def serving(application: Application, most: int) -> AsyncIterator[Site]:
    cfg = Config()
    cfg.set("worker_connections", most)
    cfg.set("keepalive", 60)
    worker = Worker(0, os.getpid(), [], None, 30, cfg, Logger(cfg))
    loop = worker.loop = asyncio.get_running_loop()  # type: ignore[assignment]
    worker.asgi = BodyLimit(application)
    server = await loop.create_server(lambda: Connection(worker), HERE, 0)
    site = Site(worker, server.sockets[0].getsockname()[1], [])
    try:
        yield site
    finally:
        server.close()
        for client in site.clients:
            client.writer.transport.abort()
        await site.until(lambda: worker.nr_conns == 0)
        worker.tmp.close()


def assert_refused(answer: bytes, status: int) -> None:
    head, _, page = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"X-Content-Type-Options: nosniff" in head
    assert b'id="problem"' in page


# Time


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        (GET[:20], "HEAD_TIMEOUT"),
        (POST % 9 + b"x", "STALL_TIMEOUT"),
        (POST.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked"), "STALL_TIMEOUT"),
    ],
)
def test_what_is_half_sent_is_waited_for_so_long_and_then_told(settings, sent, seconds):
    async def story(site: Site, _: Application) -> None:
        client = await site.connect(sent)
        await site.phases(Phase.HEAD if seconds == "HEAD_TIMEOUT" else Phase.BODY)
        await site.heard_from_all()
        site.turn_clock(getattr(settings, seconds) - 1)
        assert not client.reader.at_eof()
        site.turn_clock(getattr(settings, seconds) + 1)
        assert_refused(await client.answer(), 408)

    tell(story)


def test_who_says_nothing_is_left_without_a_word(settings):
    async def story(site: Site, _: Application) -> None:
        client = await site.connect()
        await site.phases(Phase.HEAD)
        site.turn_clock(settings.HEAD_TIMEOUT + 1)
        assert await client.answer() == b""
        await site.phases()

    tell(story)


@pytest.mark.parametrize("head", [b"GET / HTTP/1.1\r\nHost: loc", POST % 9000])
def test_a_byte_now_and_then_buys_no_time(settings, head):
    async def story(site: Site, _: Application) -> None:
        client = await site.connect(head)
        await site.phases(Phase.BODY if head.endswith(b"\r\n\r\n") else Phase.HEAD)
        now = site.worker.loop.time()
        for second in range(settings.STALL_TIMEOUT + 2):
            site.worker.check(now + second)
            before = [each.received + each.head for each in site.worker.connections]
            if client.reader.at_eof() or not before:
                break
            with contextlib.suppress(ConnectionError):
                await client.send(b"x")
            await asyncio.sleep(0.002)
        assert_refused(await client.answer(), 408)

    tell(story)


def test_a_body_that_keeps_coming_may_take_longer(settings):
    async def story(site: Site, _: Application) -> None:
        length = 8 * settings.SLOWEST_RATE * settings.STALL_TIMEOUT
        client = await site.connect(POST % length)
        await site.phases(Phase.BODY)
        now = site.worker.loop.time()
        (connection,) = site.worker.connections
        for part in range(8):
            site.worker.check(now + part * (settings.STALL_TIMEOUT - 1))
            await client.send(b"x" * (length // 8))
            wanted = (part + 1) * (length // 8)
            await site.until(lambda wanted=wanted: connection.received == wanted)
        assert await client.status() == 200

    tell(story)


def test_a_request_that_the_site_works_on_is_never_cut_off():
    async def story(site: Site, application: Application) -> None:
        application.may_answer.clear()
        client = await site.connect(GET)
        await site.phases(Phase.SITE)
        site.turn_clock(100_000)
        application.may_answer.set()
        assert await client.status() == 200

    tell(story)


def test_a_reader_who_does_not_read_is_cut_off_and_one_who_does_is_not(settings):
    size = 32 * MEGABYTE

    async def story(site: Site, _: Application) -> None:
        lazy, busy = await site.connect(GET), await site.connect(GET)
        await site.phases(Phase.READER, Phase.READER)
        now = site.worker.loop.time()
        site.worker.check(now)
        assert len(await busy.reader.readexactly(MEGABYTE)) == MEGABYTE
        moved = site.worker.connections
        await site.until(lambda: any(each.sent > MEGABYTE // 2 for each in moved))
        site.worker.check(now + settings.STALL_TIMEOUT - 1)
        site.worker.check(now + settings.STALL_TIMEOUT + 1)
        assert len(site.worker.connections) == 1
        assert len(await lazy.answer()) < size

    settings.MAX_HELD_MB = 100
    tell(story, size=size)


# Memory


def test_an_answer_goes_into_the_transport_in_pieces_and_is_counted_until_it_has_gone(settings):
    size = 16 * MEGABYTE

    async def story(site: Site, _: Application) -> None:
        client = await site.connect(GET)
        await site.phases(Phase.READER)
        (connection,) = site.worker.connections
        assert connection.transport.get_write_buffer_size() <= 2 * PIECE_BYTES
        assert MEGABYTE < site.worker.held <= size
        while site.worker.held:
            await client.reader.read(MEGABYTE)
        await client.send(GET)
        await site.until(lambda: connection.req_count == 2)

    settings.MAX_HELD_MB = 100
    tell(story, size=size)


def test_what_waits_for_all_readers_is_bounded_and_the_least_active_one_gives_way(settings):
    size = 16 * MEGABYTE
    settings.MAX_HELD_MB = 40

    async def story(site: Site, _: Application) -> None:
        clients = []
        for _number in range(10):
            clients.append(await site.connect(GET))
            await asyncio.sleep(0.01)
            assert site.worker.held <= 40 * MEGABYTE
        await site.until(lambda: len(site.worker.connections) < 5)
        assert b"200" in await clients[0].answer()
        newest = await clients[-1].reader.readuntil(b"\r\n\r\n")
        assert len(await clients[-1].reader.readexactly(size)) == size, newest

    tell(story, size=size)


def test_unfinished_bodies_are_bounded_in_all(settings):
    settings.MAX_HELD_MB = 2

    async def story(site: Site, _: Application) -> None:
        for _number in range(10):
            client = await site.connect(POST % (MEGABYTE + 1))
            with contextlib.suppress(ConnectionError):
                await client.send(b"x" * MEGABYTE)
            await site.until(lambda: all(each.held for each in site.worker.connections))
            assert site.worker.held <= 2 * MEGABYTE
        assert len(site.worker.connections) <= 3
        await client.send(b"x")
        assert await client.status() == 200

    tell(story)


def test_bodies_that_are_whole_and_wait_for_the_site_are_bounded_too(settings):
    settings.MAX_HELD_MB = 2

    async def story(site: Site, application: Application) -> None:
        application.may_answer.clear()
        first = [await site.connect(POST % 900_000 + b"x" * 900_000) for _ in range(2)]
        await site.phases(Phase.SITE, Phase.SITE)
        last = await site.connect(POST % 900_000 + b"x" * 900_000)
        assert_refused(await last.answer(), 503)
        application.may_answer.set()
        assert [await each.status() for each in first] == [200, 200]

    tell(story)


def test_a_head_without_end_is_refused(settings):
    async def story(site: Site, _: Application) -> None:
        client = await site.connect(GET[:-2])
        with contextlib.suppress(ConnectionError):
            for number in range(90):
                await client.send(b"X-%d: %s\r\n" % (number, b"y" * 4000))
        assert_refused(await client.answer(), 431)

    tell(story)


# Number


def test_where_there_are_too_many_the_one_that_is_silent_longest_gives_way():
    async def story(site: Site, _: Application) -> None:
        silent = [await site.connect(GET[:9]) for _ in range(5)]
        await site.phases(*[Phase.HEAD] * 5)
        await silent[0].send(b" ")
        await site.until(lambda: next(iter(site.worker.connections)).head == 9)
        healthy = await site.connect(GET)
        assert await healthy.status() == 200
        assert await silent[1].answer() == b""
        await silent[0].send(GET[10:])
        assert await silent[0].status() == 400

    tell(story, most=5)


def test_where_all_are_worked_on_another_is_told_to_come_back():
    async def story(site: Site, application: Application) -> None:
        application.may_answer.clear()
        served = [await site.connect(GET) for _ in range(3)]
        await site.phases(*[Phase.SITE] * 3)
        one_too_many = await site.connect(GET)
        answer = await one_too_many.answer()
        assert_refused(answer, 503)
        assert b"Retry-After: 5" in answer
        application.may_answer.set()
        assert [await each.status() for each in served] == [200] * 3

    tell(story, most=3)


def test_one_client_takes_no_place_of_another(settings):
    settings.MAX_CONNECTIONS_PER_CLIENT = 3

    async def story(site: Site, _: Application) -> None:
        other = await site.connect(GET[:9], address="127.0.0.2")
        for _number in range(9):
            await site.connect(GET[:9])
        await site.until(lambda: len(site.worker.connections) == 4)
        assert site.worker.of_client == {"127.0.0.1": 3, "127.0.0.2": 1}
        other.writer.close()
        await site.until(lambda: len(site.worker.connections) == 3)
        assert site.worker.of_client == {"127.0.0.1": 3}

    tell(story)


def test_behind_a_proxy_a_client_is_whom_the_proxy_names_last(settings):
    settings.MAX_CONNECTIONS_PER_CLIENT = 2
    settings.BEHIND_PROXY = True

    def asked_for(client: str) -> bytes:
        return GET[:-2] + b"X-Forwarded-For: invented, %s\r\n\r\n" % client.encode()

    async def story(site: Site, application: Application) -> None:
        application.may_answer.clear()
        for client in ["192.0.2.1", "192.0.2.1", "2001:db8::1", "2001:db8::2"]:
            await site.connect(asked_for(client))
        await site.phases(*[Phase.SITE] * 4)
        assert site.worker.of_client == {"192.0.2.1": 2, "2001:db8::/64": 2}
        assert await (await site.connect(asked_for("192.0.2.1"))).status() == 503
        assert await (await site.connect(asked_for("2001:db8::3"))).status() == 503
        application.may_answer.set()
        assert await (await site.connect(asked_for("192.0.2.9"))).status() == 200
        await site.until(
            lambda: not +site.worker.of_client or "192.0.2.9" not in site.worker.of_client
        )

    tell(story)


# And all the same


def test_what_is_still_coming_after_a_refusal_does_not_take_the_answer_away():
    async def story(site: Site, _: Application) -> None:
        client = await site.connect(b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n")
        for _number in range(20):
            await client.send(b"X: %s\r\n" % (b"y" * 8000))
            await asyncio.sleep(0.001)
        assert_refused(await client.answer(), 414)
        client.writer.close()
        await site.until(lambda: not site.worker.connections)

    tell(story)


def test_who_does_not_hang_up_after_a_refusal_is_hung_up_on():
    async def story(site: Site, _: Application) -> None:
        await site.connect(b"nonsense\r\n\r\n")
        await site.phases(Phase.END)
        site.turn_clock(LINGER_SECONDS + 1)
        await site.phases()
        assert not site.worker.connections

    tell(story)


def test_requests_that_follow_each_other_are_each_answered():
    async def story(site: Site, _: Application) -> None:
        client = await site.connect(GET * 3 + POST % 3 + b"abc" + GET)
        for _number in range(5):
            assert b"200" in await client.reader.readuntil(b"\r\n\r\n")
            assert await client.reader.readexactly(2) == b"xx"
        await site.phases(Phase.HEAD)
        assert site.worker.held == 0

    tell(story)


def test_who_leaves_in_the_middle_leaves_nothing_behind(settings):
    async def story(site: Site, _: Application) -> None:
        for sent in [b"", GET[:9], POST % 99 + b"x", GET]:
            client = await site.connect(sent)
            await asyncio.sleep(0.01)
            client.writer.transport.abort()
        await site.until(lambda: not site.worker.connections)
        assert site.worker.held == 0
        assert not site.worker.of_client
        assert site.worker.nr_conns == 0

    tell(story, size=8 * MEGABYTE)


def test_an_unknown_wish_for_a_web_socket_is_answered_as_a_page():
    async def story(site: Site, _: Application) -> None:
        wish = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"
        assert await (await site.connect(GET[:-2] + wish)).status() == 200

    tell(story)
