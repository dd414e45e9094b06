"""Where the title of a paper is in a line that people wrote.

It is the first of: a link called by it, a bold run, a text in quotes, what follows `Author (Year)`
or people whom a venue and a year make sure, what is before `(Year)` or `, Author`, the whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from papers.formats.core.text.repair import one_line
from papers.formats.markdown.rules.lines import names, reference
from papers.formats.markdown.rules.lines.citation import NOTHING, Citation
from papers.formats.markdown.rules.lines.links import Link, is_label
from papers.formats.markdown.rules.lines.prose import CODE, EMPHASIS, LINK, MARKS, STRONG, Prose
from papers.formats.markdown.rules.lines.reference import YEAR


class TitleEvidence(Enum):
    """What makes a line a title: a link called by it, marks around it, a reference, or nothing."""

    LINK = "link"
    MARKS = "marks"
    REFERENCE = "reference"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title, with the text on both sides of it."""

    title: str
    evidence: TitleEvidence
    before: str = ""
    behind: str = ""
    link: Link | None = None
    cited: Citation = NOTHING


_VENUE = re.compile(rf"\[\s*({LINK})\s*\]|({LINK})|[\[(]([^\[\]()]{{2,60}})[\])]")
_BOLD = re.compile(f"{STRONG}([^{STRONG}]+){STRONG}")
_ITALIC = re.compile(f"{EMPHASIS}([^{EMPHASIS}]+){EMPHASIS}")
_QUOTED = re.compile(r"[“„«「《]([^“”„«»「」《》]+)[”“»」》]|(?<![\w])\"([^\"]+)\"(?!\w)")
_ANY_QUOTE = re.compile(r"[“„«「《\"]")
_GOES_ON = re.compile(rf"[\s{MARKS}]*[^\W_]")
_TAIL = re.compile(rf"\s*[\[(]?\s*(?:{LINK})")
_YEARED = re.compile(rf"[,.]?\s*[(\[][^()\[\]]*{YEAR}[^()\[\]]*(?:[)\]]|,|$)")
_SHORT_YEARED = re.compile(r"\s*\(([^()]{2,80}?)(?:[,\s]+['’]?|['’])\d\d\)\s*$")
_AUTHOR_FIRST = re.compile(
    rf"^(.{{2,300}}?)[\s,]*[(\[]?\s*({YEAR})[a-z]?\s*[)\]]?[.,:–—\s-]*(?=\S)"
)
_AUTHORS_AND_MARK = re.compile(r"^(.{2,200}?)\s*(?::|\s[-–—])\s+(?=\S)")
_PLACE_TO_CUT = re.compile(r"[.,;?!]\s+(?=\S)|\s[-–—|]\s+(?=\S)|\s+by\s+(?=\S)|\n")
_SENTENCE_END = re.compile(rf"(?<=\w\w)[{MARKS}]?[.?!]\s+(?=[{MARKS}]?[^\W\d_a-z])|\n")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=\S)")
_CUT_OFF = re.compile(r"\s+[-–—|]\s*$")
_BESIDE_QUOTES = re.compile(r"\s*(?:\(|[-–—]\s|by\s)")
_ASIDE = re.compile(r"\([^()]*\)")
_BEHIND = re.compile(rf"\s*(?:\[|[(]?{LINK}|\(\s*{YEAR})")
_BETWEEN_NAMES = re.compile(r"[,;&]|\sand\s")
_MOST_CUTS = 20
_A_LINK = re.compile(LINK)
ENDS = " \t\n,;:|/" + MARKS
QUOTES = '"“”„«»「」《》'


def find_title(prose: Prose, text: str) -> FoundTitle | None:
    ways: list[Callable[[Prose, str], FoundTitle | None]] = [
        _venue_first,
        _marked,
        _author_first,
        _people_first,
        _words,
    ]
    found = filter(None, (way(prose, text) for way in ways))
    return next((one for one in found if any(map(str.isalnum, prose.plain(one.title)))), None)


def _venue_first(prose: Prose, text: str) -> FoundTitle | None:
    """`[[ICLR](…)] Title`: the first link is called by the venue and leads to the paper."""
    opening = _VENUE.match(text)
    if not opening:
        return None
    linked = opening[1] or opening[2]
    link = prose.link(linked) if linked else None
    name = link.label.strip("[] ") if link else prose.plain(opening[3])
    behind = text[opening.end() :].lstrip(" " + MARKS)
    if not behind[:1].isalnum() or behind[:3].casefold() == "by ":
        return None
    if not (opening[1] or names.is_acronym(name) or is_label(name)):
        return None
    tail = _BEHIND.search(behind)
    title, rest = (behind[: tail.start()], behind[tail.start() :]) if tail else (behind, "")
    is_place = any(map(str.isalpha, name)) and (names.is_venue(name) or not is_label(name))
    place = name if is_place else ""
    year = reference.year_of(place)
    venue = one_line(re.sub(YEAR, "", place)) if year and place != str(year) else place
    short = reference.of_group(place) if not year and names.is_acronym(place) else None
    cited = short or Citation(venue=venue, year=year)
    return FoundTitle(title, TitleEvidence.LINK, behind=rest, link=link, cited=cited)


