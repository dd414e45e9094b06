"""Bound the connections of a web process in number, and what is held for all of them.

Where there are too many, or too much is held, connections that wait for their client are closed,
the least recently active first, and none that waits for the site. gunicorn's ASGI worker has no
such limits: `worker_connections` means nothing to it.
"""

import asyncio
import ipaddress
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from gunicorn.workers.gasgi import ASGIWorker

from config.connections import Connection, Phase

MEGABYTE = 1024 * 1024


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
        self.check(self.loop.time())

    def check(self, now: float) -> None:
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
    """Return an address of IPv4, or the /64 of an address of IPv6: what one client is taken to
    have.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else f"{ipaddress.ip_interface((address, 64)).network}"
