"""The names of CSL as the text that a paper keeps, and back."""

from typing import Any

from papers.formats.core import people
from papers.formats.core.people import Name
from papers.formats.core.records import values

_PARTICLES = ("dropping-particle", "non-dropping-particle")


def of_names(names: Any) -> str:
    """Return the text of the names. What is no name is left out."""
    if isinstance(names, str):
        return values.without_html(names)
    if not isinstance(names, list):
        return ""
    return "; ".join(filter(None, map(_text, names)))


def names(text: str) -> list[dict[str, str]]:
    """Return the names of the text, an organisation in one piece."""
    return [_parts(name) for name in people.parted(text).names]


def are_people(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and _text(one) for one in value)
    )


def _text(name: Any) -> str:
    """`van der Berg, Ada, Jr.`"""
    if isinstance(name, str):
        return values.without_html(name)
    if not isinstance(name, dict):
        return ""
    part = {key: _piece(value) for key, value in name.items()}
    family = " ".join(filter(None, (part.get(key) for key in (*_PARTICLES, "family"))))
    if not family:
        return part.get("literal") or part.get("name") or part.get("given") or ""
    return ", ".join(filter(None, (family, part.get("given"), part.get("suffix"))))


def _piece(value: Any) -> str:
    """Return a part of a name, in which a semicolon would begin another name."""
    return (
        values.without_html(values.storable(value)).replace(";", ",")
        if isinstance(value, str)
        else ""
    )


def _parts(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given}
