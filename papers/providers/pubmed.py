"""PubMed: the summary of what it has under a number. JSON, by the E-utilities.

It is asked by its own numbers only: a title takes two requests there, and Crossref and OpenAlex
know what it knows. Its full records come with a DTD, which nothing here reads, so its abstracts are
left to OpenAlex.
"""

import json
import re
from typing import Any

from papers.formats.core import identifiers
from papers.formats.core.people import Name
from papers.formats.core.reading_list import Entry
from papers.providers import text
from papers.providers.provider import Introduction, Provider, ProviderRequest, Question

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LANGUAGES = {"eng": "en", "ger": "de", "fre": "fr", "spa": "es", "ita": "it", "jpn": "ja"}
_INITIALS = re.compile(r"[A-Z]{1,4}")


def _by_number(pmid: str) -> ProviderRequest:
    return ProviderRequest("/esummary.fcgi", {"db": "pubmed", "id": pmid, "retmode": "json"})


def request(question: Question, who: Introduction) -> ProviderRequest:
    asked = _by_number(question.value)
    asked.params["tool"] = "seminar"
    if who.mailto:
        asked.params["email"] = who.mailto
    return asked


def read(body: bytes) -> list[Entry]:
    result = json.loads(body).get("result") or {}
    works = [result[uid] for uid in result.get("uids", [])]
    return text.with_title([_entry(work) for work in works if "error" not in work])


def _entry(work: dict[str, Any]) -> Entry:
    year, published = _day(text.plain_line(work.get("pubdate")))
    types = work.get("pubtype") or []
    is_a_book = text.plain_line(work.get("doctype")) == "book"
    languages = [LANGUAGES.get(code, "") for code in work.get("lang") or []]
    return Entry(
        title=text.plain_line(work.get("title")).removesuffix("."),
        authors=text.people_of([_name(person) for person in work.get("authors") or []]),
        venue=text.plain_line(work.get("fulljournalname")) or text.plain_line(work.get("source")),
        year=year,
        published=published,
        doi=_doi(work.get("articleids") or []),
        pmid=text.plain_line(work.get("uid")),
        kind="book" if is_a_book else "article" if "Preprint" in types else "article-journal",
        volume=text.plain_line(work.get("volume")),
        issue=text.plain_line(work.get("issue")),
        pages=text.pages_with_hyphens(work.get("pages")),
        issn=_issn(work),
        language=next(iter(languages), ""),
    )


def _name(person: dict[str, Any]) -> Name | None:
    """`Lovelace AK`: the initials come last, without a stop."""
    said = text.plain_line(person.get("name")).replace(";", " ").replace(",", " ")
    family, _, initials = said.rpartition(" ")
    if person.get("authtype") == "CollectiveName" or not _INITIALS.fullmatch(initials):
        return Name(said) if said else None
    return Name(family, " ".join(f"{letter}." for letter in initials))


def _day(said: str) -> tuple[int | None, str]:
    """`2021 Apr 21`, `2021 Apr`, `2021 Spring` or `2021`."""
    words = said.split()
    parts = [int(words[0])] if words and words[0].isdecimal() else []
    if parts and len(words) > 1 and words[1] in MONTHS:
        parts.append(MONTHS.index(words[1]) + 1)
        if len(words) > 2 and words[2].isdecimal():
            parts.append(int(words[2]))
    return text.year_and_day_of_parts(parts)


def _doi(numbers: list[dict[str, Any]]) -> str:
    found = (one.get("value") for one in numbers if one.get("idtype") == "doi")
    return next(filter(None, (identifiers.doi(text.plain_line(value)) for value in found)), "")


def _issn(work: dict[str, Any]) -> str:
    said = [text.plain_line(work.get(name)).replace("-", "") for name in ("issn", "essn")]
    return " ".join(dict.fromkeys(filter(None, said)))


# Three requests a second without a key.
PUBMED = Provider(
    name="pubmed",
    label="PubMed",
    address="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    hosts=frozenset({"eutils.ncbi.nlm.nih.gov"}),
    seconds_between=0.4,
    types=frozenset({"application/json"}),
    request=request,
    read=read,
)
