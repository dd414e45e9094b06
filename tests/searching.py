"""A search for words in all that there is: every column of every table, every page."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client


def readings(cell: Any) -> Iterator[bytes]:
    """What stands in a cell, and what comes out of it by every way in which we put things in."""
    if isinstance(cell, str):
        cell = cell.encode()
        first = cell.partition(b":")[0]
        yield from unpacked(first.removeprefix(b"."))
    elif isinstance(cell, memoryview):
        cell = cell.tobytes()
    if isinstance(cell, bytes):
        yield cell
        yield from inflated(cell)
    elif cell is not None:
        yield str(cell).encode()


def unpacked(text: bytes) -> Iterator[bytes]:
    """Sessions are base64, with or without zlib; what is in the cache is base64 of a pickle."""
    padded = text + b"=" * (-len(text) % 4)
    for decode in (base64.urlsafe_b64decode, base64.b64decode):
        try:
            raw = decode(padded)
        except ValueError:
            continue
        yield raw
        yield from inflated(raw)


def inflated(raw: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompress(raw)
    except zlib.error:
        return


def found_in_tables(needles: re.Pattern[bytes]) -> set[str]:
    """Every `table.column` of the database in which they stand, of our tables or not."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, cell in zip(columns, row, strict=True):
                    if any(needles.search(reading) for reading in readings(cell)):
                        found.add(f"{table}.{column}")
    return found


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
