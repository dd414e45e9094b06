"""The ASGI application that answers on the port of a Seminar.

Pages are Django's, in a few threads that keep their database connections; a request reaches a
thread only when it is here whole, so that a slow sender holds none. What must answer without
Django, and what will stream, is in ANSWERED_HERE and runs on the event loop.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any
from wsgiref.util import FileWrapper

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from config.answers import Receive, Scope, Send
from config.body_limit import BodyLimit
from config.fair_share import FairShare
from config.health import alive, ready

# One interpreter lock serves one page at a time, whatever the number of threads; the second one is
# for the page that waits on the database. Cores are used by processes.
THREADS = 2
FILE_BLOCK = 256 * 1024
# A thread that computes lets go of the interpreter after so long. A page that asks the database a
# dozen questions waits so long after each: at the default of 5 ms it takes three times as long
# beside a costly request, at 1 ms twice as long.
sys.setswitchinterval(0.001)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()


def pages_of_whole_requests(environ: Any, start_response: Any) -> Iterable[bytes]:
    """Hand Django the file into which BodyLimit read the request."""
    environ["wsgi.input"] = environ["asgi.scope"]["body"]
    environ["wsgi.file_wrapper"] = lambda file, _size: FileWrapper(file, FILE_BLOCK)
    return pages(environ, start_response)


# The queue of an answer has no limit: a slow reader costs the memory of a page, not a thread.
threads: Any = WSGIMiddleware(pages_of_whole_requests, workers=THREADS, send_queue_size=0)
threads.executor = FairShare(THREADS)


limited = BodyLimit(threads)
ANSWERED_HERE = {"/healthz": alive, "/readyz": ready}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        answer = ANSWERED_HERE.get(scope["path"], limited)
        await answer(scope, receive, send)
    else:
        await threads(scope, receive, send)
