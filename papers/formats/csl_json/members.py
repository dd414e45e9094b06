"""JSON cut into its items, with the line that each begins on."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BLANK = re.compile(r"[\s\ufeff]*")
_KEY = re.compile(r'"((?:[^"\\]|\\.){0,2000})"\s*:\s*')
# Where the works stand in the answers and exports that wrap them.
_WRAPPERS = {"items", "references", "message", "data", "works"}
_DEEPEST_WRAPPER = 2
# What stands in nearly every work.
_OF_A_WORK = {"title", "type", "DOI", "author", "issued", "id"}
# Longer ones than any number that a record states stay text.
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Member:
    """A value with where it begins. What cannot be read has none."""

    start: int
    key: str = ""
    value: Any = None
    is_broken: bool = False


def items(text: str) -> list[Member]:
    """The works of the text: a list of them, one alone, or an object that holds them."""
    start = _after_blanks(text, 0)
    if text[start : start + 1] == "{":
        return _in_object(text, start)
    return list(_members(text, start))


def _in_object(text: str, start: int, depth: int = 0) -> list[Member]:
    """The works of an object: of its `items`, or itself, or its values."""
    whole: dict[str, Any] = {}
    members: list[Member] = []
    for member in _members(text, start):
        if member.key in _WRAPPERS and text[member.start : member.start + 1] == "[":
            return list(_members(text, member.start))
        if member.key in _WRAPPERS and isinstance(member.value, dict) and depth < _DEEPEST_WRAPPER:
            return _in_object(text, member.start, depth + 1)
        members.append(member)
        whole[member.key] = member.value
    if _OF_A_WORK & whole.keys() and not any(member.is_broken for member in members):
        return [Member(start, "", whole)]
    return members


def _members(text: str, start: int) -> Iterator[Member]:
    """The members of the list or object that begins there, up to the first that is broken."""
    ends = {"[": "]", "{": "}"}.get(text[start : start + 1])
    if ends is None:
        yield Member(start, is_broken=True)
        return
    at = _after_blanks(text, start + 1)
    while text[at : at + 1] != ends:
        member, at = _member(text, at, is_named=ends == "}")
        yield member
        if member.is_broken:
            return
        at = _after_blanks(text, at)
        if text[at : at + 1] == ",":
            at = _after_blanks(text, at + 1)
        elif text[at : at + 1] != ends:
            yield Member(at, is_broken=True)
            return


def _member(text: str, at: int, *, is_named: bool) -> tuple[Member, int]:
    key = ""
    if is_named:
        found = _KEY.match(text, at)
        if not found:
            return Member(at, is_broken=True), at
        key, at = found[1], found.end()
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return Member(at, key, is_broken=True), at
    return Member(at, key, value), end


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _number(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


_DECODER = json.JSONDecoder(
    parse_int=_number, parse_float=str, parse_constant=lambda name: None, strict=False
)
