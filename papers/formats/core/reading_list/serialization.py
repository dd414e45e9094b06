"""Serialize a reading list to data that JSON can hold, and back."""

from dataclasses import fields
from typing import Any

from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, ReportedLine

_DEFAULTS = {field.name: field.default for field in fields(Entry)}


def serialize(reading_list: ReadingList) -> dict[str, Any]:
    return {
        "title": reading_list.title,
        "title_lines": reading_list.title_lines,
        "topics": [[topic.path, topic.lines] for topic in reading_list.topics],
        "entries": [serialize_entry(entry) for entry in reading_list.entries],
        "doubtful": [serialize_entry(entry) for entry in reading_list.doubtful],
        "not_understood": [_line(line) for line in reading_list.not_understood],
        "remarks": [_line(line) for line in reading_list.remarks],
    }


def deserialize(data: dict[str, Any]) -> ReadingList:
    return ReadingList(
        title=data["title"],
        title_lines=tuple(data["title_lines"]),
        topics=tuple(ListedTopic(tuple(path), tuple(lines)) for path, lines in data["topics"]),
        entries=tuple(map(deserialize_entry, data["entries"])),
        doubtful=tuple(map(deserialize_entry, data.get("doubtful", ()))),
        not_understood=tuple(ReportedLine(*line) for line in data["not_understood"]),
        remarks=tuple(ReportedLine(*line) for line in data["remarks"]),
    )


def serialize_entry(entry: Entry) -> dict[str, Any]:
    """Return the details of the entry that are not at their defaults."""
    said = {name: getattr(entry, name) for name in _DEFAULTS}
    return {name: value for name, value in said.items() if value != _DEFAULTS[name]}


def deserialize_entry(data: dict[str, Any]) -> Entry:
    """Build an entry; names that entries no longer have are ignored."""
    said = {name: value for name, value in data.items() if name in _DEFAULTS}
    for name in ("topic", "lines"):
        said[name] = tuple(said.get(name, ()))
    for name in ("further", "spelt"):
        said[name] = tuple((key, text) for key, text in said.get(name, ()))
    return Entry(**said)


def _line(line: ReportedLine) -> list[Any]:
    return [line.number, line.text, line.reason]
