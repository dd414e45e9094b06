"""A text that says in its own ways what Markdown says in others, as Markdown.

The lines that are made of it know which line they came from, so that all that is read in them is
told by the lines of the text as it came.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, ReportedLine, outline
from papers.formats.markdown import item
from papers.formats.markdown.notes.properties import PropertiesRecord

# The details in the line that represents a paper; the others are added after it was read.
_ON_A_LINE = ("title", "authors", "venue", "year", "url", "file", "doi", "arxiv", "checked")

_PAGE_OF_NOTION = re.compile(
    r"https?://(?:[\w-]+\.)?notion\.(?:so|site)/\S*[0-9a-f]{32}|.*[0-9a-f]{32}\.(?:md|csv|html)"
)
_ID_OF_NOTION = re.compile(r"(?<!\s)\s+[0-9a-f]{32}$")

ListReader = Callable[[str, Sequence[str]], ReadingList]


@dataclass(slots=True)
class PreparedText:
    """The lines of Markdown, each with the number of the line that it came from; 0 is none."""

    # The lines of the text as it came.
    source: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    # The papers with properties, by the line that holds their place, and the box before it.
    records: dict[int, PropertiesRecord] = field(default_factory=dict)
    # Further details of other papers, by the lines that hold their places.
    also: dict[int, dict[str, Any]] = field(default_factory=dict)
    # Lines that say nothing by themselves, and are not reported.
    silent: set[int] = field(default_factory=set)

    def add(self, line: str, number: int) -> None:
        self.lines.append(line)
        self.numbers.append(number)

    def add_record(self, record: PropertiesRecord, number: int, mark: str = "-") -> None:
        """With another mark it does not speak for the items around it."""
        self.records[number] = record
        self.add(f"{mark} {markdown_line(record.entry)}", number)

    def read(self, reader: ListReader) -> ReadingList:
        """Read it as Markdown, with the lines of the source."""
        titles = [record.entry.title for record in self.records.values()]
        found = self._with_numbers(reader("\n".join(self.lines), titles))
        return self._with_all_lines(self._with_records(found))

    def _with_numbers(self, found: ReadingList) -> ReadingList:
        return replace(
            found,
            topics=tuple(replace(one, lines=self._there(one.lines)) for one in found.topics),
            entries=tuple(map(self._here, found.entries)),
            doubtful=tuple(map(self._here, found.doubtful)),
            title_lines=self._there(found.title_lines),
            remarks=tuple(
                replace(one, number=self.numbers[one.number - 1]) for one in found.remarks
            ),
        )

    def _here(self, entry: Entry) -> Entry:
        entry, lines = _without_pages(entry), self._there(entry.lines)
        also = self.also.get(next(iter(lines), 0), {})
        is_there = lines == entry.lines and not also
        return entry if is_there else replace(entry, lines=lines, **also)

    def _there(self, lines: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers[line - 1] for line in lines} - {0}))

    def _with_records(self, found: ReadingList) -> ReadingList:
        """Return the reading with all that the properties say, each record once and for sure."""
        left = dict(self.records)
        entries = [
            _completed(left.pop(one.lines[0]).entry, one) if one.lines[0] in left else one
            for one in found.entries
            if one.lines[0] not in self.records or one.lines[0] in left
        ]
        doubtful = []
        for one in found.doubtful:
            if one.lines[0] in left:
                entries.append(_completed(left.pop(one.lines[0]).entry, one))
            elif one.lines[0] not in self.records:
                doubtful.append(one)
        entries += [record.entry for record in left.values()]
        topics = {topic.path: topic for topic in found.topics}
        paths = outline(entry.topic for entry in entries if entry.topic not in topics)
        more = tuple(ListedTopic(path) for path in paths if path not in topics)
        return replace(
            found,
            topics=more + found.topics,
            entries=tuple(entries),
            doubtful=tuple(doubtful),
        )

    def _with_all_lines(self, found: ReadingList) -> ReadingList:
        read = {line for one in found.entries for line in one.lines} | set(found.title_lines)
        read |= {line for one in found.topics for line in one.lines} | self.silent
        left = tuple(
            ReportedLine(number, text)
            for number, text in enumerate(self.source, start=1)
            if text.strip() and number not in read
        )
        return replace(found, not_understood=left)


def markdown_line(entry: Entry) -> str:
    """Return the line of Markdown that a paper with properties is read from."""
    said = {name: getattr(entry, name) for name in _ON_A_LINE}
    return item.write(Entry(**said))


def _without_pages(entry: Entry) -> Entry:
    """Return the entry without the addresses of pages of Notion, which only their owner can
    open."""
    is_page = any(_PAGE_OF_NOTION.match(address) for address in (entry.url, entry.file) if address)
    title = _ID_OF_NOTION.sub("", entry.title)
    if not is_page and title == entry.title:
        return entry
    return replace(
        entry,
        title=title,
        url="" if is_page else entry.url,
        file="" if is_page else entry.file,
    )


def _completed(entry: Entry, read: Entry) -> Entry:
    """Return what the properties say, and what the list says around them."""
    return replace(
        entry,
        topic=read.topic or entry.topic,
        checked=read.checked if entry.checked is None else entry.checked,
        note=" ".join(filter(None, [entry.note, read.note])),
        lines=tuple(sorted({*entry.lines, *read.lines})),
        confidence=1.0,
    )
