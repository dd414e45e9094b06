"""What those beside it say of a candidate. They may speak for it and never against it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from papers.formats.lines.candidate import Candidate
from papers.formats.markdown.features import Page
from papers.formats.markdown.lexicon.words import BESIDE_PAPERS
from papers.formats.markdown.tagging import MORE, NOISE, NOTE, PAPER, Chances
from papers.formats.reading_list import Entry

# How sure it is of what stands in one list with sure papers, and nothing but papers.
_LIFTED = 0.72
# Less likely ones are at least doubtful.
_LIKELY = 0.2
_OF_NEWS = 0.05
_MOST_WORDS_OF_NAME = 4
_IN_LISTS = {"item", "number", "row"}
_LONGEST_NAME = 4
# A title says something with so many words, or letters where words are not parted.
_LEAST_WORDS, _LONG = 3, 25

_LINK = re.compile(r"\[[^\[\]]+\]\((?:<[^<>]*>|[^()]*)\)")

Place = tuple[str, str]


def heard(
    candidates: Sequence[Candidate],
    page: Page,
    roles: Mapping[int, Chances],
    sure: float,
    doubtful: float,
) -> list[Candidate]:
    """The candidates, of which those are surer that are written as sure ones are.

    With the same mark they are at least doubtful. Below the same heading, in a list that holds
    nothing but what may be papers, a likely one is sure; and one that is but a link, where two of
    three are sure.
    """
    of_sure = Counter(_place(page, one) for one in candidates if one.entry.confidence >= sure)
    of_all = Counter(_place(page, one) for one in candidates)
    places = set(of_sure)
    marks = {mark for mark, _ in places}
    taken = {line - 1 for one in candidates for line in one.entry.lines}
    of_papers = places - {_place_of(page, number) for number in page.numbers if number not in taken}
    found = []
    for one in candidates:
        place, level = _place(page, one), one.entry.confidence
        number = one.entry.lines[0] - 1
        if place[0] in marks and not _is_beside_papers(page, one):
            may_be_sure = level >= _LIKELY and _may_be_a_paper(roles.get(number))
            may_be_sure &= page.lines[number].box is not None or _says_enough(one.entry)
            if 3 * of_sure[place] >= 2 * of_all[place]:
                may_be_sure |= bool(_LINK.fullmatch(page.lines[number].content.strip()))
            if may_be_sure and page.lines[number].kind in _IN_LISTS and place in of_papers:
                level = max(level, _LIFTED)
            level = max(level, doubtful)
            one = replace(one, entry=replace(one.entry, confidence=level))
        found.append(one)
    return found


def without_news(candidates: Sequence[Candidate], page: Page) -> list[Candidate]:
    """The candidates, of which those are hardly doubtful that stand below *News* or the like and
    have the number or address of a surer one elsewhere: what is said there is about that one."""
    elsewhere: dict[str, float] = defaultdict(float)
    for one in candidates:
        if not _is_beside_papers(page, one):
            for key in _keys(one):
                elsewhere[key] = max(elsewhere[key], one.entry.confidence)
    return [
        replace(one, entry=replace(one.entry, confidence=_OF_NEWS))
        if _is_beside_papers(page, one)
        and any(elsewhere[key] > one.entry.confidence for key in _keys(one))
        else one
        for one in candidates
    ]


def with_people_first(candidates: Sequence[Candidate], page: Page) -> list[Candidate]:
    """The candidates, of which those have people that are written as others of their list are:
    before a colon."""
    of_place: Counter[Place] = Counter()
    people: Counter[Place] = Counter()
    for one in candidates:
        content = page.lines[one.entry.lines[0] - 1].content
        of_place[_place(page, one)] += 1
        people[_place(page, one)] += bool(
            one.entry.authors and content.startswith(f"{one.entry.authors}:")
        )
    return [
        _parted(one) if 2 * people[_place(page, one)] > of_place[_place(page, one)] else one
        for one in candidates
    ]


def _parted(one: Candidate) -> Candidate:
    who, colon, title = one.entry.title.partition(": ")
    if one.entry.authors or not colon or len(who.split()) > _MOST_WORDS_OF_NAME:
        return one
    return replace(one, entry=replace(one.entry, authors=who, title=title))


def _keys(one: Candidate) -> set[str]:
    return _keys_of(one.entry)


def _keys_of(entry: Entry) -> set[str]:
    return {entry.url, entry.arxiv, entry.doi} - {""}


def _is_beside_papers(page: Page, one: Candidate) -> bool:
    words = page.lines[one.entry.lines[0] - 1].heading.casefold().split()
    return len(words) <= _LONGEST_NAME and not BESIDE_PAPERS.isdisjoint(words)


def _place(page: Page, one: Candidate) -> Place:
    return _place_of(page, one.entry.lines[0] - 1)


def _place_of(page: Page, number: int) -> Place:
    return page.groups[number], page.lines[number].heading


def _says_enough(entry: Entry) -> bool:
    """Whether a title is more than a word or two, or there is more than a title."""
    is_long = len(entry.title.split()) >= _LEAST_WORDS or len(entry.title) >= _LONG
    return is_long or bool(_keys_of(entry) or entry.authors or entry.year or entry.venue)


def _may_be_a_paper(role: Chances | None) -> bool:
    return role is not None and role[PAPER] > max(role[MORE], role[NOTE], role[NOISE])
