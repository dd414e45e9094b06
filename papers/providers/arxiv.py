"""arXiv: what authors say of their preprints. Atom."""

import re
import xml.etree.ElementTree as ET

from papers.formats.core import identifiers
from papers.formats.core.reading_list import Entry
from papers.providers import text
from papers.providers.provider import Garbled, Introduction, Provider, ProviderRequest, Question

MOST_FOUND = 5
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"[\W_]+")


class _NoDTD(ET.TreeBuilder):
    """A document that declares entities of its own could make much out of little."""

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        raise Garbled("The answer declares a document type.")


def _by_number(number: str) -> ProviderRequest:
    return ProviderRequest("/api/query", {"id_list": number, "max_results": "1"})


def _by_title(title: str) -> ProviderRequest:
    """Quotes and colons would be read as part of the question."""
    words = " ".join(_WORDS.sub(" ", title).split())
    return ProviderRequest(
        "/api/query", {"search_query": f'ti:"{words}"', "max_results": str(MOST_FOUND)}
    )


def request(question: Question, who: Introduction) -> ProviderRequest:
    return _by_number(question.value) if question.is_a_number else _by_title(question.value)


def read(body: bytes) -> list[Entry]:
    parser = ET.XMLParser(target=_NoDTD())  # noqa: S314 - a DTD is refused
    parser.feed(body)
    feed = parser.close()
    if feed.tag != f"{ATOM}feed":
        raise Garbled("The answer is no feed.")
    return text.with_title(
        [_entry(work) for work in feed.findall(f"{ATOM}entry") if _is_work(work)]
    )


def _entry(work: ET.Element) -> Entry:
    published = _DAY.match(_of(work, f"{ATOM}published"))
    doi = identifiers.doi(_of(work, f"{ARXIV}doi"))
    names = [text.name(one.findtext(f"{ATOM}name")) for one in work.findall(f"{ATOM}author")]
    return Entry(
        title=_of(work, f"{ATOM}title"),
        authors=text.people_of(names),
        year=text.number(int(published[1])) if published else None,
        published=published[0] if published else "",
        doi=doi,
        arxiv=identifiers.arxiv_of(_of(work, f"{ATOM}id")),
        # With a DOI it was published elsewhere, and what it is there the DOI tells.
        kind="" if doi else "article",
        abstract=_of(work, f"{ATOM}summary"),
    )


def _of(work: ET.Element, name: str) -> str:
    return text.plain_line(work.findtext(name))


def _is_work(work: ET.Element) -> bool:
    """Return whether the entry is a work; arXiv reports an error in an entry too."""
    return bool(identifiers.arxiv_of(_of(work, f"{ATOM}id")))


# One request in three seconds, over one connection, for all that one runs.
ARXIV_ORG = Provider(
    name="arxiv",
    label="arXiv",
    address="https://export.arxiv.org",
    hosts=frozenset({"export.arxiv.org"}),
    seconds_between=3.0,
    types=frozenset({"application/atom+xml", "application/xml", "text/xml"}),
    request=request,
    read=read,
)
