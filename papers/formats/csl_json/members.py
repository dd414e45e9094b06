"""JSON cut into its items, with the line that each begins on."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BLANK = re.compile(r"[\s\ufeff]*")
_KEY = re.compile(r'"((?:[^"\\]|\\.){0,2000})"\s*:\s*')
# Where the works are in the answers and exports that wrap them.
_WRAPPERS = {"items", "references", "message", "data", "works"}
_DEEPEST_WRAPPER = 2
# What is in nearly every work.
_OF_A_WORK = {"title", "type", "DOI", "author", "issued", "id"}
# Where a work may begin behind one that cannot be read.
_BEGINNING = re.compile(r"\{\s*\"")
# So much is tried in vain at most: a text made of nothing but beginnings would never end.
_MOST_IN_VAIN = 8_000_000
_LEAST_IN_VAIN = 1_000
_LONGEST_WORK = 200_000
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
    """Return the works of the text: a list of them, one alone, or an object that holds them."""
    start = _after_blanks(text, 0)
    if text[start : start + 1] != "{":
        return list(_members(text, start, is_whole=True))
    return _line_by_line(text, start) or _in_object(text, start)


def _line_by_line(text: str, start: int) -> list[Member]:
    """Return the works of a text that has each on a line of its own, in no list."""
    member, at = _member(text, start, is_named=False)
    at = _after_blanks(text, at)
    if member.is_broken or text[at : at + 1] != "{" or len(_OF_A_WORK & member.value.keys()) < 2:
        return []
    return _sequence(text, start)


def _sequence(text: str, start: int) -> list[Member]:
    found: list[Member] = []
    next_work, at = _Next(text), start
    while at < len(text):
        member, end = _member(text, at, is_named=False)
        found.append(member)
        at = _after_separator(text, end)
        if member.is_broken:
            work, end = next_work.after(at)
            if work is None:
                break
            found.append(work)
            at = _after_separator(text, end)
    return found


def _in_object(text: str, start: int, depth: int = 0) -> list[Member]:
    """Return the works of an object: of its `items`, or itself, or its values."""
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


def _members(text: str, start: int, *, is_whole: bool = False) -> Iterator[Member]:
    """Yield the members of the list or object that begins there. Behind one that is broken it goes
    on with the next work; so it does behind its end, where it is the whole text and more follows.
    """
    ends = {"[": "]", "{": "}"}.get(text[start : start + 1])
    if ends is None:
        yield Member(start, is_broken=True)
        return
    next_work = _Next(text)
    at = _after_blanks(text, start + 1)
    while not (text[at : at + 1] == ends and (not is_whole or _is_blank(text, at + 1))):
        member, at = _member(text, at, is_named=ends == "}")
        yield member
        at = _after_blanks(text, at)
        if not member.is_broken and text[at : at + 1] == ",":
            at = _after_blanks(text, at + 1)
            continue
        if not member.is_broken and text[at : at + 1] in {ends, "{"}:
            continue  # at its end, or behind a comma that was forgotten
        if not member.is_broken:
            yield Member(at, is_broken=True)
        work, at = next_work.after(at)
        if work is None:
            return
        yield work
        at = _after_separator(text, at)


class _Next:
    """The next work behind what is broken, and where it ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.in_vain = 0

    def after(self, start: int) -> tuple[Member | None, int]:
        for found in _BEGINNING.finditer(self.text, start + 1):
            if self.in_vain > _MOST_IN_VAIN:
                break
            # An error is reported by its line, which takes as long as the text is before it.
            piece = self.text[found.start() : found.start() + _LONGEST_WORK]
            try:
                value, length = _DECODER.raw_decode(piece)
            except json.JSONDecodeError as error:
                self.in_vain += error.pos + _LEAST_IN_VAIN
                continue
            except (ValueError, RecursionError):
                self.in_vain += _LONGEST_WORK
                continue
            end = found.start() + length
            if "title" in value or len(_OF_A_WORK & value.keys()) > 1:
                return Member(found.start(), value=value), end
            self.in_vain += end - found.start()
        return None, len(self.text)


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


def _is_blank(text: str, at: int) -> bool:
    return _after_blanks(text, at) == len(text)


def _after_separator(text: str, at: int) -> int:
    at = _after_blanks(text, at)
    return _after_blanks(text, at + 1) if text[at : at + 1] == "," else at


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _number(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


_DECODER = json.JSONDecoder(
    parse_int=_number, parse_float=str, parse_constant=lambda name: None, strict=False
)
