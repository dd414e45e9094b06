"""The one interface: what to ask about a work and of whom, and how sure one is of an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from papers.formats.core import people
from papers.formats.core.identity import Work, comparable_title
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.providers.arxiv import ARXIV_ORG
from papers.providers.client import Client
from papers.providers.crossref import CROSSREF
from papers.providers.openalex import OPENALEX
from papers.providers.provider import Garbled, Introduction, Provider, Question
from papers.providers.pubmed import PUBMED

PROVIDERS: dict[str, Provider] = {
    provider.name: provider for provider in (CROSSREF, OPENALEX, PUBMED, ARXIV_ORG)
}
# Who is asked by which number, in this order: the provider that gives it out knows it best.
OF_NUMBERS = {
    "doi": ("crossref", "openalex"),
    "pmid": ("pubmed", "openalex"),
    "arxiv": ("arxiv", "openalex"),
    "openalex": ("openalex",),
}
# Who is asked by a title. arXiv lets in one request in three seconds: it comes last.
OF_TITLES = ("crossref", "openalex", "arxiv")
# Below it nothing is proposed.
LEAST_CONFIDENCE = 80
# Where a number leads to a work of quite another title, someone mistyped one of them.
LEAST_LIKENESS = 60
SHORTEST_TITLE = 3


@dataclass(frozen=True, slots=True)
class ProviderMatch:
    """A work that a provider knows, and how sure it is that it is the one: 0 to 100."""

    entry: Entry
    provider: str
    confidence: int


def questions(work: Work) -> list[Question]:
    """Return the requests about a work in their order: by its identifiers, or else by title."""
    asked = [
        Question(provider, kind, getattr(work, kind))
        for kind, providers in OF_NUMBERS.items()
        if getattr(work, kind)
        for provider in providers
    ]
    if asked or is_placeholder(work) or len(comparable_title(work.title)) < SHORTEST_TITLE:
        return asked
    return [Question(provider, "title", work.title) for provider in OF_TITLES]


def ask(client: Client, question: Question, who: Introduction) -> list[Entry]:
    """Return the provider's answer as entries. Raises Refused, Unreachable or Garbled."""
    provider = PROVIDERS[question.provider]
    body = client.get(provider, provider.request(question, who))
    if body is None:
        return []
    try:
        return provider.read(body)
    except Garbled:
        raise
    except Exception as error:  # odd data is odd in many ways, and none of them is ours to mend
        raise Garbled(type(error).__name__) from error


def best(work: Work, question: Question, entries: Iterable[Entry]) -> ProviderMatch | None:
    """Return the entry that is likeliest the work. Of a number there is one, whatever its title."""
    found = [
        ProviderMatch(entry, question.provider, confidence(work, entry, question))
        for entry in entries
    ]
    return max(found, key=lambda each: each.confidence, default=None)


def confidence(work: Work, entry: Entry, question: Question) -> int:
    """Score the confidence, by the title first, then by the first surname and the year.

    A question by an identifier, without a title of one's own, can be sure.
    """
    if question.is_a_number and is_placeholder(work):
        return 100
    sure = title_likeness(work.title, entry.title)
    sure *= _by_name(work.authors, entry.authors)
    sure *= _by_year(work.year, entry.year)
    return round(sure)


def title_likeness(one: str, other: str) -> float:
    """Score how alike two titles are, 0 to 100; one may leave out what is behind the colon."""
    first, second = comparable_title(one), comparable_title(other)
    alike: float = fuzz.ratio(first, second)
    without = [comparable_title(title.partition(":")[0]) for title in (one, other)]
    if first == without[1] or second == without[0]:
        return max(alike, 92.0)
    return alike


def _by_name(one: str, other: str) -> float:
    if not one or not other:
        return 0.95
    return 1.0 if people.may_be_of_the_same(one, other) else 0.6


def _by_year(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 0.98
    apart = abs(one - other)
    return 1.0 if apart == 0 else 0.97 if apart == 1 else 0.92 if apart == 2 else 0.7
