"""Lists of identifiers and addresses of papers, as people paste them.

Each becomes an entry of that identifier alone, which is its title until its details are found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from papers.formats.core import identifiers
from papers.formats.core.identifiers import numbers
from papers.formats.core.identifiers.addresses import is_at, split_address
from papers.formats.core.identity import page_key
from papers.formats.core.reading_list import Entry, ReportedLine
from papers.formats.core.reading_list.placeholders import is_placeholder, placeholder

# fmt: off
# Where papers have pages of their own.
_HOSTS_OF_PAPERS = (
    "aclanthology.org", "aclweb.org", "openreview.net", "neurips.cc", "nips.cc", "mlr.press",
    "jmlr.org", "thecvf.com", "ecva.net", "usenix.org", "ijcai.org", "aaai.org", "isca-speech.org",
    "isca-archive.org", "roboticsproceedings.org", "mlsys.org", "cidrdb.org", "vldb.org",
    "dl.acm.org", "ieeexplore.ieee.org", "link.springer.com", "sciencedirect.com", "nature.com",
    "science.org", "pnas.org", "jstor.org", "eprint.iacr.org", "hal.science", "osf.io", "ssrn.com",
    "biorxiv.org", "medrxiv.org", "chemrxiv.org", "distill.pub", "transformer-circuits.pub",
    "proceedings.com", "semanticscholar.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov",
)
# fmt: on
_ADDRESS = re.compile(
    r"https?://(?:(?![,;]+(?:https?:|doi:|10\.\d|arxiv:))[^\s<>\"“”|]"
    rf"|(?<=\d){numbers.IN_ANGLES}(?=\d))+",
    re.IGNORECASE,
)
# The parts of a host's name are bounded, or a long row of hyphens is read again from each of them.
_WITHOUT_SCHEME = re.compile(
    r"(?<![\w@/.])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}/[^\s<>\"“”|,;]+", re.IGNORECASE
)

# More than any number or address of a paper; titles are mostly longer, and need not be searched.
_LONGEST_ALONE = 200
# `Semantic Scholar Corpus ID: 123`
_MOST_WORDS_ALONE = 4


@dataclass(frozen=True, slots=True)
class IdentifierList:
    # Each work once, in the order of the text.
    entries: tuple[Entry, ...] = ()
    # The lines in which no paper was recognised.
    not_understood: tuple[ReportedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    entry: Entry
    # An address that says no number; a weak one is of a host that is not known for papers.
    is_address: bool = False
    is_weak: bool = False


def read(text: str) -> IdentifierList:
    """Find the papers that the text names, anywhere in it."""
    once: dict[str | Entry, Entry] = {}
    not_understood = []
    for number, line in enumerate(text.splitlines(), start=1):
        entries = _read_line(line)
        for entry in entries:
            once.setdefault(page_key(entry.url) or entry, entry)
        if line.strip() and not entries:
            not_understood.append(ReportedLine(number, line))
    return IdentifierList(tuple(once.values()), tuple(not_understood))


def of_number(name: str, number: str) -> Entry:
    """Return an entry of this identifier and nothing else."""
    if name == "pmcid":
        return _of_pmcid(number)
    said: dict[str, Any] = {name: number}
    return Entry(title=placeholder(name, number), **said)


def _of_pmcid(number: str) -> Entry:
    address = f"https://pmc.ncbi.nlm.nih.gov/articles/{number}/"
    return Entry(title=number, url=address, further=(("PMCID", number),))


_IN_ADDRESSES: tuple[numbers.IdentifierReader, ...] = (
    ("arxiv", identifiers.arxiv_of),
    ("doi", identifiers.doi_of),
    ("pmid", identifiers.pmid_of),
    ("pmcid", identifiers.pmcid_of),
    ("openalex", identifiers.openalex_of),
    ("semantic_scholar", identifiers.semantic_scholar_of),
)


@lru_cache(maxsize=1_024)  # a line is asked for it twice
def alone(text: str) -> Entry | None:
    """Return the entry of a text that is one number under its name, or one address that says a
    number.

    A bare word may be anything: `0262033848` and `w2741809807` are numbers only where they are
    called so.
    """
    if len(text) > _LONGEST_ALONE or text.isalnum() or not any(map(str.isdigit, text)):
        return None
    if sum(map(str.isalpha, text.split())) > _MOST_WORDS_ALONE:
        return None
    rest, found = _found_in(text)
    if len(found) != 1 or any(map(str.isalnum, rest)) or not is_placeholder(found[0].entry):
        return None
    return found[0].entry


def _read_line(line: str) -> list[Entry]:
    rest, found = _found_in(line)
    is_bare = not any(map(str.isalnum, rest))
    return _together(sorted(found, key=lambda one: one.start), is_bare)


def _found_in(line: str) -> tuple[str, list[_Found]]:
    """Return the line with blanks in the place of what was found in it, and that."""
    rest, found = _addresses_in(line)
    rest, named = numbers.found_in(rest)
    return rest, found + [_Found(one.start, of_number(one.name, one.number)) for one in named]


def _addresses_in(line: str) -> tuple[str, list[_Found]]:
    """Return the papers that addresses lead to, and the line with blanks in the place of these."""
    found = []
    without_scheme = _WITHOUT_SCHEME.finditer(_ADDRESS.sub(_blank, line))
    for match in [*_ADDRESS.finditer(line), *without_scheme]:
        if one := _at(numbers.trimmed(match[0]), match.start()):
            found.append(one)
            line = _blanked(line, match)
    return line, found


def _at(address: str, start: int) -> _Found | None:
    """Return the entry for an address; one without `https://` must have a DOI or another
    identifier.
    """
    url = identifiers.web_address(address)
    whole = url or identifiers.web_address(f"https://{address}")
    if entry := _number_at(whole):
        return _Found(start, entry)
    parts = split_address(whole)
    is_at_home = is_at(parts.netloc, *_HOSTS_OF_PAPERS) and bool(parts.path.strip("/"))
    is_of_papers = is_at_home or bool(identifiers.page_of(whole))
    if not url and not is_of_papers:
        return None
    is_file = parts.path.casefold().endswith(".pdf")
    entry = Entry(title=_last_part(whole), url=whole)
    return _Found(start, entry, is_address=True, is_weak=not (is_of_papers or is_file))


def _number_at(address: str) -> Entry | None:
    """Return an entry with the first identifier that is found in the address, or None."""
    for name, read_number in _IN_ADDRESSES:
        if number := read_number(address):
            return of_number(name, number)
    return None


def _last_part(url: str) -> str:
    """Return the end of an address, to serve as a title: `forum?id=x1` of one at openreview.net."""
    parts = split_address(url)
    path = unquote(parts.path).rstrip("/").rpartition("/")[2]
    named = f"{path}?{parts.query}" if parts.query else path
    readable = " ".join("".join(c if c.isprintable() else " " for c in named).split())
    return readable[:300] or parts.netloc


def _together(found: list[_Found], is_bare: bool) -> list[Entry]:
    """Return the entries of a line.

    One number and one address are one paper, and this is where it is. An address of a host that is
    not known for papers counts only in a bare line, one without other words.
    """
    numbers = list(_entries(one for one in found if not one.is_address))
    addresses = list(_entries(one for one in found if one.is_address and not one.is_weak))
    if is_bare:
        addresses = list(_entries(one for one in found if one.is_address))
    if len(addresses) == len(numbers) == 1:
        return [replace(numbers[0], url=numbers[0].url or addresses[0].url)]
    is_weak_kept = is_bare and not numbers
    return list(_entries(one for one in found if is_weak_kept or not one.is_weak))


def _entries(found: Iterable[_Found]) -> Iterable[Entry]:
    return dict.fromkeys(one.entry for one in found)


def _blanked(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]}{_blank(found)}{line[found.end() :]}"


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
