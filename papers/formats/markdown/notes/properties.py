"""Papers described by properties: `authors: …`, `:YEAR: …`, `doi:: …`, in notes of any program.

A set of properties is read as the row of a table that has their names for columns.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from papers.formats.core import identifiers
from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import Entry, merged_entry
from papers.formats.core.records import untitled
from papers.formats.csv import columns, theirs
from papers.formats.csv.columns import word
from papers.formats.csv.table import CsvTable
from papers.formats.markdown import item
from papers.formats.markdown.links import Link


class Property(NamedTuple):
    name: str
    value: str
    # The lines that it is on, counted from one; the last is 0 where it is the only one.
    line: int
    last: int = 0

    @property
    def lines(self) -> range:
        return range(self.line, max(self.line, self.last) + 1)


@dataclass(frozen=True, slots=True)
class PropertiesRecord:
    """A paper described by properties, and the line that holds its place in the list."""

    entry: Entry
    line: int


# What programs call a property, where a table would call it something else.
_MEANT = {
    **dict.fromkeys(("customid", "roamkey", "bibkey", "citationkey", "citekey"), "citation key"),
    **dict.fromkeys(("btype", "entrytype", "bibtype", "itemtype"), "type"),
    **dict.fromkeys(("journaltitle", "journalabbrev", "bibjournal"), "journal"),
    **dict.fromkeys(("state", "todo"), "status"),
    **dict.fromkeys(("filetags", "alltags"), "tags"),
    **dict.fromkeys(("annotation", "annote"), "notes"),
}
_FILES = {"noterdocument", "interleavepdf", "pdf", "pdffile", "file", "attachment", "attachments"}
# What programs note of their own pages and tasks.
_OF_PROGRAM = {
    *("id", "created", "createdat", "createdtime", "modified", "updated", "lastmodified", "added"),
    *("lasteditedtime", "lasteditedby", "createdby", "style", "effort", "category", "visibility"),
    *(
        "columns",
        "logging",
        "ordered",
        "attachdir",
        "dir",
        "archivetime",
        "archivefile",
        "cssclass",
    ),
    *("archiveolpath", "archivecategory", "archivetodo", "archiveitags", "lastread", "permalink"),
    *("noterpage", "interleavepagenote", "roamaliases", "roamexclude", "headerargs", "cssclasses"),
    *("startup", "options", "layout", "publish", "draft", "position", "banner", "icon", "uid"),
    *("unnumbered", "cookiedata", "related", "up", "parent", "aliases", "alias", "zoterolink"),
}
# What only papers have, and what papers have among others.
_TELLING = {"doi", "arxiv", "venue", "isbn", "pmid", "openalex", "semantic_scholar"}
_AMONG_OTHERS = {"year", "url", "published", "kind", "citation_key", "pages", "volume", "abstract"}
_KEY = re.compile(r"(?:^|[\s;,])(?:cite[a-z]*:&?|@)([^\s,;&@\[\]]+)")
_ADDRESS = re.compile(r"https?://[^\s\[\]\"<>]+")
_TAGS_OF_PAPERS = {
    *("paper", "papers", "article", "articles", "literature", "literaturenote", "reference"),
    *("references", "publication", "preprint", "source", "reading", "readinglist"),
}
_LONGEST_NAME = 40


def tells_a_paper(properties: Sequence[Property]) -> bool:
    """Return whether the properties are a paper's, and not those of a page or a task."""
    said = {one.name: one.value for one in properties if one.value.strip()}
    meant = set(columns.meant([_column(name) for name in said]))
    words = {word(name): value for name, value in said.items()}
    is_cited = "roamkey" in words or bool(_KEY.search(words.get("roamrefs", "")))
    if meant & _TELLING or is_cited or "btype" in words:
        return True
    return "authors" in meant and ("year" in meant or _is_tagged(properties))


def _is_tagged(properties: Iterable[Property]) -> bool:
    return any(
        word(tag) in _TAGS_OF_PAPERS
        for one in properties
        if word(one.name) in {"tags", "tag", "type", "filetags", "category"}
        for tag in re.split(r"[\s,;:#]+", one.value)
    )


