"""The numbers that a paper is found by, wherever the entry has them, and its pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from papers.formats.bibtex.latex import address_in_latex, plain_text
from papers.formats.bibtex.record import BibtexRecord
from papers.formats.core import identifiers
from papers.formats.core.identifiers import numbers
from papers.formats.core.reading_list.details import Further
from papers.formats.core.text.repair import one_line

_IN_TEXT = re.compile(r"arxiv[: ]+([a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})", re.IGNORECASE)
_VERSION = re.compile(r"v\d+$")
_DOI_ORG = re.compile(r"^https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_OLD_NUMBER = re.compile(r"\d{7}(?:v\d+)?")
_ADDRESS = re.compile(r"https?://[^\s{}|]+")
# A blank within an address is one that someone forgot to write as %20.
_BETWEEN_ADDRESSES = re.compile(r"[\s,;|]+(?=https?://|$)|\s+(?=[(\[])")
_ISBN = re.compile(r"\d{9}[\dX]|\d{13}")
_ISSN = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?!\d)")
_DASH = re.compile(r"\s*[-‐‑‒–—−]+\s*")
_BEFORE_PAGES = re.compile(r"^(?:pp?|pages?)[.:]?\s+(?=\d)", re.IGNORECASE)
_PLACES_OF_ARXIV = ("number", "volume", "eid", "howpublished", "note", "pages")


class Numbers(NamedTuple):
    url: str
    doi: str
    arxiv: str
    pmid: str
    # As written in the fields that are made for them, where they are kept in another spelling.
    spelt: Further


def read_identifiers(record: BibtexRecord, venue: str) -> Numbers:
    spelt = tuple(_spelt(record))
    url = _url(record)
    doi, arxiv = _doi(record, url), _arxiv(record)
    arxiv = arxiv or next(iter(numbers.arxiv_dois([_address(record, "doi")])), "")
    arxiv = arxiv or identifiers.arxiv_of(url)
    return Numbers(url, doi, arxiv or _arxiv_in_text(record, venue), _pmid(record), spelt)


def _spelt(record: BibtexRecord) -> Iterator[tuple[str, str]]:
    """A DOI as the address of someone's page, an arXiv ID with its version."""
    doi = _DOI_ORG.sub("", _address(record, "doi"))
    if doi.startswith("http") and identifiers.doi_of(doi):
        yield "doi", doi
    for name in ("eprint", "arxivid", "arxiv"):
        number = _address(record, name)
        if _VERSION.search(number) and identifiers.arxiv(number):
            yield "arxiv", number
            return


def further_dois(record: BibtexRecord, first: str) -> Further:
    """Return the other DOIs, where the field holds several."""
    several = numbers.dois([_address(record, "doi")])
    return tuple(("DOI", one) for one in several if one != first)


def isbns_of_record(record: BibtexRecord) -> str:
    """The ISBNs in digits, each once, parted by blanks."""
    text = _DASH.sub("", one_line(plain_text(record.peek("isbn")))).upper()
    parts = re.split(r"[^\dX]+", text)
    found = [part for part in [*parts, "".join(parts)] if _ISBN.fullmatch(part)]
    return _taken(record, "isbn", [one for one in found if one in parts] or found)


def issn(record: BibtexRecord) -> str:
    text = one_line(plain_text(record.peek("issn")))
    return _taken(record, "issn", [one.replace("-", "").upper() for one in _ISSN.findall(text)])


def read_pages(text: str) -> str:
    """`12-34`, from any of the dashes that people write."""
    return _DASH.sub("-", _BEFORE_PAGES.sub("", text))


def written_pages(text: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", "--", text)


def written_issn(text: str) -> str:
    return re.sub(r"\b(\d{4})(\d{3}[\dX])\b", r"\1-\2", text)


def _taken(record: BibtexRecord, name: str, found: list[str]) -> str:
    if found:
        record.take(name)
    return " ".join(dict.fromkeys(found))


def _address(record: BibtexRecord, name: str) -> str:
    latex = record.peek(name)
    return one_line(address_in_latex(latex)) if latex else ""


def _url(record: BibtexRecord) -> str:
    """Return the first web address. A DOI in place of an address is read by `_doi`."""
    for name in ("url", "link", "ee", "adsurl", "bdsk-url-1"):
        first, *others = _BETWEEN_ADDRESSES.split(_address(record, name))
        url = identifiers.web_address(first)
        if url:
            if not any(others):
                record.take(name)
            return url
    for name in ("howpublished", "note"):
        found = _ADDRESS.search(_address(record, name))
        url = identifiers.web_address(found[0].rstrip(".,;)")) if found else ""
        if url:
            if plain_text(record.peek(name)).strip() == url:
                record.take(name)
            return url
    return ""


def _doi(record: BibtexRecord, url: str) -> str:
    text = _address(record, "doi")
    several = numbers.dois([text])
    if len(several) + len(numbers.arxiv_dois([text])) > 1:
        record.take("doi")
        return next(iter(several), "")
    found = identifiers.doi(text) or identifiers.doi_of(text)
    if found or identifiers.arxiv(text):
        record.take("doi")
    return found or identifiers.doi_of(url)


def _arxiv(record: BibtexRecord) -> str:
    """Return the number in one of the fields that are made for it."""
    for name in ("eprint", "arxivid", "arxiv"):
        text = _address(record, name)
        if name == "eprint" and _OLD_NUMBER.fullmatch(text):
            text = f"{_archive(record).partition('.')[0]}/{text}"
        found = identifiers.arxiv(text) or identifiers.arxiv_of(text)
        if found and (name != "eprint" or _is_of_arxiv(record)):
            _take_with_archive(record, name, text)
            return found
    return ""


def _take_with_archive(record: BibtexRecord, name: str, text: str) -> None:
    """A version is worth keeping, so that the field stays with it."""
    if not _VERSION.search(text):
        record.take(name)
    for other in ("eprint", "arxivid", "arxiv"):
        if _address(record, other) == text and not _VERSION.search(text):
            record.take(other)
    if name == "eprint":
        record.take("archiveprefix")
        record.take("eprinttype")


def _archive(record: BibtexRecord) -> str:
    return _address(record, "primaryclass") or _address(record, "eprintclass")


def _is_of_arxiv(record: BibtexRecord) -> bool:
    archive = _address(record, "archiveprefix") or _address(record, "eprinttype")
    return not archive or archive.casefold().startswith("arxiv")


def _arxiv_in_text(record: BibtexRecord, venue: str) -> str:
    for text in (venue, *(_address(record, name) for name in _PLACES_OF_ARXIV)):
        found = _IN_TEXT.search(text)
        if found:
            return found[1].casefold()
    volume = _address(record, "volume")
    return identifiers.arxiv(volume.removeprefix("abs/")) if volume.startswith("abs/") else ""


def _pmid(record: BibtexRecord) -> str:
    text = _address(record, "pmid").casefold().removeprefix("pmid:").strip()
    if text.isascii() and text.isdigit():
        record.take("pmid")
        return text
    is_pubmed = _address(record, "eprinttype").casefold() == "pubmed"
    text = _address(record, "eprint") if is_pubmed else ""
    if text.isascii() and text.isdigit():
        record.take("eprint")
        record.take("eprinttype")
        return text
    return ""
