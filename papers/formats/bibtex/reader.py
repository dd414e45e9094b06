"""Reading lists in BibTeX and biblatex: each entry a paper, its groups the topics."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from papers.formats.bibtex import dates, entries, entry_types, identification, names, topics
from papers.formats.bibtex.entries import LONGEST_VALUE, BibtexBlock, BibtexField
from papers.formats.bibtex.inheritance import Family
from papers.formats.bibtex.journals import JOURNALS
from papers.formats.bibtex.latex import plain_text
from papers.formats.bibtex.record import FURTHER, BibtexRecord
from papers.formats.bibtex.symbols import NEW_LINE
from papers.formats.core.doubts import without_control_characters
from papers.formats.core.reading_list import (
    Entry,
    ListedTopic,
    Path,
    ReadingList,
    ReportedLine,
    outline,
)
from papers.formats.core.reading_list.details import Further, completed
from papers.formats.core.records.untitled import kept
from papers.formats.core.text import TooLarge
from papers.formats.core.text.repair import mended, one_line

LARGEST_TEXT = 4 * 2**20
_MOST_TOPICS = 100

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_ENDS_A_TITLE = re.compile(r"[.:?!,;–—-]$")
_NO_WORK = "This collects other entries and is no paper itself, so it was skipped."


def read(text: str) -> ReadingList:
    """Return the list that the BibTeX holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    if len(text.encode(errors="surrogatepass")) > LARGEST_TEXT:
        raise TooLarge(
            f"A list in BibTeX may be at most {LARGEST_TEXT // 2**20} MB of text, and this one is "
            "larger. Nothing was imported. Split it and import the parts."
        )
    file = entries.split_entries(_clean(text))
    return _EntryReader(file).reading_list()


class _EntryReader:
    def __init__(self, file: entries.File) -> None:
        self.blocks = file.blocks
        self.family = Family(file.blocks)
        self.tree = topics.paths_of_tree(file.comments)
        self.members = topics.members(file.comments)
        self.entries: list[Entry] = []
        self.not_understood: list[ReportedLine] = []
        self.remarks: list[ReportedLine] = []

    def reading_list(self) -> ReadingList:
        for block in self.blocks:
            self._read(block)
        lines: dict[Path, list[int]] = {}
        for entry in self.entries:
            lines.setdefault(entry.topic, []).extend(entry.lines)
        paths = outline(entry.topic for entry in self.entries)
        return ReadingList(
            topics=tuple(ListedTopic(path, tuple(lines.get(path, ()))) for path in paths),
            entries=tuple(self.entries),
            not_understood=tuple(self.not_understood),
            remarks=tuple(self.remarks),
        )

    def _read(self, block: BibtexBlock) -> None:
        if block.reason:
            self.not_understood.append(_line(block, block.reason))
        elif block.type in entry_types.NO_WORKS:
            self.remarks.append(_line(block, _NO_WORK))
        else:
            self._read_work(block)

    def _read_work(self, block: BibtexBlock) -> None:
        fields, missing = self.family.completed(block)
        fields = entry_types.with_what_it_implies(block.type, fields)
        record = BibtexRecord(field for field in fields if len(field.value) <= LONGEST_VALUE)
        found, reason = kept([entry_of_record(block.type, record)])
        if reason:
            (self.remarks if found else self.not_understood).append(_line(block, reason))
        if not found:
            return
        places = self._topics(block, record) or ((),)
        entry = replace(
            found[0],
            citation_key=one_line(block.key),
            topic=places[0],
            further=(
                *identification.further_dois(record, found[0].doi),
                *_further(record.left()),
            ),
            lines=(block.line,),
        )
        self.entries += [entry, *(replace(entry, topic=path) for path in places[1:])]
        self._remark(block, fields, missing)

    def _topics(self, block: BibtexBlock, record: BibtexRecord) -> tuple[Path, ...]:
        """Return the groups that the entry names, else those that name the entry."""
        groups = record.take_all("groups")
        folders = [folder.replace("/", " > ") for folder in record.take_all("mendeley-groups")]
        named = topics.read_topics(",".join([*groups, *folders]), self.tree)
        paths = named or tuple(self.members.get(block.key, ()))
        if len(paths) > _MOST_TOPICS:
            reason = f"It is in more than {_MOST_TOPICS} groups. It was put in the first of them."
            self.remarks.append(_line(block, reason))
        return paths[:_MOST_TOPICS]

    def _remark(
        self, block: BibtexBlock, fields: Iterable[BibtexField], missing: tuple[str, ...]
    ) -> None:
        for field in fields:
            if len(field.value) > LONGEST_VALUE:
                reason = (
                    f"`{field.name[:50]}` is longer than {LONGEST_VALUE:,} characters, so it was "
                    "left out. All else was read."
                )
                self.remarks.append(_line(block, reason))
        for key in missing:
            reason = (
                f"It refers to `{key[:100]}`, which is not in the file. It was read without what "
                "is said there."
            )
            self.remarks.append(_line(block, reason))


