"""Queries of a member whose SQL is made once, and filled in for each request.

Django makes the SQL of a query anew each time, which for the queries of a list costs more than
asking them. Here a query is made with stand-ins in the place of the member and of keys; the SQL
that comes out is kept for each database, and the values take the places of the stand-ins.

So such a query may depend on nothing else: a stand-in has its keys and the moment of joining, and
asking it for anything besides is a fault. A test holds each query against what Django makes anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, models
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User

Row = TypeVar("Row")

# Stand-ins: no row has such a key, and nobody joined at such a moment.
_MEMBERSHIP, _GROUP, _USER, _FIRST_KEY = (2**62 + number for number in range(4))
_JOINED_AT = datetime(9000, 1, 1, tzinfo=UTC)
# A query for some keys is made for so many at once; the last key fills it up.
_SIZES = (1, 8, 32, 128, 512)


class _Made(NamedTuple):
    """A query of stand-ins, with the SQL of it and its parameters."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[Row]):
    """A query for a member and, if `build` takes them, for a list of keys.

    It cannot prefetch: the queries for that are made by other means.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._made: dict[tuple[str, int], _Made] = {}

    def fetch(self, membership: Membership) -> list[Row]:
        """Return the rows for a member."""
        return self._ask(membership, ())

    def fetch_by_keys(self, membership: Membership, keys: Iterable[int]) -> list[Row]:
        """Return the rows for a member and each of the keys, in no order across many keys."""
        wanted = list(dict.fromkeys(keys))
        parts = (wanted[at : at + _SIZES[-1]] for at in range(0, len(wanted), _SIZES[-1]))
        return [row for part in parts for row in self._ask(membership, part)]

    def _ask(self, membership: Membership, keys: Sequence[int]) -> list[Row]:
        size = next(size for size in _SIZES if size >= len(keys)) if keys else 0
        alias = self._alias
        made = self._made.get((alias, size))
        if made is None:
            made = self._made[alias, size] = self._make(alias, size)
        filled = [*keys, *[keys[-1]] * (size - len(keys))] if keys else keys
        values = _values(connections[alias], membership, filled)
        queryset = made.queryset.all()
        queryset.query.get_compiler = partial(_filled, made, values)  # type: ignore[method-assign]
        return list(queryset)

    @property
    def _alias(self) -> str:
        return models.QuerySet(Membership).db

    def _make(self, alias: str, size: int) -> _Made:
        keys = range(_FIRST_KEY, _FIRST_KEY + size)
        queryset = self.build(_stand_in(alias), keys) if size else self.build(_stand_in(alias))
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("A query that prefetches is not of one SQL alone.")
        compiler = queryset.query.get_compiler(alias)
        sql, params = compiler.as_sql()
        return _Made(queryset, compiler, sql, tuple(params))


def _stand_in(alias: str) -> Membership:
    made = Membership.from_db(
        alias, ["id", "group_id", "user_id", "joined_at"], [_MEMBERSHIP, _GROUP, _USER, _JOINED_AT]
    )
    made.group = Group.from_db(alias, ["id"], [_GROUP])
    made.user = User.from_db(alias, ["id"], [_USER])
    return made


def _values(connection: Any, membership: Membership, keys: Iterable[int]) -> dict[Any, Any]:
    """What takes the place of each stand-in, as the database is given it."""
    moment = connection.ops.adapt_datetimefield_value
    return {
        _MEMBERSHIP: membership.pk,
        _GROUP: membership.group_id,
        _USER: membership.user_id,
        moment(_JOINED_AT): moment(membership.joined_at),
        **dict(enumerate(keys, start=_FIRST_KEY)),
    }


def _filled(made: _Made, values: Mapping[Any, Any], using: str, **_: Any) -> SQLCompiler:
    """A compiler that has its SQL already, for the connection of this thread."""
    compiler = copy(made.compiler)
    compiler.connection = connections[using]
    params = tuple(_of_stand_ins(made.params, values))
    compiler.as_sql = lambda *args, **options: (made.sql, params)  # type: ignore[method-assign]
    return compiler


def _of_stand_ins(params: Iterable[Any], values: Mapping[Any, Any]) -> Iterator[Any]:
    for param in params:
        if param in values:
            # PostgreSQL is told the width of a number by its type.
            yield type(param)(values[param]) if isinstance(param, int) else values[param]
        else:
            yield param
