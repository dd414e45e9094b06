"""Recognise the format of a text by its content.

People call a file what they like, so its name is not asked, but for one thing: a short list in
Org-mode may be one in Markdown as well. In doubt a text is Markdown: a list in Markdown that is
taken for something else is lost, while anything else that is taken for Markdown has no papers, and
the importer is told so.
"""

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum

from papers.formats import (
    bibtex,
    csl_json,
    csv,
    doubts,
    foreign,
    markdown,
    org,
    pubmed,
    rdf,
    ris,
    wos,
)
from papers.formats.reading_list import Line, ReadingList
from papers.formats.text import Refused, refuse_large


class Format(StrEnum):
    MARKDOWN = "markdown"
    ORG = "org"
    BIBTEX = "bibtex"
    RIS = "ris"
    WEB_OF_SCIENCE = "web of science"
    PUBMED = "pubmed"
    CSL_JSON = "csl_json"
    CSV = "csv"
    RDF = "rdf"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Format.MARKDOWN: "Markdown",
    Format.ORG: "Org-mode",
    Format.BIBTEX: "BibTeX",
    Format.RIS: "RIS",
    Format.WEB_OF_SCIENCE: "Web of Science",
    Format.PUBMED: "PubMed",
    Format.CSL_JSON: "CSL-JSON",
    Format.CSV: "CSV",
    Format.RDF: "Zotero RDF",
}
_READERS: dict[Format, Callable[[str], ReadingList]] = {
    Format.MARKDOWN: markdown.read,
    Format.ORG: org.read,
    Format.BIBTEX: bibtex.read,
    Format.RIS: ris.read,
    Format.WEB_OF_SCIENCE: wos.read,
    Format.PUBMED: pubmed.read,
    Format.CSL_JSON: csl_json.read,
    Format.CSV: csv.read,
    Format.RDF: rdf.read,
}

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HTML = re.compile(r"<(/?)(?:details|pre|table)\b", re.IGNORECASE)
# What begins a line in Markdown: a heading, an item, a row.
_MARKDOWN = re.compile(r" {0,3}(?:#{1,6} |[-*+] +\S|\d{1,4}[.)] |\|.*\|)")
_BIBTEX = re.compile(r' {0,3}@[A-Za-z][\w-]*\s*(?:\{|\(\s*[^\s,()"]+\s*[,=])')
_NO_ENTRY = re.compile(r"\s*@(?:comment|preamble|string)\b", re.IGNORECASE)
_RIS = re.compile(r"\s*TY {0,3}-(?: |$|[A-Z])")
_TAGGED = re.compile(r"[A-Z][A-Z0-9]{1,3} {0,2}-(?: |$)")
_PUBMED = re.compile(r"PMID- *\d")
_BEGINS_WEB_OF_SCIENCE = re.compile(r"FN \S|VR \d|PT [A-Z]\s*$")
_OF_WEB_OF_SCIENCE = re.compile(r"^(?:TI \S|UT \S|ER\s*$)", re.MULTILINE)
_JSON = re.compile(r'(?:\[\s*)?\{\s*["}]')
# A list of records that breaks off is one all the same.
_BEGINS_JSON = re.compile(
    r'\[\s*\{\s*"(?:id|type|title|author|DOI|URL|issued|abstract|key|itemType|citation-key|language)"'
    r'\s*:|\{\s*"(?:items|references)"\s*:\s*\['
)
_XML = re.compile(r"<\?xml\b|<rdf:RDF\b")


