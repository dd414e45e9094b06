"""The definition of a format, and how a text is recognised to be in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.text import LARGEST_FILE

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HTML = re.compile(r"<(/?)(?:details|pre|table)\b", re.IGNORECASE)
# What begins a line in Markdown: a heading, an item, a row.
_MARKDOWN = re.compile(r" {0,3}(?:#{1,6} |[-*+] +\S|\d{1,4}[.)] |\|.*\|)")


class Sample:
    """A text whose format is asked for. Its lines are counted without what Markdown quotes as
    code."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").strip()

    @cached_property
    def lines(self) -> list[str]:
        return list(_unquoted(self.text))

    @cached_property
    def first(self) -> str:
        """The first line that is no comment."""
        return next((line for line in self.lines if not line.startswith("%")), "")

    def count(self, beginning: re.Pattern[str]) -> int:
        """Return how many lines begin so."""
        return sum(1 for line in self.lines if beginning.match(line))

    @cached_property
    def markdown(self) -> int:
        """The number of lines that begin like Markdown."""
        return self.count(_MARKDOWN)

    @property
    def begins_as_markdown(self) -> bool:
        return bool(_MARKDOWN.match(self.first))


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reading lists. One that is read says how a text is seen to be in it; one that is
    written says which file it becomes."""

    # As rows keep it.
    name: str
    label: str

    # Reading
    reads: Callable[[str], ReadingList] | None = None
    is_one: Callable[[Sample], bool] | None = None
    # Formats are asked in this order: one that cannot be taken for another one comes first.
    turn: int = 0
    # Suffixes of files that people may choose, without the dot.
    suffixes: tuple[str, ...] = ()
    # Suffixes that decide where a text is in a format that yields to the name of its file.
    decisive_suffixes: tuple[str, ...] = ()
    yields_to_names: bool = False
    # The name of the format that its files are often taken for, and how one of them begins.
    taken_for: str = ""
    begins: Callable[[str], bool] | None = None
    largest: int = LARGEST_FILE
    # Raises TooLarge at once for what would be refused when it is read.
    refuses_long: Callable[[str], None] | None = None
    # Whether people keep lists in it by hand, so that one comes again after it was changed.
    is_kept_by_hand: bool = False

    # Writing
    writes: Callable[[ReadingList], str] | None = None
    # What one does with the file.
    use: str = ""
    # As in `list.bib`, without the dot.
    extension: str = ""
    # With its encoding, as in `text/csv; charset=utf-8`.
    media_type: str = ""
    # Whether it knows of boxes, and of who has read what.
    has_ticks: bool = False
    # Writes a single paper to cite it: without the fields that only Seminar reads.
    cites: Callable[[Entry], str] | None = None

    @property
    def option(self) -> str:
        """Its name as in `--format csl-json`."""
        return self.name.replace("_", "-").replace(" ", "-")

    def is_decided_by(self, name: str) -> bool:
        """Return whether a file of that name is in it."""
        return name.lower().endswith(tuple(f".{suffix}" for suffix in self.decisive_suffixes))

    def is_taken_for(self, other: "Format", text: str) -> bool:
        """Return whether the text is in this format where it was taken for the other."""
        return self.taken_for == other.name and self.begins is not None and self.begins(text)

    def read(self, text: str) -> ReadingList:
        if self.reads is None:
            raise NotImplementedError(f"{self.label} is not read")
        return self.reads(text)

    def write(self, reading_list: ReadingList) -> str:
        if self.writes is None:
            raise NotImplementedError(f"{self.label} is not written")
        return self.writes(reading_list)

    def write_paper(self, entry: Entry) -> str:
        """Return one paper to cite it, or as a list of one where the format cites none."""
        return self.cites(entry) if self.cites else self.write(ReadingList(entries=(entry,)))

    def file_name(self, stem: str) -> str:
        return f"{stem}.{self.extension}"


def _unquoted(text: str) -> Iterator[str]:
    """Yield the lines that are not blank and in no code, and in no HTML that folds or holds
    code.
    """
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
