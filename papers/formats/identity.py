"""When two mentions are one paper."""

import hashlib
import unicodedata
from functools import lru_cache
from typing import Protocol

from papers.formats import identifiers, people
from papers.formats.repair import mended

# Fits a unique index of every database.
LONGEST_IDENTITY = 255


# Two works of one title are the same where their years are no further apart.
YEARS_APART = 2


class Work(Protocol):
    """What is said of a work, in a list or in a group."""

    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def volume(self) -> str: ...
    @property
    def isbn(self) -> str: ...
    @property
    def doi(self) -> str: ...
    @property
    def arxiv(self) -> str: ...


def identity(work: Work) -> str:
    """What a paper is known by: `doi:…`, else `arxiv:…`, else `title:…` with all that may tell it
    from another work of this title.

    Raises ValueError for a paper with no title, DOI or arXiv number.
    """
    strongest = identities(work)[0]
    if not strongest.startswith("title:"):
        return strongest
    told = (people.first_surname(work.authors), str(work.year or ""), work.volume, work.isbn)
    return _bounded("|".join([f"title:{compared(work.title)}", *told]).rstrip("|"))


def identities(work: Work) -> tuple[str, ...]:
    """All that a work may be found by, the strongest first."""
    known = (
        ("doi", identifiers.doi(work.doi)),
        ("arxiv", identifiers.arxiv(work.arxiv) or identifiers.arxiv(work.doi)),
        ("title", compared(work.title)),
    )
    found = tuple(_bounded(f"{kind}:{value}") for kind, value in known if value)
    if not found:
        raise ValueError("A paper needs a title, a DOI or an arXiv number.")
    return found


def are_one(key: str, one: Work, other: Work) -> bool:
    """Whether two works that share what they may be found by are one.

    A DOI decides. So does an arXiv number, but not where DOI and title are both others: some
    programs put a number into entries that it does not belong to. Works of one title must not
    contradict.
    """
    if key.startswith("title:"):
        return not contradict(one, other)
    if key.startswith("arxiv:"):
        are_others = _differ(one.doi, other.doi) and compared(one.title) != compared(other.title)
        return not are_others
    return True


def contradict(one: Work, other: Work) -> bool:
    """Whether two works of one title are told apart by what is said of them.

    They are where both state a number or a volume, and not the same, where their years lie more
    than two apart, or where their first authors differ. Where one of them says nothing of it,
    nothing is told apart.
    """
    for name in ("doi", "arxiv", "isbn", "volume"):
        if _differ(getattr(one, name), getattr(other, name)):
            return True
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return True
    return not people.may_be_of_the_same(one.authors, other.authors)


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


@lru_cache(maxsize=50_000)
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


def told_apart(known_by: str, by: str) -> str:
    """An identity beside another one that would be the same."""
    return _bounded(f"{known_by}|apart:{by}")


def _bounded(identity: str) -> str:
    if len(identity) <= LONGEST_IDENTITY:
        return identity
    kind = identity.partition(":")[0]
    return f"{kind}:sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
