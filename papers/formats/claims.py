"""What a format's own fields do not give back, said once more in a field of ours.

Whoever edits the record with another program changes the format's own fields only. So a claim is
believed where writing what it says would give the fields that stand there.
"""

import json
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from papers.formats.details import DETAILS, Further
from papers.formats.kinds import KINDS
from papers.formats.reading_list import Entry, Path
from papers.formats.repair import one_line
from papers.formats.values import storable

# What the record says in each of its fields.
Fields = Mapping[str, Hashable]
Claims = dict[str, Any]
_ALLOWED = {
    "kind": re.compile("|".join(["", *map(re.escape, KINDS)])),
    "published": re.compile(r"(?:\d{4}-\d\d(?:-\d\d)?)?"),
}


def needed(entry: Entry, read: Entry | None) -> Claims:
    """What is not read out of the fields of the entry as the entry says it."""
    if read is None:
        return {}
    return {
        name: getattr(entry, name)
        for name in DETAILS
        if getattr(entry, name) != getattr(read, name)
    }


def believed(
    read: Entry,
    claims: Claims,
    *,
    fields: Fields,
    written: Callable[[Entry], Fields],
    said_in: Mapping[str, tuple[str, ...]],
) -> Entry:
    """The entry with each claim that agrees with the fields that it is said in."""
    claims = {name: value for name, value in claims.items() if _may_be(name, value)}
    if not claims:
        return read
    as_claimed = written(replace(read, **claims))
    agreed = {
        name: value
        for name, value in claims.items()
        if all(as_claimed.get(field) == fields.get(field) for field in said_in.get(name, ()))
    }
    return replace(read, **agreed)


def as_text(value: Any) -> str:
    """A claim in one line: as it is where nothing in it would be lost, else as JSON."""
    if (
        isinstance(value, str)
        and value == one_line(storable(value))
        and value[:1] not in {'"', "["}
    ):
        return value
    return in_one_line(value)


def in_one_line(value: Any) -> str:
    """The value as JSON that does not mind when runs of blanks become one."""
    return json.dumps(value).replace("  ", " \\u0020")


def of_text(name: str, text: str) -> Any:
    """The claim that the text makes; None where it makes none."""
    if name == "year":
        return int(text) if text.lstrip("-").isdecimal() and len(text) <= 5 else None
    if not text.startswith(('"', "[")):
        return "" if name == "further" else text
    try:
        return of_json(name, json.loads(text))
    except (ValueError, RecursionError):
        return None


def of_json(name: str, value: Any) -> Any:
    if name != "further":
        return storable(value) if isinstance(value, str) else value
    return _further(value)


def path(value: Any) -> tuple[Path, ...]:
    """The one topic whose names the list holds, if they are names."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return ()
    names = tuple(map(storable, value))
    return (names,) if all(name.strip() for name in names) else ()


def _further(value: Any) -> Further | None:
    if not isinstance(value, list) or not all(map(_is_pair, value)):
        return None
    return tuple((storable(name), storable(text)) for name, text in value)


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value)
    )


def _may_be(name: str, value: Any) -> bool:
    if name == "year":
        return value is None or (type(value) is int and -9999 <= value <= 9999)
    if name == "further":
        return isinstance(value, tuple)
    if name in _ALLOWED:
        return isinstance(value, str) and bool(_ALLOWED[name].fullmatch(value))
    return name in DETAILS and isinstance(value, str) and (bool(value.strip()) or name != "title")
