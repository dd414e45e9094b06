"""What those beside it say of a candidate. They may speak for it and never against it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from papers.formats.core.reading_list import Entry
from papers.formats.markdown.features import NAMES, Page
from papers.formats.markdown.lexicon.words import BESIDE_PAPERS
from papers.formats.markdown.rules.lines import names
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.tagging import MORE, NOISE, NOTE, PAPER, Chances

# How sure it is of what is in one list with sure papers, and nothing but papers.
_LIFTED = 0.72
# What may be a break in a schedule of papers is at most so sure.
_BREAK = 0.6
# So likely a paper or its line has to be that its neighbours speak for it.
_LIKELY, _LIKELY_LINE = 0.2, 0.45
_OF_NEWS = 0.05
_LEAST_OF_NAME, _MOST_WORDS_OF_NAME = 2, 4
_IN_LISTS = {"item", "number", "row"}
_LONGEST_NAME = 4
# A title says something with so many words, or letters where words are not parted.
_LEAST_WORDS, _LONG = 3, 25

_LAST_OF_PEOPLE = re.compile(r"((?:and|&|und|et|y)\s+)?([^\W\d_][^:,]{2,40}):\s+(\S.*)")
_BETWEEN = re.compile(r"[,.]? (?:[-–—/(]|by )? ?$")
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
    nothing but what may be papers, a likely one is sure if most are, or one that says what only
    papers say; and one that is but a link, where two of three are sure. Of a table in which four of
    five rows are sure, the others are that say more than a title.
    """
    surely = [one for one in candidates if one.entry.confidence >= sure]
    of_sure = Counter(_place(page, one) for one in surely)
    speaking = {_place(page, one) for one in surely if _is_told_in_full(one.entry)}
    of_all = Counter(_place(page, one) for one in candidates)
    places = set(of_sure)
    marks = {mark for mark, _ in places}
    taken = {line - 1 for one in candidates for line in one.entry.lines}
    of_papers = places - {_place_of(page, number) for number in page.numbers if number not in taken}
    found = []
    for one in candidates:
        place, level = _place(page, one), one.entry.confidence
        number = one.entry.lines[0] - 1
        are_nearly_all_sure = 5 * of_sure[place] >= 4 * of_all[place]
        if place[0] in marks and not _is_beside_papers(page, one):
            may_be_sure = _may_be_a_paper(roles.get(number), level)
            may_be_sure &= page.lines[number].box is not None or _says_enough(one.entry)
            may_be_sure &= not (page.lines[number].kind == "row" and _is_bare(one.entry))
            may_be_sure &= place in speaking or 3 * of_sure[place] >= 2 * of_all[place]
            if 3 * of_sure[place] >= 2 * of_all[place]:
                may_be_sure |= bool(_LINK.fullmatch(page.lines[number].content.strip()))
            if page.lines[number].kind == "row" and place in speaking and _is_a_break(one.entry):
                level = min(level, _BREAK)
            if page.lines[number].kind == "row" and are_nearly_all_sure:
                may_be_sure |= not _is_bare(one.entry)
            if may_be_sure and page.lines[number].kind in _IN_LISTS and place in of_papers:
                level = max(level, _LIFTED)
            level = max(level, doubtful)
            if level != one.entry.confidence:
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


def with_people(candidates: Sequence[Candidate], page: Page) -> list[Candidate]:
    """The candidates, of which those have people that are written as others of their list are:
    before a colon, or behind the title in the text of its link."""
    of_all: Counter[str] = Counter()
    before: Counter[str] = Counter()
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in candidates:
        number = one.entry.lines[0] - 1
        group, content = page.groups[number], page.lines[number].content
        of_all[group] += 1
        before[group] += bool(one.entry.authors and content.startswith(f"{one.entry.authors}:"))
        if one.entry.authors and (between := _before_people(one.entry.authors, content)):
            behind[group][between] += 1
    found = []
    for one in candidates:
        group = page.groups[one.entry.lines[0] - 1]
        if before[group] > 1 and 4 * before[group] >= of_all[group]:
            one = _parted(_with_the_last(one), is_usual=2 * before[group] > of_all[group])
        for between, count in behind[group].items():
            one = _parted_behind(one, between, is_usual=count > 1)
        found.append(one)
    return found


