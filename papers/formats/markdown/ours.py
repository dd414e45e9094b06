"""What this program wrote itself is read as it was written, whatever else it looks like."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.formats.markdown import item
from papers.formats.markdown.document import Document
from papers.formats.markdown.lexicon.words import TO_DO
from papers.formats.markdown.lines import Line
from papers.formats.markdown.titles import letters

_MARK = "- "
_STRUCK = "~~"
_QUOTES = '"“”„«»'
_ITEMS = {"item", "number"}
_ENDS_IN_BRACKET = re.compile(r"\]\s*$")
_MOST_FURTHER = 5
# What a line has that says more than a title, or is the number of a paper.
_MAY_SAY_MORE = re.compile(r"\]\s*$|10\.\d|arxiv", re.IGNORECASE)
_MOST_WORDS_OF_NUMBER = 4

_NOTHING: Mapping[str, str] = MappingProxyType({})


class OwnItems:
    """The items that are meant as this program reads its own: they have a box, they end in a whole
    citation, they are written letter for letter as it writes them, or `known` has the letters of
    their titles."""

    def __init__(self, lines: Sequence[Line], known: Mapping[str, str] = _NOTHING) -> None:
        self.entries: list[Entry] = []
        # The lines of those that are surely meant so, and of those that are but a number.
        self.written: set[int] = set()
        self.numbers: set[int] = set()
        # The lines of those that end in a whole citation.
        self.whole: set[int] = set()
        for line in lines:
            if line.kind not in _ITEMS or line.is_quoted:
                continue
            found = _read(line, lines, any_may_be=bool(known))
            if not found:
                continue
            is_ours = self._is_ours(line, found)
            title = known.get(letters(found.entry.title))
            if title and found.entry.title.strip(_QUOTES) == title:
                self.entries.append(replace(found.entry, title=title))
            elif title or is_ours:
                self.entries.append(found.entry)
        self._of_lines = {one.lines[0]: one for one in self.entries}

    def _is_ours(self, line: Line, found: item.Item) -> bool:
        is_written = is_line(line.text, found.entry)
        if found.is_whole:
            self.whole.add(line.number)
        if is_written:
            self.written.add(line.number)
        elif found.is_whole and is_placeholder(found.entry):
            self.numbers.add(line.number)
        return is_written or found.is_whole or has_box(line)

    def at(self, line: int) -> Entry | None:
        """The paper on the line."""
        return self._of_lines.get(line)


def _read(line: Line, lines: Sequence[Line], *, any_may_be: bool) -> item.Item | None:
    content, further = line.content, list(_further(line, lines))
    if further and _ENDS_IN_BRACKET.search(further[-1].text):
        content = "\n".join([content, *(one.text for one in further)])
        numbers = (line.number, *(one.number for one in further))
    else:
        numbers = (line.number,)
    if not (any_may_be or has_box(line) or _may_be_ours(content)):
        return None
    found = item.read(content, numbers)
    if found and found.entry.title.startswith(_STRUCK):
        return None
    return found and replace(found, entry=replace(found.entry, checked=line.box))


def _further(line: Line, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines right below that go on with the text of the item."""
    for below in lines[line.number : line.number + _MOST_FURTHER]:
        if below.kind != "text" or below.is_after_blank or below.indent <= line.indent:
            return
        yield below


def has_box(line: Line) -> bool:
    """Whether a box as Markdown has them is before the item: not a sign, which may be a bullet."""
    return line.box is not None and "]" in line.text[: line.start]


def _may_be_ours(content: str) -> bool:
    if _MAY_SAY_MORE.search(content):
        return True
    return len(content.split()) <= _MOST_WORDS_OF_NUMBER and any(map(str.isdigit, content))


def is_line(text: str, entry: Entry) -> bool:
    """Whether the line is the entry as it is written here, with more than a title."""
    return _says_more(entry) and _is_written(text, entry)


def whole(parsed: Document) -> list[Entry] | None:
    """The papers of a text that consists of headings and of items as they are written here, which
    have boxes, or say more than a title; None of any other text."""
    entries = []
    for number, text in enumerate(parsed.texts, start=1):
        if not text.strip() or text.startswith("#"):
            continue
        found = item.read(text.removeprefix(_MARK), (number,))
        if not found or not _is_written(text, found.entry):
            return None
        entries.append(found.entry)
    are_boxed = all(one.checked is not None for one in entries) and not _has_things_to_do(parsed)
    return entries if are_boxed or any(map(_says_more, entries)) else None


def _has_things_to_do(parsed: Document) -> bool:
    names = (section.name.casefold().split() for section in parsed.sections)
    return any(not TO_DO.isdisjoint(words) for words in names)


def _is_written(text: str, entry: Entry) -> bool:
    is_item = text.startswith(_MARK)
    return is_item and item.is_written(text.removeprefix(_MARK), entry)


def _says_more(entry: Entry) -> bool:
    return bool(entry.year or entry.doi or entry.arxiv)
