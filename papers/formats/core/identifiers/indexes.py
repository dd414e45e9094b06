"""IDs of the large indexes: PubMed, PubMed Central, OpenAlex, Semantic Scholar."""

import re

from papers.formats.core.identifiers.addresses import is_at, split_address

_PMID = re.compile(r"(?:pmid|pubmed(?: id)?)?[:\s]*0*([1-9]\d{0,8})", re.IGNORECASE | re.ASCII)
_PMID_PAGE = re.compile(r"/(?:pubmed/|(?:article|abstract)/med/)?(\d{1,9})/?$", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid)?[:\s]*pmc0*([1-9]\d{0,8})(?:\.\d+)?", re.IGNORECASE | re.ASCII)
_PMCID_PAGE = re.compile(r"/articles?/(?:pmc/)?(pmc\d{1,9}(?:\.\d+)?)(?:/|$)", re.IGNORECASE)
_OPENALEX = re.compile(r"(?:openalex)?[:\s]*w([1-9]\d{0,17})", re.IGNORECASE | re.ASCII)
_OPENALEX_PAGE = re.compile(r"/(?:works/)?(w\d+)/?$", re.IGNORECASE)
_HASH = re.compile(r"(?:s2id|semantic ?scholar)?[:\s]*([0-9a-f]{40})", re.IGNORECASE)
_CORPUS = re.compile(
    r"(?:semantic ?scholar[:\s]*)?corpus ?id[:\s]*0*([1-9]\d{0,11})", re.IGNORECASE | re.ASCII
)
_SCHOLAR_PAGE = re.compile(r"/(?:paper|reader)/(?:[^/]+/)?([0-9a-f]{40})(?:/|$)", re.IGNORECASE)
_CORPUS_PAGE = re.compile(r"/(corpusid:\d+)/?$", re.IGNORECASE)


def pmid(text: str) -> str:
    """Return the number at PubMed that the text is, with or without `PMID:`; else empty."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else ""


def pmid_of(url: str) -> str:
    parts = split_address(url)
    if not is_at(parts.netloc, "ncbi.nlm.nih.gov", "europepmc.org"):
        return ""
    found = _PMID_PAGE.search(parts.path)
    is_pubmed = is_at(parts.netloc, "pubmed.ncbi.nlm.nih.gov")
    if not found or not (is_pubmed or re.search("/(?:pubmed|med)/", parts.path, re.IGNORECASE)):
        return ""
    return pmid(found[1])


def pmcid(text: str) -> str:
    """Return the number at PubMed Central that the text is, such as PMC1234; else empty."""
    found = _PMCID.fullmatch(text.strip())
    return f"PMC{found[1]}" if found else ""


def pmcid_of(url: str) -> str:
    parts = split_address(url)
    if not is_at(parts.netloc, "ncbi.nlm.nih.gov", "europepmc.org"):
        return ""
    found = _PMCID_PAGE.search(parts.path)
    return pmcid(found[1]) if found else ""


def openalex(text: str) -> str:
    """Return the work of OpenAlex that the text is, such as W2741809807; else empty."""
    found = _OPENALEX.fullmatch(text.strip())
    return f"W{found[1]}" if found else ""


def openalex_of(url: str) -> str:
    parts = split_address(url)
    found = _OPENALEX_PAGE.search(parts.path)
    return openalex(found[1]) if found and is_at(parts.netloc, "openalex.org") else ""


def semantic_scholar(text: str) -> str:
    """Return the paper of Semantic Scholar that the text is: forty hexadecimal digits, or
    `CorpusID:1`.
    """
    if found := _HASH.fullmatch(text.strip()):
        return found[1].casefold()
    found = _CORPUS.fullmatch(text.strip())
    return f"CorpusID:{found[1]}" if found else ""


def semantic_scholar_of(url: str) -> str:
    parts = split_address(url)
    if not is_at(parts.netloc, "semanticscholar.org"):
        return ""
    found = _SCHOLAR_PAGE.search(parts.path) or _CORPUS_PAGE.search(parts.path)
    return semantic_scholar(found[1]) if found else ""