def _before_people(people: str, content: str) -> str:
    """What parts people from the title where they are at the end of the text of a link; empty where
    they are not."""
    *texts, _ = content.split("](")
    for text in texts:
        before = text.removesuffix(people) if people in text else text
        if before == text:
            before = text.removesuffix(f"{people})")
        if before != text and (found := _BETWEEN.search(before)):
            return found[0]
    return ""


def _parted(one: Candidate, is_usual: bool) -> Candidate:
    who, colon, title = one.entry.title.partition(": ")
    is_short = len(who.split()) <= _MOST_WORDS_OF_NAME
    is_full = is_short and len(who.split()) >= _LEAST_OF_NAME and names.are_names(who)
    may_be = _are_people(who) or is_full or (is_usual and is_short)
    if one.entry.authors or not colon or not may_be:
        return one
    return replace(one, entry=replace(one.entry, authors=who, title=title))


def _parted_behind(one: Candidate, between: str, is_usual: bool) -> Candidate:
    title, _, who = one.entry.title.rpartition(between)
    who = who.removesuffix(")")
    may_be = names.are_surely_names(who) or (is_usual and names.are_names(who))
    if one.entry.authors or not title or not may_be:
        return one
    return replace(one, entry=replace(one.entry, authors=who, title=title))


def _with_the_last(one: Candidate) -> Candidate:
    """The candidate with the last of its people, where that one was taken for a part of the title:
    `Marsh, Ortega` and `and Bo Lindqvist: Hives That Learn`."""
    found = _LAST_OF_PEOPLE.match(one.entry.title)
    if not found or not one.entry.authors or len(found[2].split()) > _MOST_WORDS_OF_NAME:
        return one
    if len(found[2].split()) < _LEAST_OF_NAME or not names.are_names(found[2]):
        return one
    people = f"{one.entry.authors}, {found[1] or ''}{found[2]}"
    return replace(one, entry=replace(one.entry, authors=people, title=found[3]))


def _are_people(words: str) -> bool:
    """Whether the words are names, and of more than one person or known ones."""
    if not names.are_names(words):
        return False
    known = {word.strip(".,").casefold() for word in words.split()} & NAMES
    return bool(known) or names.are_surely_names(words)


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


def _is_told_in_full(entry: Entry) -> bool:
    """Whether what is said of it is said of papers only, so that it speaks for those beside it."""
    has_number = bool(entry.arxiv or entry.doi or entry.pmid)
    return has_number or bool(entry.year) or bool(entry.authors and entry.venue)


def _is_bare(entry: Entry) -> bool:
    """Whether nothing is said but a title. A row of a table that says no more is often a break."""
    return not (_keys_of(entry) or entry.file or entry.authors or entry.year or entry.venue)


def _is_a_break(entry: Entry) -> bool:
    """Whether a row that says nothing but a few words is more likely a break than a paper."""
    return _is_bare(entry) and len(entry.title.split()) <= _LEAST_WORDS


def _says_enough(entry: Entry) -> bool:
    """Whether a title is more than a word or two, or there is more than a title."""
    is_long = len(entry.title.split()) >= _LEAST_WORDS or len(entry.title) >= _LONG
    return is_long or bool(_keys_of(entry) or entry.authors or entry.year or entry.venue)


def _may_be_a_paper(role: Chances | None, level: float) -> bool:
    """Whether its line is more likely a paper's than anything else, and it is likely itself."""
    if role is None or role[PAPER] <= max(role[MORE], role[NOTE], role[NOISE]):
        return False
    return level >= _LIKELY or role[PAPER] >= _LIKELY_LINE
