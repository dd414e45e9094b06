"""Read what is said of a paper that the models found: people, venue, year, links, tick."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from papers.formats.core import identifiers
from papers.formats.core.commonmark import inline
from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.identifiers import numbers
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import credited, titles
from papers.formats.markdown.features import Page, host
from papers.formats.markdown.found import Found
from papers.formats.markdown.links import Link
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import DATE, OTHER, PEOPLE, PRESENTER, VENUE, YEAR

_EDGES = " \t,;:|/–—·・，。；：、~-"
_MARKS = ' *_`~"()[]'
_LEAD = re.compile(r"^(?:by|von|par|por|in|In:|In)\s+(?=\S)")
_ET_AL = re.compile(r"\bet\.? al\b|\betal\b")
_AND_AT_END = re.compile(r"[\s,;&]+(?:and|&|und|et|y)?\s*$")
_LEAD_OF_VENUE = re.compile(
    r"^(?:in:?\s+)?(?:(?:in\s+)?(?:proceedings|proc\.?)(?:\s+of)?\s+)?", re.IGNORECASE
)
_NUMBERS_OF_VENUE = re.compile(r"[\s,]*(?:vol\.?\s*\d.*|\d[\d\s.:()\-–—]*)$")
_END_OF_VENUE = re.compile(r"[\s,.;:(\[\-–—'’]+$")
_ABBREVIATED = re.compile(r"(?:^|[\s.-])\w$|\bal$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TWO_DIGITS = re.compile(r"\d\d")
# 9/12, 12.5.: a day, without its year.
_DAY = re.compile(r"\d\s?[/.-]\s?\d")
_MONTH_OF_YEAR = re.compile(r"(?:\d{1,2}[-/.])?((?:19|20)\d\d)(?:[-/.]\d{1,2})?")
_FIRST_OF_LAST_CENTURY = 40
_TICK = re.compile(r"[☐⬜☑✅✔]|:heavy_check_mark:|:white_check_mark:|\[[ xX]\]")
_EMPTY_BOXES = {"☐", "⬜", "[ ]"}
# So far from each other are two pieces that are one text.
_FARTHEST = 12
# How likely a link leads to the paper, by where it leads; what lies lower never does.
_RANKS = {
    "arxiv": 5,
    "doi": 5,
    "paper": 5,
    "pdf": 4,
    "web": 3,
    "local": 2,
    "talk": 0,
    "code": 0,
    "badge": -1,
    "inpage": -1,
}
_LEAST_RANK = 1
_BESIDE_IT = frozenset([
    "code", "github", "git", "repo", "implementation", "slides", "video", "videos", "poster",
    "talk", "tweet", "twitter", "blog", "demo", "dataset", "data", "supp", "supplementary",
    "homepage", "project", "website", "page", "notes", "note", "summary", "tutorial", "代码",
])  # fmt: skip
_THE_PAPER = frozenset([
    "pdf", "paper", "link", "arxiv", "doi", "html", "abs", "pub", "url", "论文", "链接", "論文",
    "논문", "статья", "article", "openreview", "full", "text",
])  # fmt: skip
_WORD = re.compile(r"\w+")
_MOST_NOTED = 12
# Fewer words are no remark.
_LEAST_WORDS = 3


def entry(one: Found, page: Page) -> Entry:
    """Return the paper as an entry, without its topic."""
    authors = _authors(_people(credited.with_all_people(one, page), page))
    url, file = _address(one)
    lines = {number: page.lines[number].text for number in one.lines}
    start, end = one.own
    texts = [text[start:end] if at == one.number else text for at, text in lines.items()]
    return Entry(
        title=one.title,
        authors=authors,
        venue=_venue_of(one, page, authors),
        year=_year(one),
        url=url,
        file=file,
        doi=_doi(url, one, texts),
        pmid=numbers.first_pmid(texts),
        arxiv=identifiers.arxiv_of(url) or numbers.first_arxiv(texts),
        note=_note(one, page, url or file),
        checked=_checked(one, page),
        date=_text(one, page, DATE),
        presenters=_presenters(one, page),
        lines=tuple(sorted({page.lines[number].number for number in one.lines})),
        confidence=round(one.confidence, 3),
    )


def _presenters(one: Found, page: Page) -> str:
    said = _text(one, page, PRESENTER)
    if said:
        return said
    own = page.pieces[one.number]
    named = (
        piece.text
        for at, piece in enumerate(own)
        if piece.start > one.last.start
        and credited.is_by(own, at) == PRESENTER
        and credited.is_name(piece)
    )
    return next(named, "")


def _people(one: Found, page: Page) -> str:
    """Return the people: of several who are each a link, beside each other, all of them."""
    said = one.pieces.get(PEOPLE, ())
    places = {(number, piece.cell) for number, piece in said}
    are_linked = len(places) == 1 and all(credited.is_linked_name(piece) for _, piece in said)
    stretches = list(_stretches(one, page, PEOPLE))
    return ", ".join(stretches) if are_linked else next(iter(stretches), "")


def _text(one: Found, page: Page, label: int) -> str:
    """Return the stretch from the first piece of that label to the last one that follows it."""
    return next(_stretches(one, page, label), "")


def _stretches(one: Found, page: Page, label: int) -> Iterator[str]:
    """Yield the stretches of pieces of that label that follow each other in a line and a cell."""
    stretch: list[Piece] = []
    line = -1
    for number, piece in one.pieces.get(label, ()):
        is_other = label == VENUE and stretch and stretch[-1].link != piece.link
        if stretch and (number != line or is_other or not _follows(stretch[-1], piece)):
            yield _shown(page.lines[line].text, stretch)
            stretch = []
        line = number
        stretch.append(piece)
    if stretch:
        yield _shown(page.lines[line].text, stretch)


def _follows(before: Piece, piece: Piece) -> bool:
    is_near = piece.start - before.end <= _FARTHEST
    return is_near and piece.cell == before.cell and "<td" not in piece.before


def _shown(text: str, stretch: Sequence[Piece]) -> str:
    start, end = stretch[0].start, stretch[-1].end
    if text[end : end + 1] == "." and _ABBREVIATED.search(text, start, end):
        end += 1
    return inline.plain(titles.unmarked(text[start:end])).strip(_MARKS)


def _venue_of(one: Found, page: Page, authors: str) -> str:
    """Return the venue, which is not the beginning of a name in a key: `[Mar70] Marsh, A.`"""
    said = map(_venue, _stretches(one, page, VENUE))
    return next((venue for venue in said if not authors.startswith(venue)), "")


def _authors(text: str) -> str:
    """Return the people; nothing where no name has a capital letter in a script that has them."""
    text = _AND_AT_END.sub("", _LEAD.sub("", text)).strip(_EDGES)
    return text if not text.islower() or _ET_AL.search(text) else ""


def _venue(text: str) -> str:
    """Return the venue without what says that it is one, and without its volume and pages."""
    text = _NUMBERS_OF_VENUE.sub("", _LEAD_OF_VENUE.sub("", text))
    return _END_OF_VENUE.sub("", text)


def _year(one: Found) -> int | None:
    for _, piece in one.pieces.get(YEAR, ()):
        text = "".join(str(unicodedata.digit(sign, sign)) for sign in piece.text)
        if found := _YEAR.search(text):
            return int(found[0])
        if (found := _TWO_DIGITS.search(text)) and not _DAY.search(text):
            short = int(found[0])
            return short + (2000 if short < _FIRST_OF_LAST_CENTURY else 1900)
    return _year_of_month(one)


def _year_of_month(one: Found) -> int | None:
    """Return the year of a month in brackets behind the title, such as `(Marsh et al.,
    01-2025)`."""
    for number, piece in (*one.pieces.get(DATE, ()), *one.pieces.get(OTHER, ())):
        is_behind = number == one.number and piece.start > one.last.start and piece.bracket
        if is_behind and (found := _MONTH_OF_YEAR.fullmatch(piece.text)):
            return int(found[1])
    return None


def _address(one: Found) -> tuple[str, str]:
    """Return the address of the paper, or its file: that of its title, else the one whose host or
    label says so."""
    ranked = (
        (_rank(piece, is_title) - at / 100, -at, piece, is_title)
        for at, (piece, is_title) in enumerate(one.links)
    )
    # One may be the paper, called by who wrote it; several are people's own pages.
    homes = {id(piece) for _, piece in one.pieces.get(PEOPLE, ()) if credited.is_at_home(piece)}
    homes = homes if len(homes) > 1 else set()
    likely = [
        of
        for of in ranked
        if id(of[2]) not in homes and (of[0] > _LEAST_RANK or (of[3] and of[0] > -1))
    ]
    for _, _, piece, _ in sorted(likely, key=lambda of: of[:2], reverse=True):
        link = _link(piece)
        if link.leads_somewhere:
            return link.url, "" if link.url else link.file
    return "", ""


def _rank(piece: Piece, is_title: bool) -> float:
    rank = _RANKS[host(piece.link or "")]
    words = set(_WORD.findall(piece.text.casefold()))
    if is_title:
        return rank + 4 if rank >= 0 else rank
    return rank - 3 * bool(words & _BESIDE_IT) + bool(words & _THE_PAPER)


def _link(piece: Piece) -> Link:
    return Link(piece.text, piece.link or "")


def _doi(url: str, one: Found, texts: list[str]) -> str:
    linked = (identifiers.doi_of(_link(piece).url) for piece, _ in one.links)
    named = (numbers.stated_doi(text) for text in texts if "10." in text)
    return identifiers.doi_of(url) or next(filter(None, itertools.chain(linked, named)), "")


def _note(one: Found, page: Page, taken: str) -> str:
    """Return what is said besides, and the other links, as Markdown."""
    said = itertools.chain(_remarks(one, page), _other_links(one, taken))
    return " ".join(itertools.islice(said, _MOST_NOTED))


def _remarks(one: Found, page: Page) -> Iterator[str]:
    """Yield the stretches of text that are no detail of a paper, if they are more than a word or
    two."""
    left = [(number, piece) for number, piece in one.pieces.get(OTHER, ()) if piece.link is None]
    stretches: list[tuple[int, int, int]] = []
    for number, piece in left:
        line, start, end = stretches[-1] if stretches else (-1, 0, 0)
        if number == line and 0 <= piece.start - end <= _FARTHEST:
            stretches[-1] = line, start, piece.end
        else:
            stretches.append((number, piece.start, piece.end))
    for number, start, end in stretches:
        text = titles.unmarked(page.lines[number].text[start:end]).strip()
        words = numbers.cut_numbers(text)[0].split()
        if sum(any(map(str.isalpha, word)) for word in words) >= _LEAST_WORDS:
            yield text


def _other_links(one: Found, taken: str) -> Iterator[str]:
    for piece, _ in one.links:
        link = _link(piece)
        target = link.url or link.file
        if not target or target == taken or host(target) in {"badge", "inpage"}:
            continue
        yield target if link.is_bare else f"[{escaped(link.label)}]({escaped_target(target)})"


def _checked(one: Found, page: Page) -> bool | None:
    line = page.lines[one.number]
    if line.box is not None:
        return line.box
    before = line.text[max(0, one.first.start - 20) : one.first.start]
    if found := _TICK.search(before):
        return found[0] not in _EMPTY_BOXES
    return True if one.is_struck else None
