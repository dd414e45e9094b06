"""The lines of a text with what is done to each: left, replaced, taken out, or added to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papers.formats.weaving.source import Source

# Lines in the order in which they are to stand: numbers of the text's own, or new ones.
Piece = range | list[str]


class _Line(NamedTuple):
    """A line with its own end, which a new one has not."""

    text: str
    end: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


# Where a line was taken out. It is told by being this one: a blank line equals it.
_GAP = _Line("")


class Sheet:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.replaced: dict[int, list[str]] = {}
        self._before: dict[int, list[str]] = defaultdict(list)
        self._after: dict[int, list[str]] = defaultdict(list)

    def line(self, number: int) -> str:
        """The line as it is by now."""
        return "\n".join(self.replaced.get(number, [self.source.lines[number]]))

    def replace(self, lines: range, new: Sequence[str]) -> None:
        for number in lines:
            self.replaced[number] = []
        self.replaced[lines.start] = list(new)

    def take_out(self, lines: Iterable[int]) -> None:
        for number in lines:
            self.replaced[number] = []

    def is_gone(self, number: int) -> bool:
        return self.replaced.get(number) == []

    def is_empty(self, lines: range) -> bool:
        """Whether nothing is left of the lines but blank ones, and nothing was added to them."""
        return not any(
            self._before.get(n) or self._after.get(n) or self.line(n).strip() for n in lines
        )

    def add_before(self, number: int, new: list[str]) -> None:
        self._before[number] += new

    def add_after(self, number: int, new: list[str]) -> None:
        self._after[number] += new

    def text(self, pieces: Iterable[Piece]) -> str:
        """The text in the order of the pieces. Each line keeps its own end."""
        lines = self._without_doubled_blanks([one for piece in pieces for one in self._of(piece)])
        end = self.source.end
        ends_open = bool(self.source.ends) and not self.source.ends[-1]
        written = [line.text + (line.end or end) for line in lines]
        if lines and ends_open:
            written[-1] = lines[-1].text + lines[-1].end
        return ("\ufeff" if self.source.has_mark else "") + "".join(written)

    def _of(self, piece: Piece) -> Iterable[_Line]:
        if isinstance(piece, list):
            yield from map(_Line, piece)
            return
        for number in piece:
            yield from map(_Line, self._before.get(number, []))
            yield from self._now(number)
            yield from map(_Line, self._after.get(number, []))

    def _now(self, number: int) -> Iterable[_Line]:
        new = self.replaced.get(number)
        own = self.source.ends[number]
        if new is None:
            yield _Line(self.source.lines[number], own)
        elif not new:
            yield _GAP
        else:
            yield from map(_Line, new[:-1])
            yield _Line(new[-1], own)

    def _without_doubled_blanks(self, lines: list[_Line]) -> list[_Line]:
        """The lines without the gaps; of the blank ones on both sides of a gap one side stays."""
        kept: list[_Line] = []
        after_gap = False
        for line in lines:
            if line is _GAP:
                after_gap = True
                continue
            is_doubled = after_gap and line.is_blank and (not kept or kept[-1].is_blank)
            after_gap = False
            if is_doubled:
                continue
            kept.append(line)
        if after_gap:
            had = (
                len(self.source.lines)
                - self.source.without_blanks(range(len(self.source.lines))).stop
            )
            while kept and kept[-1].is_blank and _blanks_at_end(kept) > had:
                kept.pop()
        return kept


def _blanks_at_end(lines: list[_Line]) -> int:
    count = 0
    while count < len(lines) and lines[-1 - count].is_blank:
        count += 1
    return count