def _marked(prose: Prose, text: str) -> FoundTitle | None:
    """The first link called by a title, bold run or text in quotes that is one by its place."""
    candidates = [*_bold(text), *_linked(prose, text), *_quoted(text)]
    for start, end, title, link in sorted(candidates, key=lambda found: found[0]):
        before = text[:start].rstrip(" ([" + QUOTES + MARKS)
        words = prose.plain(title)
        if not any(map(str.isalpha, words)) or is_label(words) or _ASIDE.fullmatch(words):
            continue
        if not link and _is_citation(words):
            continue
        is_led = not before.strip(ENDS) or reference.before(prose, before).cited != NOTHING
        if not is_led and not (link and _is_lead(prose, before)):
            continue
        if not link and not _ends_there(prose, text[end:], before):
            continue
        kind = TitleEvidence.LINK if link else TitleEvidence.MARKS
        behind = text[end:].lstrip(QUOTES + MARKS)
        return _nested(prose, FoundTitle(title, kind, before, behind, link))
    return None


def _is_citation(words: str) -> bool:
    """`Han et al., ICLR 2016` in marks, below the title."""
    cited = reference.of_group(words) or NOTHING
    return bool(cited.year) and names.are_told(cited.authors)


def _bold(text: str) -> list[tuple[int, int, str, Link | None]]:
    found = [*_BOLD.finditer(text)][:_MOST_CUTS]
    first = _ITALIC.match(text)
    runs = [*found, first] if first else found
    return [
        (run.start(), run.end(), run[1], None)
        for run in runs
        if not _A_LINK.search(run[1]) and not run[1].rstrip().endswith((":", "："))
    ]


def _linked(prose: Prose, text: str) -> list[tuple[int, int, str, Link | None]]:
    return [
        (found.start(), found.end(), found[0], prose.link(found[0]))
        for found in [*_A_LINK.finditer(text)][:_MOST_CUTS]
        if _is_title(prose, text, found.start())
    ]


def _quoted(text: str) -> list[tuple[int, int, str, Link | None]]:
    if not _ANY_QUOTE.search(text):
        return []
    return [
        (found.start(), found.end(), found[1] or found[2], None)
        for found in [*_QUOTED.finditer(text)][:_MOST_CUTS]
        if " " in (found[1] or found[2]).strip() or not found.start()
    ]


def _is_title(prose: Prose, text: str, at: int) -> bool:
    """Whether the link is called by a title, and not by a venue or in brackets behind one."""
    link, lead = prose.link(text[at]), text[:at].rstrip()
    if not link.is_named or (lead and (link.is_bracketed or names.is_acronym(link.label))):
        return False
    return not (len(lead) > 1 and lead[-1] == "[" and text[at + 1 :].lstrip()[:1] == "]")


def _is_lead(prose: Prose, before: str) -> bool:
    """`Required:`, `Week 3 -`: a few words that announce what follows."""
    words = prose.plain(before)
    return len(words.split()) <= 4 and words.endswith((":", "-", "–", "—", "|", ")", "]", "."))


def _ends_there(prose: Prose, behind: str, before: str) -> bool:
    """Whether a marked run is all of the title: no sentence goes on behind it."""
    if not _GOES_ON.match(behind) or behind.lstrip(" " + MARKS).startswith("\n"):
        return True
    rest = prose.plain(behind)
    return bool(before.strip()) or rest.startswith("by ") or _begins_with_people(rest)


def _begins_with_people(text: str) -> bool:
    for end in reversed([*names.endings_of_names(text[:300])]):
        if names.are_told(text[:end]):
            return True
        if end > 2 and not names.are_names(text[:end]):
            return False
    return False


def _nested(prose: Prose, found: FoundTitle) -> FoundTitle:
    """A link may hold more than the title: `[“Title” (1905) — Author](…)`."""
    label = found.link.label if found.link else ""
    quoted = _QUOTED.match(label)
    if not quoted or not _BESIDE_QUOTES.match(label[quoted.end() :]):
        return found
    return replace(found, title=quoted[1] or quoted[2], behind=label[quoted.end() :] + found.behind)


