"""Features of a section, and of the text as a whole: how many of its lines say when something was
published, lead to a paper, or name people. That parts a bare title from a chore."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from papers.formats.markdown.features.texts import HOSTS_OF_PAPERS, Features, encoded
from papers.formats.markdown.lexicon.words import OF_PAPERS
from papers.formats.markdown.lines import Line
from papers.formats.markdown.pieces import Piece

_COUNTED = {"item", "number", "row", "text", "html"}
# Other places that a link may lead to.
_ELSEWHERE = {"code", "talk", "web"}
_LEVELS = (0.0, 0.1, 0.35, 0.7)
_COUNTS = (1, 2, 4, 9, 30)
_WORD = re.compile(r"\w+")
_LONGEST_NAME = 200


def of_sections(
    lines: Sequence[Line], pieces: Sequence[Sequence[Piece]], hosts: Sequence[Sequence[str]]
) -> list[Features]:
    """For each line what is seen of its section and of the whole text."""
    kinds_of = list(map(_kinds, lines, pieces, hosts))
    page = list(_levels("P", kinds_of))
    found: list[Features] = []
    below = zip(sections(lines), kinds_of, strict=True)
    for heading, section in groupby(below, key=lambda one: one[0]):
        own = [kinds for _, kinds in section]
        of_section = [*_levels("S", own), *_named(lines[heading] if heading >= 0 else None), *page]
        found += [[*map(encoded, of_section)]] * len(own)
    return found


def sections(lines: Sequence[Line]) -> list[int]:
    """For each line the index of the heading that it is below; -1 above the first one."""
    found, heading = [], -1
    for number, line in enumerate(lines):
        if line.kind == "heading":
            heading = number
        found.append(heading)
    return found


def _kinds(line: Line, own: Sequence[Piece], hosts: Sequence[str]) -> set[str] | None:
    """Return what a line says that papers say; None of a line that is not counted."""
    if line.kind not in _COUNTED or not own:
        return None
    kinds = {"l" for host in hosts if host in HOSTS_OF_PAPERS}
    kinds |= {"o" for host in hosts if host in _ELSEWHERE}
    kinds |= {"f" for host in hosts if host == "local"}
    kinds |= {"b"} if line.box is not None else set()
    kinds |= {"y" for one in own if one.kind in {"year", "short"}}
    return kinds | {"a" for one in own if one.kind == "etal"}


def _levels(letter: str, kinds_of: Iterable[set[str] | None]) -> Iterable[str]:
    counted = [kinds for kinds in kinds_of if kinds is not None]
    yield f"{letter}n{sum(limit <= len(counted) for limit in _COUNTS)}"
    for kind in "lofyab":
        share = sum(kind in kinds for kinds in counted) / max(1, len(counted))
        yield f"{letter}{kind}{sum(limit < share for limit in _LEVELS)}"


def _named(heading: Line | None) -> Iterable[str]:
    name = heading.content[:_LONGEST_NAME].casefold() if heading else ""
    if not OF_PAPERS.isdisjoint(_WORD.findall(name)):
        yield "ofpapers"
