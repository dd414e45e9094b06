"""What somebody pasted: numbers and addresses of papers, one or many, in any text.

Each number becomes an entry that says nothing but this number, which is its title as long as
nobody looked up a better one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from papers.formats import identifiers
from papers.formats.identifiers.addresses import is_at, split
from papers.formats.placeholders import is_placeholder, placeholder
from papers.formats.reading_list import Entry, Line

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
    r"https?://(?:(?![,;]+(?:https?:|doi:|10\.\d|arxiv:))[^\s<>\"“”|])+", re.IGNORECASE
)
# The parts of a host's name are bounded, or a long row of hyphens is read again from each of them.
_WITHOUT_SCHEME = re.compile(
    r"(?<![\w@/.])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}/[^\s<>\"“”|,;]+", re.IGNORECASE
)
_AT_THE_END = re.compile(r"[.,;:!?'’*_]+$")

_NEXT = r"[,;](?:https?:|doi:|10\.\d|arxiv:|\d{4}\.\d{4,5}\b|pmid)"
_DOI = re.compile(
    rf"(?<![\w./-])(?:doi:\s*)?10\.\d{{4,9}}(?:\.\d+)*/(?:(?!{_NEXT})[^\s\"“”|])+", re.IGNORECASE
)
_SHORT_DOI = re.compile(r"(?<![\w./-])doi:\s*10/[a-z0-9]{3,10}\b", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?<![\w./-])arxiv[:\s]\s*(?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\b"
    r"(?!\.\d)",
    re.IGNORECASE,
)
# Without its name, a number is one of arXiv only where it can be: month and length say so.
_BARE_ARXIV = re.compile(
    r"(?<![\w./$€£-])(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|"
    r"(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})(?:v\d+)?(?![\w%]|\.\d)"
)
_OLD_ARXIV = re.compile(
    r"(?<![\w./-])(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
    r"|alg-geom|dg-ga|q-alg|solv-int|chao-dyn|patt-sol|cmp-lg|math|cs|physics|nlin|q-bio)"
    r"(?:\.[a-z]{2})?/\d{7}(?:v\d+)?(?!\w)",
    re.IGNORECASE,
)
_PMID = re.compile(r"(?<!\w)(?:pmid|pubmed(?: id)?)[:\s]\s*\d{1,9}(?!\w)", re.IGNORECASE | re.ASCII)
_PMCID = re.compile(r"(?<!\w)(?:pmcid[:\s]\s*)?pmc\d{3,9}(?!\w)", re.IGNORECASE | re.ASCII)
_OPENALEX = re.compile(
    r"(?<!\w)(?:openalex[:\s]\s*w\d{1,18}|w\d{6,18})(?!\w)", re.IGNORECASE | re.ASCII
)
_SCHOLAR = re.compile(
    r"(?<!\w)(?:semantic scholar[:\s]\s*)?(?:[0-9a-f]{40}|corpus ?id[:\s]\s*\d{1,12})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
# More than any number or address of a paper; titles are mostly longer, and need not be searched.
_LONGEST_ALONE = 200
_HYPHEN = "[ ‐‑–-]?"
_ISBN = re.compile(
    rf"(?<![\w-])(?:(?:e-?)?isbn(?:-1[03])?[:\s]\s*(?:97[89]{_HYPHEN})?(?:\d{_HYPHEN}){{9}}[\dx]"
    rf"|97[89](?:{_HYPHEN}\d){{10}}"
    r"|\d{1,5}[‐‑–-]\d{1,7}[‐‑–-]\d{1,7}[‐‑–-][\dx]|\d{9}[\dx])(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Pasted:
    # Each work once, in the order of the text.
    entries: tuple[Entry, ...] = ()
    # The lines in which no paper was recognised.
    not_understood: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    entry: Entry
    # An address that says no number; a weak one is of a host that nobody knows for papers.
    is_address: bool = False
    is_weak: bool = False


def read(text: str) -> Pasted:
    """The papers that the text names, wherever in it they stand."""
    once: dict[Entry, None] = {}
    not_understood = []
    for number, line in enumerate(text.splitlines(), start=1):
        entries = _read_line(line)
        once.update(dict.fromkeys(entries))
        if line.strip() and not entries:
            not_understood.append(Line(number, line))
    return Pasted(tuple(once), tuple(not_understood))


def of_number(name: str, number: str) -> Entry:
    """The entry that says this number and no more, under its own name."""
    said: dict[str, Any] = {name: number}
    return replace(Entry(title=placeholder(name, number)), **said)


def _of_pmcid(number: str) -> Entry:
    address = f"https://pmc.ncbi.nlm.nih.gov/articles/{number}/"
    return Entry(title=number, url=address, further=(("PMCID", number),))


_Readers = tuple[tuple[str, Callable[[str], str]], ...]
_OF_ARXIV = (("arxiv", lambda text: identifiers.arxiv(re.sub(r"(?i)^arxiv\s+", "", text))),)
_OF_DOI = (("doi", identifiers.doi), ("arxiv", identifiers.arxiv))
# The stricter come first: what one has found, the next does not see.
_NUMBERS: tuple[tuple[re.Pattern[str], _Readers], ...] = (
    (_DOI, _OF_DOI),
    (_SHORT_DOI, _OF_DOI),
    (_ARXIV, _OF_ARXIV),
    (_PMID, (("pmid", identifiers.pmid),)),
    (_PMCID, (("pmcid", identifiers.pmcid),)),
    (_OPENALEX, (("openalex", identifiers.openalex),)),
    (_SCHOLAR, (("semantic_scholar", identifiers.semantic_scholar),)),
    (_ISBN, (("isbn", identifiers.isbn),)),
    (_OLD_ARXIV, _OF_ARXIV),
    (_BARE_ARXIV, _OF_ARXIV),
)
_IN_ADDRESSES: _Readers = (
    ("arxiv", identifiers.arxiv_of),
    ("doi", identifiers.doi_of),
    ("pmid", identifiers.pmid_of),
    ("pmcid", identifiers.pmcid_of),
    ("openalex", identifiers.openalex_of),
    ("semantic_scholar", identifiers.semantic_scholar_of),
)


def alone(text: str) -> Entry | None:
    """The entry of a text that is one number under its name, or one address that says a number.

    A bare word may be anything: `0262033848` and `w2741809807` are numbers only where they are
    called so.
    """
    if len(text) > _LONGEST_ALONE or text.isalnum() or not any(map(str.isdigit, text)):
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
    """The line with blanks in the place of what was found in it, and that."""
    rest, found = _addresses_in(line)
    for pattern, readers in _NUMBERS:
        rest, more = _numbers_in(rest, pattern, readers)
        found += more
    return rest, found


def _addresses_in(line: str) -> tuple[str, list[_Found]]:
    """The papers that addresses lead to, and the line with blanks in the place of these."""
    found = []
    without_scheme = _WITHOUT_SCHEME.finditer(_ADDRESS.sub(_blank, line))
    for match in [*_ADDRESS.finditer(line), *without_scheme]:
        if one := _at(_trimmed(match[0]), match.start()):
            found.append(one)
            line = _blanked(line, match)
    return line, found


def _numbers_in(line: str, pattern: re.Pattern[str], readers: _Readers) -> tuple[str, list[_Found]]:
    found = []
    for match in pattern.finditer(line):
        if entry := _first(readers, _trimmed(match[0])):
            found.append(_Found(match.start(), entry))
            line = _blanked(line, match)
    return line, found


def _at(address: str, start: int) -> _Found | None:
    """What is at an address; one without `https://` is taken only where it says a number."""
    url = identifiers.web_address(address)
    whole = url or identifiers.web_address(f"https://{address}")
    if entry := _first(_IN_ADDRESSES, whole):
        return _Found(start, entry)
    parts = split(whole)
    is_of_papers = is_at(parts.netloc, *_HOSTS_OF_PAPERS) and bool(parts.path.strip("/"))
    if not url and not is_of_papers:
        return None
    is_file = parts.path.casefold().endswith(".pdf")
    entry = Entry(title=_last_part(whole), url=whole)
    return _Found(start, entry, is_address=True, is_weak=not (is_of_papers or is_file))


def _first(readers: _Readers, text: str) -> Entry | None:
    """What the first of these readers makes of the text that makes anything of it."""
    for name, read_number in readers:
        if number := read_number(text):
            return _of_pmcid(number) if name == "pmcid" else of_number(name, number)
    return None


def _last_part(url: str) -> str:
    """What an address ends in, to call a paper by: `forum?id=x1` of one at openreview.net."""
    parts = split(url)
    path = unquote(parts.path).rstrip("/").rpartition("/")[2]
    named = f"{path}?{parts.query}" if parts.query else path
    readable = " ".join("".join(c if c.isprintable() else " " for c in named).split())
    return readable[:300] or parts.netloc


def _together(found: list[_Found], is_bare: bool) -> list[Entry]:
    """The entries of a line.

    One number and one address are one paper, and this is where it is. An address of a host that
    nobody knows for papers counts only in a bare line, in which no word stands beside it.
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


def _trimmed(text: str) -> str:
    """Without what ends the sentence, or closes the bracket, around a number or an address."""
    while True:
        shorter = _without_bracket(_AT_THE_END.sub("", text))
        if shorter == text:
            return text
        text = shorter


def _without_bracket(text: str) -> str:
    for opening, closing in ("()", "[]", "{}", "<>"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            return text[:-1]
    return text


def _blanked(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]}{_blank(found)}{line[found.end() :]}"


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
