"""Prepare a Seminar to serve: data folder, static files, database, demo.

    python -m config.prepare [--demo]

Prints the demo's people, if they are in the database: e-mail, password and role, one a line.
"""

import argparse
import hashlib
import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection

from config.outages import is_outage
from config.serve import DATABASE_AWAY
from papers.demo.people import CAST, PASSWORD, Person

TRIES = 5
# The name under which servers that start together take turns on PostgreSQL; any number will do.
MIGRATING = 7_061_970


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m config.prepare", description="Prepare Seminar."
    )
    parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo")
    wanted = parser.parse_args()
    set_up()
    collect_static_files()
    try:
        migrate()
        if wanted.demo and not get_user_model().objects.exists():
            call_command("load_demo", stdout=io.StringIO())
        for person in demo_people():
            print(f"{person.email}  {PASSWORD}  {person.role}")
    except DatabaseError as error:
        if not is_outage(error):
            raise
        print(f"The database is away: {str(error).strip()}", file=sys.stderr)
        sys.exit(DATABASE_AWAY)


def set_up() -> None:
    """Load the settings, which make the data folder and the secret key where there are none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        probe = settings.DATA_DIR / f"probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        sys.exit(
            f"The data folder cannot be used: {error.filename}: {error.strerror}. "
            "DATA_DIR= names another one."
        )
    except ImproperlyConfigured as error:
        sys.exit(f"The settings cannot be used: {error}")


def collect_static_files() -> None:
    """Collect, hash and compress the static files if one of them has changed since last time."""
    stamp = settings.DATA_DIR / "static.stamp"
    state = state_of_static_files()
    if not stamp.exists() or stamp.read_text() != state or not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)


def state_of_static_files() -> str:
    """Return a fingerprint of the names, sizes and ages of all static files."""
    seen = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            seen.append((name, status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(sorted(seen)).encode()).hexdigest()


def migrate() -> None:
    """Bring the tables up to date.

    On PostgreSQL a change of a table waits for its readers, and everyone after waits for the
    change: so it waits a second at most, lets the others through, and tries again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            cursor.execute("SET lock_timeout = '1s'")
    for left in reversed(range(TRIES)):
        try:
            call_command("migrate", interactive=False, verbosity=0)
            break
        except OperationalError:
            if not left:
                raise
            time.sleep(1)
    call_command("createcachetable", verbosity=0)


def demo_people() -> Iterator[Person]:
    """Return the people whose password everyone knows, as far as they are here."""
    here = get_user_model().objects.filter(email__in=[person.email for person in CAST])
    addresses = set(here.values_list("email", flat=True))
    return (person for person in CAST if person.email in addresses)


if __name__ == "__main__":
    main()
