"""Check that a patched text is read as intended, and find the edits to blame where it is not."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from papers.exports.patching.changes import Expected
from papers.exports.patching.code import lines_of_code
from papers.exports.patching.draft import Draft
from papers.exports.patching.passages import SourceText
from papers.exports.patching.sheet import Key
from papers.exports.patching.wanted import ORDER, WRITTEN, Changes, are_same
from papers.formats.core import identifiers
from papers.formats.core.reading_list import Entry, Path, ReadingList
from papers.formats.markdown import item

# What is to stay the same of a paper whose words are as they were, letter for letter: its people,
# venue and year are read by what those of its neighbours look like.
_KEPT = ("title", "url", "file", "doi", "arxiv")
# Besides these, of a paper in its place without edits, and of one with other words.
_KEPT_IN_PLACE = (*_KEPT, "checked", "date")
_KEPT_BESIDES = ("file", "date", "presenters", "proposer")


class Check:
    """Holds the reading of a patched text, or of a part of it, against that of the text before.

    `before` says on which line of the source it has each entry. Of a part no topics are compared:
    what they are depends on headings outside of it.
    """

    def __init__(self, before: ReadingList, draft: Draft, *, is_whole: bool = True) -> None:
        self.before, self.draft, self.is_whole = before, draft, is_whole
        self.wanted, self.lines = draft.wanted, draft.lines
        self.of_line: dict[int, list[Entry]] = defaultdict(list)
        for entry in before.entries:
            self.of_line[entry.lines[0] - 1].append(entry)

    def to_blame(self, after: ReadingList) -> set[Key]:
        """Return the edits that are not read as they are to be; none where everything is right.
        Where they all are, but other lines are read differently now, it is the edits nearest to
        these.
        """
        found: dict[Key, list[Entry]] = defaultdict(list)
        others: dict[int, list[Entry]] = defaultdict(list)
        for entry in after.entries:
            line = self.lines[entry.lines[0] - 1]
            if line.edit is not None:
                found[line.edit].append(entry)
            elif line.origin is not None:
                others[line.origin].append(entry)
        failed = {
            key
            for key, expected in self.draft.expected.items()
            if not self._are_read(found.pop(key, []), expected)
        }
        failed |= set(found)
        if self.is_whole:
            failed |= self._topics_to_blame(after)
        return failed or self._nearest(self._upset(others))

    def _are_read(self, found: Sequence[Entry], expected: Sequence[Expected]) -> bool:
        if len(found) != len(expected):
            return False
        return all(map(self._is_read, found, expected))

    def _is_read(self, found: Entry, expected: Expected) -> bool:
        if self.is_whole and found.topic != expected.topic:
            return False
        if expected.new is not None:
            return _says(found, expected.new) or _says(found, _in_our_form(expected.new))
        if expected.tick is not None and bool(found.checked) != expected.tick:
            return False
        old = self._entry(expected.number)
        if not expected.changes:
            return all(getattr(found, name) == getattr(old, name) for name in _KEPT)
        is_same = all(getattr(found, name) == getattr(old, name) for name in _KEPT_BESIDES)
        return (is_same or expected.is_moved) and all(
            self._says_it(found, old, name, expected.changes) for name in WRITTEN
        )

    def _says_it(self, found: Entry, old: Entry, name: str, changes: Changes) -> bool:
        """Return whether the detail is read as it was changed, or as it was."""
        if name in changes:
            return are_same(name, getattr(found, name), changes[name])
        is_of_heading = name == "year" and None in {found.year, old.year}
        is_of_address = name in {"doi", "arxiv"} and "url" in changes
        if is_of_heading or is_of_address:
            return True
        return are_same(name, getattr(found, name), getattr(old, name))

    def _entry(self, number: int | None) -> Entry:
        """Return the entry of the text as it is read now, which may be otherwise than when it was
        kept.
        """
        entry = self.wanted.reading.entries[number or 0]
        if self.before is self.wanted.reading:
            return entry
        kept, now = self._kept[entry.lines[0]], self.of_line[entry.lines[0] - 1]
        at = next(n for n, one in enumerate(kept) if one is entry)
        return now[at] if len(now) == len(kept) else entry

    @cached_property
    def _kept(self) -> dict[int, list[Entry]]:
        kept: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.wanted.reading.entries:
            kept[entry.lines[0]].append(entry)
        return kept

    def _topics_to_blame(self, after: ReadingList) -> set[Key]:
        paths = {topic.path for topic in after.topics}
        before = {self.wanted.now(topic.path) for topic in self.before.topics}
        filled = {
            entry[:depth]
            for entry, places in self.wanted.places.items()
            if places
            for depth in range(len(entry) + 1)
        }
        blamed: set[Key] = set()
        for path in self.wanted.paths:
            edit = self.wanted.topic_edit(path)
            if path not in paths and (edit or path in filled):
                blamed.add(self._nearest_topic(path))
        is_other = paths - before - set(self.wanted.paths) or after.title != self.before.title
        if is_other and not blamed:
            edits = (self.wanted.topic_edit(path) for path in self.wanted.paths)
            changed = set(filter(None, edits))
            blamed |= changed or {ORDER}
        active = {self.wanted.topic_edit(path) for path in self.wanted.paths}
        return blamed & (active | ({ORDER} if self.has_new_order else set()))

    @property
    def has_new_order(self) -> bool:
        kept = [came for path in self.wanted.paths if (came := self.wanted.came_from[path])]
        topics = [topic.path for topic in self.wanted.reading.topics]
        return kept != topics or any(
            self.wanted.came_from[path[:-1]] != came[:-1]
            for path in self.wanted.paths
            if (came := self.wanted.came_from[path])
        )

    def _nearest_topic(self, path: Path) -> Key:
        for depth in range(len(path), 0, -1):
            if edit := self.wanted.topic_edit(path[:depth]):
                return edit
        return ORDER

    def _upset(self, others: Mapping[int, Sequence[Entry]]) -> list[int]:
        """Return the lines that no edit has touched, but that are read otherwise than before."""
        there = {line.origin for line in self.lines if line.edit is None}
        upset = [
            line
            for line, entries in self.of_line.items()
            if line in there and not self._are_same(entries, others.get(line, []))
        ]
        return upset + [line for line in others if line not in self.of_line]

    def _are_same(self, before: Sequence[Entry], after: Sequence[Entry]) -> bool:
        return len(before) == len(after) and all(map(self._is_same, before, after))

    def _is_same(self, before: Entry, after: Entry) -> bool:
        if self.is_whole and after.topic != self.wanted.now(before.topic):
            return False
        return all(getattr(before, name) == getattr(after, name) for name in _KEPT_IN_PLACE)

    def to_blame_for_code(self, source: SourceText) -> set[Key]:
        """Return the edits nearest to lines that became code."""
        return self._nearest(made_code(source, self.draft))

    def _nearest(self, lines: Iterable[int]) -> set[Key]:
        edits = sorted(self.draft.edits, key=lambda edit: edit.line)
        where = [edit.line for edit in edits]
        nearest: set[Key] = set()
        for line in lines:
            at = bisect_left(where, line)
            beside = edits[max(0, at - 1) : at + 1]
            if not beside:
                return {ORDER}
            nearest.add(min(beside, key=lambda edit: abs(edit.line - line)).key)
        return nearest


def is_kept(source: SourceText, draft: Draft) -> bool:
    """Return whether every line that no edit replaces is there once, letter for letter. Blank lines
    beside lines that are gone may go with them.
    """
    there = Counter(line.origin for line in draft.lines if line.edit is None)
    return all(
        there[number] == 1 or (source.is_blank(number) and not there[number])
        for number in range(len(source.lines))
        if number not in draft.replaced
    ) and all(
        line.text == source.lines[line.origin]
        for line in draft.lines
        if line.edit is None and line.origin is not None
    )


def made_code(source: SourceText, draft: Draft) -> list[int]:
    """Return the lines of the source that became code, as the item that they were below is gone."""
    was_code = lines_of_code(source.lines)
    is_code = lines_of_code([line.text for line in draft.lines])
    origins = (draft.lines[number].origin for number in is_code)
    return sorted(line for line in origins if line is not None and line not in was_code)


def _says(found: Entry, new: Entry) -> bool:
    """Return whether all that the new paper says is read, and no number of another one. What it
    leaves out besides a heading may say.
    """
    said = [name for name in WRITTEN if getattr(new, name)]
    numbers = {"doi": identifiers.doi_of(new.url), "arxiv": identifiers.arxiv_of(new.url)}
    return all(are_same(name, getattr(found, name), getattr(new, name)) for name in said) and all(
        getattr(found, name) in {"", number, getattr(new, name)} for name, number in numbers.items()
    )


def _in_our_form(entry: Entry) -> Entry:
    """Return what is left of the entry after it was written as an item and read again."""
    found = item.read(item.write(replace(entry, checked=False)))
    return replace(found.entry, topic=entry.topic) if found else entry
