"""The one way out: every request to a provider is made here, under one policy.

Only the providers' own hosts are asked, over TLS, and only where their names lead out into the
world: the address that was looked at is the one that is connected to, so that a name that leads
elsewhere a moment later leads no one astray. A redirect is followed among the hosts of the same
provider. An answer has so many seconds and so many bytes, and is of the type that was asked for.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpcore2
import httpx2

from papers.providers.addresses import Resolve, is_in_the_world, is_on_loopback, resolve_host
from papers.providers.provider import Provider, ProviderRequest

SECONDS_TO_CONNECT = SECONDS_TO_READ = 5.0
SECONDS_IN_ALL = 10.0
MOST_BYTES = 1024 * 1024
MOST_REDIRECTS = 2
LONGEST_PAUSE = 24 * 60 * 60
REDIRECTS = {301, 302, 303, 307, 308}
NOT_KNOWN = {404, 410}
# 403 is how some of them say that it was too much.
BUSY = {403, 408, 425, 429}


class RequestRefused(Exception):
    """The request was not made, or its answer not taken: it is not what it should be."""


class Unreachable(Exception):
    """Nothing came back; a while later something might.

    `reason` is "network" or "busy"; `seconds` is how long the provider asks to be left alone.
    """

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Client:
    """`instead` names other addresses for providers by their names, for tests: there, and only
    there, the address is one of this machine's loopback, and needs no TLS.
    """

    mailto: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    resolve: Resolve = resolve_host
    # The only function that opens a connection: it is given an address that was looked at.
    backend: httpcore2.NetworkBackend = field(default_factory=httpcore2.SyncBackend)

    def get(self, provider: Provider, request: ProviderRequest) -> bytes | None:
        """Return the body of the provider's answer, or None for 404.

        Raises RequestRefused or Unreachable.
        """
        base = self.instead.get(provider.name, provider.address)
        url = httpx2.URL(base + request.path, params=dict(request.params))
        ends_at = time.monotonic() + SECONDS_IN_ALL
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url, provider)
            status, headers, body = self._ask(url, provider, ends_at)
            if status not in REDIRECTS:
                return _taken(status, headers, body, provider)
            url = _next(url, headers)
        raise RequestRefused("It leads on and on.")

    def _check(self, url: httpx2.URL, provider: Provider) -> None:
        """Refuse an address that is not one of the provider's, whatever it is spelt like."""
        if url.userinfo or ".." in url.path.split("/"):
            raise RequestRefused("The address is not plain.")
        here = (url.scheme, url.host, url.port)
        if provider.name in self.instead:
            there = httpx2.URL(self.instead[provider.name])
            if here != (there.scheme, there.host, there.port):
                raise RequestRefused(f"{url.host} is not where {provider.label} is.")
        elif here not in {("https", host, None) for host in provider.hosts}:
            raise RequestRefused(f"{url.host} is not a host of {provider.label}.")

    def _ask(
        self, url: httpx2.URL, provider: Provider, ends_at: float
    ) -> tuple[int, dict[str, str], bytes]:
        may_be_at = is_on_loopback if provider.name in self.instead else is_in_the_world
        way_out = _WayOut(self.backend, self.resolve, may_be_at, ends_at)
        limits = {
            "connect": SECONDS_TO_CONNECT,
            "read": SECONDS_TO_READ,
            "write": SECONDS_TO_READ,
            "pool": SECONDS_TO_CONNECT,
        }
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        try:
            with (
                httpcore2.ConnectionPool(
                    ssl_context=_tls(), network_backend=way_out, max_connections=1
                ) as pool,
                pool.stream(
                    "GET", target, headers=self._headers(url), extensions={"timeout": limits}
                ) as response,
            ):
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                body = b"" if response.status in REDIRECTS else _read(response.iter_stream())
                return response.status, headers, body
        except (httpcore2.TimeoutException, httpcore2.NetworkError, OSError) as error:
            raise Unreachable("network") from error
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
            raise Unreachable("network") from error

    def _headers(self, url: httpx2.URL) -> dict[bytes | str, bytes | str]:
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        return {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": f"Seminar{contact}",
            "Accept": "application/json, application/atom+xml",
            # Packed answers could be small on the way and large here.
            "Accept-Encoding": "identity",
        }


class _WayOut(httpcore2.NetworkBackend):
    """Opens connections to addresses that were looked at, and closes them when time is up."""

    def __init__(
        self,
        backend: httpcore2.NetworkBackend,
        resolve: Resolve,
        may_be_at: Callable[[str], bool],
        ends_at: float,
    ) -> None:
        self.backend = backend
        self.resolve = resolve
        self.may_be_at = may_be_at
        self.ends_at = ends_at

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers. One that leads inside spoils them all."""
        addresses = self.resolve(host, port)
        if not addresses or not all(map(self.may_be_at, addresses)):
            raise RequestRefused(f"{host} does not lead to a public address.")
        for address in addresses:
            try:
                left = _left(self.ends_at, timeout)
                stream = self.backend.connect_tcp(address, port, left)
                return _Timed(stream, self.ends_at)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        raise httpcore2.ConnectError(f"{host} does not answer.")


class _Timed(httpcore2.NetworkStream):
    """A connection of which each step has the time that is left for all."""

    def __init__(self, stream: httpcore2.NetworkStream, ends_at: float) -> None:
        self.stream = stream
        self.ends_at = ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.ends_at, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.ends_at, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = _left(self.ends_at, timeout)
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, left), self.ends_at)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(ends_at: float, timeout: float | None) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("Time is up.")
    return min(left, timeout or left)


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _read(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            raise RequestRefused("The answer is too long.")
    return bytes(body)


def _next(url: httpx2.URL, headers: Mapping[str, str]) -> httpx2.URL:
    try:
        return url.join(headers["location"])
    except (KeyError, httpx2.InvalidURL, ValueError) as error:
        raise RequestRefused("It leads nowhere.") from error


def _taken(
    status: int, headers: Mapping[str, str], body: bytes, provider: Provider
) -> bytes | None:
    if status in NOT_KNOWN:
        return None
    if status in BUSY or status >= 500:
        raise Unreachable("busy", _seconds(headers.get("retry-after", "")))
    if status != 200:
        raise RequestRefused(f"{provider.label} answered {status}.")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in provider.types:
        raise RequestRefused(f"{provider.label} answered with {kind or 'nothing that has a type'}.")
    return body


def _seconds(said: str) -> float | None:
    """Return the seconds of Retry-After, which is a number or a moment; None if it is neither."""
    if said.strip().isdecimal():
        return min(float(said[:12]), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0), LONGEST_PAUSE)
