"""OpenAlex: a catalogue of nearly everything that was published. JSON."""

import json
from typing import Any
from urllib.parse import quote

from papers.formats.core import identifiers
from papers.formats.core.reading_list import Entry
from papers.providers import text
from papers.providers.provider import Introduction, Provider, ProviderRequest, Question

MOST_FOUND = 5
SHOWN = (
    "id,doi,ids,title,publication_year,publication_date,type,language,authorships,biblio,"
    "primary_location,locations,abstract_inverted_index"
)
KINDS = {
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "reference-entry": "entry",
    "software": "software",
}
OF_SOURCES = {"journal": "article-journal", "conference": "paper-conference"}
PREFIXES = {"doi": "doi:", "arxiv": "doi:10.48550/arxiv.", "pmid": "pmid:", "openalex": ""}
LONGEST_ABSTRACT = 20_000  # words


def _by_number(kind: str, number: str) -> ProviderRequest:
    name = quote(PREFIXES[kind] + number, safe=":/")
    return ProviderRequest(f"/works/{name}", {"select": SHOWN})


def _by_title(title: str) -> ProviderRequest:
    """Commas and bars would part one filter from the next."""
    words = " ".join(title.replace(",", " ").replace("|", " ").split())
    return ProviderRequest(
        "/works",
        {"filter": f"title.search:{words}", "per-page": str(MOST_FOUND), "select": SHOWN},
    )


def request(question: Question, who: Introduction) -> ProviderRequest:
    is_a_number = question.is_a_number
    asked = _by_number(question.kind, question.value) if is_a_number else _by_title(question.value)
    if who.openalex_key:
        asked.params["api_key"] = who.openalex_key
    if who.mailto:
        asked.params["mailto"] = who.mailto
    return asked


def read(body: bytes) -> list[Entry]:
    answer = json.loads(body)
    works = answer.get("results", [answer])
    return text.with_title([_entry(work) for work in works])


def _entry(work: dict[str, Any]) -> Entry:
    place = work.get("primary_location") or {}
    source = place.get("source") or {}
    biblio = work.get("biblio") or {}
    kind = KINDS.get(work.get("type") or "", OF_SOURCES.get(source.get("type") or "", ""))
    year = text.number(work.get("publication_year"))
    doi = text.plain_line(work.get("doi"))
    is_in_print = kind != "article"
    return Entry(
        title=text.plain_line(work.get("title")),
        authors=text.people_of([_author(each) for each in work.get("authorships") or []]),
        venue=text.plain_line(source.get("display_name")) if is_in_print else "",
        year=year,
        published=_day(work.get("publication_date"), year),
        doi=identifiers.doi(doi),
        arxiv=identifiers.arxiv(doi) or _arxiv(work.get("locations") or []),
        pmid=text.plain_line((work.get("ids") or {}).get("pmid")).rpartition("/")[2],
        openalex=text.plain_line(work.get("id")).rpartition("/")[2],
        kind=kind,
        volume=text.plain_line(biblio.get("volume")),
        issue=text.plain_line(biblio.get("issue")),
        pages=_pages(biblio),
        publisher=text.plain_line(source.get("host_organization_name")) if is_in_print else "",
        language=text.plain_line(work.get("language")),
        abstract=_abstract(work.get("abstract_inverted_index")),
    )


def _author(authorship: dict[str, Any]) -> Any:
    return text.name((authorship.get("author") or {}).get("display_name"))


def _day(value: Any, year: int | None) -> str:
    """Return the day; empty for the first of January, the date that OpenAlex gives to a year."""
    said = text.plain_line(value)
    return said if said.startswith(f"{year}-") and not said.endswith("-01-01") else ""


def _pages(biblio: dict[str, Any]) -> str:
    first, last = (
        text.plain_line(biblio.get("first_page")),
        text.plain_line(biblio.get("last_page")),
    )
    return f"{first}-{last}" if first and last and first != last else first


def _arxiv(locations: list[dict[str, Any]]) -> str:
    pages = [text.plain_line(location.get("landing_page_url")) for location in locations]
    return next(filter(None, map(identifiers.arxiv_of, pages)), "")


def _abstract(index: Any) -> str:
    """It is kept as the places of each word."""
    if not isinstance(index, dict):
        return ""
    placed = {
        place: word
        for word, places in index.items()
        for place in places
        if isinstance(place, int) and 0 <= place < LONGEST_ABSTRACT
    }
    return text.plain_line(" ".join(placed[place] for place in sorted(placed)))


# A hundred requests a second are let in; what counts is a budget for the day, spent on searches,
# ten times as large with a key. One work by its number is free.
OPENALEX = Provider(
    name="openalex",
    label="OpenAlex",
    address="https://api.openalex.org",
    hosts=frozenset({"api.openalex.org"}),
    seconds_between=0.2,
    types=frozenset({"application/json"}),
    request=request,
    read=read,
)
