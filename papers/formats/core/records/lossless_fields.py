"""Lossless fields: details that a format's own fields do not give back, in a field of ours.

Other programs edit the format's own fields only. So a lossless field is restored only where writing
its value gives the format's own fields as they are in the record.
"""

import json
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, Further
from papers.formats.core.reading_list.kinds import KINDS
from papers.formats.core.records.values import storable
from papers.formats.core.text.repair import one_line

# What the record says in each of its fields.
ComparableFields = Mapping[str, Hashable]
LosslessFields = dict[str, Any]
_ALLOWED = {
    "kind": re.compile("|".join(["", *map(re.escape, KINDS)])),
    "published": re.compile(r"(?:\d{4}-\d\d(?:-\d\d)?)?"),
}


def needed(entry: Entry, read: Entry | None) -> LosslessFields:
    """Return the details of the entry that reading its own fields does not give back."""
    if read is None:
        return {}
    return {
        name: getattr(entry, name)
        for name in DETAILS
        if getattr(entry, name) != getattr(read, name)
    }


def restored(
    read: Entry,
    lossless: LosslessFields,
    *,
    fields: ComparableFields,
    written: Callable[[Entry], ComparableFields],
    said_in: Mapping[str, tuple[str, ...]],
) -> Entry:
    """Return the entry with each lossless field that agrees with the format's own fields."""
    lossless = {name: value for name, value in lossless.items() if _may_be(name, value)}
    if not lossless:
        return read
    written_fields = written(replace(read, **lossless))
    agreed = {
        name: value
        for name, value in lossless.items()
        if all(written_fields.get(field) == fields.get(field) for field in said_in.get(name, ()))
    }
    return replace(read, **agreed)


def as_text(value: Any) -> str:
    """Return the value in one line: unchanged where nothing in it would be lost, else as JSON."""
    if (
        isinstance(value, str)
        and value == one_line(storable(value))
        and value[:1] not in {'"', "["}
    ):
        return value
    return in_one_line(value)


def in_one_line(value: Any) -> str:
    """Return the value as JSON that does not mind when runs of blanks become one."""
    return json.dumps(value).replace("  ", " \\u0020")


def of_text(name: str, text: str) -> Any:
    """Parse the text of a lossless field; return None where it has no value."""
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
    """Return the one topic whose names the list holds, if they are names."""
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
