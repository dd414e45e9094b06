"""The lines of a text with what is done to each: left, replaced, taken out, or added to."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from papers.exports.patching.passages import SourceText

Key = Hashable


class PatchedLine(NamedTuple):
    """A line of the patched text: where it comes from, and the edit that has touched it."""

    text: str
    # Its own end; a new line has that of most others.
    end: str = ""
    origin: int | None = None
    edit: Key | None = None
    is_gap: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


# Lines in the order that they are to have: numbers of the text's own, or new ones.
Stretch = range | list[PatchedLine]


class Sheet:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.edits: dict[int, Key] = {}
        self.replaced: dict[int, list[str]] = {}
        self._before: dict[int, list[PatchedLine]] = defaultdict(list)
        self._after: dict[int, list[PatchedLine]] = defaultdict(list)

    def replace(self, edit: Key, replaced: dict[int, list[str]]) -> None:
        self.replaced.update(replaced)
        self.edits.update(dict.fromkeys(replaced, edit))

    def add_before(self, number: int, lines: Sequence[PatchedLine]) -> None:
        self._before[number] += lines

    def add_after(self, number: int, lines: Sequence[PatchedLine]) -> None:
        self._after[number] += lines

    def is_empty(self, lines: Iterable[int]) -> bool:
        """Return whether nothing is left of the lines but blank ones, and nothing was added to
        them.
        """
        return not any(
            self._before.get(n)
            or self._after.get(n)
            or any(text.strip() for text in self.replaced.get(n, [self.source.lines[n]]))
            for n in lines
        )

    def lines(self, pieces: Iterable[Stretch]) -> list[PatchedLine]:
        """Return the lines of the patched text, each with its end."""
        lines = self._without_gaps([one for piece in pieces for one in self._of(piece)])
        end = self.source.end
        ends_open = bool(self.source.ends) and not self.source.ends[-1]
        written = [line._replace(end=line.end or end) for line in lines]
        if lines and ends_open:
            last = lines[-1]
            is_last = last.origin in {None, len(self.source.lines) - 1}
            written[-1] = last._replace(end="" if is_last else last.end)
        return written

    def _of(self, piece: Stretch) -> Iterable[PatchedLine]:
        if isinstance(piece, list):
            yield from piece
            return
        for number in piece:
            yield from self._before.get(number, [])
            yield from self._now(number)
            yield from self._after.get(number, [])

    def _now(self, number: int) -> Iterable[PatchedLine]:
        edit, own = self.edits.get(number), self.source.ends[number]
        new = self.replaced.get(number)
        if new is None:
            yield PatchedLine(self.source.lines[number], own, number, edit)
        elif not new:
            yield PatchedLine("", is_gap=True)
        else:
            for text in new[:-1]:
                yield PatchedLine(text, "", number, edit)
            yield PatchedLine(new[-1], own, number, edit)

    def _without_gaps(self, lines: list[PatchedLine]) -> list[PatchedLine]:
        """Return the lines without the gaps; of the blank ones on both sides of a gap one side
        stays.
        """
        kept: list[PatchedLine] = []
        after_gap = False
        for line in lines:
            if line.is_gap:
                after_gap = True
                continue
            is_doubled = after_gap and line.is_blank and (not kept or kept[-1].is_blank)
            after_gap = False
            if not is_doubled:
                kept.append(line)
        if after_gap:
            all_lines = range(len(self.source.lines))
            had = len(all_lines) - self.source.without_blanks(all_lines).stop
            while kept and kept[-1].is_blank and _blanks_at_end(kept) > had:
                kept.pop()
        return kept


def taken_out(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Return the lines, each replaced by none."""
    return {number: [] for number in numbers}


def _blanks_at_end(lines: list[PatchedLine]) -> int:
    count = 0
    while count < len(lines) and lines[-1 - count].is_blank:
        count += 1
    return count
