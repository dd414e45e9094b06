"""`manage.py read_list FILE`: what the reader makes of a list, as JSON."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.formats.core import doubts
from papers.formats.core.reading_list import (
    Entry,
    ListedPaper,
    ListedTopic,
    ReadingList,
    ReportedLine,
)
from papers.formats.core.reading_list.details import DETAILS
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.formats.core.text import LARGEST_FILE, Refused, decode
from papers.formats.registry import recognition
from papers.formats.web import web_page


class Command(BaseCommand):
    help = (
        "Print the papers of a reading list as JSON, one entry for each topic of a paper. "
        "What may be a paper is listed as doubtful."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list, in any format that is read")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            decoded = decode(_start_of(file))
            text = web_page.text_of(decoded.text)
            found = recognition.recognised(text, file.name)
            reading_list = recognition.with_remarks(
                recognition.read(text, found), doubts.of_encoding(decoded.encoding, decoded.text)
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror or error}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if decoded.is_guess:
            self.stderr.write(
                f"{file} is not UTF-8. It was read as {decoded.encoding}: check the accents."
            )
        self.stdout.write(json.dumps({"format": found.name, **_as_json(reading_list)}, indent=2))


def _start_of(file: Path) -> bytes:
    """Return the bytes of the file, or one more than is allowed of a larger one."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def _as_json(reading_list: ReadingList) -> dict[str, Any]:
    return {
        "title": reading_list.title,
        "topics": [_topic_as_json(topic) for topic in reading_list.topics],
        "entries": [
            _entry_as_json(places, reading_list.title) for places in _mentions(reading_list.entries)
        ],
        "doubtful": [
            _entry_as_json(places, reading_list.title)
            for places in _mentions(reading_list.doubtful)
        ],
        "duplicates": [
            _duplicate_as_json(paper, reading_list.title) for paper in reading_list.duplicates
        ],
        "not_understood": [_line_as_json(line) for line in reading_list.not_understood],
        "remarks": [_line_as_json(line) for line in reading_list.remarks],
    }


def _topic_as_json(topic: ListedTopic) -> dict[str, Any]:
    return {"name": topic.name, "path": topic.path, "line": next(iter(topic.lines), None)}


def _mentions(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return the entries, those of one record together: it may name several topics."""
    found: dict[tuple[str, tuple[int, ...]], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.title, entry.lines), []).append(entry)
    return list(found.values())


def _entry_as_json(places: list[Entry], list_title: str) -> dict[str, Any]:
    entry = places[0]
    return {
        **{detail: getattr(entry, detail) or None for detail in DETAILS},
        # What a paper is called for want of a title, the list does not say.
        "title": None if is_placeholder(entry) else entry.title,
        # As the source spells them; what they are compared by is the identity's.
        **dict(entry.spelt),
        "kept_title": entry.title if "title" in dict(entry.spelt) else None,
        "authors": entry.authors or entry.editors or None,
        "original": entry.original or None,
        "topic": _name_of_topic(entry, list_title),
        "paths": [place.topic for place in places],
        "url": entry.url or entry.file or None,
        "checked": entry.checked,
        "status": entry.status or None,
        "note": entry.note or None,
        "date": entry.date or None,
        "presenters": entry.presenters or None,
        "proposer": entry.proposer or None,
        "line": entry.lines[0],
        "confidence": entry.confidence,
    }


def _line_as_json(line: ReportedLine) -> dict[str, Any]:
    return {"line": line.number, "text": line.text, "reason": line.reason or None}


def _duplicate_as_json(paper: ListedPaper, list_title: str) -> dict[str, Any]:
    return {
        "title": paper.title,
        "identity": paper.identity,
        "places": [
            {"line": entry.lines[0], "topic": _name_of_topic(entry, list_title)}
            for entry in paper.entries
        ],
    }


def _name_of_topic(entry: Entry, list_title: str) -> str | None:
    """Return the nearest heading, which is the list's own where no topic is nearer."""
    return entry.topic[-1] if entry.topic else list_title or None
