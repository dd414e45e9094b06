"""A row of another person's table: what its columns say, in the spelling of an entry."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from groups.web.csv_tables import cell_as_written
from papers.formats.core import identifiers
from papers.formats.core.commonmark.inline import escaped
from papers.formats.core.identifiers import numbers
from papers.formats.core.people import is_no_person
from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import PLAIN, Further
from papers.formats.core.reading_list.kinds import KINDS
from papers.formats.core.records import journal_lines, values, zotero
from papers.formats.core.text.markup import unescaped_entities
from papers.formats.core.text.repair import mended, one_line
from papers.formats.csv import cells as cells_of_programs
from papers.formats.csv.columns import word
from papers.formats.csv.paths import path_in
from papers.formats.csv.table import CsvTable
from papers.formats.csv.ticks import status, tick

_KINDS = {
    **{word(kind): kind for kind in KINDS},
    **{word(name): kind for kind, name in KINDS.items()},
    **zotero.KINDS,
    **dict.fromkeys(("journal", "review", "researcharticle"), "article-journal"),
    **dict.fromkeys(("conference", "proceedings", "inproceedings"), "paper-conference"),
    **dict.fromkeys(("proceedingspaper", "proceedingsarticle"), "paper-conference"),
    **dict.fromkeys(("postedcontent", "workingpaper", "unpublished"), "article"),
    **dict.fromkeys(("bookchapter", "incollection", "inbook"), "chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("techreport", "technicalreport"), "report"),
    "article": "article-journal",
}
# Columns in which it counts where a cell links to.
_MAY_BE_LINKED = {"title", "url", "doi", "arxiv", "pmid", "openalex", "note", "extra"}
_IN_ONE_LINE = (
    *("volume", "issue", "publisher", "language", "citation_key", "semantic_scholar"),
    *PLAIN,
)
_FIRST_ADDRESS = re.compile(r"[\s;,|]+(?=https?://)")
_BETWEEN_PEOPLE = re.compile(r"\s*(?:\||[\r\n]+)\s*")
_WORK_OF_OPENALEX = re.compile(r"W\d+", re.IGNORECASE)


def entries_of(cells: Sequence[str], table: CsvTable, line: int) -> list[Entry]:
    """Return the entries of a row: one for each page of Notion that is its topic, else one."""
    entry = entry_of_theirs(cells, table, line)
    at = next(iter(table.columns.get("topic", ())), None)
    topics = cells_of_programs.names_of_pages(cells[at]) if at is not None else []
    return [replace(entry, topic=(one_line(name),)) for name in topics] or [entry]


def entry_of_theirs(cells: Sequence[str], table: CsvTable, line: int) -> Entry:
    """Return the entry of a row."""
    record = _Record(cells, table)
    written, url = cells_of_programs.split_link(record.taken("title"))
    title = values.without_html(written)
    record.note_extra()
    said: dict[str, Any] = {detail: one_line(record.taken(detail)) for detail in _IN_ONE_LINE}
    said["publisher"] = values.without_html(said["publisher"])
    said |= _numbers(record, values.without_html(record.taken("venue")), url) | _days(record)
    if journal := journal_lines.parse_journal_line(said["venue"]):
        said["venue"] = journal.name
        said["volume"] = said["volume"] or journal.volume
        said["issue"] = said["issue"] or journal.issue
        said["year"] = said["year"] or (int(journal.year) if journal.year else None)
    checked, status = _status(record)
    entry = Entry(
        title=mended(title),
        original=title if mended(title) != title else "",
        spelt=_spelt(written, title),
        topic=_topic(record),
        authors=_authors(record),
        editors=_people(record.taken("editors")),
        pages=_pages(record) or values.page_range(journal.pages if journal else ""),
        kind=record.as_("kind", lambda text: _KINDS.get(word(text), ""))
        or ("book" if table.program else ""),
        keywords=_keywords(record),
        abstract=values.paragraphs_of_lines(record.taken("abstract")),
        checked=checked,
        status=status,
        note=_note(record),
        lines=(line,),
        **said,
    )
    return replace(entry, further=record.left())


class _Record:
    """The cells of a row, which are read one by one; those that are not read are left."""

    def __init__(self, cells: Sequence[str], table: CsvTable) -> None:
        self.table = table
        self.cells = [
            values.cleaned_cell(_text(cells_of_programs.bare(cell_as_written(cell)), meaning))
            for cell, meaning in zip(cells, table.meanings, strict=False)
        ]
        self.unread = {at for at, cell in enumerate(self.cells) if cell}
        self.extra: dict[str, str] = {}
        self.added: list[tuple[str, str]] = []

    def as_(self, detail: str, read: Callable[[str], str]) -> str:
        """Take the first column of the detail that `read` understands, and return what it made of
        it.
        """
        for at in self.table.columns.get(detail, ()):
            if at in self.unread and (meant := read(self.cells[at])):
                self.unread.discard(at)
                return meant
        return read(self.extra[detail]) if detail in self.extra else ""

    def said(self, detail: str) -> list[str]:
        """Return the cells of the detail that are not empty, taken or not."""
        return [self.cells[at] for at in self.table.columns.get(detail, ()) if self.cells[at]]

    def take(self, *details: str) -> None:
        for detail in details:
            self.unread.difference_update(self.table.columns.get(detail, ()))

    def taken(self, detail: str) -> str:
        return self.as_(detail, str)

    def all_of(self, detail: str) -> list[str]:
        columns = [at for at in self.table.columns.get(detail, ()) if at in self.unread]
        self.unread.difference_update(columns)
        return [self.cells[at] for at in columns]

    def note_extra(self) -> None:
        """Add what Zotero keeps under Extra to the record, as if each part had a column."""
        for text in self.all_of("extra"):
            self.extra, self.added = zotero.in_extra(text)

    def left(self) -> Further:
        """Return the columns that were not taken, without what another column says as well."""
        read = {cell for at, cell in enumerate(self.cells) if at not in self.unread}
        names, meanings = self.table.header, self.table.meanings
        left = [
            (names[at], self.cells[at])
            for at in sorted(self.unread)
            if meanings[at] and self.cells[at] not in read
        ]
        return tuple(left + self.added)


def _text(cell: str, meaning: str) -> str:
    """Return the cell; where it is no title and no number or address, without where it links to."""
    if "](" not in cell or meaning in _MAY_BE_LINKED:
        return cell
    return cells_of_programs.split_link(cell)[0]


def _spelt(written: str, title: str) -> Further:
    """Return the title with its tags, which is kept, shown and compared without them.

    A cell is text and has no markup: to a comparison with the source a tag in it is text, too.
    """
    tagged = one_line(unescaped_entities(written))
    return (("title", tagged),) if "<" in tagged and tagged != title else ()


def _status(record: _Record) -> tuple[bool | None, str]:
    """Return tick and status from the first column that has one; of several shelves the first
    counts.
    """
    for at in record.table.columns.get("checked", ()):
        shelves = [record.cells[at], *re.split(r"\s*[,;]\s*", record.cells[at])]
        for shelf in filter(None, shelves):
            checked, said = tick(shelf), status(shelf)
            if checked is not None or said:
                record.take("checked")
                return checked, said
    return None, ""


def _authors(record: _Record) -> str:
    """Return the people, the first of whom may be in a column apart from the others."""
    first, more = record.taken("authors"), record.taken("more_authors")
    if more and ";" not in more and "|" not in more and "," not in first:
        more = more.replace(", ", "; ")
    return _people("; ".join(filter(None, [first, more])))


def _keywords(record: _Record) -> str:
    """Return the words, but for the shelves that are statuses."""
    found = values.tags(record.all_of("keywords")).split("; ")
    return "; ".join(
        one.removeprefix("#") for one in found if tick(one) is None and not status(one)
    )


def _numbers(record: _Record, venue: str, linked: str) -> dict[str, Any]:
    """Return the venue, and every number and address by which the paper is known."""
    url = record.as_("url", _address) or linked
    dois = numbers.dois(record.said("doi"))
    if dois:
        record.take("doi")
    record.added += [("DOI", one) for one in dois[1:]]
    arxiv = (
        record.as_("arxiv", lambda text: identifiers.arxiv(text) or identifiers.arxiv_of(text)),
        next(filter(None, map(identifiers.arxiv, record.said("doi"))), ""),
        identifiers.arxiv(zotero.arxiv_in(venue)),
        identifiers.arxiv_of(url),
    )
    isbn, issn = values.book_numbers("; ".join(record.said("isbn") + record.said("issn")))
    if isbn or issn:
        record.take("isbn", "issn")
    return {
        "venue": venue,
        "url": url,
        "doi": next(iter(dois), "")
        or record.as_("doi", numbers.stated_doi)
        or identifiers.doi_of(url),
        "arxiv": next(filter(None, arxiv), ""),
        "isbn": isbn,
        "issn": issn,
        "pmid": record.as_("pmid", lambda text: text if text.isdecimal() else ""),
        "openalex": record.as_("openalex", _openalex),
    }


def _days(record: _Record) -> dict[str, Any]:
    """Return year and dates; the date of a paper with presenters is that of their presentation."""
    presenters = one_line(record.taken("presenters"))
    proposer = one_line(record.taken("proposer"))
    year = record.as_("year", lambda text: str(values.year(text) or ""))
    if record.table.is_schedule:
        date = one_line(record.taken("published"))
        talk = {"presenters": presenters, "proposer": proposer, "date": date}
        return {**talk, "year": int(year) if year else None}
    dates = " ".join(record.said("published"))
    of_date = values.year(dates)
    if of_date:
        record.take("published")
    return {
        "proposer": proposer,
        "published": values.published(dates),
        "year": int(year) if year else of_date,
    }


def _pages(record: _Record) -> str:
    first, last = record.taken("first_page"), record.taken("last_page")
    return values.page_range(record.taken("pages")) or values.page_range(first, last)


def _topic(record: _Record) -> Path:
    """Return the topic that it is under; in a table of Zotero's, the first tag that someone gave
    it.
    """
    topic = path_in(one_line(record.taken("topic")))
    if topic or "manualtags" not in map(word, record.table.header):
        return tuple(map(one_line, topic))
    at = [word(name) for name in record.table.header].index("manualtags")
    first, _, _ = values.tags([record.cells[at]]).partition("; ")
    return (first,) if first else ()


def _people(text: str) -> str:
    named = values.without_html(_BETWEEN_PEOPLE.sub("; ", text)).strip("; ,")
    return "" if is_no_person(named) else named


def _note(record: _Record) -> str:
    return escaped(values.text_of_html(record.all_of("note")))


def _address(text: str) -> str:
    _, linked = cells_of_programs.split_link(text)
    return linked or identifiers.web_address(_FIRST_ADDRESS.split(one_line(text))[0])


def _openalex(text: str) -> str:
    found = _WORK_OF_OPENALEX.search(text)
    return found[0].upper() if found else ""
