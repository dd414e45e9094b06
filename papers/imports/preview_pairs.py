"""Pairs that a list would make one, each of which can be kept apart."""

from dataclasses import dataclass
from functools import cached_property

from papers.corrections.corrected import key_of_group_paper, pk_of_key
from papers.formats.core.reading_list import Entry
from papers.imports.diff import Comparison


@dataclass(frozen=True, slots=True)
class PreviewSide:
    """One of two: its title, what is said of it, and where the list has it."""

    title: str
    said: str
    line: int | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class PreviewPair:
    key: str
    other: str
    one: PreviewSide
    two: PreviewSide
    is_apart: bool = False


class PreviewPairs:
    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.corrected = comparison.corrected

    @cached_property
    def all(self) -> list[PreviewPair]:
        return [*self.in_list, *self.with_group, *self.apart]

    @cached_property
    def in_list(self) -> list[PreviewPair]:
        """Entries that are taken for one: each mention of a paper beside the first."""
        found = []
        for paper in self.comparison.papers:
            if paper.mentions < 2:
                continue
            first, *others = self.corrected.keys(paper)
            entries = {self.corrected.key(entry): entry for entry in reversed(paper.entries)}
            found += [
                PreviewPair(first, key, _side(entries[first]), _side(entries[key]))
                for key in others
            ]
        return found

    @cached_property
    def with_group(self) -> list[PreviewPair]:
        """Papers of the list that are taken for one of the group, unless they came from this list
        before."""
        came = {paper for _, paper in self.comparison.base.places}
        found = []
        for paper in self.comparison.papers:
            there = self.comparison.found(paper)
            if there and there.pk not in came:
                key = self.corrected.keys(paper)[0]
                other = PreviewSide(there.title, _said(there.authors, there.venue, there.year))
                found.append(
                    PreviewPair(key, key_of_group_paper(there.pk), _side(paper.entries[0]), other)
                )
        return found

    @cached_property
    def apart(self) -> list[PreviewPair]:
        kept = reversed(self.corrected.kept_entries)
        entries = {self.corrected.key(entry): entry for entry in kept}
        papers = {paper.pk: paper for paper in self.comparison.matches.finder.papers}
        found = []
        for one, other in self.corrected.pairs:
            there = papers.get(pk_of_key(other))
            side = _side(entries[other]) if other in entries else None
            if there:
                side = PreviewSide(there.title, _said(there.authors, there.venue, there.year))
            if one in entries and side:
                found.append(PreviewPair(one, other, _side(entries[one]), side, is_apart=True))
        return found


def _side(entry: Entry) -> PreviewSide:
    said = _said(entry.authors, entry.venue, entry.year)
    line = entry.lines[0] if entry.lines else None
    return PreviewSide(entry.title, said, line, " › ".join(entry.topic))


def _said(authors: str, venue: str, year: int | None) -> str:
    return " · ".join(filter(None, [authors, f"{venue} {year or ''}".strip()]))
