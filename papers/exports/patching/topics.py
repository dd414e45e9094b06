"""The headings of a text in the order that they are to have, each with the lines below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papers.exports.patching import headings
from papers.exports.patching.edits import Below
from papers.exports.patching.passages import Kind, SourceText
from papers.exports.patching.plan import staying
from papers.exports.patching.rows import Tables
from papers.exports.patching.sheet import PatchedLine, Sheet, Stretch, taken_out
from papers.exports.patching.wanted import ORDER, Wanted
from papers.formats.core.reading_list import Path


@dataclass(frozen=True, slots=True)
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


def chunks_of(source: SourceText) -> list[Chunk]:
    """Return the text cut at its headings. What is above the first one has no heading, and level
    0.
    """
    named: dict[int, tuple[range, Path, str]] = {}
    for topic in source.reading.topics:
        for lines in _headings(source, topic.lines):
            named[lines.start] = (lines, topic.path, topic.name)
    for lines in _headings(source, source.reading.title_lines):
        named[lines.start] = (lines, (), source.reading.title)
    papers = {one.start: one for one in source.passages if one.kind is Kind.HEADING}
    inside = {n for lines, _, _ in named.values() for n in lines}
    starts = sorted({*named, *papers, *(n for n in source.levels if n not in inside)})
    found = [Chunk(0, starts[0] if starts else len(source.lines), 0, "", range(0), ())]
    for start, stop in pairwise([*starts, len(source.lines)]):
        lines, path, name = named.get(start, (range(start, start + 1), None, ""))
        level = source.levels.get(start) or _level_of_underline(source, lines)
        is_label = not level and start not in papers
        above = next((one.level for one in reversed(found) if not one.is_label), 0)
        found.append(
            Chunk(start, stop, level or above + 1, name, lines, path, start in papers, is_label)
        )
    return found


def _headings(source: SourceText, numbers: Sequence[int]) -> Iterator[range]:
    """Yield the headings that lines, counted from one, are made of: an underlined one has
    several.
    """
    first: int | None = None
    for number in (one - 1 for one in numbers):
        first = number if first is None else first
        is_last = number + 2 not in numbers or number + 1 in source.levels
        if number in source.levels or is_last:
            yield range(first, number + 1)
            first = None


def _level_of_underline(source: SourceText, lines: range) -> int:
    last = source.lines[lines[-1]].strip()
    if len(lines) < 2 or set(last) not in ({"="}, {"-"}):
        return 0
    is_empty_item = last == "-" and source.lines[lines[-2]].rstrip().endswith((":", "："))
    return 1 if last[0] == "=" or is_empty_item else 2


class Topics:
    """`below` are the lines of papers below headings that have none in the text."""

    def __init__(
        self, source: SourceText, chunks: Sequence[Chunk], wanted: Wanted, sheet: Sheet,
        below: Below, tables: Tables,
    ) -> None:  # fmt: skip
        self.source, self.chunks, self.wanted, self.sheet = source, chunks, wanted, sheet
        self.below, self.tables = below, tables
        self.numbers: dict[Path, list[int]] = {}
        for number, chunk in enumerate(chunks):
            if chunk.path is not None:
                self.numbers.setdefault(chunk.path, []).append(number)
        self.levels: dict[Path, int] = {}
        marked = [chunk for chunk in chunks if chunk.heading and not chunk.is_label]
        self.are_labels = not any(chunk.level > 1 for chunk in marked) and any(
            chunk.is_label for chunk in chunks
        )
        blank_after = [source.is_blank(chunk.heading.stop) for chunk in marked]
        self.blank_after = sum(blank_after) * 2 > len(blank_after)

    def pieces(self) -> list[Stretch]:
        """All lines of the text in their new order, new headings among them."""
        for path in self.wanted.paths:
            self.levels[path] = self._level(path)
        for path in self.wanted.paths:
            self._change_headings(path)
        for path in self.below:
            if self._chunks(path):
                self._add_below_heading(path)
        return self._joined(list(self._ordered()))

    def _chunks(self, path: Path) -> list[int]:
        """Return the chunks of the text that the topic came with."""
        came_from = self.wanted.came_from[path]
        return self.numbers.get(came_from, []) if came_from is not None else []

    # Levels and names.

    def _level(self, path: Path) -> int:
        chunks, above = self._chunks(path), path[:-1]
        came_from = self.wanted.came_from[path]
        if chunks and came_from and self.wanted.came_from[above] == came_from[:-1]:
            return self.chunks[chunks[0]].level + self._shift(above)
        beside = [
            self.chunks[self._chunks(other)[0]].level + self._shift(above)
            for other in self.wanted.paths
            if other[:-1] == above
            and self._chunks(other)
            and (came := self.wanted.came_from[other]) is not None
            and came[:-1] == self.wanted.came_from[above]
        ]
        if beside:
            return beside[0]
        return self.levels[above] + 1 if above else 1 + bool(self.source.reading.title)

    def _shift(self, above: Path) -> int:
        """By how much the topic above has changed its level."""
        chunks = self._chunks(above) if above else []
        return self.levels[above] - self.chunks[chunks[0]].level if chunks else 0

    def _change_headings(self, path: Path) -> None:
        for number in self._chunks(path):
            chunk = self.chunks[number]
            name, level = path[-1], self.levels[path]
            if name == chunk.name and level == chunk.level:
                continue
            lines = self.source.texts(chunk.heading)
            if chunk.is_label:
                new = [headings.renamed_label(lines[0], chunk.name, name)]
            else:
                new = headings.changed(lines, chunk.name, name, level)
            replaced = {**taken_out(chunk.heading), chunk.heading.start: new}
            if len(new) == len(lines):
                replaced = {n: [text] for n, text in zip(chunk.heading, new, strict=True)}
            self.sheet.replace(self.wanted.topic_edit(path) or ORDER, replaced)

    def _add_below_heading(self, path: Path) -> None:
        lines = self._papers(path)
        chunk = self.chunks[self._chunks(path)[-1 if not path else 0]]
        filled = self.source.without_blanks(range(chunk.start, chunk.stop))
        if not filled:
            self.sheet.add_before(chunk.start, [*lines, PatchedLine("")])
            return
        is_bare = filled.stop == chunk.heading.stop
        blank = self.blank_after or len(chunk.heading) > 1 if is_bare else True
        self.sheet.add_after(filled.stop - 1, [PatchedLine(""), *lines] if blank else lines)

    def _papers(self, path: Path) -> list[PatchedLine]:
        """Return the lines of the papers below the heading; rows come with the header of their
        table.
        """
        lines: list[PatchedLine] = []
        for shape, more in self.below.get(path, []):
            if shape.kind is Kind.ROW and shape.like and not lines:
                head = self.tables.of(shape.like).head
                lines += [PatchedLine(text, edit=more[0].edit) for text in head]
            elif shape.is_loose and lines:
                lines.append(PatchedLine(""))
            lines += more
        return lines

    # The order.

    def _ordered(self) -> Iterator[list[Stretch]]:
        """Groups of lines: a topic with its papers and what belongs to it, or other text."""
        chunks = self.chunks
        real = [path for path in self.wanted.paths if not self.wanted.is_a_column(path)]
        known = [path for path in real if self._chunks(path)]
        ranks = {topic.path: n for n, topic in enumerate(self.source.reading.topics)}
        stay = staying([ranks[self.wanted.came_from[path] or ()] for path in known])
        fixed = {known[n] for n in stay}
        moving = {
            number
            for path in known
            if path not in fixed
            for one in self._chunks(path)
            for number in chunks_below(chunks, one)
        }
        order: list[tuple[Path | None, list[Stretch]]] = []
        where = {self._chunks(path)[0]: path for path in fixed}
        for number, chunk in enumerate(chunks):
            if number not in moving and not self._is_dropped(number):
                order.append((where.get(number), [range(chunk.start, chunk.stop)]))
        at = next((n for n, (path, _) in enumerate(order) if path), len(order))
        for path in real:
            if path in fixed:
                at = next(n for n, (one, _) in enumerate(order) if one == path) + 1
                while (
                    at < len(order) and order[at][0] is None and self._goes_on(order[at][1], path)
                ):
                    at += 1
            else:
                order.insert(at, (path, self._lines(path)))
                at += 1
        return (pieces for _, pieces in order)

    def _goes_on(self, pieces: list[Stretch], path: Path) -> bool:
        """Return whether the lines belong to the topic above them."""
        below = chunks_below(self.chunks, self._chunks(path)[0])
        return any(pieces == [range(self.chunks[n].start, self.chunks[n].stop)] for n in below)

    def _lines(self, path: Path) -> list[Stretch]:
        if not self._chunks(path):
            return [self._new(path)]
        return [
            range(self.chunks[number].start, self.chunks[number].stop)
            for one in self._chunks(path)
            for number in chunks_below(self.chunks, one)
            if not self._is_dropped(number)
        ]

    def _new(self, path: Path) -> list[PatchedLine]:
        key, lines = self.wanted.topic_edit(path), self._papers(path)
        if self.are_labels:
            label = headings.renamed_label("", path[-1], path[-1])
            return [PatchedLine(label, edit=key), PatchedLine(""), *lines]
        heading = [
            PatchedLine(text, edit=key) for text in headings.new(self.levels[path], path[-1])
        ]
        return [*heading, *([PatchedLine("")] if lines and self.blank_after else []), *lines]

    def _is_dropped(self, number: int) -> bool:
        """Return whether the heading goes: its topic or paper is gone, and nothing else is below
        it.
        """
        chunk = self.chunks[number]
        if chunk.is_paper:
            return self.sheet.is_empty(range(chunk.start, chunk.stop))
        if not chunk.path or chunk.path in self.wanted.home:
            return False
        if not self.sheet.is_empty(range(chunk.heading.stop, chunk.stop)):
            return False
        below = chunks_below(self.chunks, number)[1:]
        return all(self._is_dropped(one) for one in below)

    def removed(self) -> set[int]:
        """Return the lines of the headings that go."""
        gone = (one for at, one in enumerate(self.chunks) if self._is_dropped(at))
        return {line for one in gone for line in range(one.start, one.stop)}

    # The blank lines between them.

    def _joined(self, groups: list[list[Stretch]]) -> list[Stretch]:
        """Return the lines in their order, with a blank line where two meet that did not before."""
        pieces: list[Stretch] = []
        for piece in (piece for group in groups for piece in group if piece):
            if pieces and not self._met_before(pieces[-1], piece) and self._needs_blank(pieces[-1]):
                pieces.append([PatchedLine("")])
            pieces.append(piece)
        return self._without_blanks_at_the_end(pieces)

    def _met_before(self, one: Stretch, other: Stretch) -> bool:
        return isinstance(one, range) and isinstance(other, range) and one.stop == other.start

    def _needs_blank(self, piece: Stretch) -> bool:
        if isinstance(piece, list):
            return bool(piece[-1].text.strip())
        return not self.source.is_blank(piece.stop - 1)

    def _without_blanks_at_the_end(self, pieces: list[Stretch]) -> list[Stretch]:
        """Return the pieces; one from the middle that is the last one now loses its blank lines."""
        if pieces and isinstance(pieces[-1], range) and pieces[-1].stop < len(self.source.lines):
            pieces[-1] = self.source.without_blanks(pieces[-1])
        return pieces


def chunks_below(chunks: Sequence[Chunk], at: int) -> range:
    """Return the chunk at this place and those after it that are no topics and go with it."""
    stop = at + 1
    while stop < len(chunks) and chunks[stop].path is None:
        if not chunks[stop].is_paper and chunks[stop].level <= chunks[at].level:
            break
        stop += 1
    return range(at, stop)
