"""Queries whose SQL is made once, and filled in for each request.

Django makes the SQL of a query anew each time, which for the queries of a list costs more than
asking them. Here a query is made with stand-ins in the place of the member, the person and the
keys that it is about; the SQL that comes out is kept for each database, and the values take the
places of the stand-ins.

So such a query may depend on nothing else: a stand-in has its keys and the moment of joining, and
asking it for anything besides is a fault. A test holds each query against what Django makes anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from groups.models.groups import Group
from groups.models.memberships import Membership
from groups.models.people import User

Row = TypeVar("Row")

# Stand-ins: no row has such a key, and none was written at such a moment.
_MEMBERSHIP, _GROUP, _USER, _FIRST_KEY = (2**62 + number for number in range(4))
_JOINED_AT = datetime(9000, 1, 1, tzinfo=UTC)
_LARGEST_KEY = 2**63 - 1  # an address may name any number
_SLUG = "stand-in for a slug"
# A query for some keys is made for so many at once; the last key fills it up.
_SIZES = (1, 8, 32, 128, 256, 512)


class _Made(NamedTuple):
    """A query of stand-ins, with the SQL of it and its parameters."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[Row]):
    """A query for a `member`, a `user`, a `slug` or some `keys`, whichever `build` takes by name.

    It cannot prefetch: what is prefetched is asked for by a query of its own.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._made: dict[tuple[str, int], _Made] = {}

    def fetch(self, **given: Any) -> list[Row]:
        """Return the rows for what is given; for more keys than one query takes, in parts."""
        if "keys" not in given:
            return self._ask(given)
        keys = [key for key in dict.fromkeys(given["keys"]) if key <= _LARGEST_KEY]
        parts = (keys[at : at + _SIZES[-1]] for at in range(0, len(keys), _SIZES[-1]))
        return [row for part in parts for row in self._ask(given | {"keys": part})]

    def _ask(self, given: dict[str, Any]) -> list[Row]:
        size = 0
        if keys := given.get("keys"):
            size = next(size for size in _SIZES if size >= len(keys))
            given["keys"] = [*keys, *[keys[-1]] * (size - len(keys))]
        made = self._for(Membership.objects.db, size, given)
        queryset = made.queryset.all()
        compiler = partial(_filled, made, given)
        queryset.query.get_compiler = compiler  # type: ignore[method-assign]
        return list(queryset)

    def _for(self, alias: str, size: int, names: Iterable[str]) -> _Made:
        if (alias, size) not in self._made:
            self._made[alias, size] = self._make(alias, size, names)
        return self._made[alias, size]

    def _make(self, alias: str, size: int, names: Iterable[str]) -> _Made:
        stand_ins = {
            "member": _stand_in(alias),
            "user": User.from_db(alias, ["id"], [_USER]),
            "slug": _SLUG,
            "keys": range(_FIRST_KEY, _FIRST_KEY + size),
        }
        queryset = self.build(**{name: stand_ins[name] for name in names})
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


def _values(connection: Any, given: Mapping[str, Any]) -> dict[Any, Any]:
    """Return the value of each stand-in, as a database parameter."""
    values = dict(enumerate(given.get("keys", ()), start=_FIRST_KEY))
    if member := given.get("member"):
        moment = connection.ops.adapt_datetimefield_value
        values |= {_MEMBERSHIP: member.pk, _GROUP: member.group_id, _USER: member.user_id}
        values[moment(_JOINED_AT)] = moment(member.joined_at)
    if user := given.get("user"):
        values[_USER] = user.pk
    return values | {_SLUG: given.get("slug")}


def _filled(made: _Made, given: Mapping[str, Any], using: str, **_: Any) -> SQLCompiler:
    """Return a compiler that has its SQL already, for the connection of this thread."""
    compiler = copy(made.compiler)
    compiler.connection = connections[using]
    params = tuple(_of_stand_ins(made.params, _values(compiler.connection, given)))
    compiler.as_sql = lambda *args, **options: (made.sql, params)  # type: ignore[method-assign]
    return compiler


def _of_stand_ins(params: Iterable[Any], values: Mapping[Any, Any]) -> Iterator[Any]:
    for param in params:
        if param in values:
            # PostgreSQL is told the width of a number by its type.
            yield type(param)(values[param]) if isinstance(param, int) else values[param]
        else:
            yield param
