"""Topics and pairs of names and texts, each as the text of one cell."""

import re

from papers.formats.core.reading_list import Path
from papers.formats.core.reading_list.details import Further

_STEP = " > "
_BETWEEN_STEPS = re.compile(r"\\[\\>]| > ")
_ESCAPE_IN_PATH = re.compile(r"\\([\\>])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r"}


def path_as_text(path: Path) -> str:
    """`Compression > Pruning`; a `>` in a name is written `\\>`."""
    return _STEP.join(re.sub(r"[\\>]", r"\\\g<0>", name) for name in path)


def path_in(text: str) -> Path:
    names: list[str] = []
    start = 0
    for found in _BETWEEN_STEPS.finditer(text):
        if found[0][0] != "\\":
            names.append(text[start : found.start()])
            start = found.end()
    names.append(text[start:])
    return tuple(_ESCAPE_IN_PATH.sub(r"\1", name) for name in names if name.strip())


def further_as_text(further: Further) -> str:
    """Return a line `name: text` for each pair."""
    return "\n".join(f"{_escaped(name, ':')}: {_escaped(text)}" for name, text in further)


def further_in(text: str) -> Further:
    return tuple(_pair(line) for line in text.split("\n") if line)


def _pair(line: str) -> tuple[str, str]:
    found = re.match(r"((?:[^\\:]|\\.)*): ?", line)
    if not found:
        return "", _plain(line)
    return _plain(found[1]), _plain(line[found.end() :])


def _escaped(text: str, also: str = "") -> str:
    text = re.sub(rf"[\\{also}]", r"\\\g<0>", text)
    return text.replace("\n", r"\n").replace("\r", r"\r")


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), text)
