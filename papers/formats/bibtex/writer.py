"""Reading lists as BibTeX: each paper once, its topics as the groups of JabRef."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from papers.formats.bibtex import dates, entry_types, identification, names, topics
from papers.formats.bibtex.entries import BibtexField
from papers.formats.bibtex.latex import written, written_address
from papers.formats.bibtex.reader import entry_of_record
from papers.formats.bibtex.record import FURTHER, BibtexRecord, is_bookkeeping
from papers.formats.core import people
from papers.formats.core.identity import Work
from papers.formats.core.reading_list import Entry, ListedPaper, ReadingList
from papers.formats.core.reading_list.details import plain_details

_GOOD_KEY = re.compile(r"[^\s,={}\"#%~\\()'@]{1,200}")
_GOOD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+:.-]{0,99}")
# fmt: off
_SMALL_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "de", "der", "die", "do", "does", "for", "from",
    "how", "in", "is", "it", "la", "le", "of", "on", "or", "the", "to", "what", "when", "why",
    "with",
})
# fmt: on


def write(reading_list: ReadingList) -> str:
    """Return the papers of the list as BibTeX in UTF-8, such that reading it gives them again.

    Of what is said of a place, only the topic is written: notes and ticks are not.
    """
    papers = reading_list.papers
    keys = _Keys(paper.said for paper in papers)
    return "\n".join(_written(paper, keys.key_of(paper.said)) for paper in papers)


def cite(entry: Entry) -> str:
    """Return the paper alone, without fields of ours: those are for reading it again."""
    type_ = entry_types.type_of(entry.kind)
    fields = dict(_fields(entry, type_))
    fields |= dict(_further(entry, type_, fields))
    common = {name: value for name, value in fields.items() if not name.startswith("x-")}
    return _record_of(type_, _Keys([entry]).key_of(entry), common)


class _Keys:
    """Return unique keys. A paper keeps its own; of two with the same, the first does."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.kept: dict[str, bool] = {}
        for entry in entries:
            if _GOOD_KEY.fullmatch(entry.citation_key):
                self.kept.setdefault(entry.citation_key.casefold(), True)
        self.made: set[str] = set()

    def key_of(self, entry: Entry) -> str:
        key = entry.citation_key
        if self.kept.get(key.casefold()) and _GOOD_KEY.fullmatch(key):
            self.kept[key.casefold()] = False
            return key
        stem = key if _GOOD_KEY.fullmatch(key) else _stem(entry)
        number = 1
        while self._is_in_use(f"{stem}-{number}" if number > 1 else stem):
            number += 1
        made = f"{stem}-{number}" if number > 1 else stem
        self.made.add(made.casefold())
        return made

    def _is_in_use(self, key: str) -> bool:
        return key.casefold() in self.kept or key.casefold() in self.made


def is_made(key: str, work: Work) -> bool:
    """Return whether the key is one that a work without any is written with."""
    return bool(re.fullmatch(rf"{re.escape(_stem(work))}(?:-\d+)?", key))


def _stem(entry: Work) -> str:
    """Surname, year and the first word of the title that says something."""
    words = [people.comparable_name(word) for word in entry.title.split()]
    telling = [word for word in words if word and word not in _SMALL_WORDS]
    word = next(iter(telling or words), "")
    parts = (people.first_surname(entry.authors), str(entry.year or ""), word)
    stem = unicodedata.normalize("NFKD", "".join(parts))
    return re.sub(r"[^a-z0-9-]", "", stem.casefold())[:60] or "paper"


def _written(paper: ListedPaper, key: str) -> str:
    entry = paper.said
    type_ = entry_types.type_of(entry.kind)
    fields = dict(_fields(entry, type_))
    fields |= dict(_further(entry, type_, fields))
    paths = dict.fromkeys(one.topic for one in paper.entries)
    if any(paths):
        # The place under no topic is the empty one before the first comma.
        fields["groups"] = "{" + topics.write_topics(sorted(paths, key=bool)) + "}"
    return _record_of(type_, key, fields)


