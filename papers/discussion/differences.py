"""The texts that a comment has had, and their differences word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from papers.models import Comment

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Of longer texts the lines are compared, which takes no more time.
_MOST_WORDS = 4_000


class Part(NamedTuple):
    """A stretch of text, and the tag of what an edit did with it: `ins`, `del` or none."""

    tag: str
    text: str


def word_differences(before: str, after: str) -> list[Part]:
    """Return what an edit removed, added and left, in order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_parts(old, new))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for _, i, to_i, j, to_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[i:to_i]), "".join(new[j:to_j])
        if removed == added:
            yield Part("", removed)
            continue
        if removed:
            yield Part("del", removed)
        if added:
            yield Part("ins", added)


@dataclass(frozen=True)
class Version:
    """One text of a comment, as the differences from the one before it; the first is all there."""

    label: str
    written_at: datetime
    parts: list[Part]


def versions_of(comment: Comment) -> list[Version]:
    """Return the texts that a comment has had, the latest first."""
    earlier = comment.earlier.order_by("version")
    texts = [(one.written_at, one.source) for one in earlier]
    texts.append((comment.edited_at or comment.created_at, comment.source))
    (written_at, first), *_ = texts
    found = [Version("At first", written_at, [Part("", first)])]
    for number, ((_, before), (moment, after)) in enumerate(pairwise(texts), start=2):
        label = "Now" if number == len(texts) else f"Version {number}"
        found.append(Version(label, moment, word_differences(before, after)))
    return found[::-1]
