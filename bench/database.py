"""Django on a database that is made for the run and removed.

DATABASE_URL says on which engine; without it, it is SQLite: a file in a temporary folder. On
PostgreSQL it is a database with a name of its own beside the one that is named, which is not
touched.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def prepared() -> Iterator[None]:
    with temporary_data() as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        try:
            prepare()
            yield
        finally:
            close()


@contextmanager
def temporary_data() -> Iterator[str]:
    """A folder for files and an empty database: yields the latter's address."""
    wanted = os.environ.get("TESTED_DATABASE_URL") or os.environ.get("DATABASE_URL", "sqlite://")
    with tempfile.TemporaryDirectory(prefix="seminar-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        if wanted.startswith("sqlite"):
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        else:
            with temporary_postgresql(wanted) as url:
                yield url


@contextmanager
def temporary_postgresql(beside: str) -> Iterator[str]:
    name = sql.Identifier(f"seminar_bench_{secrets.token_hex(6)}")
    with psycopg.connect(beside, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlsplit(beside)._replace(path=f"/{name.as_string().strip(chr(34))}").geturl()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def analyze() -> None:
    """Let the planner know the tables, as a server does by itself within minutes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def close() -> None:
    from django.db import connection

    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
