"""The gate through which everything sent must pass: read whole, and up to a limit only.

Django would read a body of any size, and hold a thread while a slow sender is at it. Here the
event loop reads it into a file that lies in memory as long as it is small; only then it is handed
on, as `scope["body"]`.
"""

import asyncio
from tempfile import SpooledTemporaryFile
from typing import IO

from django.conf import settings
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string

from config.answers import Application, Receive, Scope, Send, send_answer
from config.outages import FULL_DISK, away, is_outage

IN_MEMORY = 256 * 1024
# What a browser is still listened to after its answer, so that it gets to read it.
LINGER_BYTES = 1024 * 1024
LINGER_SECONDS = 2.0


class BodyTooLarge(Exception):
    pass


class SenderLeft(Exception):
    pass


class BodyLimit:
    """ASGI: hands on requests whose body is at most `settings.BODY_LIMIT` long."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                length = await read_body(scope, receive, body)
            except SenderLeft:
                return
            except BodyTooLarge:
                await answer_and_close(too_large(), receive, send)
            except OSError as error:
                if not is_outage(error):
                    raise
                sentence = "The disk is full." if error.errno in FULL_DISK else ""
                await answer_and_close(away(sentence), receive, send)
            else:
                await self.application(with_body(scope, body, length), receive, send)


async def read_body(scope: Scope, receive: Receive, body: IO[bytes]) -> int:
    """Read the body of a request to its end and return its length."""
    if declared_length(scope) > settings.BODY_LIMIT:
        raise BodyTooLarge
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise SenderLeft
        length += len(message.get("body", b""))
        if length > settings.BODY_LIMIT:
            raise BodyTooLarge
        body.write(message.get("body", b""))
        more = message.get("more_body", False)
    body.seek(0)
    return length


def declared_length(scope: Scope) -> int:
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else 0


def with_body(scope: Scope, body: IO[bytes], length: int) -> Scope:
    """Return the same request with a body of known length, however it was sent."""
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name not in (b"content-length", b"transfer-encoding")
    ]
    return scope | {"headers": [*headers, (b"content-length", b"%d" % length)], "body": body}


def too_large() -> HttpResponse:
    limit = filesizeformat(settings.BODY_LIMIT)
    return HttpResponse(render_to_string("413.html", {"limit": limit}), status=413)


async def answer_and_close(response: HttpResponse, receive: Receive, send: Send) -> None:
    """Answer, listen a little longer and hang up.

    A connection that is closed on someone who is still sending is reset, and the answer may be
    lost on the way. What is still coming is thrown away for a while, then the line is cut.
    """
    response["Connection"] = "close"
    await send_answer(response, send)
    thrown_away = 0
    try:
        async with asyncio.timeout(LINGER_SECONDS):
            while thrown_away < LINGER_BYTES:
                message = await receive()
                thrown_away += len(message.get("body", b""))
                if not message.get("more_body"):
                    break
    except TimeoutError:
        pass
