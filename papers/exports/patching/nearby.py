"""The sections of a patched text that edits are in, read as texts of their own.

What lines are read as depends mostly on those below the same heading. So ways to do an edit that
are read wrongly are found by reading its section alone, which costs little; whether the rest is
read as it was is seen from the whole text at the end.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from papers.exports.patching.checking import Check
from papers.exports.patching.draft import Draft
from papers.exports.patching.passages import SourceText
from papers.exports.patching.sheet import Key, PatchedLine
from papers.exports.patching.topics import Chunk
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.text import Refused
from papers.formats.markdown import reading

_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:\s*\S")


class Nearby:
    """Reads sections; `left` is how many letters may still be read, so that it takes a bounded
    time."""

    def __init__(
        self, source: SourceText, chunks: Sequence[Chunk], known: Sequence[str], left: int
    ) -> None:
        self.source, self.known, self.left = source, known, left
        # Above a heading on the first line there is a chunk of no lines.
        stops = {chunk.start: chunk.stop for chunk in chunks}
        self.starts, self.stops = [*stops], [*stops.values()]
        # What links elsewhere in the text may lead to.
        self.definitions = "\n".join(filter(_DEFINITION.match, source.lines))
        self._before: dict[int, ReadingList | None] = {}

    def to_blame(self, draft: Draft, keys: Collection[Key]) -> set[Key]:
        """Those of the edits that are read wrongly in their sections, or upset others there."""
        blamed: set[Key] = set()
        sections = {self._at(edit.line) for edit in draft.edits if edit.key in keys}
        for at, lines in self._sections(draft.lines):
            there = {line.edit for line in lines} | {
                edit.key for edit in draft.edits if self._at(edit.line) == at
            }
            if at in sections or not there.isdisjoint(keys):
                blamed |= self._wrong(draft, at, lines, there) & set(keys)
        return blamed

    def _at(self, line: int) -> int:
        """Return the index of the section of the source that holds the line."""
        return max(0, bisect_right(self.starts, line) - 1)

    def _sections(self, lines: Sequence[PatchedLine]) -> Iterator[tuple[int, list[PatchedLine]]]:
        """Yield the lines in sections, each with its number in the source."""
        starts, at = set(self.starts), 0
        section: list[PatchedLine] = []
        for line in lines:
            if line.origin in starts and line.origin != self.starts[at]:
                yield at, section
                at, section = self._at(line.origin), []
            section.append(line)
        yield at, section

    def _wrong(
        self, draft: Draft, at: int, lines: list[PatchedLine], there: set[Key | None]
    ) -> set[Key]:
        before = self._as_it_was(at)
        after = self._read("".join(line.text + line.end for line in lines))
        if before is None or after is None:
            return set()
        elsewhere = len(draft.lines) - len(lines)
        own = Counter(line.edit for line in lines)
        whole = Counter(line.edit for line in draft.lines) if elsewhere else own
        expected = {
            key: of_key
            for key, of_key in draft.expected.items()
            if own[key] == whole[key] > 0
            and all(self._is_known(before, one.number, draft) for one in of_key)
        }
        edits = [edit for edit in draft.edits if edit.key in there]
        part = replace(draft, lines=lines, edits=edits, expected=expected)
        return Check(before, part, is_whole=False).to_blame(
            replace(after, entries=tuple(self._judged(after, lines, expected)))
        )

    def _judged(
        self, after: ReadingList, lines: Sequence[PatchedLine], expected: Collection[Key]
    ) -> Iterator[Entry]:
        """Yield the entries of lines that no edit has touched, or one of which it is known what is
        to be read.
        """
        for entry in after.entries:
            if entry.lines[0] <= len(lines):
                edit = lines[entry.lines[0] - 1].edit
                if edit is None or edit in expected:
                    yield entry

    def _is_known(self, before: ReadingList, number: int | None, draft: Draft) -> bool:
        """Return whether the entry is read in its section alone as it is in the text."""
        if number is None:
            return True
        entry = draft.wanted.reading.entries[number]
        return any(
            one.lines[:1] == entry.lines[:1] and one.title == entry.title for one in before.entries
        )

    def _as_it_was(self, at: int) -> ReadingList | None:
        """Return the reading of a section of the source, with the lines counted in the whole."""
        if at not in self._before:
            start, stop = self.starts[at], self.stops[at]
            found = self._read("\n".join(self.source.lines[start:stop]) + "\n")
            if found:
                entries = (_moved(one, start) for one in found.entries)
                here = tuple(one for one in entries if one.lines[0] <= stop)
                found = replace(found, entries=here)
            self._before[at] = found
        return self._before[at]

    def _read(self, text: str) -> ReadingList | None:
        if len(text) > self.left:
            return None
        self.left -= len(text)
        try:
            return reading.read(f"{text}\n\n{self.definitions}", self.known)
        except Refused:
            return None


def _moved(entry: Entry, by: int) -> Entry:
    return replace(entry, lines=tuple(line + by for line in entry.lines))
