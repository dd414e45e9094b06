"""DOIs and arXiv numbers: finding them, and one spelling for each."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

# A link is asked for its address many times while a list is read.
_remembered = lru_cache(maxsize=4_096)

# A long DOI, or a short one such as 10/fqd6hj.
_DOI = re.compile(r"10(?:\.\d{4,9}(?:\.\d+)*)?/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PAGE_OF_DOI = re.compile(r"(?:/(?:full|pdf|epdf|abstract|html))?(?:\.pdf)?/?$", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?", re.IGNORECASE
)
_ARXIV_PAGE = re.compile(r"/(?:abs|pdf|html|format|e-print)/(.+?)/?$")
_DOI_OF_ARXIV = "10.48550/arxiv."


def doi(text: str) -> str:
    """The DOI that the text is, in lower case and without `https://doi.org/`; else empty."""
    bare = _DOI_PREFIX.sub("", text.strip()).casefold()
    if not _DOI.fullmatch(bare) or bare.startswith(_DOI_OF_ARXIV):
        return ""
    return _without_closing(bare)


def arxiv(text: str) -> str:
    """The arXiv number that the text is, without version; else empty. So is a DOI made by arXiv."""
    bare = _DOI_PREFIX.sub("", text.strip())
    if bare.casefold().startswith(_DOI_OF_ARXIV):
        bare = bare[len(_DOI_OF_ARXIV) :]
    found = _ARXIV.fullmatch(bare)
    return found[1].casefold() if found else ""


@_remembered
def doi_of(url: str) -> str:
    """The DOI in the address of a paper's page, at doi.org or at a publisher; else empty."""
    parts = _split(url)
    path = unquote(parts.path)
    found = _DOI.search(path, 1)
    if not found or (path[found.start() - 1] != "/"):
        return ""
    if not _is_at(parts.netloc, "doi.org"):
        return doi(_PAGE_OF_DOI.sub("", found[0])) if found[0].startswith("10.") else ""
    return doi(found[0])


@_remembered
def arxiv_of(url: str) -> str:
    """The arXiv number in the address of a paper's page; else empty."""
    parts = _split(url)
    if _is_at(parts.netloc, "doi.org"):
        return arxiv(unquote(parts.path).lstrip("/"))
    found = _ARXIV_PAGE.search(parts.path)
    return arxiv(found[1]) if found and _is_at(parts.netloc, "arxiv.org") else ""


@_remembered
def web_address(target: str) -> str:
    """The target where it is an http or https address, blanks made safe; else empty."""
    target = target.strip().replace(" ", "%20")
    parts = _split(target)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not target.isprintable():
        return ""
    return target


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # an address such as http://[
        return urlsplit("")


def _is_at(netloc: str, host: str) -> bool:
    at = netloc.casefold()
    return at == host or at.endswith("." + host)


def _without_closing(text: str) -> str:
    """Without the full stop, comma or bracket that closes the sentence around a DOI."""
    while text[-1] in ".,;" or (text[-1] == ")" and text.count(")") > text.count("(")):
        text = text[:-1]
    return text
