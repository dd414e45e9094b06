"""A search for words in all that there is: every column of every table, every page."""

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator

from django.db import connection
from django.test import Client

from groups.accounts import mfa, sessions
from groups.encryption import Unreadable, decrypt
from groups.models import idempotency_keys, outgoing_emails
from tests.unpacking import Cells, cells_of, readings, unread

PURPOSES = [module.PURPOSE for module in (outgoing_emails, idempotency_keys, sessions, mfa)]


def decrypted(token: bytes) -> Iterator[bytes]:
    """What the site itself reads."""
    for purpose in PURPOSES:
        with contextlib.suppress(Unreadable):
            yield decrypt(token, purpose)


def cells() -> Cells:
    """Every cell of the database as `table.column` and what it holds, of our tables or not."""
    with connection.cursor() as cursor:
        yield from cells_of(cursor, connection.introspection.table_names(cursor))


def found_in_tables(needles: re.Pattern[bytes], *, with_key: bool = False) -> set[str]:
    """Every `table.column` of the database in which they stand."""
    return {
        name
        for name, cell in cells()
        if any(map(needles.search, readings(cell, decrypted if with_key else unread)))
    }


def found_on_pages(needles: re.Pattern[bytes], browser: Client, *begin: str) -> set[str]:
    """The addresses at which they stand, of all that links lead to; numbers in them are told as N.

    What is packed in a file to be taken along is read, too.
    """
    waiting, seen, found = list(begin), set(begin), set()
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        content = b"".join(contents_of(answer.content))
        headers = repr(dict(answer.headers)).encode()
        if needles.search(content) or needles.search(headers):
            found.add(re.sub(r"\d+", "N", address))
        links = re.findall(r'(?:href|action)="(/[^"#]*)', content.decode(errors="replace"))
        new = {link.replace("&amp;", "&") for link in links if "/static/" not in link} - seen
        seen |= new
        waiting += sorted(new)
    assert len(seen) > len(begin)
    return found


def contents_of(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            for name in file.namelist():
                yield file.read(name)
