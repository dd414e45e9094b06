"""DOIs, long and short."""

import html
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote

from papers.formats.core.identifiers.addresses import is_at, split_address
from papers.formats.core.identifiers.pages import doi_at

# What the registry of preprints calls arXiv's own: such a number is one of arXiv.
DOI_OF_ARXIV = "10.48550/arxiv."
# `https://doi.org/`, `doi:`, `DOI 10…`, `info:doi/`, and several of them one behind the other.
DOI_PREFIX = re.compile(
    r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:info:|urn:)?doi(?:\s*[:=/]\s*|\s+(?=10[./])))+",
    re.IGNORECASE,
)

# A long DOI, or a short one such as 10/fqd6hj.
_DOI = re.compile(r"10(?:\.\d{4,9}(?:\.\d+)*)?/\S+")
# doi.org/fqd6hj leads where doi.org/10/fqd6hj leads.
_SHORT = re.compile(r"/([a-z0-9]{4,8})/?", re.IGNORECASE)
# What publishers put behind the DOI in the address of its page.
_PAGE_OF_DOI = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|html|fulltext|full-text|meta|references|citations|summary))?"
    r"(?:\.(?:full|abstract))?(?:\.pdf|\.full|\.html?)?/?$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v\d+$")
_ESCAPED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,5}|#x[0-9a-f]{1,4});", re.IGNORECASE)
# What makes `<` and `>` of LaTeX.
_LESS = frozenset({"$<$", "\\textless", "\\textless{}"})
_OF_LATEX = re.compile(r"\$[<>]\$|\\text(?:less|greater)(?:\{\})?")
# Longer than any DOI, and than any address with one.
_LONGEST = 2_000
# The end of an old DOI such as `10.1002/(SICI)…3.0.CO;2-#`, which an address takes for an anchor.
_ENDS_IN_HASH = re.compile(r"co;2-#$", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
# DOIs that servers of preprints give. The prefix of bioRxiv is one of journals, too.
_OF_PREPRINT = re.compile(
    r"10\.(?:1101/(?:\d{6}|(?:19|20)\d\d\.\d\d\.\d\d\.\d{6,8})$|64898/|21203/rs\.|26434/chemrxiv"
    r"|33774/|31219/|31234/|31235/|2139/ssrn\.|20944/preprints|36227/techrxiv|22541/au\."
    r"|1590/scielopreprints)"
)


def doi(text: str) -> str:
    """The DOI that the text is, in lower case and without `https://doi.org/`; else empty.

    What was escaped for HTML or for an address is read as it was meant.
    """
    if len(text) > _LONGEST:
        return ""
    bare = DOI_PREFIX.sub("", unescaped(text).strip()).casefold()
    if not bare.isprintable() or not _DOI.fullmatch(bare) or bare.startswith(DOI_OF_ARXIV):
        return ""
    shorter = _without_closing(bare)
    return shorter if _DOI.fullmatch(shorter) else ""


def doi_address(number: str) -> str:
    """Return the address at doi.org, with the characters escaped that have a meaning in URLs."""
    return f"https://doi.org/{quote(number, safe='/:;()._-,+*=@!$&~')}"


def unescaped(text: str) -> str:
    """Return the text with `&lt;`, `%3C` and `$<$` as `<`, however often it was escaped."""
    before = ""
    if "$" in text or "\\text" in text:
        text = _OF_LATEX.sub(lambda found: "<" if found[0] in _LESS else ">", text)
    while text != before:
        before = text
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if "%" in text and _ESCAPED.search(text):
            text = unquote(text)
    return text


def is_of_preprint(number: str) -> bool:
    """Return whether a server of preprints gave the DOI: the published work has another one."""
    return bool(_OF_PREPRINT.match(number))


@lru_cache(maxsize=4_096)  # a link is asked for it many times
def doi_of(url: str) -> str:
    """The DOI in the address of a paper's page, or the one that follows from it; else empty."""
    parts = split_address(url)
    path = unescaped(parts.path)
    if is_at(parts.netloc, "doi.org"):
        if short := _SHORT.fullmatch(path):
            return f"10/{short[1].casefold()}"
        # Old DOIs have a `?` or a `#` that was not escaped.
        rest = f"?{parts.query}" if parts.query and "<" in path else ""
        rest = "#" if url.endswith("#") and _ENDS_IN_HASH.search(f"{path}#") else rest
        return doi(path.lstrip("/") + rest)
    found = _DOI.search(path, 1)
    if not found or (path[found.start() - 1] != "/"):
        return _asked_for(parts.query) or doi_at(url)
    if not found[0].startswith("10."):
        return doi_at(url)
    at_publisher = _PAGE_OF_DOI.sub("", found[0])
    if is_at(parts.netloc, "biorxiv.org", "medrxiv.org"):
        at_publisher = _VERSION.sub("", at_publisher)
    return doi(at_publisher)


def _asked_for(query: str) -> str:
    """The DOI that a page is asked for behind the question mark, as in `?id=10.1371/…`."""
    named = (value for name, value in parse_qsl(query) if name.casefold() in {"id", "doi"})
    return next((found for value in named if value.startswith("10.") and (found := doi(value))), "")


def _without_closing(text: str) -> str:
    """Without the full stop, slash, comma or bracket that closes what is around a DOI."""
    while text[-1] in ".,;:'\"’”/" or _closes_too_much(text):
        text = text[:-1]
    return text


def _closes_too_much(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return bool(opening) and text.count(text[-1]) > text.count(str(opening))