def describe_papers(properties: Iterable[Property]) -> bool:
    """Return whether any of the properties is one that papers have."""
    said = [one for one in properties if one.value.strip()]
    meant = columns.meant([_column(one.name) for one in said])
    is_referred = any(word(one.name) == "roamrefs" for one in said)
    return is_referred or bool({*_TELLING, *_AMONG_OTHERS, "authors"} & set(meant))


def is_known(name: str) -> bool:
    """Return whether the name is that of a property of papers or notes."""
    if len(name) > _LONGEST_NAME:
        return False
    meaning = columns.meant([_column(name)])[0]
    return bool(meaning and meaning[0] != "?") or word(name) in _OF_PROGRAM | _FILES | {"roamrefs"}


def record_of_properties(
    properties: Sequence[Property], title: str = "", line: int = 0
) -> PropertiesRecord | None:
    """Return the paper that the properties tell of; of a title beside them theirs counts first."""
    said = [one for one in properties if _is_of_the_paper(one)]
    pairs = [(_column(one.name), _value(one)) for one in said]
    pairs += _of_references(properties)
    if title and not any(meaning == "title" for meaning in columns.meant([n for n, _ in pairs])):
        pairs.insert(0, ("title", title))
    if not pairs:
        return None
    names = tuple(name for name, _ in pairs)
    meanings = columns.meant(names)
    table = CsvTable(names, meanings, columns=columns.ranked(names, meanings))
    lines = sorted({n for one in properties for n in one.lines} | ({line} if line else set()))
    entry = theirs.entry_of_theirs([value for _, value in pairs], table, line or lines[0])
    entry = untitled.titled(_with_file(entry, properties))
    if not entry.title:
        return None
    return PropertiesRecord(replace(entry, lines=tuple(lines), spelt=()), line or lines[0])


# A citation in round brackets at the end of a line.
_IN_BRACKETS = re.compile(r"\(([^()]*(?:19|20)\d\d)\)\s*$")


def record_of_line(
    properties: Sequence[Property], source: str, line: int
) -> PropertiesRecord | None:
    """Return the paper that the properties tell of, with what the line says that they belong to:
    what is behind its title, such as `(Day, 2019)`, is no part of that."""
    found = item.read(_IN_BRACKETS.sub(r"[\1]", source))
    said = found.entry if found and found.is_whole else None
    found_record = record_of_properties(
        properties, said.title if said else inline.plain(source), line
    )
    if found_record is None or said is None:
        return found_record
    return PropertiesRecord(
        replace(merged_entry([found_record.entry, said]), note=found_record.entry.note), line
    )


def _column(name: str) -> str:
    return _MEANT.get(word(name), name)


def _is_of_the_paper(one: Property) -> bool:
    """Return whether it says something of the work, and not where a program keeps what of it."""
    name = word(one.name)
    if name in _FILES:
        return False
    if name in {"type", "itemtype"} and word(one.value) in _TAGS_OF_PAPERS - {"article"}:
        return False
    return name not in _OF_PROGRAM and name != "roamrefs" and bool(one.value.strip())


def _value(one: Property) -> str:
    if _column(one.name) == "citation key":
        found = _KEY.search(one.value)
        return found[1] if found else one.value.strip()
    if _column(one.name) == "tags":
        return "; ".join(
            tag.lstrip("#")
            for tag in re.split(r"\s*[,;]\s*|:|\s+(?=#)", one.value)
            if tag and word(tag) not in _TAGS_OF_PAPERS
        )
    return one.value


def _of_references(properties: Iterable[Property]) -> list[tuple[str, str]]:
    """`@key` and addresses, which org-roam keeps in one property."""
    text = " ".join(one.value for one in properties if word(one.name) in {"roamrefs", "roamref"})
    found = [("citation key", key[1]) for key in _KEY.finditer(text)][:1]
    return found + [("url", address[0]) for address in _ADDRESS.finditer(text)][:1]


def _with_file(entry: Entry, properties: Iterable[Property]) -> Entry:
    """Return the entry with the file that it is in, or its address where a web page is called its
    file."""
    if entry.url:
        return entry
    for one in properties:
        if word(one.name) in _FILES and one.value.strip():
            link = Link("", one.value.strip().strip("[]\"'"))
            return replace(
                entry,
                url=link.url,
                file=link.file,
                doi=entry.doi or identifiers.doi_of(link.url),
                arxiv=entry.arxiv or identifiers.arxiv_of(link.url),
            )
    return entry
