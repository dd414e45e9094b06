"""Read what this program wrote itself as it was written, whatever else it looks like."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.formats.markdown import item
from papers.formats.markdown.document import Document
from papers.formats.markdown.item import Item
from papers.formats.markdown.known import KnownTitles
from papers.formats.markdown.lexicon.words import TO_DO
from papers.formats.markdown.lines import Line
from papers.formats.markdown.links import is_label

_MARK = "- "
_STRUCK = "~~"
_QUOTES = '"“”„«»'
_ENDS_IN_BRACKET = re.compile(r"\]\s*$")
_MOST_FURTHER = 5
_MOST_WORDS_OF_NUMBER = 4


# What may part a title from what else is said; in an item without a citation, more does.
_PARTS = re.compile(r"[\[\](){}\"“”«»|;]|\s[-–—]\s|\bet al\b")
_PARTS_OF_ITEM = re.compile(rf"{_PARTS.pattern}|[:,]|\.\s|\d{{4}}|\bby\b")


class OwnItems:
    """The items that may be meant as this program reads its own: they have a box, they end in a
    whole citation, or their titles are known."""

    def __init__(self, lines: Sequence[Line], known: KnownTitles) -> None:
        self.entries: list[Entry] = []
        # The lines of those that are written letter for letter as here, of those that are but a
        # number, and of all that end in a whole citation.
        self.written: set[int] = set()
        self.numbers: set[int] = set()
        self.whole: set[int] = set()
        for line in lines:
            if not line.is_item or line.is_quoted:
                continue
            found = _read(line, lines, any_may_be=bool(known))
            if found and (self._is_ours(line, found) or found.entry.title in known):
                self.entries.append(_as_known(found.entry, known))
        self._of_lines = {one.lines[0]: one for one in self.entries}

    def _is_ours(self, line: Line, found: Item) -> bool:
        if found.is_whole:
            self.whole.add(line.number)
            if _is_written(line.text, found.entry):
                self.written.add(line.number)
            elif is_placeholder(found.entry):
                self.numbers.add(line.number)
        return found.is_whole or has_box(line)

    def at(self, line: int) -> Entry | None:
        """Return the paper on the line."""
        return self._of_lines.get(line)

    def is_plain(self, own: Entry) -> bool:
        """Return whether it is a title that nothing parts, with a box before or a citation behind
        it."""
        is_whole = own.lines[0] in self.whole
        return (is_whole or own.checked is not None) and _is_plain(own, is_whole=is_whole)


def _as_known(entry: Entry, known: KnownTitles) -> Entry:
    """Return the entry called as it is known, where quotation marks are around that."""
    title = known.called(entry.title)
    return replace(entry, title=title) if title == entry.title.strip(_QUOTES) else entry


def _read(line: Line, lines: Sequence[Line], *, any_may_be: bool) -> Item | None:
    content, further = line.content, list(_further(line, lines))
    if further and _ENDS_IN_BRACKET.search(further[-1].text):
        content = "\n".join([content, *(one.text for one in further)])
        numbers = (line.number, *(one.number for one in further))
    else:
        numbers = (line.number,)
    if not (any_may_be or has_box(line) or _may_be_ours(content)):
        return None
    return _unless_labelled(item.read_ticked(content, line.box, numbers), content)


def _unless_labelled(found: Item | None, content: str) -> Item | None:
    """Return the item in our form; None where its title is struck, or the name of a link before
    it."""
    if found is None or found.entry.title.startswith(_STRUCK):
        return None
    is_label_before = found.entry.note and is_label(found.entry.title)
    return None if is_label_before and not content.endswith(item.END) else found


def _further(line: Line, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines right below that go on with the text of the item."""
    for below in lines[line.number : line.number + _MOST_FURTHER]:
        if below.kind != "text" or below.is_after_blank or below.indent <= line.indent:
            return
        yield below


def has_box(line: Line) -> bool:
    """Return whether a box as Markdown has them is before the item: not a sign, which may be a
    bullet."""
    return line.box is not None and "]" in line.text[: line.start]


def _may_be_ours(content: str) -> bool:
    if _ENDS_IN_BRACKET.search(content):
        return True
    return len(content.split()) <= _MOST_WORDS_OF_NUMBER and any(map(str.isdigit, content))


def whole(parsed: Document) -> list[Entry] | None:
    """Return the papers of a text that consists of headings and of items as they are written here,
    one of which has a citation, or all a box and nothing that parts their titles; None of any other
    text."""
    found = []
    for number, text in enumerate(parsed.texts, start=1):
        if not text.strip() or text.startswith("#"):
            continue
        content = text.removeprefix(_MARK)
        one = _unless_labelled(item.read(content, (number,)), content)
        if not one or not _is_written(text, one.entry):
            return None
        found.append(one)
    entries = [one.entry for one in found]
    are_cited = any(one.is_whole and not is_placeholder(one.entry) for one in found)
    are_boxed = all(one.checked is not None and _is_plain(one, is_whole=False) for one in entries)
    return entries if are_cited or (are_boxed and not _has_things_to_do(parsed)) else None


def _is_plain(entry: Entry, *, is_whole: bool) -> bool:
    parts = _PARTS if is_whole else _PARTS_OF_ITEM
    return not (entry.note or parts.search(entry.title))


def _has_things_to_do(parsed: Document) -> bool:
    names = (section.name.casefold().split() for section in parsed.sections)
    return any(not TO_DO.isdisjoint(words) for words in names)


def _is_written(text: str, entry: Entry) -> bool:
    is_item = text.startswith(_MARK)
    return is_item and item.is_written(text.removeprefix(_MARK), entry)
