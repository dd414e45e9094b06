"""The formats that a list can be written in, each by its name.

A new one is a line in FORMATS: the pages, the downloads and the command line follow.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from papers.formats import bibtex, csl_json, csv, markdown, ris
from papers.formats.details import names_where
from papers.formats.reading_list import Entry, ReadingList

# What a line of Markdown says of a paper; what is more than that would only spoil it.
_IN_MARKDOWN = (
    *names_where(lambda one: one.is_on_a_line),
    *("topic", "file", "checked", "note"),
)


@dataclass(frozen=True, slots=True)
class Format:
    # As in `--format bibtex`.
    name: str
    label: str
    # What one does with it.
    use: str
    # As in `list.bib`, without the dot.
    extension: str
    media_type: str
    write: Callable[[ReadingList], str]
    # Whether it knows of boxes, and of who has read what.
    has_ticks: bool = False
    # How a single paper is cited by it: without the fields that only Seminar reads.
    cite: Callable[[Entry], str] | None = None

    def file_name(self, stem: str) -> str:
        return f"{stem}.{self.extension}"

    def write_paper(self, entry: Entry) -> str:
        """Return one paper to cite it, or as a list of one where the format cites none."""
        return self.cite(entry) if self.cite else self.write(ReadingList(entries=(entry,)))


def said_in_markdown(reading_list: ReadingList) -> ReadingList:
    """The list without what a line of Markdown does not say, each entry in its place."""
    entries = tuple(
        Entry(**{name: getattr(entry, name) for name in _IN_MARKDOWN})
        for entry in reading_list.entries
    )
    return replace(reading_list, entries=entries)


def _as_markdown(reading_list: ReadingList) -> str:
    return markdown.write(said_in_markdown(reading_list))


# fmt: off
FORMATS = (
    Format(
        "markdown", "Markdown", "a checklist with headings, to read and to import again", "md",
        "text/markdown; charset=utf-8", _as_markdown, has_ticks=True,
    ),
    Format(
        "bibtex", "BibTeX", "for LaTeX, JabRef and Zotero", "bib",
        "application/x-bibtex; charset=utf-8", bibtex.write, cite=bibtex.cite,
    ),
    Format(
        "ris", "RIS", "for Zotero, Mendeley, EndNote and Citavi", "ris",
        "application/x-research-info-systems; charset=utf-8", ris.write, cite=ris.cite,
    ),
    Format(
        "csl-json", "CSL-JSON", "for Zotero, Pandoc and programs", "json",
        "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json.write,
        cite=csl_json.cite,
    ),
    Format("csv", "CSV", "for spreadsheets", "csv", "text/csv; charset=utf-8", csv.write),
)
# fmt: on
MARKDOWN = FORMATS[0]
BY_NAME = {one.name: one for one in FORMATS}
BY_EXTENSION = {one.extension: one for one in FORMATS}
CITING = tuple(one for one in FORMATS if one.cite)
