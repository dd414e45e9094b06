"""Let those beside a candidate speak for it. They may speak for it and never against it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from papers.formats.core.reading_list import Entry
from papers.formats.markdown import names
from papers.formats.markdown.features import NAMES, Page
from papers.formats.markdown.found import Found
from papers.formats.markdown.lexicon.words import BESIDE_PAPERS
from papers.formats.markdown.lines import Line
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.stretches import DETAILS
from papers.formats.markdown.tagging import MORE, NOISE, NOTE, PAPER, Chances

# How sure it is of what stands in one list with sure papers, and nothing but papers.
_LIFTED = 0.72
# Of so many that are written alike, what one of so many has is seldom.
_MANY, _SELDOM, _FEW = 6, 6, 2
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
_GOING_ON = (",", ":", "by")
_BETWEEN = re.compile(r"[,.]? (?:[-–—/(]|by )? ?$")
_LINK = re.compile(r"\[[^\[\]]+\]\((?:<[^<>]*>|[^()]*)\)")

Place = tuple[str, str]


def heard(
    candidates: Sequence[Entry],
    page: Page,
    roles: Mapping[int, Chances],
    sure: float,
    doubtful: float,
) -> list[Entry]:
    """Return the candidates, of which those are surer that are written as sure ones are.

    With the same mark they are at least doubtful. Below the same heading, in a list that holds
    nothing but what may be papers, a likely one is sure if most are, or one that says what only
    papers say; and one that is but a link, where two of three are sure. Of a table in which four of
    five rows are sure, the others are that say more than a title.
    """
    beside = _Beside(candidates, page, roles, sure)
    found = []
    for one in candidates:
        level = beside.level(one, doubtful)
        found.append(one if level == one.confidence else replace(one, confidence=level))
    return found


class _Beside:
    """Counts of the papers that are beside each other, and of the sure ones among them."""

    def __init__(
        self,
        candidates: Sequence[Entry],
        page: Page,
        roles: Mapping[int, Chances],
        sure: float,
    ) -> None:
        self.page, self.roles = page, roles
        surely = [one for one in candidates if one.confidence >= sure]
        self.sure_count = len(surely)
        self.of_sure = Counter(_place(page, one) for one in surely)
        self.of_all = Counter(_place(page, one) for one in candidates)
        # The places of those that say what only papers say, and those that hold nothing else.
        self.speaking = {_place(page, one) for one in surely if _is_told_in_full(one)}
        taken = {line - 1 for one in candidates for line in one.lines}
        rest = {_place_of(page, number) for number in page.numbers if number not in taken}
        self.of_papers = self.of_sure.keys() - rest
        self.marks = {mark for mark, _ in self.of_sure}

    def level(self, one: Entry, doubtful: float) -> float:
        """Return how sure the candidate is."""
        level, place = one.confidence, _place(self.page, one)
        if _is_unlike_others(self.page, one, self.sure_count):
            level = min(level, _BREAK)
        if place[0] not in self.marks or _is_beside_papers(self.page, one):
            return level
        line = self.page.lines[one.lines[0] - 1]
        if line.kind == "row" and place in self.speaking and _is_a_break(one):
            level = min(level, _BREAK)
        is_in_list = line.kind in _IN_LISTS and place in self.of_papers
        if is_in_list and self._may_be_sure(one, line, level):
            level = max(level, _LIFTED)
        return max(level, doubtful)

    def _may_be_sure(self, one: Entry, line: Line, level: float) -> bool:
        place = _place(self.page, one)
        of_sure, of_all = self.of_sure[place], self.of_all[place]
        are_most_sure = 3 * of_sure >= 2 * of_all
        if are_most_sure and _LINK.fullmatch(line.content.strip()):
            return True
        if line.kind == "row" and 5 * of_sure >= 4 * of_all and not _is_bare(one):
            return True
        says_enough = line.box is not None or _says_enough(one)
        is_bare_row = line.kind == "row" and _is_bare(one)
        is_beside_sure = place in self.speaking or are_most_sure
        is_likely = _may_be_a_paper(self.roles.get(line.number - 1), level)
        return is_likely and says_enough and is_beside_sure and not is_bare_row


def complete_titles(found: Sequence[Found], page: Page) -> None:
    """Let titles go on to the end of what they are within, where something would follow that does
    not in most lines that are written alike: `Learnable, Invisible and Robust Attacks`."""
    behind = {id(one): _behind(one, page) for one in found}
    of_all: Counter[str] = Counter()
    with_more: Counter[str] = Counter()
    for one in found:
        of_all[page.groups[one.number]] += 1
        with_more[page.groups[one.number]] += bool(behind[id(one)])
    for one in found:
        group, rest = page.groups[one.number], behind[id(one)]
        if of_heading := _rest_of_heading(one, page):
            one.extend(of_heading, page)
        elif rest and of_all[group] >= _MANY and _SELDOM * with_more[group] <= of_all[group]:
            one.extend(rest, page)


def _behind(one: Found, page: Page) -> list[Piece]:
    """Return the pieces behind the title within the same marks, which may be more of it: words
    behind a comma, a colon or *by* that are surely no names, or a year behind a dash."""
    own = page.pieces[one.number]
    at = own.index(one.last) + 1
    rest = list(takewhile(lambda piece: _is_within(piece, one.last), own[at:]))
    goes_on = bool(rest) and (one.last.link is not None or rest[0].before.endswith(_GOING_ON))
    if not goes_on or _are_people(rest[0].text, surely=names.are_told):
        return []
    *words, last = rest
    is_year = last.kind == "year" and last.before.startswith("-") and not last.bracket
    are_words = all(piece.kind == "text" for piece in words)
    return rest if are_words and (last.kind == "text" or is_year) else []


def _rest_of_heading(one: Found, page: Page) -> list[Piece]:
    """Return what is in brackets at the end of a heading and no detail of the paper: `Lamps
    (long)`."""
    own = page.pieces[one.number]
    rest = own[own.index(one.last) + 1 :]
    details = {id(piece) for label in DETAILS for _, piece in one.pieces.get(label, ())}
    is_heading = page.lines[one.number].kind == "heading" and bool(rest)
    are_in_brackets = all(piece.bracket == "(" and piece.link is None for piece in rest)
    return rest if is_heading and are_in_brackets and details.isdisjoint(map(id, rest)) else []


def _is_within(piece: Piece, title: Piece) -> bool:
    is_same = piece.link_number == title.link_number if title.link else piece.run == title.run
    return is_same and piece.link == title.link and piece.cell == title.cell


def without_news(candidates: Sequence[Entry], page: Page) -> list[Entry]:
    """Return the candidates, of which those are hardly doubtful that are below *News* or the like
    and have the number or address of a surer one elsewhere: what is said there is about that
    one."""
    elsewhere: dict[str, float] = defaultdict(float)
    for one in candidates:
        if not _is_beside_papers(page, one):
            for key in _keys(one):
                elsewhere[key] = max(elsewhere[key], one.confidence)
    return [
        replace(one, confidence=_OF_NEWS)
        if _is_beside_papers(page, one)
        and any(elsewhere[key] > one.confidence for key in _keys(one))
        else one
        for one in candidates
    ]


def with_people(candidates: Sequence[Entry], page: Page) -> list[Entry]:
    """Return the candidates, of which those have people that are written as others of their list
    are: before a colon, or behind the title in the text of its link."""
    of_all: Counter[str] = Counter()
    before: Counter[str] = Counter()
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in candidates:
        number = one.lines[0] - 1
        group, content = page.groups[number], page.lines[number].content
        of_all[group] += 1
        before[group] += bool(one.authors and content.startswith(f"{one.authors}:"))
        if one.authors and (between := _before_people(one.authors, content)):
            behind[group][between] += 1
    found = []
    for one in candidates:
        group = page.groups[one.lines[0] - 1]
        if before[group] > 1 and 4 * before[group] >= of_all[group]:
            one = _parted(_with_the_last(one), is_usual=2 * before[group] > of_all[group])
        for between, count in behind[group].items():
            one = _parted_behind(one, between, is_usual=count > 1)
        found.append(one)
    return found


def _before_people(people: str, content: str) -> str:
    """Return what parts people from the title where they are at the end of the text of a link;
    empty where they are not."""
    *texts, _ = content.split("](")
    for text in texts:
        before = text.removesuffix(people) if people in text else text
        if before == text:
            before = text.removesuffix(f"{people})")
        if before != text and (found := _BETWEEN.search(before)):
            return found[0]
    return ""


def _parted(one: Entry, is_usual: bool) -> Entry:
    who, colon, title = one.title.partition(": ")
    is_short = len(who.split()) <= _MOST_WORDS_OF_NAME
    is_full = is_short and len(who.split()) >= _LEAST_OF_NAME and names.are_names(who)
    may_be = _are_people(who) or is_full or (is_usual and is_short)
    if one.authors or not colon or not may_be:
        return one
    return replace(one, authors=who, title=title)


def _parted_behind(one: Entry, between: str, is_usual: bool) -> Entry:
    title, _, who = one.title.rpartition(between)
    who = who.removesuffix(")")
    may_be = names.are_surely_names(who) or (is_usual and names.are_names(who))
    if one.authors or not title or not may_be:
        return one
    return replace(one, authors=who, title=title)


def _with_the_last(one: Entry) -> Entry:
    """Return the candidate with the last of its people, where that one was taken for a part of the
    title: `Marsh, Ortega` and `and Bo Lindqvist: Hives That Learn`."""
    found = _LAST_OF_PEOPLE.match(one.title)
    if not found or not one.authors or len(found[2].split()) > _MOST_WORDS_OF_NAME:
        return one
    if len(found[2].split()) < _LEAST_OF_NAME or not names.are_names(found[2]):
        return one
    people = f"{one.authors}, {found[1] or ''}{found[2]}"
    return replace(one, authors=people, title=found[3])


def _are_people(words: str, surely: Callable[[str], bool] = names.are_surely_names) -> bool:
    """Return whether the words are names, and known ones, or surely nothing else."""
    known = {word.strip(".,").casefold() for word in words.split()} & NAMES
    return names.are_names(words) and (bool(known) or surely(words))


def _keys(entry: Entry) -> set[str]:
    return {entry.url, entry.arxiv, entry.doi} - {""}


def _is_beside_papers(page: Page, one: Entry) -> bool:
    words = page.lines[one.lines[0] - 1].heading.casefold().split()
    return len(words) <= _LONGEST_NAME and not BESIDE_PAPERS.isdisjoint(words)


def _place(page: Page, one: Entry) -> Place:
    return _place_of(page, one.lines[0] - 1)


def _place_of(page: Page, number: int) -> Place:
    return page.groups[number], page.lines[number].heading


def _is_unlike_others(page: Page, one: Entry, sure: int) -> bool:
    """Return whether it is a line of text that says nothing but a title, and hardly another line of
    a list of many papers is written so."""
    line = page.lines[one.lines[0] - 1]
    says_little = not (_keys(one) or one.file or one.authors)
    is_plain = line.kind == "text" and line.box is None and len(one.lines) == 1 and says_little
    return is_plain and sure >= _MANY and page.alike[page.forms[line.number - 1]] <= _FEW


def _is_told_in_full(entry: Entry) -> bool:
    """Return whether what is said of it is said of papers only, so that it speaks for those beside
    it."""
    has_number = bool(entry.arxiv or entry.doi or entry.pmid)
    return has_number or bool(entry.year) or bool(entry.authors and entry.venue)


def _is_bare(entry: Entry) -> bool:
    """Return whether nothing is said but a title. A row of a table that says no more is often a
    break."""
    return not (_keys(entry) or entry.file or entry.authors or entry.year or entry.venue)


def _is_a_break(entry: Entry) -> bool:
    """Return whether a row that says nothing but a few words is more likely a break than a
    paper."""
    return _is_bare(entry) and len(entry.title.split()) <= _LEAST_WORDS


def _says_enough(entry: Entry) -> bool:
    """Return whether a title is more than a word or two, or there is more than a title."""
    is_long = len(entry.title.split()) >= _LEAST_WORDS or len(entry.title) >= _LONG
    return is_long or bool(_keys(entry) or entry.authors or entry.year or entry.venue)


def _may_be_a_paper(role: Chances | None, level: float) -> bool:
    """Return whether its line is more likely a paper's than anything else, and it is likely
    itself."""
    if role is None or role[PAPER] <= max(role[MORE], role[NOTE], role[NOISE]):
        return False
    return level >= _LIKELY or role[PAPER] >= _LIKELY_LINE
