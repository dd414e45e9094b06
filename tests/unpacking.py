"""What somebody reads in a copy of a database who has no key to it, however it is packed."""

import base64
import contextlib
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.middleware.csrf import _unmask_cipher_token

from groups.encryption import TOKEN_START

PACKED = re.compile(rb"[\w+/=-]{16,}", re.ASCII)
MASKED = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])")
ENCRYPTED = TOKEN_START.encode()
DEEPEST = 4
Cells = Iterator[tuple[str, Any]]
Reader = Callable[[bytes], Iterable[bytes]]


def unread(token: bytes) -> Iterable[bytes]:
    """What is encrypted is base64, but of nothing that can be read."""
    return ()


def readings(cell: Any, decrypted: Reader = unread) -> Iterator[bytes]:
    """The content of a cell, and what every way of unpacking gets out of it."""
    if isinstance(cell, memoryview):
        cell = cell.tobytes()
    text = cell if isinstance(cell, bytes) else str(cell).encode()
    waiting, seen = [(text, 0)], {text}
    while waiting:
        text, depth = waiting.pop()
        yield text
        if depth < DEEPEST:
            read = decrypted if text.startswith(ENCRYPTED) else unpacked
            new = set(read(text)) - seen
            seen |= new
            waiting += [(packed, depth + 1) for packed in new]


def unpacked(text: bytes) -> Iterator[bytes]:
    """What comes out of a text at once: of all of it, of its parts, and of masked form tokens."""
    for start, unpack in STARTS.items():
        if text.startswith(start):
            with contextlib.suppress(Exception):
                yield unpack(text)
    for found in PACKED.findall(text):
        yield from [found] if found.startswith(ENCRYPTED) else decoded(found)
    for found in MASKED.findall(text):
        yield _unmask_cipher_token(found.decode()).encode()


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


def cells_of(cursor: Any, tables: Iterable[str]) -> Cells:
    """Every cell of the tables as `table.column` and what it holds."""
    for table in tables:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        columns = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            for column, cell in zip(columns, row, strict=True):
                if cell is not None:
                    yield f"{table}.{column}", cell


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