def _author_first(prose: Prose, text: str) -> FoundTitle | None:
    """`Author (Year) Title`, `Author. Year. Title. Venue`, `Author et al.: Title`."""
    found = _AUTHOR_FIRST.match(text)
    year = int(found[2]) if found else None
    found = found or _AUTHORS_AND_MARK.match(text)
    if not found:
        return None
    people, behind = prose.plain(found[1]), text[found.end() :]
    if not names.are_names(people) or names.is_venue(people):
        return None
    if not year and not names.are_told(people):
        return None
    rest = prose.plain(behind)
    is_title = len(rest.split()) > 1 and not _begins_with_people(rest)
    if not is_title or _A_LINK.match(behind) or max(map(len, _of_a_name(people))) > 3:
        return None
    title, behind = _first_sentence(behind)
    cited = Citation(names.cleaned(people), year=year)
    return FoundTitle(title, TitleEvidence.REFERENCE, behind=behind, cited=cited)


def _people_first(prose: Prose, text: str) -> FoundTitle | None:
    """`D. Roe and J. Day. The title in several words. In ICLR, 2015.`"""
    tail = _TAIL.search(text)
    core, links = (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
    for end in [found.start() for found in _FULL_STOP.finditer(core)][:_MOST_CUTS]:
        people = prose.plain(core[:end])
        if not names.are_told(people):
            continue
        title, behind = _first_sentence(core[end + 1 :].lstrip())
        words = prose.plain(title)
        cited = reference.behind(prose, behind).cited
        is_title = len(words.split()) > 2 and not names.are_names(words.rstrip("."))
        if is_title and not names.is_venue(words) and cited.year and cited.venue:
            said = Citation(names.cleaned(people))
            return FoundTitle(title, TitleEvidence.REFERENCE, behind=behind + links, cited=said)
    return None


def _of_a_name(people: str) -> list[list[str]]:
    return [part.split() for part in _BETWEEN_NAMES.split(people)]


def _first_sentence(text: str) -> tuple[str, str]:
    ends = [found for found in (_SENTENCE_END.search(text), _TAIL.search(text)) if found]
    first = min(ends, key=lambda end: end.start(), default=None)
    return (text[: first.start() + 1], text[first.end() - 1 :]) if first else (text, "")


def _words(prose: Prose, text: str) -> FoundTitle | None:
    """A title of words alone: up to `(Year)`, `, Author` or `by Author`, and up to its links."""
    tail = _TAIL.search(text)
    core, behind = (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
    if any(_is_title(prose, text, found.start()) for found in _A_LINK.finditer(text)):
        return None
    core, tags = _cut_tags(core)
    at = _place_of_reference(prose, core)
    if (
        at
        and not behind
        and core[at] in ".,"
        and names.are_names(core[:at])
        and _begins_with_people(prose.plain(core))
    ):
        return None  # a line of people
    if at and names.are_told(prose.plain(core[:at])):
        return None
    if at is not None:
        return FoundTitle(core[:at], TitleEvidence.REFERENCE, behind=core[at:] + tags + behind)
    title = core + tags if not _year_of_tags(tags) else core
    title = _CUT_OFF.sub("", title) if behind else title
    behind = (tags if _year_of_tags(tags) else "") + behind
    words = prose.plain(title)
    if words.endswith((":", "：")) or _ASIDE.fullmatch(words):
        return None
    return FoundTitle(title, TitleEvidence.WORDS, behind=behind)


def _place_of_reference(prose: Prose, core: str) -> int | None:
    """Where the title ends and people, a venue or a year begin."""
    yeared = _YEARED.search(core, 1)
    if yeared and prose.plain(core[: yeared.start()]):
        return yeared.start()
    short = _SHORT_YEARED.search(core, 1)
    if short and (names.are_names(short[1]) or names.is_acronym(short[1])):
        return short.start()
    for found in [*_PLACE_TO_CUT.finditer(core)][:_MOST_CUTS]:
        if found.start() and _is_reference(prose, core[found.end() :], found[0]):
            return found.start() + (found[0][0] in "?!")
    return None


def _is_reference(prose: Prose, text: str, cut: str) -> bool:
    rest = prose.plain(text)
    if cut.strip() in {"by", ""} or cut[0] in ".?!":
        is_whole = cut[0] == "." and len(rest.split()) <= 4 and names.are_surely_names(rest)
        return is_whole or _begins_with_people(rest)
    people = rest.rstrip(" .")
    if cut.strip() in {"-", "–", "—", "|", ","} and reference.is_venue_with_year(rest):
        return True
    return _begins_with_people(rest) and ("." in people or "et al" in people)


def _cut_tags(text: str) -> tuple[str, str]:
    """The text without `tags` at its end, and these."""
    core = text
    while (bare := core.rstrip(" ,]" + STRONG)).endswith(CODE):
        start = bare.rfind(CODE, 0, len(bare) - 1)
        if start <= 0 or not bare[:start].strip(" [" + STRONG):
            break
        core = bare[:start].rstrip(" [" + STRONG)
    return core, text[len(core) :]


def _year_of_tags(tags: str) -> int | None:
    return reference.year_of(tags.replace(CODE, " "))
