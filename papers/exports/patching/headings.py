"""The lines of a heading: renamed, or put on another level."""

import re

from papers.formats.core.commonmark.inline import escaped, plain
from papers.formats.core.text.repair import one_line
from papers.formats.markdown import document

DEEPEST = 6
_MARKED = re.compile(r"^( {0,3})(#{1,6})([ \t]*)(.*?)([ \t]+#+[ \t]*|[ \t]*)$", re.DOTALL)
_UNDERLINES = {1: "=", 2: "-"}


def new(level: int, name: str) -> list[str]:
    return [f"{'#' * min(level, DEEPEST)} {_text(name)}"]


def changed(lines: list[str], old: str, name: str, level: int) -> list[str]:
    """Return the heading, called by another name or on another level, otherwise as it was written.

    Written anew where it would not be read so.
    """
    for text in dict.fromkeys([_renamed(lines, old, name), _text(name)]):
        written = _written(lines, text, level)
        if _is_read_as(written, name):
            return written
    return new(level, name)


def renamed_label(line: str, old: str, name: str) -> str:
    """Return a line such as `Monday:` that is used as a heading."""
    return line.replace(old, escaped(name), 1) if old in line else f"{escaped(name)}:"


def _renamed(lines: list[str], old: str, name: str) -> str:
    """Return the text of the heading with what is around the name, such as an anchor."""
    text = _text_of(lines)
    return text.replace(old, _text(name), 1) if old in text else _text(name)


def _text_of(lines: list[str]) -> str:
    marked = _MARKED.match(lines[0])
    return marked[4] if marked else " ".join(line.strip() for line in lines[:-1])


def _written(lines: list[str], text: str, level: int) -> list[str]:
    marked = _MARKED.match(lines[0])
    if marked:
        indent, _, blanks, _, closing = marked.groups()
        closing = (
            closing.replace("#" * len(closing.strip()), "#" * level) if closing.strip() else closing
        )
        return [f"{indent}{'#' * level}{blanks}{text}{closing}"]
    if level not in _UNDERLINES:
        return [f"{'#' * level} {text}"]
    underline = re.sub("[=-]", _UNDERLINES[level], lines[-1])
    return [text, underline]


def _is_read_as(lines: list[str], name: str) -> bool:
    sections = document.parse_document("\n".join(lines)).sections
    return any(section.name == name for section in sections)


def _text(name: str) -> str:
    """Return the name as the text of a heading, which may close with marks of its own."""
    text = escaped(one_line(name))
    return rf"{text[:-1]}\#" if text.endswith("#") and plain(text) == name else text