def read(text: str, known: Format | None = None) -> ReadingList:
    """The list that the text holds, whichever its format. Raises Refused for what holds none.

    `known` is the format where it was recognised before.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    if sentence := foreign.page(text):
        raise Refused(sentence)
    found = _on_a_fresh_stack(_READERS[known or recognised(text)], text)
    doubtful = doubts.of_text(text)
    return with_remarks(found, doubtful) if doubtful else found


def with_remarks(reading_list: ReadingList, remarks: Iterable[Line]) -> ReadingList:
    """The list with further remarks, each in the place of its line."""
    every = sorted([*remarks, *reading_list.remarks], key=lambda line: line.number)
    return replace(reading_list, remarks=tuple(every))


def _on_a_fresh_stack(reader: Callable[[str], ReadingList], text: str) -> ReadingList:
    """Read in a thread that does nothing else, so that it takes as long wherever it is called from.

    Python keeps its stack in pieces. Where a call begins a new one, 3.11 fetches the memory and
    gives it back each time: a parser whose innermost calls are there takes ten times as long.
    """
    with ThreadPoolExecutor(max_workers=1) as thread, _uncollected():
        return thread.submit(reader, text).result()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do not search for circles of objects, as Python does whenever it has made many: a list makes
    a million, and hardly a circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def recognised(text: str, name: str = "") -> Format:
    """The format of the text; `name` is that of its file, if it was one."""
    found = _recognised(text)
    is_org = found in {Format.MARKDOWN, Format.CSV} and org.is_surely_one(name)
    return Format.ORG if is_org else found


def _recognised(text: str) -> Format:
    text = text.removeprefix("\ufeff").strip()
    if _XML.match(text):
        return Format.RDF
    if (_JSON.match(text) and text[-1] in "]}") or _BEGINS_JSON.match(text):
        return Format.CSL_JSON
    counted = _Counted(text)
    if counted.is_bibtex:
        return Format.BIBTEX
    if _BEGINS_WEB_OF_SCIENCE.match(counted.first) and _OF_WEB_OF_SCIENCE.search(text):
        return Format.WEB_OF_SCIENCE
    if counted.is_tagged:
        return Format.RIS if counted.ris or not counted.pubmed else Format.PUBMED
    if org.is_one(text):
        return Format.ORG
    return Format.CSV if _is_csv(text, counted) else Format.MARKDOWN


class _Counted:
    """How many lines begin as those of each format do, but for what Markdown quotes as code."""

    def __init__(self, text: str) -> None:
        self.first = ""
        self.lines = self.markdown = self.bibtex = self.ris = self.tagged = self.pubmed = 0
        for line in _unquoted(text):
            if not self.first and not line.startswith("%"):
                self.first = line
            self.lines += 1
            self.count(line)

    def count(self, line: str) -> None:
        if _MARKDOWN.match(line):
            self.markdown += 1
        elif _BIBTEX.match(line):
            self.bibtex += not _NO_ENTRY.match(line)
        elif _TAGGED.match(line) or _RIS.match(line):
            self.tagged += 1
            self.ris += bool(_RIS.match(line))
            self.pubmed += bool(_PUBMED.match(line))

    @property
    def is_bibtex(self) -> bool:
        """An entry of BibTeX stands first, or there are more of them than of all that Markdown has:
        people write what they like between entries, and may cite themselves below a list."""
        return bool(_BIBTEX.match(self.first)) or self.bibtex > self.markdown

    @property
    def is_tagged(self) -> bool:
        """Whether its lines are tags with values, as `TY  - JOUR`."""
        has_record = self.ris or self.pubmed
        is_tagged_throughout = self.tagged > 2 and 2 * self.tagged > self.lines
        return bool(has_record or is_tagged_throughout) and self.tagged > self.markdown


def _unquoted(text: str) -> Iterator[str]:
    """The lines that are not blank and stand in no code and no HTML that folds or holds code."""
    is_code, depth = False, 0
    for line in text.splitlines():
        if _FENCE.match(line):
            is_code = not is_code
            continue
        tags = [found[1] for found in _HTML.finditer(line)] if "<" in line else []
        if not is_code and not depth and not tags and line.strip():
            yield line
        if not is_code:
            depth = max(0, depth + tags.count("") - tags.count("/"))


def _is_csv(text: str, counted: _Counted) -> bool:
    if _MARKDOWN.match(counted.first):
        return False
    second = text[: 2**16].split("\n", 2)[1:2]
    if second and _rules_a_table(second[0]):
        return False
    if csv.names_columns(text, in_doubt=counted.markdown > 0) or csv.looks_like_rows(text):
        return True
    # Which is refused with a sentence of its own.
    return not counted.markdown and bool(csv.names_of_sums(text))


def _rules_a_table(line: str) -> bool:
    """`--- | ---`, below the names of the columns in Markdown."""
    return {"|", "-"} <= set(line) <= set("|-: \t\r")


def refuse_too_long(text: str, name: str = "") -> None:
    """Raise TooLarge at once for what would be refused when it is read."""
    if recognised(text, name) in {Format.MARKDOWN, Format.ORG}:
        markdown.refuse_too_long(text)
