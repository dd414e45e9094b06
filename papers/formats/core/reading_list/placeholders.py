"""Placeholder titles: what a paper is called while only an identifier of it is known."""

from papers.formats.core import identity

# By the first of them that it has, as an entry calls them.
_TITLES = {
    "doi": "doi:{}",
    "arxiv": "arXiv:{}",
    "pmid": "PMID {}",
    "openalex": "OpenAlex {}",
    "semantic_scholar": "Semantic Scholar {}",
    "isbn": "ISBN {}",
}
NUMBERS = tuple(_TITLES)


def placeholder(name: str, number: str) -> str:
    return _TITLES[name].format(number)


def placeholder_of(work: identity.Work) -> str:
    """By the first number that the work has; empty without any."""
    known = ((name, getattr(work, name).split()) for name in NUMBERS)
    return next((placeholder(name, number[0]) for name, number in known if number), "")


def is_placeholder(work: identity.Work) -> bool:
    """Return whether the title is only a number of this work."""
    title = work.title.strip().casefold()
    numbers = {name: [getattr(work, name)] for name in NUMBERS}
    numbers["isbn"] += work.isbn.split()
    return any(
        number and title == placeholder(name, number).casefold()
        for name, several in numbers.items()
        for number in several
    )
