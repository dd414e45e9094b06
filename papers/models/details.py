"""Convert the details of a paper to plain data and back."""

from typing import Any

from django.db import models

from groups.validators import as_one_line
from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, DetailKind
from papers.formats.core.reading_list.kinds import KINDS
from papers.models.papers import Paper


def entry_of_paper(paper: Paper, topic: Path = (), checked: bool | None = None) -> Entry:
    """Return the details of a paper as plain data."""
    said = {name: getattr(paper, name) for name in DETAILS}
    said["further"] = tuple((str(name), str(text)) for name, text in paper.further)
    return Entry(**said, topic=topic, checked=checked)


def column_values(said: Entry) -> dict[str, Any]:
    """Return a work's details, each fitted to its column; empty ones are left out."""
    found = {name: _fitted(name, getattr(said, name)) for name in DETAILS}
    return {name: value for name, value in found.items() if value}


def snapshot(said: Entry, original: str) -> dict[str, Any]:
    """Return an entry as it was imported, to be kept beside the paper."""
    return column_values(said) | {
        "original": original,
        **({"note": said.note} if said.note else {}),
        **({"file": said.file} if said.file else {}),
    }


def _fitted(name: str, value: Any) -> Any:
    column = Paper._meta.get_field(name)
    most = column.max_length if isinstance(column, models.Field) else None
    match DETAILS[name].kind:
        case DetailKind.PAIRS:
            return [[str(key), str(text)] for key, text in value]
        case DetailKind.YEAR:
            return value if value and 0 < value <= 2200 else None
        case DetailKind.TYPE:
            return value if value in KINDS else ""
        case DetailKind.PARAGRAPHS:
            return value[:most]
        case DetailKind.PROSE:
            return as_one_line(value, most or len(value))
    return value if value == as_one_line(value, most or len(value)) else ""
