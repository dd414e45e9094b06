"""Tell which headlines are papers, which are topics, and which are parts of a paper."""

import re
from collections.abc import Sequence
from enum import Enum

from papers.formats.markdown.notes import properties
from papers.formats.org import markup
from papers.formats.org.outline import Headline

_LISTED = re.compile(r"\s*(?:[-+]|\d{1,4}[.)]|(?<=\s)\*)\s+\S|\s*\|")
_BOXED = re.compile(r"\s*(?:[-+]|\d{1,4}[.)]|(?<=\s)\*)\s+\[[ xX-]\]\s")
_LONGEST_TITLE = 400
# `Papers`, `To read`: what is written above a list.
_MOST_WORDS_OF_NAME = 2


class HeadlineKind(Enum):
    TOPIC = "topic"
    # Recognised by its properties, and by its line.
    RECORD = "record"
    PAPER = "paper"


def kinds(root: Headline) -> dict[int, HeadlineKind]:
    """Return the kind of each headline by its line; parts of papers are left out."""
    found: dict[int, HeadlineKind] = {}
    for one in reversed(list(root.all())):
        if one.level:
            found[one.line] = _of_itself(one, found)
    for one in root.all():
        _hear_siblings(one, found)
    for one in root.all():
        if found.get(one.line) in {HeadlineKind.PAPER, HeadlineKind.RECORD}:
            for part in one.all():
                if part is not one:
                    found.pop(part.line, None)
    return found


def _of_itself(one: Headline, found: dict[int, HeadlineKind]) -> HeadlineKind:
    """Return the kind of a headline as judged by itself and by the headlines below it."""
    if properties.tells_a_paper(one.properties):
        return HeadlineKind.RECORD
    has_papers = any(found[child.line] is not HeadlineKind.TOPIC for child in one.children)
    if one.is_commented or len(one.title) > _LONGEST_TITLE:
        return HeadlineKind.TOPIC
    is_told = bool(one.properties) and properties.describe_papers(one.properties)
    if is_told and not has_papers and (one.keyword or not one.children):
        return HeadlineKind.RECORD
    if markup.is_a_link(one.title) and not has_papers and not _lists(one.body):
        return HeadlineKind.PAPER
    if not one.keyword or (has_papers and not _says_more(one)):
        return HeadlineKind.TOPIC
    is_name = len(one.title.split()) <= _MOST_WORDS_OF_NAME and _lists(one.body)
    boxes = sum(bool(_BOXED.match(line)) for _, line in one.body)
    is_list = one.is_counted or is_name or boxes > 1
    return (
        HeadlineKind.TOPIC
        if is_list and not _says_more(one) and not one.properties
        else HeadlineKind.PAPER
    )


def _says_more(one: Headline) -> bool:
    """Return whether the headline says more than the name of a topic would."""
    is_dated = bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", one.title))
    return "[[" in one.title or "http" in one.title or is_dated


def _hear_siblings(above: Headline, found: dict[int, HeadlineKind]) -> None:
    """Take headlines with nothing below for papers where no headline beside them is a topic."""
    if not above.children or (above.line and found.get(above.line) is not HeadlineKind.TOPIC):
        return
    plain = [one for one in above.children if found[one.line] is HeadlineKind.TOPIC]
    papers = len(above.children) - len(plain)
    are_bare = all(not one.children and not _lists(one.body) for one in plain)
    is_silent = all(not any(line.strip() for _, line in one.body) for one in plain)
    if not are_bare or any(one.is_commented for one in plain):
        return
    if papers > len(plain) or (is_silent and (above.level or papers or len(plain) > 1)):
        found.update((one.line, HeadlineKind.PAPER) for one in plain)


def _lists(body: Sequence[tuple[int, str]]) -> bool:
    return any(_LISTED.match(line) for _, line in body)
