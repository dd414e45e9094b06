"""Gunicorn's configuration: `gunicorn --config config/gunicorn.py config.asgi:application`."""

import gc
import os
from importlib import import_module
from typing import Any

from config.open_files import connections_that_fit
from config.settings import DATABASES, MAX_CONNECTIONS, STALL_TIMEOUT

_on_sqlite = "sqlite" in DATABASES["default"]["ENGINE"]

worker_class = "config.web_worker.Worker"
worker_connections = connections_that_fit(MAX_CONNECTIONS)
asgi_lifespan = "on"
bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# One writer at a time is all that SQLite has; PostgreSQL is served by a process a core.
workers = int(os.environ.get("WEB_PROCESSES") or (1 if _on_sqlite else os.cpu_count() or 1))

# The site is loaded once, and its pages of memory are shared by those that serve: a collector that
# went over all objects would have each of them copied.
preload_app = True


def pre_fork(arbiter: Any, worker: Any) -> None:
    import_module("config.urls")  # which Django would load with the first request
    gc.collect()
    gc.freeze()


limit_request_line = 8190
keepalive = 5
# Also how long gunicorn waits for a piece of a body, which is for STALL_TIMEOUT to say.
timeout = 30 + STALL_TIMEOUT
graceful_timeout = 3
loglevel = "warning"
logger_class = "config.server_log.ServerLogger"

# Which proxy to believe is said in BEHIND_PROXY and decided by Django.
forwarded_allow_ips = ""
control_socket_disable = True
