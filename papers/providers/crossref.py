"""Crossref: what publishers say of what has a DOI of theirs. JSON."""

import json
from typing import Any
from urllib.parse import quote

from papers.formats.core import identifiers
from papers.formats.core.people import Name
from papers.formats.core.reading_list import Entry
from papers.providers import text
from papers.providers.provider import Introduction, Provider, ProviderRequest, Question

MOST_FOUND = 5
SHOWN = (
    "DOI,title,subtitle,author,editor,container-title,issued,volume,issue,page,publisher,type,"
    "ISBN,ISSN,abstract"
)
KINDS = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "reference-entry": "entry",
}


def _by_number(doi: str) -> ProviderRequest:
    return ProviderRequest(f"/works/{quote(doi, safe='')}")


def _by_title(title: str) -> ProviderRequest:
    return ProviderRequest(
        "/works", {"query.bibliographic": title, "rows": str(MOST_FOUND), "select": SHOWN}
    )


def request(question: Question, who: Introduction) -> ProviderRequest:
    asked = _by_number(question.value) if question.is_a_number else _by_title(question.value)
    if who.mailto:
        asked.params["mailto"] = who.mailto
    return asked


def read(body: bytes) -> list[Entry]:
    message = json.loads(body)["message"]
    works = message.get("items", [message])
    return text.with_title([_entry(work) for work in works])


def _entry(work: dict[str, Any]) -> Entry:
    year, published = text.year_and_day_of_parts(
        (work.get("issued") or {}).get("date-parts", [[]])[0]
    )
    title, subtitle = text.first(work.get("title")), text.first(work.get("subtitle"))
    return Entry(
        title=f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title,
        authors=text.people_of([_name(person) for person in work.get("author") or []]),
        editors=text.people_of([_name(person) for person in work.get("editor") or []]),
        venue=text.first(work.get("container-title")),
        year=year,
        published=published,
        doi=identifiers.doi(text.plain_line(work.get("DOI"))),
        kind=KINDS.get(text.plain_line(work.get("type")), ""),
        volume=text.plain_line(work.get("volume")),
        issue=text.plain_line(work.get("issue")),
        pages=text.pages_with_hyphens(work.get("page")),
        publisher=text.plain_line(work.get("publisher")),
        isbn=" ".join(_digits(work.get("ISBN"))),
        issn=" ".join(_digits(work.get("ISSN"))),
        abstract=text.plain_paragraphs(work.get("abstract")),
    )


def _name(person: dict[str, Any]) -> Name | None:
    family = text.plain_line(person.get("family")).replace(";", " ")
    given = text.plain_line(person.get("given")).replace(";", " ")
    if family:
        return Name(family, given)
    organisation = text.plain_line(person.get("name")).replace(";", " ").replace(",", " ")
    return Name(" ".join(organisation.split())) if organisation else None


def _digits(numbers: Any) -> list[str]:
    """Each number of a book or journal once: digits alone, the last of which may be an X."""
    listed = numbers if isinstance(numbers, list) else []
    bare = [
        "".join(c for c in text.plain_line(one).upper() if c in "0123456789X") for one in listed
    ]
    return list(dict.fromkeys(filter(None, bare)))


# Without an address to write to a search a second is what is asked for; with one three. All keep
# to the former: no one waits here. See api.crossref.org and its headers X-Rate-Limit-….
CROSSREF = Provider(
    name="crossref",
    label="Crossref",
    address="https://api.crossref.org",
    hosts=frozenset({"api.crossref.org"}),
    seconds_between=1.0,
    types=frozenset({"application/json"}),
    request=request,
    read=read,
)
