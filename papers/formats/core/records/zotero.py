"""Shared by Zotero's exports: its types, and the field Extra."""

import re

KINDS = {
    "journalarticle": "article-journal",
    "conferencepaper": "paper-conference",
    "preprint": "article",
    "booksection": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    "webpage": "webpage",
    "forumpost": "post-weblog",
    "blogpost": "post-weblog",
    "encyclopediaarticle": "entry",
    "dictionaryentry": "entry",
    "presentation": "speech",
    "podcast": "speech",
    "videorecording": "motion_picture",
    "film": "motion_picture",
    "tvbroadcast": "motion_picture",
    "dataset": "dataset",
    "computerprogram": "software",
    "patent": "patent",
    "statute": "legislation",
    "bill": "legislation",
    "manuscript": "manuscript",
    "document": "document",
}
# The journal of a preprint, as `arXiv:2012.15840 [cs]`.
_ARXIV = re.compile(r"\s*arxiv:\s*([\w.\-/]+)", re.IGNORECASE)
_LINE_OF_EXTRA = re.compile(r"\s*([A-Za-z][\w .-]{0,39}?)\s*:\s+(\S.*?)\s*")
_DETAILS = {
    "arxiv": "arxiv",
    "doi": "doi",
    "pmid": "pmid",
    "citationkey": "citation_key",
    "openalex": "openalex",
}


def arxiv_in(text: str) -> str:
    """Return the number that follows `arXiv:` at the beginning; else empty."""
    found = _ARXIV.match(text)
    return found[1] if found else ""


def in_extra(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Split Zotero's Extra field into an entry's details and the remaining names and texts."""
    details: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE_OF_EXTRA.fullmatch(line)
        name = found[1].replace(" ", "").casefold() if found else ""
        if found and name in _DETAILS:
            details.setdefault(_DETAILS[name], found[2])
        elif found:
            rest.append((found[1], found[2]))
        else:
            rest.append(("extra", line))
    return details, rest
