"""A list back into the Markdown that it came from: each edit is a patch of its own lines.

A paper has the lines that the reader claims for it. Removing it takes these out, editing it
replaces words in them, moving it moves them; a new one comes on new lines beside its neighbours.
All other lines, understood or not, stay as they are.

The patched text is read once. Where an edit, or a line near it, is not read as it is to be, the
next ways to do that edit are tried: its section is read alone until it is right there, then the
whole text again. An edit for which no way is left is given up: its lines stay as they were, and it
is reported. Where nothing but boxes is ticked nothing is read.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from papers.exports.patching.changes import Change, Edit, Expected, Unshown
from papers.exports.patching.checking import Check, is_kept
from papers.exports.patching.draft import Draft
from papers.exports.patching.edits import Edits
from papers.exports.patching.nearby import Nearby
from papers.exports.patching.passages import SourceText
from papers.exports.patching.rows import Tables
from papers.exports.patching.shapes import Shapes
from papers.exports.patching.sheet import Key, PatchedLine, Sheet
from papers.exports.patching.ticks import Ticks
from papers.exports.patching.topics import Topics, chunks_of
from papers.exports.patching.wanted import ORDER, WRITTEN, Heading, Wanted, WantedPlace
from papers.formats.core.reading_list import ReadingList
from papers.formats.core.text import Refused
from papers.formats.markdown import reading

__all__ = [
    "WRITTEN",
    "Heading",
    "Patched",
    "Patching",
    "Unshown",
    "WantedPlace",
    "known_titles",
    "patch",
]

# A text takes a bounded time: after so many readings all edits that are left are given up.
_MOST_READINGS = 8
# In the sections of edits that are read wrongly so many ways are tried between two readings, as
# long as no more is read than the text so many times over.
_MOST_WAYS, _MOST_READ_NEARBY = 12, 4


@dataclass(frozen=True, slots=True)
class Patched:
    """The text, and the edits that it could not be made to show."""

    text: str
    unshown: tuple[Unshown, ...] = ()


def patch(
    text: str, reading_list: ReadingList, headings: Sequence[Heading], places: Sequence[WantedPlace]
) -> Patched:
    """Return the text with what the headings and places say now; `reading_list` is what was read of
    it.
    """
    return Patching(text, reading_list, headings, places).patched()


def known_titles(reading_list: ReadingList, places: Sequence[WantedPlace]) -> tuple[str, ...]:
    """Return the titles of what is a paper in the text, or is to be one."""
    entries = (*reading_list.entries, *(place.entry for place in places))
    return tuple(dict.fromkeys(entry.title for entry in entries))


class Patching:
    def __init__(
        self,
        text: str,
        reading_list: ReadingList,
        headings: Sequence[Heading],
        places: Sequence[WantedPlace],
    ) -> None:
        self.text, self.reading_list = text, reading_list
        self.wanted = wanted = Wanted(reading_list, headings, places)
        self.source = SourceText(text, reading_list)
        self.tables = Tables(self.source)
        self.shapes = Shapes(self.source, self.tables)
        self.ticks = Ticks(self.source, self.tables)
        self.chunks = chunks_of(self.source)
        # What the text says, as far as is known as it is read now.
        self.before, self.is_read_now = reading_list, False
        self.tried: Counter[Key] = Counter()
        # Its papers are papers, however doubtful they look beside others that were changed.
        self.known = known_titles(reading_list, wanted.all_places())
        self.nearby = Nearby(self.source, self.chunks, self.known, _MOST_READ_NEARBY * len(text))
        # What is given up, with what is reported of it.
        self.dropped: dict[Key, tuple[Unshown, ...]] = {}

    @property
    def takes_a_reading(self) -> bool:
        """Return whether the patched text has to be read, which takes as long as its import did."""
        draft = self.draft()
        return draft.text != self.text and not draft.only_ticks

    def patched(self) -> Patched:
        for count in range(_MOST_READINGS):
            draft = self.draft()
            blamed = self._blamed(draft)
            if not blamed:
                return self._with_second_chances(draft)
            self._go_on(draft, blamed, patience=1 - count / _MOST_READINGS)
            self._settle(blamed)
        draft = self.draft()
        rest = [one for edit in draft.edits for one in edit.actions]
        return Patched(self.text, (*draft.unshown, *rest))

    def _settle(self, keys: set[Key]) -> None:
        """Try the ways of these edits until they are read right in their sections."""
        for _ in range(_MOST_WAYS):
            draft = self.draft()
            keys = keys & {edit.key for edit in draft.edits}
            keys = self.nearby.to_blame(draft, keys) if keys else set()
            if not keys:
                return
            for key in keys:
                self.tried[key] += 1

    def _with_second_chances(self, draft: Draft) -> Patched:
        """Return the draft, or one with all that was given up but the last edit, where that was the
        one that upset the others.
        """
        *others, last = self.dropped or [None]
        if others:
            self.dropped = {last: self.dropped[last]}
            for key in others:
                del self.tried[key]
            second = self.draft()
            if len(second.unshown) < len(draft.unshown) and not self._blamed(second):
                draft = second
        return Patched(draft.text, draft.unshown)

    def _blamed(self, draft: Draft) -> set[Key]:
        """Return the edits of the draft that are not read as they are to be, or upset other
        lines.
        """
        if draft.text == self.text or draft.only_ticks:
            return set()
        if not is_kept(self.source, draft):
            topics = set(filter(None, map(draft.wanted.topic_edit, draft.wanted.paths)))
            return {*(edit.key for edit in draft.edits), *topics, ORDER}
        try:
            after = reading.read(draft.text, self.known)
        except Refused:  # it is too large by now, which is for its next reader to say
            return set()
        check = Check(self.before, draft)
        blamed = check.to_blame(after) or check.to_blame_for_code(self.source)
        if blamed and not self.is_read_now:
            self.is_read_now = True
            # The reading may be one of an earlier version.
            now = reading.read(self.text, self.known)
            if now.entries != self.before.entries or now.topics != self.before.topics:
                self.before = now
                blamed = Check(self.before, draft).to_blame(after)
        return blamed

    def _go_on(self, draft: Draft, blamed: set[Key], patience: float) -> None:
        """Try the next way of each edit that is to blame; later give it up, at last with all that
        are below the same headings."""
        actions = {edit.key: edit.actions for edit in draft.edits}
        if patience < 0.25:
            starts = [chunk.start for chunk in self.chunks]
            below = {edit.key: bisect_right(starts, edit.line) for edit in draft.edits}
            upset = {below[key] for key in blamed & below.keys()}
            blamed |= {key for key, chunk in below.items() if chunk in upset}
        for key in blamed:
            if key not in actions:
                self.dropped[key] = self._of_topics(key)
            elif patience < 0.5:
                self.dropped[key] = actions[key]
            else:
                self.tried[key] += 1

    def _of_topics(self, key: Key) -> tuple[Unshown, ...]:
        if key == ORDER or not isinstance(key, tuple):
            gone = [one for one in self.reading_list.topics if one.path not in self.wanted.home]
            removed = tuple(Unshown(topic.name, "a topic removed") for topic in gone)
            return removed or (Unshown("The order of the topics", "changed"),)
        path = key[1]
        is_new = self.wanted.came_from.get(path) is None
        return (Unshown(path[-1], "a new topic" if is_new else "a topic renamed"),)

    def draft(self) -> Draft:
        """Return the text with each edit done in the way that is its turn."""
        wanted, edits, chosen = self._chosen()
        sheet = Sheet(self.source)
        expected: dict[Key, list[Expected]] = defaultdict(list)
        unshown = [one for actions in self.dropped.values() for one in actions]
        for edit, change in chosen:
            sheet.replace(edit.key, change.replaced)
            expected[edit.key] += change.expected
            if not change.is_whole:
                unshown += [one.in_part() for one in edit.actions]
        below = edits.put(sheet, chosen)
        topics = Topics(self.source, self.chunks, wanted, sheet, below, self.tables)
        lines = sheet.lines(topics.pieces())
        mark = "\ufeff" if self.source.has_mark else ""
        unshown += [
            Unshown(place.entry.title, "moved" if place.came_from else "added")
            for place in self._without_topic(wanted)
        ]
        return Draft(
            lines,
            wanted,
            [edit for edit, _ in chosen],
            expected,
            tuple(unshown),
            mark + "".join(line.text + line.end for line in lines),
            frozenset(sheet.edits) | topics.removed(),
            only_ticks=self._only_ticks(lines, sheet, chosen),
        )

    def _only_ticks(
        self, lines: Sequence[PatchedLine], sheet: Sheet, chosen: Sequence[tuple[Edit, Change]]
    ) -> bool:
        """Return whether all lines are in their places, and nothing changes in them but ticks."""
        ticks = {edit.key for edit, change in chosen if change.is_a_tick}
        is_in_order = [line.origin for line in lines] == [*range(len(self.source.lines))]
        return is_in_order and ticks.issuperset(sheet.edits.values())

    def _chosen(self) -> tuple[Wanted, Edits, list[tuple[Edit, Change]]]:
        """Return the edits, each with the way that is its turn; those without one are given up."""
        while True:
            count = len(self.dropped)
            wanted = self.wanted.without(self.dropped)
            edits = Edits(
                self.source, self.wanted, wanted, self.dropped, self.tables, self.shapes, self.ticks
            )
            chosen = []
            for edit in edits:
                change = next(islice(edit.ways(), self.tried[edit.key], None), None)
                if change is None:
                    self.dropped[edit.key] = edit.actions
                else:
                    chosen.append((edit, change))
            if len(self.dropped) == count:
                return wanted, edits, chosen

    def _without_topic(self, wanted: Wanted) -> list[WantedPlace]:
        """Return the places below topics that were given up."""
        if len(wanted.paths) == len(self.wanted.paths):
            return []
        there = {(place.came_from, place.entry.title) for place in wanted.all_places()}
        return [
            place
            for place in self.wanted.all_places()
            if (place.came_from, place.entry.title) not in there
        ]
