"""The plain text of Web of Science: `PT J`, further lines indented, `ER`. It is read only."""

import re

from papers.formats import tagged
from papers.formats.core.format import Format, Sample
from papers.formats.core.identifiers import numbers
from papers.formats.core.identifiers.addresses import first_address
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.records import values
from papers.formats.core.records.titles import title_and_original
from papers.formats.tagged import Reading, TaggedField, TaggedRecord

_BEGINNING = re.compile(
    r"[\s\ufeff]{0,9}(?:FN [^\n]*\n(?:VR [^\n]*\n)?\s{0,9})?"
    r"PT [A-Z]\w{0,20}\s{1,9}[A-Z][A-Z0-9] "
)
_TAGGED = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
_AROUND_RECORDS = {"FN", "VR", "EF"}

_KINDS = {
    "J": "article-journal",
    "B": "book",
    "S": "chapter",
    "P": "patent",
    "C": "paper-conference",
}
# What the type of a document tells beyond that of the publication.
_DOCUMENTS = (
    ("proceedings paper", "paper-conference"),
    ("meeting abstract", "paper-conference"),
    ("book chapter", "chapter"),
    ("data paper", "article-journal"),
    ("data set", "dataset"),
    ("software", "software"),
)
_FURTHER_NAMES = {
    "CT": "event-title",
    "CY": "event-date",
    "CL": "event-place",
    "PI": "publisher-place",
    "SE": "collection-title",
    "SU": "supplement-number",
    "J9": "container-title-short",
    "UT": "accession number",
    "NT": "note",
}
# Who cites whom, where people work, and how often a paper was looked at.
_OF_THE_INDEX = (
    *("C1", "C3", "CR", "EM", "FU", "FX", "GA", "NR", "OI", "PG", "RI", "RP", "SC", "TC", "U1"),
    *("U2", "WC", "WE", "Z9", "DA", "HC", "HP", "OA", "PA", "ZB", "ZR", "ZS", "Z8"),
)

_FIRST_LINE = re.compile(r"FN \S|VR \d|PT [A-Z]\s*$")
_SOME_LINE = re.compile(r"^(?:TI \S|UT \S|ER\s*$)", re.MULTILINE)


def begins(text: str) -> bool:
    return bool(_BEGINNING.match(text))


def read(text: str) -> ReadingList:
    """Return the list that the file holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    return tagged.read_records(text, _records, _entries)


def _records(text: str) -> list[TaggedRecord]:
    records: list[TaggedRecord] = []
    is_open = False
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAGGED.match(line.lstrip("\ufeff"))
        if found and found[1] == "ER":
            if is_open:
                records[-1].is_closed = True
            is_open = False
        elif found and found[1] not in _AROUND_RECORDS:
            if found[1] == "PT" or not is_open:
                records.append(TaggedRecord(number, line))
                is_open = True
            records[-1].fields.append(TaggedField(found[1], [(found[2] or "").strip()]))
        elif is_open and line.strip() and not found:
            records[-1].fields[-1].lines.append(line.strip())
    return records


def _entries(record: TaggedRecord) -> list[Entry]:
    reading = Reading(record)
    title, original = title_and_original(reading.first(["TI"]))
    full, short = (reading.lines(*names) for names in (("AF", "BF"), ("AU", "BA")))
    editors = reading.lines("BE") or reading.lines("ED")
    year, day = _date(reading)
    links = reading.seen("DL", "DA")
    dois = numbers.dois(reading.texts("DI", "D2"))
    isbns, issns = reading.texts("BN"), reading.texts("SN", "EI")
    entry = Entry(
        title,
        authors=tagged.joined_people(full or short)
        or tagged.joined_people(reading.lines("CA", "GP")),
        venue=reading.first(["SO"], values.without_html),
        year=year,
        url=first_address(links),
        doi=next(iter(dois), ""),
        further=tuple(("DOI", one) for one in dois[1:]),
        arxiv=numbers.first_arxiv(reading.seen("AR", "UT")),
        kind=_kind(reading),
        editors=tagged.joined_people(editors),
        volume=reading.first(["VL"], values.volume),
        issue=reading.first(["IS"], values.volume),
        pages=values.pages(reading.first(["BP"]), reading.first(["EP"])) or reading.first(["AR"]),
        publisher=reading.first(["PU"], values.without_html),
        published=day,
        isbn=values.isbns_in(isbns),
        issn=values.issns_in(issns),
        pmid=reading.first(["PM"]),
        language=reading.first(["LA"]),
        keywords=values.keywords(one.text for one in reading.all("DE", "ID")),
        abstract=values.paragraphs("\n".join(reading.lines("AB"))),
        original=original,
        lines=(record.number,),
    )
    return [tagged.with_the_rest(entry, reading, _FURTHER_NAMES, _OF_THE_INDEX)]


def _date(reading: Reading) -> tuple[int | None, str]:
    """Return the year, and the month or day, which is a separate field: `JUN 12`."""
    year = reading.first(["PY"]) or reading.first(["EY"])
    month = reading.first(["PD"])
    return values.year_and_day(f"{month} {year}")


def _kind(reading: Reading) -> str:
    document = reading.first(["DT"]).casefold()
    kinds = (kind for name, kind in _DOCUMENTS if name in document)
    return next(kinds, _KINDS.get(reading.first(["PT"])[:1], ""))


def is_one(sample: Sample) -> bool:
    return bool(_FIRST_LINE.match(sample.first) and _SOME_LINE.search(sample.text))


FORMAT = Format(
    "web of science",
    "Web of Science",
    reads=read,
    is_one=is_one,
    turn=4,
    taken_for="ris",
    begins=begins,
)
