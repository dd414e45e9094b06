"""The bracket behind a title: `[Authors, Venue Year]`."""

import re
from dataclasses import dataclass

from papers.formats.core.commonmark.inline import escaped, plain
from papers.formats.core.identifiers import numbers
from papers.formats.core.people import is_no_person

# The last bracket of a line: one without brackets inside, no picture, no second half of a link.
_LAST_BRACKET = re.compile(r"(?<![]!])\[[^\[\]]*\]\s*$")
# What a bracket holds that is a tag (code), a counter (`[67:fire:]`) or a label (`[pdf]`).
_TAG = re.compile(
    r"`|:\w+:|[\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"|^\[\s*(?:pdf|paper|code|link|video|slides|\d{1,3})\s*\]",
    re.IGNORECASE,
)
# In any digits; behind a comma in any script.
_FINAL_YEAR = re.compile(r"(?:^|(?<=[\s,，،]))\d{4}$")
_YEARS = range(1500, 2100)
_BACKSLASHED = re.compile(r"\\.", re.DOTALL)
_SEVERAL_AUTHORS = re.compile(r"\bet\.? ?al\b|\band\b|&", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"\w[A-Z]")


@dataclass(frozen=True, slots=True)
class Citation:
    """The people, venue and year of a paper. What is not said is empty."""

    authors: str = ""
    venue: str = ""
    year: int | None = None


NOTHING = Citation()


@dataclass(frozen=True, slots=True)
class Cut:
    """A line without the citation at its end. It is whole when it names the authors, or says with a
    comma or an empty bracket that there are none: then the line says no more about them."""

    source: str
    citation: Citation = NOTHING
    is_whole: bool = False


def cut(source: str) -> Cut:
    """Return the line and the citation at its end. One bracket alone is a title; a tag is no
    citation."""
    masked = _masked(source)
    bracket = _LAST_BRACKET.search(masked) if masked.rstrip().endswith("]") else None
    if bracket and is_no_person(bracket[0].strip()) and source[: bracket.start()].strip():
        return cut(source[: bracket.start()].rstrip())
    if bracket is None or not source[: bracket.start()].strip() or _is_tag(bracket[0]):
        return Cut(source)
    inside = source[bracket.start() :].strip()[1:-1]
    citation = read(inside)
    is_whole = bool(citation.authors) or not inside.strip() or "," in bracket[0]
    return Cut(source[: bracket.start()], citation, is_whole)


def read(source: str) -> Citation:
    r"""Return the inside of a bracket. The last comma parts authors and venue; `\,` belongs to a
    name."""
    source, year = _cut_year(source.strip())
    authors, comma, venue = _parted(source)
    if not comma and not _is_venue(venue):
        return Citation(authors=plain(venue), year=year)
    if year and not venue.strip():
        fewer, comma, last = _parted(authors)
        if comma and _is_venue(last):  # [Han et al., ICLR, 2016]
            authors, venue = fewer, last
    return Citation(plain(authors), plain(venue), year)


def write(citation: Citation) -> str:
    """Return the bracket such that reading it gives the citation again; empty for an empty one."""
    authors = numbers.guarded_numbers(escaped(citation.authors))
    venue = numbers.guarded_numbers(escaped(citation.venue)).replace(",", r"\,")
    ending = f"{venue} {citation.year or ''}".strip()
    guarded = authors.replace(",", r"\,")
    forms = [", ".join(filter(None, [authors, ending])), f"{guarded}, {ending}", guarded]
    inside = next((form for form in forms if _is_read_as(form, citation)), forms[1])
    return f"[{inside}]" if inside else ""


def _is_read_as(inside: str, citation: Citation) -> bool:
    return read(inside) == citation and not _is_tag(f"[{_masked(inside)}]")


def _is_tag(bracket: str) -> bool:
    return "," not in bracket and (bool(_TAG.search(bracket)) or is_no_person(bracket))


def _cut_year(source: str) -> tuple[str, int | None]:
    found = _FINAL_YEAR.search(source)
    if found is None or int(found[0]) not in _YEARS:
        return source, None
    return source[: found.start()].rstrip("，،"), int(found[0])


def _parted(source: str) -> tuple[str, str, str]:
    """Split at the last comma without a backslash: what is before it, the comma, and the rest."""
    at = _masked(source).rfind(",")
    return (source[:at], ",", source[at + 1 :]) if at >= 0 else ("", "", source)


def _masked(source: str) -> str:
    """Return the source with what a backslash guards blotted out, each character in its place."""
    return _BACKSLASHED.sub("__", source) if "\\" in source else source


def _is_venue(text: str) -> bool:
    """Return whether the text names a venue (`ICLR`, `arXiv`), not people (`Wang M.`, `Zoph and
    Le`)."""
    return bool(_INNER_CAPITAL.search(text)) and not _SEVERAL_AUTHORS.search(text)
