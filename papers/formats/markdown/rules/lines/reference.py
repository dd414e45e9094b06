"""References in free form, around a title: people, a venue and a year in any order.

`Han et al. (2016)`, `by Steve Mayer`, `Yang Li and Bo Xu. *ICLR*, 2022.`, `(May 2025 | CVPR 2026)`
"""

import re
from dataclasses import dataclass

from papers.formats.core.records import values
from papers.formats.markdown.rules.lines import names
from papers.formats.markdown.rules.lines.citation import NOTHING, Citation
from papers.formats.markdown.rules.lines.prose import EMPHASIS, LINK, MARKS, Prose

YEAR = r"(?<![\w.:/–-])(?:1[6-9]\d\d|20[0-4]\d)(?![\w/–-]|\.\d)"
_YEAR = re.compile(YEAR)
_ITALICS = re.compile(f"{EMPHASIS}([^{EMPHASIS}]+){EMPHASIS}")
_GROUP = re.compile(r"^\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_LEADING = re.compile(rf"^(?:[\s.,;:|{MARKS}]|[-–—](?=\s))+")
_MONTH_AND_YEAR = re.compile(rf"^[^\W\d_]{{3,9}}\.?,?\s+({YEAR})$")
_SHORT_YEAR = re.compile(r"^(.*?)(?:[,\s]+['’]?|['’])(\d\d)$")
_VENUE_AND_SHORT_YEAR = re.compile(r"^(.+?)\s*['’](\d\d)$")
_FINAL_YEAR = re.compile(r"(?:(?:19|20)\d\d|['’]\d\d)$")
_VENUE_AT_THE_END = re.compile(r"[^\W\d_]{3,}\.\s+([^\s-]{4,})$")
_IN = re.compile(r"^in:?\s+", re.IGNORECASE)
_IN_BEFORE = re.compile(r"(?<=[.,;]\s)In:\s")
_RUN = re.compile(rf"^\s*([{MARKS}])([^{MARKS}]{{2,40}})\1")
_SPLIT = re.compile(r"\s*[|;]\s*")
# Begins with the characters of which one must be there: so the others are passed over at once.
_PROSE = re.compile(rf"[:\s](?:(?<=[\w)\]\"”{MARKS}]:)\s|(?<=\s)[-–—]{{1,3}}\s|(?<=\n))")
_BY = re.compile(r"^(?:by|von|par|authors?:)\s+", re.IGNORECASE)
_A_LINK = re.compile(LINK)
_LINKS_ALONE = re.compile(rf"[(\[]?\s*{LINK}\s*[)\]]?")
_LAST_SHORT_YEAR = 49
# A citation in free form; what is longer is prose.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Reference:
    """What was understood of a text beside a title, and the rest unchanged."""

    cited: Citation = NOTHING
    rest: str = ""


def year_of(text: str) -> int | None:
    """The first year of the text that is no number of pages, of a preprint or the like."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def before(prose: Prose, text: str) -> Reference:
    """What is said before a title: people, perhaps with a year."""
    whole = prose.plain(text).strip(" \"“”„«'‘([)],;–—-")
    if names.is_acronym(whole):
        return Reference(of_group(whole) or Citation(venue=whole))
    year = year_of(whole)
    people = _YEAR.split(whole)[0].rstrip(" (,;:") if year else whole
    is_label = people.endswith(":") and not names.are_told(people.rstrip(":"))
    if people and (is_label or not names.are_names(people.rstrip(":"))):
        return Reference(rest=text)
    return Reference(Citation(names.cleaned(people), year=year))


def behind(prose: Prose, text: str) -> Reference:
    """What is said behind a title, or in a line of its own below it."""
    found = Citation()
    text = text.replace("，", ", ")
    run = _RUN.match(text)
    if run and is_venue_with_year(venue := prose.plain(run[2])):
        found, text = of_group(venue) or found, text[run.end() :]
    text = _IN_BEFORE.sub("In ", _LEADING.sub("", text))
    while group := _GROUP.match(text):
        inside = of_group(prose.plain(group[1]))
        if inside is None:
            break
        found, text = _first(found, inside), text[group.end() :]
        if text.lstrip(" " + MARKS).startswith(":"):
            return Reference(found, _LEADING.sub("", text))
        text = _LEADING.sub("", text)
    first, line_end, others = text.partition("\n")
    if line_end and names.are_names(prose.plain(first)):
        text = f"{first}. {others}"
    saying, rest = _before_prose(text)
    sentence, unused = _sentence(prose, saying, found)
    found = _first(found, sentence)
    if found.authors and not found.venue and (late := _venue_alone(prose, rest)):
        found, rest = _first(found, late[0]), late[1]
    return Reference(found, f"{unused} {rest}".strip())


def _venue_alone(prose: Prose, text: str) -> tuple[Citation, str] | None:
    """`— *NeurIPS 2017*` behind people, and the links behind it."""
    bare, links = _without_links(text)
    venue = prose.plain(bare).strip(" -–—|.,")
    cited = of_group(venue) if is_venue_with_year(venue) else None
    return (cited, links) if cited else None


def is_venue_with_year(text: str) -> bool:
    """`AAAI 2019`, `EMNLP'18`: a venue in its short form, and a year."""
    text = text.strip(" -–—|.,")
    return names.is_acronym(text) and bool(_FINAL_YEAR.search(text))


def of_group(inside: str) -> Citation | None:
    """The inside of round brackets; None where it is no citation but a remark."""
    inside = inside.strip()
    if _YEAR.fullmatch(inside):
        return Citation(year=int(inside))
    first, *more = _SPLIT.split(inside)
    month = _MONTH_AND_YEAR.match(first)
    if month and (values.begins_with_month(first) or not names.is_acronym(first)):
        return Citation(venue=more[0] if more else "", year=int(month[1]))
    year = year_of(inside)
    if year:
        others = _YEAR.sub("", inside, count=1).strip(" ,;.|")
        return _people_and_venue(others, year)
    short = _SHORT_YEAR.match(inside)
    if short and (names.are_names(short[1]) or names.is_acronym(short[1])):
        return _people_and_venue(short[1], _in_full(int(short[2])))
    return None


def _people_and_venue(text: str, year: int) -> Citation:
    """`Han et al., ICLR`, `Dai and Wipf`, `NeurIPS`; what is neither is left out."""
    if names.is_acronym(text):
        return Citation(venue=text, year=year)
    if names.are_names(text) and not names.is_venue(text):
        return Citation(authors=names.cleaned(text), year=year)
    people, comma, venue = text.rpartition(",")
    if comma and names.are_names(people):
        return Citation(names.cleaned(people), venue.strip(), year)
    return Citation(venue=text if names.is_venue(text) else "", year=year)


def _sentence(prose: Prose, text: str, known: Citation) -> tuple[Citation, str]:
    """`Yang Li and Bo Xu. *ICLR*, 2022.`: people, then a venue, then a year."""
    bare, links = _without_links(text)
    is_by = bool(_BY.match(bare))
    italics = _ITALICS.search(bare)
    if italics:
        return _around_italics(prose, text, links, italics, known)
    people, rest = _people(prose, bare, is_by)
    venue, year = (
        _venue_and_year(rest) if (people or known.year or len(rest) <= _LONGEST) else ("", None)
    )
    if not (people or venue):
        is_all = prose.plain(text).strip(" .,;") == str(year)
        return Citation(year=year), "" if is_all else text
    return Citation(people, venue, year), links if venue or year or not rest else f"{rest} {links}"


def _without_links(text: str) -> tuple[str, str]:
    """The text without its links, and these with the brackets around them."""
    if not _A_LINK.search(text):
        return text, ""
    return _LINKS_ALONE.sub(" ", text), "".join(_LINKS_ALONE.findall(text))


def _around_italics(
    prose: Prose, text: str, links: str, italics: re.Match[str], known: Citation
) -> tuple[Citation, str]:
    bare = italics.string
    people = prose.plain(_BY.sub("", bare[: italics.start()])).strip()
    venue = prose.plain(italics[1]).strip(" .,")
    is_people = bool(people) and names.are_names(people)
    year = year_of(prose.plain(bare[italics.end() :])) or year_of(venue)
    are_people = not people and names.are_surely_names(venue) and not names.is_venue(venue)
    is_said = year or known.year or names.is_venue(venue) or names.are_told(people) or are_people
    if (people and not is_people) or not is_said:
        return Citation(), text
    if are_people:
        rest, late = _venue_and_year(prose.plain(bare[italics.end() :]))
        return Citation(names.cleaned(venue), rest, late), links
    behind_year = _YEAR.split(bare[italics.end() :])[-1].strip(" .,;)")
    venue = _YEAR.sub("", venue).strip(" ,.'’")
    return Citation(names.cleaned(people), venue, year), f"{behind_year} {links}".strip()


def _people(prose: Prose, text: str, is_by: bool) -> tuple[str, str]:
    """The people that the text begins with, and the text behind them."""
    text = prose.plain(_BY.sub("", text))
    for end in names.endings_of_names(text):
        people = text[:end]
        is_sure = is_by or names.are_surely_names(people) or end < len(text) or _is_short(text)
        are_people = is_sure and names.are_names(people) and not names.is_venue(people)
        if are_people and not _ends_in_venue(people):
            return names.cleaned(people + text[end : end + 1]), text[end:].strip(" .,;")
    if is_by:
        found = re.match(r"[^.,;:(\n]{1,60}", text)
        return (names.cleaned(found[0]), text[found.end() :]) if found else ("", text)
    return "", text


def _ends_in_venue(people: str) -> bool:
    """`A. Roe, B. Doe. ICML`"""
    found = _VENUE_AT_THE_END.search(people.rstrip(". "))
    return names.is_acronym(found[1]) if found else False


def _venue_and_year(text: str) -> tuple[str, int | None]:
    text = text.strip(" .,;|")
    group = _GROUP.match(text)
    if group and (inside := of_group(group[1])):
        return inside.venue, inside.year
    found = _YEAR.search(text)
    place = (text[: found.start()] if found else text).strip(" .,;(")
    place = _IN.sub("", place)
    short = _VENUE_AND_SHORT_YEAR.match(place)
    if short and not found and names.is_acronym(short[1]):
        return short[1], _in_full(int(short[2]))
    if names.is_venue(place):
        return re.split(r"(?<=\w\w)\.\s", place)[0], int(found[0]) if found else None
    return "", int(found[0]) if found else None


def _first(one: Citation, other: Citation) -> Citation:
    """What the one says, and what only the other one says."""
    return Citation(one.authors or other.authors, one.venue or other.venue, one.year or other.year)


def _before_prose(text: str) -> tuple[str, str]:
    """What may be a citation, and the sentences behind a colon, a dash or the end of the line."""
    found = _PROSE.search(text)
    return (text[: found.start()], text[found.start() :].lstrip(": \n")) if found else (text, "")


def _is_short(text: str) -> bool:
    return len(text) <= 60


def _in_full(short: int) -> int:
    return short + (2000 if short <= _LAST_SHORT_YEAR else 1900)
