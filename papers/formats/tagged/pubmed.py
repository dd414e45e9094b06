"""The text of PubMed and MEDLINE (`.nbib`): `PMID- 123`, `TI  - …`. It is read only."""

import re

from papers.formats import tagged
from papers.formats.core.format import Format
from papers.formats.core.identifiers import numbers
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.records import values
from papers.formats.core.records.tagged_lines import has_tagged_records
from papers.formats.core.records.titles import title_and_original
from papers.formats.tagged import Reading, TaggedField, TaggedRecord

_BEGINNING = re.compile(r"[\s\ufeff]{0,9}(?:\d{1,6}[.:]?\s{1,9})?PMID ?- ?\d")
_TAGGED = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)$")

_KINDS = (
    ("preprint", "article"),
    ("news", "article-newspaper"),
    ("dataset", "dataset"),
    ("journal article", "article-journal"),
    ("review", "article-journal"),
    ("book", "book"),
)
_FURTHER_NAMES = {
    "CN": "collective author",
    "GN": "note",
    "PL": "publisher-place",
    "PMC": "PMCID",
    "SI": "note",
    "TT": "original-title",
}
_OF_THE_INDEX = (
    *("AD", "AUID", "CI", "COIS", "CRDT", "CRF", "DCOM", "EDAT", "FIR", "GR", "IR", "IRAD", "JID"),
    *("LR", "MHDA", "NM", "OWN", "PHST", "PMCR", "PST", "PT", "RN", "SB", "STAT", "OTO", "RF"),
)


def begins(text: str) -> bool:
    return bool(_BEGINNING.match(text))


def read(text: str) -> ReadingList:
    """Return the list that the file holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    return tagged.read_records(text, _records, _entries)


def _records(text: str) -> list[TaggedRecord]:
    records: list[TaggedRecord] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAGGED.match(line.lstrip("\ufeff"))
        if found and found[1] == "PMID":
            # Its end is marked by nothing.
            records.append(TaggedRecord(number, line, is_closed=True))
        if found and records:
            records[-1].fields.append(TaggedField(found[1], [found[2].strip()]))
        elif records and line.startswith("  "):
            records[-1].fields[-1].lines.append(line.strip())
    return records


def _entries(record: TaggedRecord) -> list[Entry]:
    reading = Reading(record)
    title, original = title_and_original(
        reading.first(["TI"], _without_brackets) or reading.first(["TT", "BTI"])
    )
    full, short = reading.texts("FAU"), reading.texts("AU")
    editors = reading.texts("FED") or reading.texts("ED")
    year, day = _date(reading)
    serials = reading.texts("ISBN", "IS")
    dois = _dois(reading)
    entry = Entry(
        title,
        authors=tagged.joined_people([*(full or short), *reading.texts("CN")]),
        venue=reading.first(["JT", "BTI", "TA"], values.without_html),
        year=year,
        doi=next(iter(dois), ""),
        further=tuple(("DOI", one) for one in dois[1:]),
        kind=_kind(reading),
        editors=tagged.joined_people(editors),
        volume=reading.first(["VI"], values.volume),
        issue=reading.first(["IP"], values.volume),
        pages=values.pages(reading.first(["PG"])),
        publisher=reading.first(["PB"], values.without_html),
        published=day,
        isbn=values.isbns_in(serials),
        issn=values.issns_in(serials),
        pmid=reading.first(["PMID"]),
        language=reading.first(["LA"]),
        keywords=values.keywords(text.replace("*", "") for text in reading.texts("OT", "MH")),
        abstract=values.paragraphs("\n\n".join(reading.texts("AB"))),
        original=original,
        lines=(record.number,),
    )
    return [tagged.with_the_rest(entry, reading, _FURTHER_NAMES, _OF_THE_INDEX)]


def _without_brackets(title: str) -> str:
    """Return a title in brackets was translated."""
    bare = title.strip().rstrip(".")
    return bare[1:-1] if bare.startswith("[") and bare.endswith("]") else title


def _date(reading: Reading) -> tuple[int | None, str]:
    """Return year and day of publication, else of the electronic one, `20210421`."""
    dates = [values.year_and_day(text) for text in reading.texts("DP", "DEP")]
    year = next((year for year, _ in dates if year), None)
    return year, max((day for _, day in dates if day.startswith(str(year))), key=len, default="")


def _dois(reading: Reading) -> list[str]:
    """The DOIs among the numbers of an article: `10.1000/1 [doi]`."""
    texts = [text for text in reading.texts("LID", "AID", "SO") if "doi" in text.casefold()]
    return numbers.dois(text.split(" [")[0] for text in texts)


def _kind(reading: Reading) -> str:
    types = " ".join(reading.texts("PT")).casefold()
    return next((kind for name, kind in _KINDS if name in types), "article-journal")


FORMAT = Format(
    "pubmed",
    "PubMed",
    reads=read,
    is_one=has_tagged_records,
    turn=6,
    suffixes=("nbib",),
    taken_for="ris",
    begins=begins,
)