def _record_of(type_: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@{type_}{{{key},", *lines, "}\n"])


def _fields(entry: Entry, type_: str) -> Iterator[tuple[str, str]]:
    """Yield the fields, and their values in braces, for the details of the entry."""
    venue = entry_types.name_of_venue(type_)
    if venue == entry_types.ANYHOW and "://" in entry.venue:
        venue = "booktitle"
    texts = {
        "title": written(entry.title),
        "author": _people(entry.authors),
        "editor": _people(entry.editors),
        venue: written(entry.venue),
        "volume": written(entry.volume),
        entry_types.names_of_issue(type_)[0]: written(entry.issue),
        "pages": written(identification.written_pages(entry.pages)).replace("-{}-", "--"),
        "publisher": written(entry.publisher),
    }
    yield from _braced(texts)
    yield from dates.date_fields(entry.year, entry.published).items()
    yield from _braced(_numbers(entry))
    yield from _braced(
        {
            "language": written(entry.language),
            "keywords": written(_keywords(entry.keywords)),
            "abstract": _paragraphs(entry.abstract),
            "x-authors": _if_lost(entry.authors),
            "x-editors": _if_lost(entry.editors),
        }
    )
    yield from _braced(
        {one.fields_of_bibtex[0]: written(text) for one, text in plain_details(entry)}
    )
    yield from _braced(_kind(entry, type_))


def _braced(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, f"{{{text}}}") for name, text in texts.items() if text)


def _numbers(entry: Entry) -> dict[str, str]:
    return {
        "doi": written_address(entry.doi),
        "url": written_address(entry.url),
        "eprint": written_address(entry.arxiv),
        "archiveprefix": "arXiv" if entry.arxiv else "",
        "isbn": written(entry.isbn),
        "issn": identification.written_issn(entry.issn),
        "pmid": written(entry.pmid),
        "openalex": written(entry.openalex),
        "semanticscholar": written(entry.semantic_scholar),
    }


def _kind(entry: Entry, type_: str) -> dict[str, str]:
    """Return the field that tells the kind of work where the entry's type does not."""
    if type_ == "article" and entry.kind.startswith("article-") and entry.kind != "article-journal":
        return {"entrysubtype": entry.kind.removeprefix("article-")}
    is_told = entry_types.kind_of(type_, entry.venue, entry.arxiv) == entry.kind
    return {} if is_told else {"x-kind": entry.kind or entry_types.NO_KIND}


def _people(text: str) -> str:
    return names.write_names(text) if text else ""


def _if_lost(text: str) -> str:
    """Return the text of the people where their names do not give it back."""
    return written(text) if text and str(names.read_names(names.write_names(text))) != text else ""


def _keywords(text: str) -> str:
    """Parted by commas, unless one of them holds one."""
    if "," not in text:
        return text.replace("; ", ", ")
    return text if ";" in text else text + ";"


def _paragraphs(text: str) -> str:
    """Line ends that part no paragraphs are written as `\\\\`."""
    lines = re.sub(r"(?<!\n)\n(?!\n)", "\v", text)
    return written(lines.replace("\v@", "\v\n@")).replace("\v\n", "\\\\\n").replace("\v", "\\\\\n")


def _further(entry: Entry, type_: str, fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the remaining fields, under their own names where those are not read as a detail."""
    if not entry.further:
        return
    names_ = {name.casefold() for name in fields}
    understood = _Understood(type_, fields)
    for number, (name, text) in enumerate(entry.further, start=1):
        value = _paragraphs(text)
        if name.casefold() not in names_ and understood.keeps(name, value):
            names_.add(name.casefold())
            yield name, f"{{{value}}}"
        else:
            yield f"{FURTHER}{number}", f"{{{{{written(name)}}} {value}}}"


class _Understood:
    """The entry as it is read back, to tell whether a further field changes what is read."""

    def __init__(self, type_: str, fields: dict[str, str]) -> None:
        self.type_, self.fields = type_, fields
        self.record = _record(fields)
        self.entry = entry_of_record(type_, self.record)

    def keeps(self, name: str, value: str) -> bool:
        plain_name = name.casefold()
        if not _GOOD_NAME.fullmatch(name) or plain_name.startswith(("x-", "groups", "mendeley-")):
            return False
        if is_bookkeeping(name):
            return False
        if plain_name not in self.record.asked:
            return True
        record = _record({**self.fields, name: f"{{{value}}}"})
        is_same = entry_of_record(self.type_, record) == self.entry
        return is_same and [one.name for one in record.left()] == [name]


def _record(fields: dict[str, str]) -> BibtexRecord:
    return BibtexRecord(BibtexField(name, _bare(value)) for name, value in fields.items())


def _bare(value: str) -> str:
    """Return the value without its braces, which the name of a month has none of."""
    return value[1:-1] if value.startswith("{") else value
