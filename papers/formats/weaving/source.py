"""Where in a text in Markdown its headings and papers stand, line by line, counted from zero."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from papers.formats import document
from papers.formats.blocks import Block
from papers.formats.document import LISTS, Document, Section
from papers.formats.reading_list import Path, ReadingList

ITEM, ROW, PARAGRAPH, HEADING, OTHER = "item", "row", "paragraph", "heading", "other"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Node:
    """The lines of a paper, with all that belongs to it. Two papers may share them."""

    kind: str
    start: int
    stop: int
    # The lines that name it, without what stands below.
    own: range
    entries: list[int]
    # The list or table in which it is one of many.
    block: Block | None = None
    # The papers with boxes of their own below it.
    inner: list["Node"] = field(default_factory=list)
    outer: "Node | None" = None

    @property
    def lines(self) -> range:
        return range(self.start, self.stop)


@dataclass(slots=True)
class Chunk:
    """A heading with the lines up to the next one."""

    start: int
    stop: int
    level: int
    name: str
    heading: range
    # The topic that it is; None for a heading that is none.
    path: Path | None
    is_paper: bool = False
    is_label: bool = False


class Source:
    """A text, its lines without their ends, and what stands on them."""

    def __init__(self, text: str, reading: ReadingList) -> None:
        self.has_mark = text.startswith("\ufeff")
        text = text.removeprefix("\ufeff")
        self.ends = _LINE_END.findall(text)
        self.lines = _LINE_END.split(text)
        self.end = max(set(self.ends), key=self.ends.count, default="\n")
        if not self.lines[-1]:
            self.lines.pop()  # the text ends with the end of a line
        self.ends += [""] * (len(self.lines) - len(self.ends))
        self.reading = reading
        self.parsed = document.parse(text)
        self._numbers: dict[int, list[int]] = defaultdict(list)
        for number, entry in enumerate(reading.entries):
            self._numbers[entry.lines[0] - 1].append(number)
        self.chunks = list(self._chunks(self.parsed))
        self.nodes: dict[int, Node] = {}
        for chunk, section in zip(self.chunks, self.parsed.sections, strict=True):
            self._find_nodes(chunk, section)
        for start, numbers in self._numbers.items():
            if numbers[0] not in self.nodes:
                self._add(Node(OTHER, start, self._last_line(numbers) + 1, range(start, start), []))

    def is_blank(self, number: int) -> bool:
        """Whether nothing stands there; so it is above the first and below the last line."""
        return not (0 <= number < len(self.lines) and self.lines[number].strip())

    def without_blanks(self, lines: range) -> range:
        stop = lines.stop
        while stop > lines.start and self.is_blank(stop - 1):
            stop -= 1
        return range(lines.start, stop)

    def of_topic(self, path: Path) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.path == path]

    def _chunks(self, parsed: Document) -> Iterable[Chunk]:
        paths = {
            topic.lines[n]: topic.path
            for topic in self.reading.topics
            for n in range(len(topic.lines))
        }
        paths.update(dict.fromkeys(self.reading.title_lines, ()))
        starts = [section.lines[0] - 1 if section.lines else 0 for section in parsed.sections]
        for section, start, stop in zip(
            parsed.sections, starts, [*starts[1:], len(self.lines)], strict=True
        ):
            first = section.lines[0] if section.lines else 0
            yield Chunk(
                start,
                stop,
                section.level,
                section.name,
                range(start, start + len(section.lines)),
                paths.get(first) if first else (),
                is_paper=bool(first) and first - 1 in self._numbers,
                is_label=bool(first) and not self._is_marked(section),
            )

    def _is_marked(self, section: Section) -> bool:
        first, last = self.lines[section.lines[0] - 1], self.lines[section.lines[-1] - 1]
        return first.lstrip().startswith("#") or set(last.strip()) in ({"="}, {"-"})

    def _find_nodes(self, chunk: Chunk, section: Section) -> None:
        if chunk.is_paper:
            lines = self.without_blanks(range(chunk.start, chunk.stop))
            self._add(Node(HEADING, lines.start, lines.stop, chunk.heading, []))
        paragraph: Node | None = None
        for block in section.blocks:
            first, after = block.map or (0, 0)
            if block.type == "paragraph" and first in self._numbers:
                paragraph = Node(PARAGRAPH, first, after, range(first, after), [])
                self._add(paragraph)
                continue
            if paragraph and self._is_said_of(paragraph, range(first, after)):
                paragraph.stop = self.without_blanks(range(first, after)).stop
            else:
                paragraph = None
            self._find_in(block)

    def _find_in(self, block: Block) -> None:
        if block.type in LISTS:
            self._find_items(block, None)
        elif block.type == "table":
            for row in (row for part in block.children for row in part.children):
                first, after = row.map or (0, 0)
                if first in self._numbers:
                    self._add(Node(ROW, first, after, range(first, after), [], block))

    def _find_items(self, block: Block, outer: Node | None) -> None:
        for one in block.children:
            node = outer
            first = one.children[0].map if one.children else None
            if first and one.children[0].type == "paragraph" and first[0] in self._numbers:
                lines = self.without_blanks(range(*(one.map or (0, 0))))
                node = Node(ITEM, lines.start, lines.stop, range(*first), [], block, [], outer)
                self._add(node)
                if outer:
                    outer.inner.append(node)
            for child in one.children:
                if child.type in LISTS:
                    self._find_items(child, node)

    def _is_said_of(self, node: Node, lines: range) -> bool:
        numbers = {line - 1 for n in node.entries for line in self.reading.entries[n].lines}
        return bool(numbers & set(lines))

    def _last_line(self, numbers: list[int]) -> int:
        return max(self.reading.entries[number].lines[-1] for number in numbers) - 1

    def _add(self, node: Node) -> None:
        start = node.own.start if node.kind == ITEM else node.start
        node.entries = self._numbers[start]
        for number in node.entries:
            self.nodes.setdefault(number, node)
