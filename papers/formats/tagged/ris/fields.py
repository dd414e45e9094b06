"""The fields of a record of RIS as the details of an entry."""

import re
from dataclasses import replace
from typing import Any

from papers.formats import tagged
from papers.formats.core.identifiers import numbers
from papers.formats.core.identifiers.addresses import first_address
from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, PLAIN
from papers.formats.core.records import journal_lines, lossless_fields, values
from papers.formats.core.records.journal_lines import Journal
from papers.formats.core.records.lossless_fields import LosslessFields
from papers.formats.core.records.titles import title_and_original
from papers.formats.tagged import Reading, TaggedRecord
from papers.formats.tagged.ris import tags
from papers.formats.tagged.ris.topics import of_line

_KEY = re.compile(r"[^\W\d_][^\s,{}\"#%~\\]{2,199}")
_PMID = re.compile(r"\d{4,9}")
_LOSSLESS = re.compile(rf"({'|'.join(DETAILS)}):(?: (.*))?")


def entry_of_tags(record: TaggedRecord) -> tuple[Entry, LosslessFields, tuple[Path, ...]]:
    """Return the entry, its lossless fields and its topics."""
    reading = Reading(record)
    topics = tuple(dict.fromkeys(path for (path,) in reading.matching("C1", of_line)))
    lossless = _lossless(reading)
    kind = tags.KINDS.get(reading.first(["TY"]).upper(), "")
    reading.all("TY")
    title, original = title_and_original(
        reading.first(tags.TITLES) or "".join(reading.seen("TI")[:1])
    )
    found = Entry(title, original=original, kind=kind, lines=(record.number,))
    found = _with_numbers(found, reading)
    found = _with_container(found, reading)
    found = replace(
        found,
        authors=_people(reading, tags.AUTHORS),
        editors=_people(reading, tags.EDITORS),
        language=reading.first(["LA"]),
        keywords=values.keywords("\n".join(one.lines) for one in reading.all("KW")),
        abstract=_abstract(reading),
        citation_key=reading.first(["ID", "LB"], _key),
    )
    plain: dict[str, Any] = {
        name: reading.first(list(DETAILS[name].ris), values.without_html) for name in PLAIN
    }
    found = replace(found, **plain)
    said = (
        title,
        original,
        found.venue,
        found.url,
        found.doi,
        str(found.year or ""),
        found.authors,
    )
    further = (*found.further, *reading.rest(tags.FURTHER_NAMES, said))
    return replace(found, further=further), lossless, topics


def _with_numbers(found: Entry, reading: Reading) -> Entry:
    links = reading.seen(*tags.LINKS)
    texts = [*links, *reading.seen("N1", "AN", "M1", "M3", "C1", "C7", "JF", "JO", "T2", "PB")]
    url = first_address(reading.seen("UR", "LK")) or first_address(reading.seen("L2", "L1"))
    dois = numbers.dois(reading.seen("DO", "DI"))
    doi = next(iter(dois), "") or reading.first(["M3", "L3"], numbers.stated_doi)
    of_arxiv = numbers.arxiv_dois(reading.seen("DO", "DI"))
    for tag in ("DO", "DI"):
        reading.matching(tag, lambda text: numbers.dois([text]) or numbers.arxiv_dois([text]))
    arxiv = next(iter(of_arxiv), "") or numbers.first_arxiv(texts)
    arxiv = arxiv or next(filter(None, map(numbers.arxiv_of_address, links)), "")
    doi = doi or next(filter(None, map(numbers.doi_of_address, links)), "")
    kind = "article" if arxiv and found.kind in {"", "manuscript"} else found.kind
    reading.first(["AN"], lambda text: arxiv if text.casefold() == f"arxiv:{arxiv}" else "")
    reading.first(["UR", "LK", "L2", "L1"], lambda text: url if text == url else "")
    serials = reading.seen("SN")
    reading.matching("SN", lambda text: values.isbns_in([text]) or values.issns_in([text]))
    return replace(
        found,
        kind=kind,
        url=url,
        doi=doi,
        further=tuple(("DOI", one) for one in dois[1:]),
        arxiv=arxiv,
        isbn=values.isbns_in(serials),
        issn=values.issns_in(serials),
        pmid=_pmid(reading, links),
        openalex=numbers.first_openalex(links),
        semantic_scholar=numbers.first_semantic_scholar(links),
    )


def _pmid(reading: Reading, links: list[str]) -> str:
    found = numbers.first_pmid([*links, *reading.seen("N1", "AN", "C2", "M1")])
    sources = " ".join(reading.seen("DB", "DP")).casefold()
    if not found and ("pubmed" in sources or "medline" in sources):
        return reading.first(["AN"], lambda text: text if _PMID.fullmatch(text) else "")
    return found


def _with_container(found: Entry, reading: Reading) -> Entry:
    year, day = _date(reading)
    venue = reading.first(tags.VENUES, lambda text: _venue(text, found.title))
    said = journal_lines.parse_journal_line(venue) or Journal(venue)
    event = (("event-title", said.conference),) if said.conference else ()
    return replace(
        found,
        venue=said.name,
        year=year or (int(said.year) if said.year else None),
        published=day,
        volume=reading.first(["VL", "VO"], values.volume) or said.volume,
        issue=reading.first(["IS", "CP"], values.volume) or said.issue,
        pages=values.pages(reading.first(["SP"]), reading.first(["EP"]))
        or values.pages(said.pages),
        publisher=reading.first(["PB"], values.without_html),
        further=(*found.further, *event),
    )


def _venue(text: str, title: str) -> str:
    """Return the title of the container, which is not that of the work itself."""
    name = values.without_html(text)
    return "" if name.casefold() == title.casefold() else name


def _date(reading: Reading) -> tuple[int | None, str]:
    """Return the year, and the day of that year; other days are left over."""
    dated = [values.year_and_day(text) for text in reading.seen(*tags.YEARS)]
    year = next((year for year, _ in dated if year), None)
    days = [day for _, day in dated if day and day.startswith(str(year))]
    day = max(days, key=len, default="")
    for tag in tags.YEARS:
        reading.first([tag], lambda text: text if _is_said(text, year, day) else "")
    return year, day


def _is_said(text: str, year: int | None, day: str) -> bool:
    """Return whether the year and the day say all that the text says."""
    bare = re.sub(r"[/\s.-]|undefined", "", text)
    return bare in {str(year), day.replace("-", "")}


def _people(reading: Reading, people_tags: tuple[str, ...]) -> str:
    """Return the people of the fields of the first tag, and of the others unless they are the
    same.
    """
    texts = (tagged.joined_people(reading.lines(tag)) for tag in people_tags)
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _abstract(reading: Reading) -> str:
    for tag in ("AB", "N2"):
        found = ["\n".join(one.lines).strip() for one in reading.all(tag)]
        text = "\n\n".join(one for one in found if not values.is_nothing(one))
        if text:
            return values.paragraphs(text)
    return ""


def _key(text: str) -> str:
    return text if _KEY.fullmatch(text) and "://" not in text else ""


def _lossless(reading: Reading) -> LosslessFields:
    found = reading.matching("C2", _LOSSLESS.fullmatch)
    return {field[1]: lossless_fields.of_text(field[1], field[2] or "") for field in found}
