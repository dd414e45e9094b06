"""DOIs, long and short."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from papers.formats.identifiers.addresses import is_at, split

# What the registry of preprints calls arXiv's own: such a number is one of arXiv.
DOI_OF_ARXIV = "10.48550/arxiv."
DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)

# A long DOI, or a short one such as 10/fqd6hj.
_DOI = re.compile(r"10(?:\.\d{4,9}(?:\.\d+)*)?/\S+")
# doi.org/fqd6hj leads where doi.org/10/fqd6hj leads.
_SHORT = re.compile(r"/([a-z0-9]{4,8})/?", re.IGNORECASE)
# What publishers put behind the DOI in the address of its page.
_PAGE_OF_DOI = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|html|fulltext|full-text|meta|references|citations|summary))?"
    r"(?:\.(?:full|abstract))?(?:\.pdf|\.full)?/?$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v\d+$")
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def doi(text: str) -> str:
    """The DOI that the text is, in lower case and without `https://doi.org/`; else empty."""
    bare = DOI_PREFIX.sub("", text.strip()).casefold()
    if not _DOI.fullmatch(bare) or bare.startswith(DOI_OF_ARXIV):
        return ""
    shorter = _without_closing(bare)
    return shorter if _DOI.fullmatch(shorter) else ""


@lru_cache(maxsize=4_096)  # a link is asked for it many times
def doi_of(url: str) -> str:
    """The DOI in the address of a paper's page, at doi.org or at a publisher; else empty."""
    parts = split(url)
    path = unquote(parts.path)
    if parts.netloc.casefold() in {"doi.org", "dx.doi.org"} and (short := _SHORT.fullmatch(path)):
        return f"10/{short[1].casefold()}"
    found = _DOI.search(path, 1)
    if not found or (path[found.start() - 1] != "/"):
        return _asked_for(parts.query)
    if is_at(parts.netloc, "doi.org"):
        return doi(found[0])
    if not found[0].startswith("10."):
        return ""
    at_publisher = _PAGE_OF_DOI.sub("", found[0])
    if is_at(parts.netloc, "biorxiv.org", "medrxiv.org"):
        at_publisher = _VERSION.sub("", at_publisher)
    return doi(at_publisher)


def _asked_for(query: str) -> str:
    """The DOI that a page is asked for behind the question mark, as in `?id=10.1371/…`."""
    named = (value for name, value in parse_qsl(query) if name.casefold() in {"id", "doi"})
    return next((found for value in named if value.startswith("10.") and (found := doi(value))), "")


def _without_closing(text: str) -> str:
    """Without the full stop, comma or bracket that closes the sentence around a DOI."""
    while text[-1] in ".,;:'\"’”" or _closes_too_much(text):
        text = text[:-1]
    return text


def _closes_too_much(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return bool(opening) and text.count(text[-1]) > text.count(str(opening))
