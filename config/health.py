"""Liveness and readiness checks, for those who operate the server."""

import asyncio

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse

from config.answers import Receive, Scope, Send, send_answer

PLAIN = "text/plain; charset=utf-8"


async def alive(scope: Scope, receive: Receive, send: Send) -> None:
    """The event loop turns. The database is not asked: restarting us would not bring it back."""
    await send_answer(HttpResponse("ok\n", content_type=PLAIN), send)


async def ready(scope: Scope, receive: Receive, send: Send) -> None:
    if await asyncio.to_thread(database_answers):
        response = HttpResponse("ready\n", content_type=PLAIN)
    else:
        response = HttpResponse(
            "the database is away\n", status=503, content_type=PLAIN, headers={"Retry-After": "5"}
        )
    await send_answer(response, send)


def database_answers() -> bool:
    """Return whether our tables can be read, asked on a connection that is given back at once."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except (DatabaseError, InterfaceError):
        return False
    finally:
        connection.close()
    return True
