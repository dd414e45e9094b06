"""A text with each edit done in one of its ways, before anyone has read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papers.exports.patching.changes import Edit, Expected, Unshown
from papers.exports.patching.sheet import Key, PatchedLine
from papers.exports.patching.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Draft:
    lines: Sequence[PatchedLine]
    wanted: Wanted
    edits: Sequence[Edit]
    # What is to be read on the lines of each edit.
    expected: Mapping[Key, Sequence[Expected]]
    unshown: tuple[Unshown, ...]
    text: str
    # The lines of the source that the edits take out or replace.
    replaced: frozenset[int]
    # Whether nothing is done but to tick boxes, which no reading depends on.
    only_ticks: bool = False
