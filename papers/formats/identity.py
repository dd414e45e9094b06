"""When two mentions are one paper."""

import hashlib
import unicodedata

from papers.formats import identifiers
from papers.formats.repair import mended

# Fits a unique index of every database.
LONGEST_IDENTITY = 255


def identity(title: str, doi: str = "", arxiv: str = "") -> str:
    """What a paper is known by: `doi:…`, else `arxiv:…`, else `title:…`.

    Raises ValueError for a paper with no title, DOI or arXiv number.
    """
    return identities(title, doi, arxiv)[0]


def identities(title: str, doi: str = "", arxiv: str = "") -> tuple[str, ...]:
    """All that a paper may be found by, the strongest first."""
    number = identifiers.arxiv(arxiv or "") or identifiers.arxiv(doi or "")
    known = (
        ("doi", identifiers.doi(doi or "")),
        ("arxiv", number),
        ("title", compared(title)),
    )
    found = tuple(_bounded(f"{kind}:{value}") for kind, value in known if value)
    if not found:
        raise ValueError("A paper needs a title, a DOI or an arXiv number.")
    return found


def compared(title: str) -> str:
    """The title without case, spelling variants of a letter, blanks and punctuation.

    Marks stay with their letters: in many scripts they are the vowels. A title of punctuation
    alone is compared by its punctuation.
    """
    folded = unicodedata.normalize("NFKC", mended(title)).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    return "".join(filter(_is_of_a_word, folded)) or "".join(folded.split())


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _bounded(identity: str) -> str:
    if len(identity) <= LONGEST_IDENTITY:
        return identity
    kind = identity.partition(":")[0]
    return f"{kind}:sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
