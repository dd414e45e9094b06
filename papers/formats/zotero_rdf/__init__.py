"""Zotero's RDF, read only.

Items, notes, attachments, journals and collections are siblings that name each other. An item is
what has a type of Zotero's other than note and attachment; collections are topics.
"""

import re
from collections.abc import Iterable, Iterator

from papers.formats.core import identifiers
from papers.formats.core.commonmark.inline import escaped
from papers.formats.core.format import Format
from papers.formats.core.identifiers import numbers
from papers.formats.core.people import Name, People
from papers.formats.core.reading_list import (
    Entry,
    ListedTopic,
    Path,
    ReadingList,
    ReportedLine,
    outline,
)
from papers.formats.core.reading_list.details import Further
from papers.formats.core.records import values, zotero
from papers.formats.core.records.untitled import kept
from papers.formats.core.text import Refused, refuse_large, refuse_many
from papers.formats.core.text.repair import mended, one_line
from papers.formats.zotero_rdf.xml_tree import Element, parse_siblings

_PREFIXES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.zotero.org/namespaces/export#": "z",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://nwalsh.com/rdf/vCard#": "vcard",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://purl.org/net/biblio#": "bib",
    "http://purl.org/dc/terms/": "dcterms",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://purl.org/rss/1.0/modules/link/": "link",
}
_NO_ITEMS = {"note", "attachment", "annotation"}
# The creators of a work that has no authors.
_MAKERS = (
    *("bib:authors", "z:presenters", "z:inventors", "z:programmers", "z:directors"),
    *("z:podcasters", "z:interviewees", "z:artists", "z:cartographers", "z:contributors"),
)
# What is said elsewhere in the entry, or is the business of the program that wrote it.
_NOT_FURTHER = {
    *("z:itemType", "z:libraryCatalog", "z:language", "dc:title", "dc:date", "dc:description"),
    *("dc:subject", "dc:identifier", "dcterms:abstract", "dcterms:dateSubmitted", "bib:pages"),
    *("prism:volume", "prism:number", "z:accessDate"),
}
_NAME_OF_PUBLISHER = ("foaf:Organization", "foaf:name")
_PLACE_OF_PUBLISHER = ("foaf:Organization", "vcard:adr", "vcard:Address", "vcard:locality")
_DEEPEST_COLLECTION = 20
_NAMES_WHAT_BELONGS = {"dcterms:isReferencedBy", "link:link"}
_LONGEST_LINE = 500
_DECLARATION = re.compile(r"<\?xml\b[^<>]*\?>")
_BROKEN = (
    "The XML of this item is damaged, so it was skipped. The others were read. Export it "
    "again, then import it again."
)
_BELONGS_TO_NO_PAPER = (
    "This is a note or a file of no paper, so it was skipped. The papers were read."
)

_BEGINNING = re.compile(r"<\?xml\b|<rdf:RDF\b")


def read(text: str) -> ReadingList:
    """Return the list in the file: each item is an entry for each of its collections, or is in
    `not_understood`. Raise Refused for what is no RDF."""
    refuse_large(len(text.encode(errors="surrogatepass")))
    whole, broken = parse_siblings(_started(text), "rdf:RDF", _PREFIXES)
    root = whole.first("rdf:RDF")
    if not root:
        raise Refused(
            "This XML is not Zotero's RDF. Nothing was imported. "
            "Export the list as BibTeX, RIS or Zotero RDF, and import that."
        )
    items = [item for item in root.children if _is_item(item)]
    refuse_many(len(items), "papers")
    library = _Library(root)
    entries: list[Entry] = []
    left = [ReportedLine(one.number, one.text, _BROKEN) for one in broken]
    remarks: list[ReportedLine] = []
    for item in items:
        found, reason = kept(library.entries_of(item))
        entries += found
        if reason:
            (remarks if found else left).append(ReportedLine(item.line, f"<{item.name}>", reason))
    left += library.left_alone()
    paths = outline([*library.paths, *(entry.topic for entry in entries)])
    return ReadingList(
        topics=tuple(map(ListedTopic, paths)),
        entries=tuple(entries),
        not_understood=tuple(sorted(left, key=lambda line: line.number)),
        remarks=tuple(remarks),
    )


