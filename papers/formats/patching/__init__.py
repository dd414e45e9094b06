"""A list back into the Markdown that it came from: each edit is a patch of its own lines.

A paper has the lines that the reader claims for it. Removing it takes these out, editing it
replaces words in them, moving it moves them; a new one comes on new lines beside its neighbours.
All other lines, understood or not, stay as they are.

The patched text is read once. Where an edit, or a line near it, is not read as it is to be, the
next way to do that edit is tried. An edit for which no way is left is given up: its lines stay as
they were, and it is reported.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from papers.formats import markdown
from papers.formats.patching.checking import Check
from papers.formats.patching.edits import Edit, Edits, Expected, Unshown
from papers.formats.patching.passages import SourceText
from papers.formats.patching.rows import Tables
from papers.formats.patching.shapes import Shapes
from papers.formats.patching.sheet import Key, Line, Sheet
from papers.formats.patching.topics import Topics, chunks_of
from papers.formats.patching.wanted import ORDER, WRITTEN, Heading, Place, Wanted
from papers.formats.reading_list import ReadingList
from papers.formats.text import Refused

__all__ = ["WRITTEN", "Heading", "Patched", "Place", "Unshown", "patch"]

# After so many readings an edit that is to blame is given up at once, and after as many more all
# that are left: a text takes a bounded time.
_MOST_READINGS = 8


@dataclass(frozen=True, slots=True)
class Patched:
    """The text, and the edits that it could not be made to show."""

    text: str
    unshown: tuple[Unshown, ...] = ()


def patch(
    text: str, reading: ReadingList, headings: Sequence[Heading], places: Sequence[Place]
) -> Patched:
    """The text with what the headings and places say now; `reading` is what was read of it."""
    return _Patching(text, reading, Wanted(reading, headings, places)).patched()


@dataclass(frozen=True, slots=True)
class _Draft:
    lines: list[Line]
    wanted: Wanted
    edits: list[Edit]
    expected: dict[Key, list[Expected]]
    unshown: tuple[Unshown, ...]
    text: str


class _Patching:
    def __init__(self, text: str, reading: ReadingList, wanted: Wanted) -> None:
        self.text, self.reading, self.wanted = text, reading, wanted
        self.source = SourceText(text, reading)
        self.tables = Tables(self.source)
        self.shapes = Shapes(self.source, self.tables)
        self.chunks = chunks_of(self.source)
        self.tried: Counter[Key] = Counter()
        # What is given up, with what is reported of it.
        self.dropped: dict[Key, tuple[Unshown, ...]] = {}

    def patched(self) -> Patched:
        before = self.reading
        for count in range(2 * _MOST_READINGS):
            draft = self._draft()
            if draft.text == self.text:
                return Patched(self.text, draft.unshown)
            try:
                after = markdown.read(draft.text)
            except (
                Refused
            ):  # it has grown too large to be read, which is for the reader of it to say
                return Patched(draft.text, draft.unshown)
            blamed = self._to_blame(draft, before, after)
            if blamed and before is self.reading:
                before = markdown.read(self.text)  # it may have been kept by an earlier version
                if before.entries == self.reading.entries and before.topics == self.reading.topics:
                    before = self.reading
                else:
                    blamed = self._to_blame(draft, before, after)
            if not blamed:
                return Patched(draft.text, draft.unshown)
            self._go_on(draft, blamed, gives_up=count >= _MOST_READINGS)
        draft = self._draft()
        rest = [one for edit in draft.edits for one in edit.deeds]
        return Patched(self.text, (*draft.unshown, *rest))

    def _to_blame(self, draft: _Draft, before: ReadingList, after: ReadingList) -> set[Key]:
        check = Check(before, draft.wanted, draft.edits, draft.expected, draft.lines)
        return check.to_blame(after)

    def _go_on(self, draft: _Draft, blamed: set[Key], *, gives_up: bool) -> None:
        """Try the next way of each edit that is to blame."""
        deeds = {edit.key: edit.deeds for edit in draft.edits}
        for key in blamed:
            if key not in deeds:
                self.dropped[key] = self._of_topics(key)
            elif gives_up:
                self.dropped[key] = deeds[key]
            else:
                self.tried[key] += 1

    def _of_topics(self, key: Key) -> tuple[Unshown, ...]:
        if key == ORDER or not isinstance(key, tuple):
            gone = [one for one in self.reading.topics if one.path not in self.wanted.home]
            removed = tuple(Unshown(topic.name, "a topic removed") for topic in gone)
            return removed or (Unshown("The order of the topics", "changed"),)
        path = key[1]
        is_new = self.wanted.came_from.get(path) is None
        return (Unshown(path[-1], "a new topic" if is_new else "a topic renamed"),)

    def _draft(self) -> _Draft:
        """The text with each edit done in the way that is its turn."""
        while True:
            count = len(self.dropped)
            wanted = self.wanted.without(self.dropped)
            edits = Edits(self.source, self.wanted, wanted, self.dropped, self.tables, self.shapes)
            chosen = []
            for edit in edits:
                change = next(islice(edit.ways(), self.tried[edit.key], None), None)
                if change is None:
                    self.dropped[edit.key] = edit.deeds
                else:
                    chosen.append((edit, change))
            if len(self.dropped) == count:
                break
        sheet = Sheet(self.source)
        expected: dict[Key, list[Expected]] = defaultdict(list)
        unshown = [one for deeds in self.dropped.values() for one in deeds]
        for edit, change in chosen:
            sheet.replace(edit.key, change.replaced)
            expected[edit.key] += change.expected
            if not change.is_whole:
                unshown += [one.in_part() for one in edit.deeds]
        below = edits.put(sheet, chosen)
        topics = Topics(self.source, self.chunks, wanted, sheet, below, self.tables)
        lines = sheet.lines(topics.pieces())
        mark = "\ufeff" if self.source.has_mark else ""
        text = mark + "".join(line.text + line.end for line in lines)
        unshown += [
            Unshown(place.entry.title, "moved" if place.came_from else "added")
            for place in self._without_topic(wanted)
        ]
        return _Draft(lines, wanted, [edit for edit, _ in chosen], expected, tuple(unshown), text)

    def _without_topic(self, wanted: Wanted) -> list[Place]:
        """The places below topics that were given up."""
        if len(wanted.paths) == len(self.wanted.paths):
            return []
        there = {(place.came_from, place.entry.title) for place in wanted.all_places()}
        return [
            place
            for place in self.wanted.all_places()
            if (place.came_from, place.entry.title) not in there
        ]
