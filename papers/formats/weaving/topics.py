"""The headings of a text in the order that they are to have, each with the lines below it."""

from collections.abc import Iterator, Sequence

from papers.formats.reading_list import Path
from papers.formats.weaving import headings
from papers.formats.weaving.order import staying
from papers.formats.weaving.sheet import Piece, Sheet
from papers.formats.weaving.source import Chunk, Source
from papers.formats.weaving.wanted import Wanted


class Topics:
    """`of_topic` are the new lines of topics that have none in the text to put them beside."""

    def __init__(
        self, source: Source, wanted: Wanted, sheet: Sheet, of_topic: dict[Path, list[str]]
    ) -> None:
        self.source, self.wanted, self.sheet, self.of_topic = source, wanted, sheet, of_topic
        self.numbers: dict[Path, list[int]] = {}
        for number, chunk in enumerate(source.chunks):
            if chunk.path is not None:
                self.numbers.setdefault(chunk.path, []).append(number)
        self.levels: dict[Path, int] = {}
        marked = [chunk for chunk in source.chunks if chunk.heading and not chunk.is_label]
        self.are_labels = not any(chunk.level > 1 for chunk in marked) and any(
            chunk.is_label for chunk in source.chunks
        )
        blank_after = [source.is_blank(chunk.heading.stop) for chunk in marked]
        blank_before = [source.is_blank(chunk.start - 1) for chunk in marked if chunk.start > 0]
        self.blank_after = sum(blank_after) * 2 > len(blank_after)
        self.blank_before = not blank_before or sum(blank_before) * 2 >= len(blank_before)

    def pieces(self) -> list[Piece]:
        """All lines of the text in their new order, new headings among them."""
        for path in self.wanted.paths:
            self.levels[path] = self._level(path)
        for path in self.wanted.paths:
            self._change_headings(path)
        for path, lines in self.of_topic.items():
            if self._chunks(path):
                self._add_below_heading(path, lines)
        return self._joined(list(self._ordered()))

    def _chunks(self, path: Path) -> list[int]:
        """The chunks of the text that the topic came with."""
        came_from = self.wanted.came_from[path]
        return self.numbers.get(came_from, []) if came_from is not None else []

    def _is_of_a_table(self, path: Path) -> bool:
        return self.wanted.came_from[path] is not None and not self._chunks(path)

    # Levels and names.

    def _level(self, path: Path) -> int:
        chunks, above = self._chunks(path), path[:-1]
        came_from = self.wanted.came_from[path]
        if chunks and came_from and self.wanted.came_from[above] == came_from[:-1]:
            return self.source.chunks[chunks[0]].level + self._shift(above)
        beside = [
            self.source.chunks[self._chunks(other)[0]].level + self._shift(above)
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
        return self.levels[above] - self.source.chunks[chunks[0]].level if chunks else 0

    def _change_headings(self, path: Path) -> None:
        for number in self._chunks(path):
            chunk = self.source.chunks[number]
            name, level = path[-1], self.levels[path]
            if name == chunk.name and level == chunk.level:
                continue
            lines = [self.source.lines[n] for n in chunk.heading]
            if chunk.is_label:
                new = [headings.renamed_label(lines[0], chunk.name, name)]
            else:
                new = headings.changed(lines, chunk.name, name, level)
            self.sheet.replace(chunk.heading, new)

    def _add_below_heading(self, path: Path, lines: list[str]) -> None:
        chunk = self.source.chunks[self._chunks(path)[-1 if not path else 0]]
        filled = self.source.without_blanks(range(chunk.start, chunk.stop))
        if not filled:
            self.sheet.add_before(chunk.start, [*lines, ""])
            return
        is_bare = filled.stop == chunk.heading.stop
        blank = self.blank_after or self._is_underlined(chunk) if is_bare else True
        self.sheet.add_after(filled.stop - 1, ["", *lines] if blank else lines)

    def _is_underlined(self, chunk: Chunk) -> bool:
        return len(chunk.heading) > 1

    # The order.

    def _ordered(self) -> Iterator[list[Piece]]:
        """Groups of lines: a topic with its papers and what belongs to it, or other text."""
        chunks = self.source.chunks
        real = [path for path in self.wanted.paths if not self._is_of_a_table(path)]
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
        order: list[tuple[Path | None, list[Piece]]] = []
        where = {self._chunks(path)[0]: path for path in fixed}
        for number, chunk in enumerate(chunks):
            if number not in moving and not self._is_dropped(number):
                order.append((where.get(number), [range(chunk.start, chunk.stop)]))
        at = self._first_place(order)
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

    def _first_place(self, order: Sequence[tuple[Path | None, list[Piece]]]) -> int:
        return next((n for n, (path, _) in enumerate(order) if path), len(order))

    def _goes_on(self, pieces: list[Piece], path: Path) -> bool:
        """Whether the lines belong to the topic above them."""
        chunks = self.source.chunks
        below = chunks_below(chunks, self._chunks(path)[0])
        return any(pieces == [range(chunks[n].start, chunks[n].stop)] for n in below)

    def _lines(self, path: Path) -> list[Piece]:
        chunks = self.source.chunks
        if not self._chunks(path):
            return [self._new(path)]
        return [
            range(chunks[number].start, chunks[number].stop)
            for one in self._chunks(path)
            for number in chunks_below(chunks, one)
            if not self._is_dropped(number)
        ]

    def _new(self, path: Path) -> list[str]:
        lines = self.of_topic.get(path, [])
        if self.are_labels:
            return [f"{headings.renamed_label('', path[-1], path[-1])}", "", *lines]
        heading = headings.new(self.levels[path], path[-1])
        return [*heading, *([""] if lines and self.blank_after else []), *lines]

    def _is_dropped(self, number: int) -> bool:
        """Whether the heading goes: its topic or paper is gone, and nothing else is below it."""
        chunk = self.source.chunks[number]
        if chunk.is_paper:
            return self.sheet.is_empty(range(chunk.start, chunk.stop))
        if not chunk.path or chunk.path in self.wanted.home:
            return False
        if not self.sheet.is_empty(range(chunk.heading.stop, chunk.stop)):
            return False
        below = chunks_below(self.source.chunks, number)[1:]
        return all(self._is_dropped(one) for one in below)

    # The blank lines between them.

    def _joined(self, groups: list[list[Piece]]) -> list[Piece]:
        """The lines in their order, with a blank line where two meet that did not before."""
        pieces: list[Piece] = []
        for piece in (piece for group in groups for piece in group if piece):
            if pieces and not self._met_before(pieces[-1], piece) and self._needs_blank(pieces[-1]):
                pieces.append([""])
            pieces.append(piece)
        return self._without_blanks_at_the_end(pieces)

    def _met_before(self, one: Piece, other: Piece) -> bool:
        return isinstance(one, range) and isinstance(other, range) and one.stop == other.start

    def _needs_blank(self, piece: Piece) -> bool:
        if isinstance(piece, list):
            return bool(piece[-1].strip())
        return not self.source.is_blank(piece.stop - 1)

    def _without_blanks_at_the_end(self, pieces: list[Piece]) -> list[Piece]:
        """A part from the middle that is the last one now leaves its blank lines behind."""
        if pieces and isinstance(pieces[-1], range) and pieces[-1].stop < len(self.source.lines):
            pieces[-1] = self.source.without_blanks(pieces[-1])
        return pieces


def chunks_below(chunks: Sequence[Chunk], at: int) -> range:
    """The chunk at this place and those after it that are no topics and go with it."""
    stop = at + 1
    while stop < len(chunks) and chunks[stop].path is None:
        if not chunks[stop].is_paper and chunks[stop].level <= chunks[at].level:
            break
        stop += 1
    return range(at, stop)
