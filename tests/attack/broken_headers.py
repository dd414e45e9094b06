"""Heads of requests that no browser sends, one after the other and in every mixture."""

import contextlib
import http.client
import itertools
import random

from tests.attack.base import Outcome
from tests.attack.web import Web, shipped_server, stock_server
from tests.servers import Server

MIXTURES = 150
SECONDS_TO_ANSWER = 0.5  # which is enough for a refusal; a body is waited for longer
PROTECTED = ["content-security-policy", "x-content-type-options", "referrer-policy"]
LINES = [
    b"GET / HTTP/1.1",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1",
    b"GET / HTTP/9.9",
    b"GET  /  HTTP/1.1",
    b"G\x00T / HTTP/1.1",
    b"GET /\xff HTTP/1.1",
    b"GET http://[ HTTP/1.1",
    b"GET * HTTP/1.1",
    b"CONNECT a:1 HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"POST /accounts/login/ HTTP/1.1",
    b"get / http/1.1",
    b"nonsense",
    b"",
]
HEADERS = [
    b"Host: localhost",
    b"Host: nowhere.example",
    b"Host: a\r\nHost: b",
    b'Cookie: sessionid="\\000"',
    b'Cookie: sessionid="' + b"\\" * 8000 + b'"',
    b"Cookie: " + b"c" * 9000,
    b"Cookie: sessionid=\xff\xed\xa0\x80",
    b"User-Agent: a\x00b",
    b"User-Agent: \xff",
    b"Content-Length: -1",
    b"Content-Length: 1e3",
    b"Content-Length: " + b"9" * 5000,
    b"Content-Length: 1\r\nContent-Length: 2",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: gzip",
    b"Transfer-Encoding: chunked, chunked",
    b"Expect: nonsense",
    b"Upgrade: websocket\r\nConnection: Upgrade",
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
    b"X-Forwarded-For: \x00",
    b"X-Forwarded-Proto: https, http",
    b"Accept-Language: " + b"," * 4000,
    b"Bad Name: x",
    b"no colon",
    b" folded: x",
    b": empty",
    b"\r\n".join(b"X-%d: x" % number for number in range(200)),
    b"\r\n".join(b"X-%d: %s" % (number, b"y" * 4000) for number in range(30)),
]


def attempt(server: Server) -> Outcome:
    return attack(shipped_server(server))


def control(server: Server) -> Outcome:
    with stock_server(server) as web:
        return attack(web)


def attack(web: Web) -> Outcome:
    statuses: dict[int, int] = {}
    faults, bare = [], []
    for head in heads():
        response = answer(web, head)
        if response is None:
            continue
        statuses[response.status] = statuses.get(response.status, 0) + 1
        if response.status in (500, 502) or response.status > 503:
            faults.append(head)
        if any(name not in response.headers for name in PROTECTED):
            bare.append(head)
    report = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))
    lives = web.seconds_to_answer("/accounts/login/") is not None
    return Outcome(
        harmed=bool(faults or bare) or not lives or not statuses,
        report=f"{report}; {len(faults)} faults, {len(bare)} without the headers of the site"
        + (f", such as {(faults + bare)[0][:60]!r}" if faults or bare else ""),
    )


def heads() -> list[bytes]:
    single = [line + b"\r\nHost: localhost" for line in LINES]
    single += [LINES[0] + b"\r\nHost: localhost\r\n" + header for header in HEADERS]
    random_choice = random.Random(14)
    mixed = (
        b"\r\n".join([random_choice.choice(LINES), *random_choice.sample(HEADERS, 3)])
        for _ in itertools.count()
    )
    return [*single, *itertools.islice(mixed, MIXTURES)]


def answer(web: Web, head: bytes) -> http.client.HTTPResponse | None:
    """What is answered, if anything is: a connection may also be closed without a word."""
    with contextlib.closing(web.connect(b"")) as line:
        line.settimeout(SECONDS_TO_ANSWER)
        try:
            line.sendall(head + b"\r\nConnection: close\r\n\r\n")
            response = http.client.HTTPResponse(line)
            response.begin()
            response.read()
        except (OSError, http.client.HTTPException):
            return None
        return response
