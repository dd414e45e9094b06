"""Read a copy of the database, and look for what opens anything."""

import sqlite3
import zlib
from contextlib import closing
from urllib.parse import urlsplit

import psycopg
from django.core.signing import JSONSerializer, b64_encode

from tests.attack.base import Outcome
from tests.attack.visitor import PASSWORD, Visitor
from tests.servers import Server
from tests.unpacking import Cells, cells_of, found_in_cells


def attempt(server: Server) -> Outcome:
    secrets = story(server)
    return outcome(secrets, found_in_cells(secrets, copy_of(server)))


def control(server: Server) -> Outcome:
    """As it was: the page with the link kept for a repeat, the cookie's value as a key."""
    page = zlib.compress(b'<input value="http://localhost/join/s3cr3t-of-a-link/">', level=1)
    held = b64_encode(zlib.compress(JSONSerializer().dumps({"code": "s3cr3t-code"}))).decode()
    secrets = {"link": "s3cr3t-of-a-link", "code": "s3cr3t-code", "session": "s3cr3t-of-a-cookie"}
    rows = [("body", page), ("session_data", f".{held}:1w:x"), ("key", secrets["session"])]
    return outcome(secrets, found_in_cells(secrets, iter(rows)))


def outcome(secrets: dict[str, str], found: set[str]) -> Outcome:
    return Outcome(bool(found), f"{len(found)} of {len(secrets)} secrets read: {sorted(found)}")


def story(server: Server) -> dict[str, str]:
    """Bring every kind of secret that a visitor sees into play."""
    visitor, other = Visitor(server), Visitor(server)
    email = visitor.sign_up()
    link = visitor.make_link(visitor.start_group(), twice=True)
    other.post(f"/join/{link}/", {})
    other.post("/accounts/login/code/", {"email": email})
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    asked = Visitor(server)
    passkey = asked.get("/accounts/second-step/webauthn/login/", headers=AS_JSON).json()
    page = visitor.get("/accounts/second-step/totp/activate/").text
    visitor.post(
        "/accounts/second-step/totp/activate/", {"code": "000000", "idempotency_key": "app"}
    )
    return {
        "link": link,
        "password": PASSWORD,
        "app": page.split('aria-labelledby="key-label">')[1].split("<")[0],
        "challenge": passkey["request_options"]["publicKey"]["challenge"],
        "session": visitor.session.cookies["sessionid"],
        "session on the way": other.session.cookies["sessionid"],
        "form token": visitor.session.cookies["csrftoken"],
    }


AS_JSON = {"Accept": "application/json"}


def copy_of(server: Server) -> Cells:
    """Every cell of the database that the server works on."""
    url = server.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(urlsplit(url).path)) as copy:
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            yield from cells_of(copy.cursor(), [name for (name,) in names])
        return
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        yield from cells_of(cursor, [name for (name,) in cursor.fetchall()])
