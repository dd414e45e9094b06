"""One line that cites a work: who, when, what, where."""

import re

from papers.formats.core import identifiers, people
from papers.formats.core.identity import Work
from papers.formats.core.people import Name

# Of more people than these only the first few are named.
_MOST_NAMED = 20
_CLOSED = (".", "?", "!", "…", "。", "？", "！")


def citation_line(work: Work) -> str:
    """As in `Family, G. and Family, G. (2016). Title. Venue, 12(3), 1-10. https://doi.org/…`."""
    who = _people(work.authors)
    when = f"({work.year or work.published[:4]})" if work.year or work.published else ""
    head = " ".join(filter(None, [who, when]))
    parts = [head, work.title, _place(work)]
    return " ".join(
        [*(_closed(part) for part in parts if part), *filter(None, [address_of_work(work)])]
    )


def address_of_work(work: Work) -> str:
    """Return the address of the work's DOI or arXiv ID, which outlive others, else its own link."""
    if work.doi:
        return identifiers.doi_address(work.doi)
    if work.arxiv:
        return f"https://arxiv.org/abs/{work.arxiv}"
    return work.url


def _people(text: str) -> str:
    parted = people.parted(text)
    names = [_short(name) for name in parted.names]
    if parted.has_more or len(names) > _MOST_NAMED:
        return f"{', '.join(names[: _MOST_NAMED - 1])} et al.".lstrip()
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _short(name: Name) -> str:
    return f"{name.family}, {_initials(name.given)}" if name.given else name.family


def _initials(given: str) -> str:
    """`Ada B.` is `A. B.`, `Jean-Luc` is `J.-L.`; a name without capitals stays as it is."""
    if not any(letter.isupper() for letter in given):
        return given
    pieces = re.findall(r"-|[^\s.-]+", given)
    short = " ".join(piece if piece == "-" else f"{piece[0]}." for piece in pieces)
    return short.replace(" - ", "-")


def _place(work: Work) -> str:
    issue = f"({work.issue})" if work.issue else ""
    where = work.venue or work.publisher
    return ", ".join(filter(None, [where, f"{work.volume}{issue}", work.pages]))


def _closed(part: str) -> str:
    return part if part.endswith(_CLOSED) else f"{part}."
