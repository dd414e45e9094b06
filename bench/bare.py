"""The bare twin of a page: a Django view without anything but the page's own reads and writes.

It is served by Django's handler without middleware. It sends to the database, in order and through
a raw cursor, every statement that the page sent, those of the session and the visitor included and
those of a transaction in a transaction; fetches all rows; and answers with the values of these
rows, joined between tags as they are, filled up with spaces to the length of the page.

So it is what any view would have to pay that asks the same questions, and no page could be
quicker without asking fewer or smaller ones.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, groupby
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

_RANDOM_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Statement:
    sql: str
    values: Any
    in_transaction: bool


@dataclass
class Recording:
    """What one request for a page sent to the database, and what was answered."""

    statements: list[Statement] = field(default_factory=list)
    content: bytes = b""

    @contextmanager
    def listening(self) -> Iterator[None]:
        with connection.execute_wrapper(self._note):
            yield

    def _note(
        self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any
    ) -> Any:
        if many:
            raise NotImplementedError("The twin cannot repeat this statement.")
        if not sql.startswith("BEGIN"):
            inside = context["connection"].in_atomic_block
            self.statements.append(Statement(sql, values, inside))
        return execute(sql, values, many, context)


class Twin:
    """Repeats recordings of a page, in turn. `renewed` are values that are other ones each time."""

    def __init__(self, recordings: list[Recording], renewed: dict[str, Callable[[], str]]) -> None:
        self.recordings = cycle(recordings)
        self.renewed = renewed

    def answer(self) -> HttpResponse:
        recording = next(self.recordings)
        pieces: list[str] = []
        fresh = {value: renew() for value, renew in self.renewed.items()}
        parts = groupby(recording.statements, key=lambda statement: statement.in_transaction)
        for in_transaction, statements in parts:
            if in_transaction:
                with transaction.atomic():
                    self.repeat(statements, fresh, pieces)
            else:
                self.repeat(statements, fresh, pieces)
        return HttpResponse("".join(pieces).encode().ljust(len(recording.content)))

    def repeat(
        self, statements: Iterator[Statement], fresh: dict[str, str], pieces: list[str]
    ) -> None:
        for statement in statements:
            values = statement.values
            if fresh and values:
                values = [fresh.get(v, v) if isinstance(v, str) else v for v in values]
            if values and statement.sql.startswith("INSERT"):
                values = [_another(value) for value in values]
            with connection.cursor() as cursor:
                cursor.execute(statement.sql, values)
                rows = cursor.fetchall() if cursor.description else []
            pieces += ["<li>" + "</li><li>".join(map(str, row)) + "</li>" for row in rows]


def _another(value: Any) -> Any:
    """Return another id for a random one, as a task has, and any other value as it is."""
    if isinstance(value, UUID):
        return uuid4()
    is_random = isinstance(value, str) and _RANDOM_ID.fullmatch(value)
    return uuid4().hex if is_random else value


TWINS: dict[str, Twin] = {}


def bare(request: HttpRequest, name: str) -> HttpResponse:
    return TWINS[name].answer()
