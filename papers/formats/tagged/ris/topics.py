"""Topics in a record of RIS, which has no field for them: `topic: Learning > With labels`."""

import json

from papers.formats.core.reading_list import Path
from papers.formats.core.records import lossless_fields

_PREFIX = "topic:"
_BELOW = " > "


def topic_line(path: Path) -> str:
    """Return the topic with those above it; as JSON where the names would not come back."""
    plain = f"{_PREFIX} {_BELOW.join(path)}"
    return plain if of_line(plain) == (path,) else f"{_PREFIX} {lossless_fields.in_one_line(path)}"


def of_line(text: str) -> tuple[Path, ...]:
    """Return the one topic that the text names, if it names any. The top of the list is `topic:
    []`.
    """
    if not text.startswith(_PREFIX):
        return ()
    named = text.removeprefix(_PREFIX).strip()
    if named.startswith("["):
        return _of_json(named)
    names = tuple(" ".join(name.split()) for name in named.split(_BELOW))
    return (names,) if all(names) else ()


def _of_json(text: str) -> tuple[Path, ...]:
    try:
        return lossless_fields.path(json.loads(text))
    except (ValueError, RecursionError):
        return ()
