"""The site as it was: threads that take requests as they come, however costly, from anybody.

gunicorn --config config/gunicorn.py tests.attack.plain_pool:application
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.servers import BASE_DIR, Server

NO_LIMITS = ",".join(
    f"{name}=off"
    for name in (
        *("press", "post", "preview", "edit", "import", "choose", "paste", "lookup", "export"),
        *("group", "invite", "ask", "text", "group_text", "work"),
    )
)

if os.environ.get("PLAIN_POOL"):
    from config.asgi import THREADS, application, threads

    threads.executor = ThreadPoolExecutor(THREADS)
    sys.setswitchinterval(0.005)
    __all__ = ["application"]


@contextlib.contextmanager
def served_as_it_was(server: Server) -> Iterator[int]:
    """The same data served without limits and without fair shares; yields the port."""
    with _served(server, "tests.attack.plain_pool:application", PLAIN_POOL="yes") as port:
        yield port


@contextlib.contextmanager
def served_without_limits(server: Server) -> Iterator[int]:
    """The same data served as it is, but to people who ask for more than one by hand would."""
    with _served(server, "config.asgi:application") as port:
        yield port


@contextlib.contextmanager
def _served(server: Server, application: str, **environment: str) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    web = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", application],
        cwd=BASE_DIR,
        env=server.environment | {"LIMITS": NO_LIMITS} | environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        given_up_at = time.monotonic() + 30
        while time.monotonic() < given_up_at:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield port
    finally:
        web.terminate()
        web.wait(15)
