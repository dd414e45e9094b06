"""The lines of a text with what is done to each: left, replaced, taken out, or added to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from papers.formats.weaving.source import Source

# Lines in the order in which they are to stand: numbers of the text's own, or new ones.
Piece = range | list[str]


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
        written = [line + (own or end) for line, own, _ in lines]
        if lines and ends_open:
            written[-1] = lines[-1][0] + (lines[-1][1] if lines[-1][2] >= 0 else "")
        return ("\ufeff" if self.source.has_mark else "") + "".join(written)

    def _of(self, piece: Piece) -> Iterable[tuple[str, str, int]]:
        """Lines with their ends and numbers; new ones have neither."""
        if isinstance(piece, list):
            yield from ((line, "", -1) for line in piece)
            return
        for number in piece:
            yield from ((line, "", -1) for line in self._before.get(number, []))
            yield from self._now(number)
            yield from ((line, "", -1) for line in self._after.get(number, []))

    def _now(self, number: int) -> Iterable[tuple[str, str, int]]:
        new = self.replaced.get(number)
        own = self.source.ends[number]
        if new is None:
            yield self.source.lines[number], own, number
        elif not new:
            yield "", "", -2  # a gap, see below
        else:
            yield from ((line, own if line is new[-1] else "", -1) for line in new[:-1])
            yield new[-1], own, number

    def _without_doubled_blanks(
        self, lines: list[tuple[str, str, int]]
    ) -> list[tuple[str, str, int]]:
        """The lines without the gaps; of the blank ones on both sides of a gap one side stays."""
        kept: list[tuple[str, str, int]] = []
        after_gap = False
        for line in lines:
            if line[2] == -2:
                after_gap = True
                continue
            is_blank = not line[0].strip()
            is_doubled = after_gap and is_blank and (not kept or not kept[-1][0].strip())
            after_gap = False
            if is_doubled:
                continue
            kept.append(line)
        if after_gap:
            had = (
                len(self.source.lines)
                - self.source.without_blanks(range(len(self.source.lines))).stop
            )
            while kept and not kept[-1][0].strip() and _blanks_at_end(kept) > had:
                kept.pop()
        return kept


def _blanks_at_end(lines: list[tuple[str, str, int]]) -> int:
    count = 0
    while count < len(lines) and not lines[-1 - count][0].strip():
        count += 1
    return count