def entry_of_record(type_: str, record: BibtexRecord) -> Entry:
    """Return an entry with its details, but without its key, its topics and remaining fields."""
    venue = _venue(type_, record)
    found = identification.read_identifiers(record, venue)
    title, original = _title(record)
    day = dates.read_date(record)
    said = {
        "title": title,
        "authors": _people(record, "author"),
        "editors": _people(record, "editor"),
        "venue": venue,
        "year": day.year,
        "published": day.published,
        "url": found.url,
        "doi": found.doi,
        "arxiv": found.arxiv,
        "pmid": found.pmid,
        "isbn": identification.isbns_of_record(record),
        "issn": identification.issn(record),
        "kind": _kind(type_, record, venue, found.arxiv),
        "issue": _issue(type_, record),
        "pages": identification.read_pages(_text(record, "pages")),
        "keywords": _keywords(record.take_all("keywords", "keyword", "mendeley-tags")),
        "abstract": latex_paragraphs(record.take("abstract")),
        "citation_key": "",
        "further": (),
    }
    return Entry(
        **completed(said, lambda one: _text(record, *one.fields_of_bibtex)),
        original=original,
        spelt=found.spelt,
        checked=_checked(record),
    )


def latex_paragraphs(latex: str) -> str:
    """The text with a blank line between its paragraphs, and what `\\\\` parts on lines of its
    own."""
    texts = (plain_text(one) for one in _BLANK_LINES.split(latex))
    lines = [
        one_line(line)
        for text in texts
        for paragraph in [*_BLANK_LINES.split(text), ""]
        for line in paragraph.split(NEW_LINE)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _clean(text: str) -> str:
    """Return the text with plain line ends, and without what cannot be stored."""
    text = without_control_characters(text)
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))


def _line(block: BibtexBlock, reason: str) -> ReportedLine:
    return ReportedLine(block.line, block.first_line, reason)


def _text(record: BibtexRecord, *names_: str) -> str:
    latex = record.take(*names_)
    return one_line(plain_text(latex)) if latex else ""


def _title(record: BibtexRecord) -> tuple[str, str]:
    """Return the title with its subtitle, and how it was written where it had to be mended. A book
    that only gives the name of the whole is called by that.
    """
    for name, below in (
        ("title", "subtitle"),
        ("maintitle", "mainsubtitle"),
        ("booktitle", "booksubtitle"),
        ("shorttitle", ""),
    ):
        if record.peek(name):
            whole, sub = _text(record, name), _text(record, below)
            joint = " " if _ENDS_A_TITLE.search(whole) else ": "
            whole = joint.join(filter(None, [whole, sub]))
            return mended(whole), whole if mended(whole) != whole else ""
    return "", ""


def _venue(type_: str, record: BibtexRecord) -> str:
    """Return the venue. A field that holds the address of a web page, as is frequent, is
    ignored.
    """
    for name in entry_types.names_of_venue(type_):
        latex = record.peek(name)
        if latex and not (name == entry_types.ANYHOW and "://" in latex):
            venue = one_line(plain_text(record.take(name)))
            return JOURNALS.get(venue.removeprefix("\\"), venue) if venue[:1] == "\\" else venue
    return ""


def _issue(type_: str, record: BibtexRecord) -> str:
    """Return the issue. Zotero has the number of arXiv there."""
    issue = _text(record, *entry_types.names_of_issue(type_))
    return "" if issue.casefold().startswith("arxiv:") else issue


def _people(record: BibtexRecord, name: str) -> str:
    """Return the people as they were written by us, where the field still names the same ones."""
    latex = record.take(name)
    found = names.read_names(latex)
    ours = one_line(plain_text(record.peek(f"x-{name}s")))
    if ours and names.read_names(names.write_names(ours)) == found:
        return ours
    return unicodedata.normalize("NFC", str(found))


def _kind(type_: str, record: BibtexRecord, venue: str, arxiv: str) -> str:
    ours = plain_text(record.peek("x-kind"))
    if ours == entry_types.NO_KIND:
        return ""
    if entry_types.is_kind(ours):
        return ours
    sub = plain_text(record.peek("entrysubtype")).casefold()
    if entry_types.is_kind(f"article-{sub}"):
        record.take("entrysubtype")
        return f"article-{sub}"
    return entry_types.kind_of(type_, venue, arxiv)


def _keywords(values: list[str]) -> str:
    """Parted by `; `. Where a semicolon parts them, a comma belongs to them."""
    found: dict[str, str] = {}
    for value in values:
        text = plain_text(value)
        for keyword in map(one_line, text.split(";" if ";" in text else ",")):
            if keyword:
                found.setdefault(keyword.casefold(), keyword)
    return "; ".join(found.values())


def _checked(record: BibtexRecord) -> bool | None:
    if plain_text(record.peek("readstatus")).strip().casefold() != "read":
        return None
    record.take("readstatus")
    return True


def _further(fields: Iterable[BibtexField]) -> Further:
    return tuple((name, text) for name, text in map(_named, fields) if name and text)


def _named(field: BibtexField) -> tuple[str, str]:
    if not field.name.startswith(FURTHER):
        return field.name, latex_paragraphs(field.value)
    name, text = split_further(field.value)
    return one_line(plain_text(name)), latex_paragraphs(text)


def split_further(latex: str) -> tuple[str, str]:
    """`{name} text`, as a name is written that is none for BibTeX."""
    depth = 0
    for found in re.finditer(r"[{}]", latex):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return latex[1 : found.start()], latex[found.end() :]
    return "", ""
