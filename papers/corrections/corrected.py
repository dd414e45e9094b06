"""Corrections of a reading, made before it is imported.

A line may be a paper after all, or none; a title may be wrong; two entries that were taken for one
may be two. Each correction is noted under a key made of what the list says there, so it holds for
the same list when it comes again.
"""

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from papers.corrections import columns, unread
from papers.formats.core.identity import comparable_title
from papers.formats.core.reading_list import (
    Entry,
    ListedPaper,
    Path,
    ReadingList,
    ReportedLine,
    merged,
)

# What a correction is noted under in the column of the import.
TAKEN, TITLES, APART, COLUMNS = "taken", "titles", "apart", "columns"
# A list that people correct in more places is better mended where it came from.
MOST_REMEMBERED = 5_000
_LONGEST_SOURCE = 600
_QUESTION = "q"
_OF_GROUP = "paper-"


@dataclass(frozen=True, slots=True)
class CorrectionQuestion:
    """Something that may be a paper, with its reading; `is_taken` is None until someone says."""

    key: str
    number: int
    entry: Entry
    # What the list says there, and why it was not read as a paper where there is more to say.
    source: str
    reason: str
    is_doubtful: bool
    is_taken: bool | None
    # What was said of it until now, see `answer_tag`.
    said: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry of the list: as it was read, and as it is after what people said of it; None where
    they said that it is no paper. `number` stays, whatever else is corrected."""

    key: str
    number: int
    entry: Entry
    corrected: Entry | None


def key_of_group_paper(pk: int) -> str:
    return f"{_OF_GROUP}{pk}"


def pk_of_key(key: str) -> int:
    """Of a paper of the group; 0 for the key of an entry."""
    return int(key.removeprefix(_OF_GROUP)) if key.startswith(_OF_GROUP) else 0


class Corrected:
    """A reading with corrections, as the column of an import holds them."""

    def __init__(
        self, reading: ReadingList, corrections: Mapping[str, Any] | None = None, text: str = ""
    ) -> None:
        corrections = corrections or {}
        self.raw = reading
        self.text = text
        self.taken: dict[str, bool] = corrections.get(TAKEN, {})
        self.titles: dict[str, str] = corrections.get(TITLES, {})
        self.pairs: list[list[str]] = corrections.get(APART, [])

    # What may be a paper

    @cached_property
    def questions(self) -> list[CorrectionQuestion]:
        """The entries and lines that may be papers, doubtful ones first; an answer moves none of
        them.
        """
        doubtful = sorted(self.raw.doubtful, key=lambda entry: entry.lines[:1])
        lines = list(self._lines_without_reading())
        entries = [*doubtful, *(entry for _, entry in lines)]
        reasons = {entry.lines[0]: line.reason for line, entry in lines}
        sources = {entry.lines[0]: line.text for line, entry in lines}
        found = []
        for number, (key, entry) in enumerate(zip(keys_of(entries), entries, strict=True)):
            key, is_doubtful = f"{_QUESTION}{key}", number < len(doubtful)
            line = entry.lines[0] if entry.lines else 0
            source = self._source(entry) if is_doubtful else sources[line]
            found.append(
                CorrectionQuestion(
                    key=key,
                    number=number,
                    entry=self._renamed(key, entry),
                    source=source[:_LONGEST_SOURCE],
                    reason="" if is_doubtful else reasons[line],
                    is_doubtful=is_doubtful,
                    is_taken=self.taken.get(key),
                    said=self.said_of(key),
                )
            )
        return found

    @cached_property
    def dropped(self) -> list[CorrectionQuestion]:
        """The entries that someone said are no papers, in this list or in an earlier one."""
        return [
            CorrectionQuestion(
                key=read.key,
                number=read.number,
                entry=self._renamed(read.key, read.entry),
                source=self._source(read.entry)[:_LONGEST_SOURCE],
                reason="",
                is_doubtful=False,
                is_taken=False,
                said=self.said_of(read.key),
            )
            for read in self.entries
            if read.corrected is None
        ]

    @cached_property
    def lines_without_question(self) -> list[ReportedLine]:
        """Lines that were not understood and hold nothing that could be a title."""
        asked = {number for one in self.questions for number in one.entry.lines}
        return [line for line in self.raw.not_understood if line.number not in asked]

    def _lines_without_reading(self) -> Iterator[tuple[ReportedLine, Entry]]:
        doubted = {number for entry in self.raw.doubtful for number in entry.lines}
        starts = sorted((line, topic.path) for topic in self.raw.topics for line in topic.lines)
        for line in self.raw.not_understood:
            if line.number in doubted or self._is_header(line):
                continue
            at = bisect_left(starts, (line.number, ()))
            topic: Path = starts[at - 1][1] if at else ()
            if entry := unread.entry_of_line(line, topic):
                yield line, entry

    def _is_header(self, line: ReportedLine) -> bool:
        """Return whether the line names the columns of a table in Markdown."""
        below = self._lines[line.number : line.number + 1]
        return bool(below) and "|" in line.text and columns.is_rule(below[0])

    def _source(self, entry: Entry) -> str:
        lines = [self._lines[n - 1] for n in entry.lines if 0 < n <= len(self._lines)]
        return "\n".join(line for line in lines if line.strip()) or entry.original or entry.title

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    # What is a paper

    @cached_property
    def entries(self) -> list[Read]:
        """The entries, with those that someone took for papers in their places."""
        raw = self.raw.entries
        found: list[tuple[tuple[int, int, int], Read]] = []
        for number, (key, entry) in enumerate(zip(keys_of(raw), raw, strict=True)):
            corrected = None if self.taken.get(key) is False else self._renamed(key, entry)
            found.append(((number, 0, 0), Read(key, number, entry, corrected)))
        for one in self.questions:
            if one.is_taken:
                entry = replace(one.entry, confidence=1.0)
                read = Read(one.key, len(raw) + one.number, entry, entry)
                found.append(((self._place(entry), 1, one.number), read))
        return [read for _, read in sorted(found, key=lambda one: one[0])]

    @cached_property
    def reading(self) -> ReadingList:
        """The reading with those entries. What was read without doubt is in it as it was read:
        exports find their lines by it."""
        taken = {n for one in self.questions if one.is_taken for n in one.entry.lines}
        dropped = [read.entry for read in self.entries if read.corrected is None]
        if not taken and not dropped:
            return self.raw
        left = [line for line in self.raw.not_understood if line.number not in taken]
        left += [ReportedLine(one.lines[0], self._source(one)) for one in dropped if one.lines]
        return replace(
            self.raw,
            entries=tuple(read.entry for read in self.kept),
            not_understood=tuple(sorted(left, key=lambda line: line.number)),
        )

    @cached_property
    def kept(self) -> list[Read]:
        """The entries but for those that someone took for none: their lines are lines as others
        that were not understood."""
        return [read for read in self.entries if read.corrected]

    @cached_property
    def kept_entries(self) -> list[Entry]:
        """The entries as they are to be written."""
        return [read.corrected for read in self.entries if read.corrected]

    @cached_property
    def papers(self) -> tuple[ListedPaper, ...]:
        """The works, each once, but for what someone keeps apart."""
        if not self._apart:
            return merged(self.kept_entries)
        return merged(self.kept_entries, self.are_apart)

    def said_of(self, key: str) -> str:
        """Tells what was said of the entry or line from what may be said of it later."""
        return answer_tag({TAKEN: self.taken, TITLES: self.titles}, key)

    def _renamed(self, key: str, entry: Entry) -> Entry:
        title = self.titles.get(key)
        if not title or title == entry.title:
            return entry
        return replace(entry, title=title, original=entry.original or entry.title)

    def _place(self, entry: Entry) -> int:
        """Return the entry before it: the last one above it, of its topic if there is any."""
        line = entry.lines[0] if entry.lines else 0
        there = self._by_topic.get(entry.topic) or self._by_topic.get(None, [])
        at = bisect_left(there, (line, 0))
        if at:
            return there[at - 1][1]
        return min((number for _, number in there), default=0) - 1

    @cached_property
    def _by_topic(self) -> dict[Path | None, list[tuple[int, int]]]:
        """The lines and numbers of the entries of each topic, and under None of all of them."""
        found: dict[Path | None, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(self.raw.entries):
            line = entry.lines[0] if entry.lines else 0
            found[entry.topic].append((line, number))
            found[None].append((line, number))
        return {topic: sorted(lines) for topic, lines in found.items()}

    # What is kept apart

    def are_apart(self, one: Entry, other: Entry) -> bool:
        return self.key(other) in self._apart.get(self.key(one), ())

    def key(self, entry: Entry) -> str:
        """Return the key of one of the kept entries."""
        return self._keys[id(entry)]

    def keys(self, paper: ListedPaper) -> list[str]:
        return list(dict.fromkeys(self.key(entry) for entry in paper.entries))

    def apart_from(self, paper: ListedPaper) -> set[str]:
        """Return the keys of all that the paper is kept apart from, be it in the list or in the
        group.
        """
        return {other for key in self.keys(paper) for other in self._apart.get(key, ())}

    def group_papers_apart_from(self, paper: ListedPaper) -> set[int]:
        apart = self.apart_from(paper) if self._apart else set()
        return set(filter(None, map(pk_of_key, apart)))

    @cached_property
    def _apart(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one, other in self.pairs:
            found[one].add(other)
            found[other].add(one)
        return dict(found)

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {id(read.corrected): read.key for read in self.entries if read.corrected}

    # What is remembered

    def relevant(self) -> dict[str, Any]:
        """Return the corrections that are of something in this list."""
        here = {read.key for read in self.entries} | {one.key for one in self.questions}
        found = {
            TAKEN: {key: is_taken for key, is_taken in self.taken.items() if key in here},
            TITLES: {key: title for key, title in self.titles.items() if key in here},
            APART: [pair for pair in self.pairs if here & set(pair)],
        }
        return {name: said for name, said in found.items() if said}


Corrections = dict[str, Any]


def with_answer(
    corrections: Corrections, key: str, *, is_taken: bool | None = None, title: str | None = None
) -> Corrections:
    """With what someone said of an entry or a line: whether it is a paper, and what it is called;
    an empty title is the one that was read."""
    found = {**corrections}
    if is_taken is not None:
        found[TAKEN] = {**found.get(TAKEN, {}), key: is_taken}
    if title is not None:
        titles = {**found.get(TITLES, {}), key: title}
        found[TITLES] = {one: said for one, said in titles.items() if said}
    return found


def answer_tag(corrections: Corrections, key: str) -> str:
    """Tells one answer on an entry or a line from another."""
    said = f"{corrections.get(TAKEN, {}).get(key)}|{corrections.get(TITLES, {}).get(key, '')}"
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=6).hexdigest()


def with_pair(corrections: Corrections, one: str, other: str, *, is_apart: bool) -> Corrections:
    """With two kept apart, or not any more."""
    pairs = [pair for pair in corrections.get(APART, []) if {*pair} != {one, other}]
    return {**corrections, APART: [*pairs, [one, other]] if is_apart else pairs}


def with_column_roles(corrections: Corrections, table: str, roles: Sequence[str]) -> Corrections:
    """With what someone said of the columns of a table, by its key."""
    return {**corrections, COLUMNS: {**corrections.get(COLUMNS, {}), table: list(roles)}}


def keys_of(entries: Sequence[Entry]) -> list[str]:
    """Return a key for each entry, made of its title and number. Where several say the same they
    are counted; the places of one record have one key.
    """
    counted: Counter[str] = Counter()
    last: dict[str, tuple[int, ...]] = {}
    found = []
    for entry in entries:
        title, where = comparable_title(entry.title), entry.doi or entry.arxiv or entry.url
        said = f"{title}|{entry.year or ''}|{where}"
        digest = hashlib.blake2b(said.encode(errors="replace"), digest_size=8).hexdigest()
        if not entry.lines or last.get(digest) != entry.lines:
            counted[digest] += 1
            last[digest] = entry.lines
        count = counted[digest]
        found.append(digest if count == 1 else f"{digest}.{count}")
    return found


def merged_corrections(earlier: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Merge the corrections of several imports, given from the latest to the oldest."""
    taken: dict[str, bool] = {}
    titles: dict[str, str] = {}
    columns: dict[str, Any] = {}
    apart: list[list[str]] = []
    for one in earlier:
        taken = {**one.get(TAKEN, {}), **taken}
        titles = {**one.get(TITLES, {}), **titles}
        columns = {**one.get(COLUMNS, {}), **columns}
        apart += [pair for pair in one.get(APART, []) if pair not in apart]
        if len(taken) + len(titles) + len(apart) > MOST_REMEMBERED:
            break
    return {TAKEN: taken, TITLES: titles, APART: apart, COLUMNS: columns}
