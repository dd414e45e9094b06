"""A search for words in all that there is: every column of every table, every page."""

import base64
import contextlib
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.middleware.csrf import _unmask_cipher_token
from django.test import Client

from groups import encryption, second_step, sessions
from groups.encryption import Unreadable, decrypt
from groups.models import letters, request_keys

PURPOSES = [module.PURPOSE for module in (letters, request_keys, sessions, second_step)]
PACKED = re.compile(rb"[\w+/=-]{16,}", re.ASCII)
MASKED = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])")
DEEPEST = 4
TOKEN_START = encryption.TOKEN_START.encode()
# What stands in a database to somebody who reads it and has no key.
Cells = Iterator[tuple[str, Any]]


def readings(cell: Any, *, with_key: bool = False) -> Iterator[bytes]:
    """What stands in a cell, and what comes out of it by every way in which things are packed.

    With the site's key, so does what is encrypted.
    """
    if isinstance(cell, memoryview):
        cell = cell.tobytes()
    text = cell if isinstance(cell, bytes) else str(cell).encode()
    waiting, seen = [(text, 0)], {text}
    while waiting:
        text, depth = waiting.pop()
        yield text
        if depth < DEEPEST:
            new = set(unpacked(text, with_key=with_key)) - seen
            seen |= new
            waiting += [(packed, depth + 1) for packed in new]


def unpacked(text: bytes, *, with_key: bool) -> Iterator[bytes]:
    """What comes out of a text at once: of all of it, of its parts, and of masked tokens of forms.

    What is encrypted is base64, too, but of nothing that can be read without the key.
    """
    if text.startswith(TOKEN_START):
        yield from decrypted(text) if with_key else ()
        return
    for start, unpack in STARTS.items():
        if text.startswith(start):
            with contextlib.suppress(Exception):
                yield unpack(text)
    for found in PACKED.findall(text):
        yield from [found] if found.startswith(TOKEN_START) else decoded(found)
    for found in MASKED.findall(text):
        yield _unmask_cipher_token(found.decode()).encode()


def decrypted(token: bytes) -> Iterator[bytes]:
    for purpose in PURPOSES:
        with contextlib.suppress(Unreadable):
            yield decrypt(token, purpose)


def decoded(found: bytes) -> Iterator[bytes]:
    for decode in (base64.urlsafe_b64decode, base64.b64decode):
        with contextlib.suppress(ValueError):
            yield decode(found + b"=" * (-len(found) % 4))


def from_json(text: bytes) -> bytes:
    """The same with every sign as itself, none by its number."""
    return json.dumps(json.loads(text), ensure_ascii=False).encode()


STARTS: dict[bytes, Callable[[bytes], bytes]] = {
    b"x": zlib.decompress,
    b"\x1f\x8b": gzip.decompress,
    b"{": from_json,
    b"[": from_json,
}


def cells() -> Cells:
    """Every cell of the database as `table.column` and what it holds, of our tables or not."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, cell in zip(columns, row, strict=True):
                    if cell is not None:
                        yield f"{table}.{column}", cell


def found_in_tables(needles: re.Pattern[bytes], *, with_key: bool = False) -> set[str]:
    """Every `table.column` of the database in which they stand."""
    return {
        name
        for name, cell in cells()
        if any(needles.search(reading) for reading in readings(cell, with_key=with_key))
    }


def found_in_cells(secrets: dict[str, str], cells: Cells) -> set[str]:
    """Which of the secrets stand where: `what in table.column`."""
    wanted = {name: secret.encode() for name, secret in secrets.items()}
    return {
        f"{name} in {where}"
        for where, cell in cells
        for reading in readings(cell)
        for name, secret in wanted.items()
        if secret in reading
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