def _started(text: str) -> str:
    """Return the text without what may not precede XML, its lines where they were."""
    text = text.removeprefix("\ufeff")
    bare = text.lstrip()
    above = text.count("\n", 0, len(text) - len(bare))
    declaration = _DECLARATION.match(bare)
    end = declaration.end() if declaration else 0
    return bare[:end] + "\n" * above + bare[end:]


def _is_item(element: Element) -> bool:
    return bool(element.text_of("z:itemType")) and element.text_of("z:itemType") not in _NO_ITEMS


class _Library:
    """Everything in the file by its name, and the collections."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.named = {
            child.attributes["rdf:about"]: child
            for child in root.children
            if "rdf:about" in child.attributes
        }
        collections = [child for child in root.children if child.name == "z:Collection"]
        self.parents: dict[str, str] = {}
        self.holding: dict[str, list[str]] = {}
        for collection in collections:
            name = collection.attributes.get("rdf:about", "")
            for part in _resources(collection, "dcterms:hasPart"):
                if part in self.named and self.named[part].name == "z:Collection":
                    self.parents.setdefault(part, name)
                else:
                    self.holding.setdefault(part, []).append(name)
        self.paths = [self.path(one.attributes.get("rdf:about", "")) for one in collections]

    def path(self, collection: str) -> Path:
        names: list[str] = []
        while collection in self.named and len(names) < _DEEPEST_COLLECTION:
            title = self.named[collection].text_of("dc:title")
            names.append(one_line(values.cleaned_cell(title)) or "Collection")
            collection = self.parents.get(collection, "")
        return tuple(reversed(names))

    def entries_of(self, item: Element) -> Iterator[Entry]:
        """Yield the item under each of its collections."""
        places = self.holding.get(item.attributes.get("rdf:about", ""), [])
        for path in dict.fromkeys(map(self.path, places)) or [()]:
            yield _entry(item, path, self)

    def containers(self, item: Element) -> tuple[list[Element], list[Element]]:
        """Return the journals or books that the item is part of, and the series."""
        parts = [child for part in item.all("dcterms:isPartOf") for child in part.children]
        parts += self.found(_resources(item, "dcterms:isPartOf"))
        series = [part for part in parts if part.name == "bib:Series"]
        return [part for part in parts if part.name != "bib:Series"], series

    def notes(self, item: Element) -> str:
        memos = self.found(_resources(item, "dcterms:isReferencedBy"))
        texts = [memo.text_of("rdf:value") for memo in memos if memo.name == "bib:Memo"]
        return escaped(values.text_of_html(texts))

    def left_alone(self) -> Iterator[ReportedLine]:
        """Yield the notes and files that belong to no item."""
        belonging = {
            one.attributes.get("rdf:resource", "")
            for item in self.root.children
            if _is_item(item)
            for one in item.children
            if one.name in _NAMES_WHAT_BELONGS
        }
        for child in self.root.children:
            is_none = child.name == "bib:Memo" or child.text_of("z:itemType") in _NO_ITEMS
            is_alone = child.attributes.get("rdf:about", "") not in belonging
            if is_none and is_alone and (said := _said_by(child)):
                yield ReportedLine(child.line, said[:_LONGEST_LINE], _BELONGS_TO_NO_PAPER)

    def found(self, names: Iterable[str]) -> list[Element]:
        return [self.named[name] for name in names if name in self.named]


def _entry(item: Element, path: Path, library: _Library) -> Entry:
    title = values.without_html(values.cleaned_cell(item.text_of("dc:title")))
    containers, series = library.containers(item)
    whole = [item, *containers]
    extra, rest = zotero.in_extra(item.text_of("dc:description"))
    isbn, issn = values.book_numbers("; ".join(_identifiers(whole, "ISBN", "ISSN")))
    url = _address(item)
    stated_dois = numbers.dois(_identifiers([item], "DOI"))
    dois = [*stated_dois[:1], *_identifiers(whole, "DOI"), extra.get("doi", ""), url]
    named = [*(one.text_of("dc:title") for one in containers), _conference(item)]
    venue = values.without_html(_first(named))
    stated = (extra.get("arxiv", ""), zotero.arxiv_in(venue), *dois)
    date = item.text_of("dc:date")
    makers = (_people(item, name) for name in _MAKERS)
    return Entry(
        title=mended(title),
        original=title if mended(title) != title else "",
        topic=path,
        authors=_first(makers),
        editors=_first(_people(one, "bib:editors") for one in whole),
        venue=venue,
        year=values.year(date),
        published=values.published(date),
        url=url,
        doi=_first(identifiers.doi(text) or identifiers.doi_of(text) for text in dois),
        arxiv=_first(identifiers.arxiv(text) or identifiers.arxiv_of(text) for text in stated),
        kind=zotero.KINDS.get(item.text_of("z:itemType").casefold(), "document"),
        volume=_first(one.text_of("prism:volume") for one in whole),
        issue=_first(one.text_of("prism:number") for one in whole),
        pages=values.page_range(item.text_of("bib:pages")),
        publisher=values.without_html(
            _first(one.text_of("dc:publisher", *_NAME_OF_PUBLISHER) for one in whole)
        ),
        isbn=isbn,
        issn=issn,
        pmid=extra.get("pmid", ""),
        openalex=extra.get("openalex", ""),
        language=one_line(item.text_of("z:language")),
        keywords=values.tags(filter(None, map(_tag, item.all("dc:subject")))),
        abstract=values.paragraphs_of_lines(item.text_of("dcterms:abstract")),
        citation_key=extra.get("citation_key", ""),
        note=library.notes(item),
        further=(
            *(("DOI", one) for one in stated_dois[1:]),
            *_further(item, series, rest),
        ),
        lines=(item.line,),
    )


def _said_by(element: Element) -> str:
    """Return the text of a note, or the name of a file."""
    note = values.text_of_html([element.text_of("rdf:value")])
    address = element.text_of("dc:identifier", "dcterms:URI", "rdf:value")
    return note or _first([element.text_of("dc:title"), address])


def _further(item: Element, series: list[Element], rest: list[tuple[str, str]]) -> Further:
    said = [
        (child.name.rpartition(":")[2], one_line(child.text))
        for child in item.children
        if child.text and child.name not in _NOT_FURTHER
    ]
    said += [("series", one_line(one.text_of("dc:title"))) for one in series]
    said.append(("place", one_line(item.text_of("dc:publisher", *_PLACE_OF_PUBLISHER))))
    return (*((name, text) for name, text in said if text), *rest)


def _people(item: Element, role: str) -> str:
    people = item.first(role, "rdf:Seq")
    listed = people.all("rdf:li") if people else iter(())
    names = [_name(person) for one in listed for person in one.children]
    return str(People(tuple(name for name in names if name.family)))


def _name(person: Element) -> Name:
    """Return a person with a given name, or one name alone."""
    family = _first([person.text_of("foaf:surname"), person.text_of("foaf:name")])
    given = _first([person.text_of("foaf:givenName"), person.text_of("foaf:givenname")])
    return Name(_without_semicolons(family or given), _without_semicolons(given if family else ""))


def _without_semicolons(name: str) -> str:
    return values.without_html(name).replace(";", ",")


def _identifiers(elements: Iterable[Element], *kinds: str) -> list[str]:
    """Return the identifiers of these kinds, without the `DOI ` before them."""
    said = (one.text for element in elements for one in element.all("dc:identifier"))
    parts = (text.partition(" ") for text in said)
    return [number for kind, _, number in parts if kind.rstrip(":").upper() in kinds]


def _address(item: Element) -> str:
    """Return the address that the item states, else the one that it is known by."""
    stated = item.all("dc:identifier")
    addresses = [one.text_of("dcterms:URI", "rdf:value") for one in stated]
    about = item.attributes.get("rdf:about", "")
    return _first(identifiers.web_address(one) for one in [*addresses, about])


def _conference(item: Element) -> str:
    return item.text_of("bib:presentedAt", "bib:Conference", "dc:title")


def _tag(subject: Element) -> str:
    return subject.text or subject.text_of("z:AutomaticTag", "rdf:value")


def _resources(element: Element, name: str) -> list[str]:
    return [one.attributes.get("rdf:resource", "") for one in element.all(name)]


def _first(texts: Iterable[str]) -> str:
    """Return the first that says anything, in one line."""
    return next((one_line(text) for text in texts if text.strip()), "")


FORMAT = Format(
    "rdf",
    "Zotero RDF",
    reads=read,
    is_one=lambda sample: bool(_BEGINNING.match(sample.text)),
    turn=1,
    suffixes=("rdf", "xml"),
)
