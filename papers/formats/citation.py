"""The bracket behind a title: `[Authors, Venue Year]`."""

import re
from dataclasses import dataclass

from papers.formats.inline import escaped, plain

# The last bracket of a line: one without brackets inside, no picture, no second half of a link.
_LAST_BRACKET = re.compile(r"(?<![]!])\[[^\[\]]*\]\s*$")
_FINAL_YEAR = re.compile(r"(?:^|(?<=[\s,]))(?:1[5-9]|20)\d\d$", re.ASCII)
_BACKSLASHED = re.compile(r"\\.", re.DOTALL)
_SEVERAL_AUTHORS = re.compile(r"\bet\.? ?al\b|\band\b|&", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"\w[A-Z]")


@dataclass(frozen=True, slots=True)
class Citation:
    """Who wrote it, where it appeared and when. What is not said is empty."""

    authors: str = ""
    venue: str = ""
    year: int | None = None


def cut(source: str) -> tuple[str, Citation]:
    """The line without the citation at its end, and the citation. One bracket alone is a title."""
    bracket = _LAST_BRACKET.search(_masked(source))
    if bracket is None or not source[: bracket.start()].strip():
        return source, Citation()
    return source[: bracket.start()], read(source[bracket.start() :].strip()[1:-1])


def read(source: str) -> Citation:
    r"""The inside of a bracket. The last comma parts authors and venue; `\,` belongs to a name."""
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
    """The bracket such that reading it gives the citation again; empty for an empty one."""
    authors = escaped(citation.authors)
    venue = escaped(citation.venue).replace(",", r"\,")
    ending = f"{venue} {citation.year or ''}".strip()
    guarded = authors.replace(",", r"\,")
    forms = [", ".join(filter(None, [authors, ending])), f"{guarded}, {ending}", guarded]
    inside = next((form for form in forms if read(form) == citation), forms[0])
    return f"[{inside}]" if inside else ""


def _cut_year(source: str) -> tuple[str, int | None]:
    found = _FINAL_YEAR.search(source)
    return (source[: found.start()], int(found[0])) if found else (source, None)


def _parted(source: str) -> tuple[str, str, str]:
    """What stands before the last comma that has no backslash, the comma, and what follows."""
    at = _masked(source).rfind(",")
    return (source[:at], ",", source[at + 1 :]) if at >= 0 else ("", "", source)


def _masked(source: str) -> str:
    """The source with what a backslash guards blotted out, each character in its place."""
    return _BACKSLASHED.sub("__", source)


def _is_venue(text: str) -> bool:
    """Whether the text names a venue (`ICLR`, `arXiv`), not people (`Wang M.`, `Zoph and Le`)."""
    return bool(_INNER_CAPITAL.search(text)) and not _SEVERAL_AUTHORS.search(text)
