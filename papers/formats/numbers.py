"""Numbers of a work that stand somewhere in a text; `identifiers` has the spelling of each."""

import re
from collections.abc import Callable, Iterable

from papers.formats import identifiers

# A number stands near the beginning of what names it, or it is none of the work's.
_LONGEST_NOTE = 20_000
_LONGEST_ADDRESS = 2_000
_ARXIV = re.compile(
    r"\barxiv(?:\.org/(?:abs|pdf|html)/|[\s:]{1,4}|\s{0,3}(?:id|e-?prints?|preprint)[\s:]{1,4}){1,3}"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?!\d)",
    re.IGNORECASE,
)
# A comma or a blank may stand in a DOI, but not before another one.
_BETWEEN_DOIS = re.compile(
    r"(?<![\s,;|])(?:[,;|]|\s|\band\b)++(?=(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/)",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_PMID = re.compile(
    r"(?:\bpmid\s*[:=]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})\b",
    re.IGNORECASE,
)
_OPENALEX = re.compile(r"\bopenalex\.org/(?:works/)?(W\d{4,12})\b", re.IGNORECASE)
_SEMANTIC_SCHOLAR = re.compile(
    r"\bsemanticscholar\.org/paper/(?:[^/\s]{1,300}/)?([0-9a-f]{40})\b", re.IGNORECASE
)


def arxiv(texts: Iterable[str]) -> str:
    """The arXiv number that is named as one in the texts."""
    return _first(_ARXIV, texts, identifiers.arxiv)


def doi(text: str) -> str:
    """The DOI that the text is or holds."""
    text = text[:_LONGEST_ADDRESS]
    found = identifiers.doi(text) or identifiers.doi_of(text)
    if found:
        return found
    inside = _DOI.search(text)
    return identifiers.doi(inside[0]) if inside else ""


def dois(texts: Iterable[str]) -> list[str]:
    """The DOIs of the texts, each of which is one or names several; each once, in their order."""
    return _each(texts, doi)


def arxiv_dois(texts: Iterable[str]) -> list[str]:
    """The arXiv numbers among the same, whose DOIs are of arXiv's making."""
    return _each(texts, identifiers.arxiv)


def _each(texts: Iterable[str], spelt: Callable[[str], str]) -> list[str]:
    shortened = (text[:_LONGEST_NOTE].strip() for text in texts)
    pieces = (piece for text in shortened for piece in _BETWEEN_DOIS.split(text))
    return list(dict.fromkeys(filter(None, map(spelt, pieces))))


def doi_of(address: str) -> str:
    return identifiers.doi_of(address) if len(address) <= _LONGEST_ADDRESS else ""


def arxiv_of(address: str) -> str:
    return identifiers.arxiv_of(address) if len(address) <= _LONGEST_ADDRESS else ""


def pmid(texts: Iterable[str]) -> str:
    return _first(_PMID, texts, identifiers.pmid)


def openalex(texts: Iterable[str]) -> str:
    return _first(_OPENALEX, texts, identifiers.openalex)


def semantic_scholar(texts: Iterable[str]) -> str:
    return _first(_SEMANTIC_SCHOLAR, texts, identifiers.semantic_scholar)


def _first(pattern: re.Pattern[str], texts: Iterable[str], spelt: Callable[[str], str]) -> str:
    found = (pattern.search(text[:_LONGEST_NOTE]) for text in texts)
    return next((spelt(one[1]) for one in found if one), "")
