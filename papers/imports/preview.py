"""The page for checking an import: what it shows of the list, and what can be chosen.

The page shows the beginning of each part of it; a part, or the papers of one topic, can be looked
at alone, in pages.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.template.defaultfilters import pluralize

from groups.models import User
from groups.validators import INVISIBLE
from groups.web.pagination import PageOfItems
from papers.corrections import columns, encodings
from papers.corrections.corrected import COLUMNS, CorrectionQuestion
from papers.formats.core.reading_list import Entry, ReportedLine
from papers.formats.registry import MARKDOWN
from papers.imports import workflow
from papers.imports.diff import Comparison, DetailChange
from papers.imports.preview_pairs import PreviewPairs
from papers.imports.preview_topics import PreviewedTopic, PreviewTopics
from papers.models import ListImport, Paper

# So much of each part is shown among the others, and so much where it is looked at alone.
MOST_OPEN = 10
ON_A_PAGE = 50
# Fewer lines with links are no reason to doubt the whole.
_FEW_LINKS = 3
_HAS_LINK = re.compile(r"https?://|\bdoi\b|\barxiv\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A part of the preview: its beginning, or a page of it."""

    name: str
    items: Sequence[Any]
    count: int
    page: PageOfItems[Any] | None = None

    @property
    def is_cut(self) -> bool:
        return self.page is None and self.count > len(self.items)


@dataclass(frozen=True, slots=True)
class Mended:
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewedChange:
    """A detail that would be written otherwise."""

    change: DetailChange
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Removal:
    paper: Paper
    key: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, a cell of it, and what it was read as."""

    number: int
    name: str
    sample: str
    role: str
    # Otherwise the role is only likely.
    is_read: bool

    @property
    def label(self) -> str:
        return columns.ROLES[self.role][0] if self.role in columns.ROLES else ""


@dataclass(frozen=True, slots=True)
class PreviewedTable:
    key: str
    columns: list[Column]
    is_chosen: bool

    @property
    def read(self) -> list[Column]:
        """The columns that were read as something."""
        return [one for one in self.columns if one.label and one.is_read]


class Where(NamedTuple):
    """The part of the preview that is asked for: a section or a topic, a page, and which title is
    being edited."""

    show: str = ""
    topic: int | None = None
    page: int = 1
    edit: str = ""


class Preview:
    """The same for the page and anyone else who wants to look before writing."""

    roles = tuple((role, label) for role, (label, _) in columns.ROLES.items())

    def __init__(
        self, list_import: ListImport, reader: User, where: Where | int | None = None
    ) -> None:
        self.list_import = list_import
        self.comparison: Comparison = workflow.compare(list_import, reader)
        self.corrected = self.comparison.corrected
        self.reading = self.comparison.reading
        self.where = where if isinstance(where, Where) else Where(topic=where)
        self.outline = PreviewTopics(self.comparison, self.where.topic, self.where.page)
        self.pairs = PreviewPairs(self.comparison)

    # The whole

    @property
    def figures(self) -> list[tuple[str, int]]:
        comparison = self.comparison
        merged = sum(paper.mentions - 1 for paper in comparison.papers)
        counts = [
            (len(comparison.paths), "Topic", "Topics"),
            (len(comparison.papers), "Paper", "Papers"),
            (merged, "Duplicate merged", "Duplicates merged"),
        ]
        return [(one if count == 1 else many, count) for count, one, many in counts]

    @property
    def action(self) -> str:
        """The label of the button that confirms the import."""
        count = len(self.comparison.new_papers)
        return f"Import {count} paper{pluralize(count)}" if count else "Import the changes"

    @property
    def summary(self) -> list[str]:
        """Return what confirming the import will do, in words."""
        comparison = self.comparison
        counts = [
            (len(comparison.new_topics), "new topic"),
            (len(comparison.topic_diff.renamed), "renamed topic"),
            (len(comparison.topic_diff.moved), "moved topic"),
            (len(comparison.new_papers), "new paper"),
            (len(comparison.moved_from), "move"),
            (len({change.paper.pk for change in comparison.changes}), "changed paper"),
            (len(comparison.removed_papers), "removal"),
            (len(comparison.ticked), "tick"),
        ]
        return [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count]

    # Its parts

    @cached_property
    def _parts(self) -> dict[str, Callable[[], Sequence[Any]]]:
        return {
            "doubtful": lambda: self.doubtful,
            "lines": lambda: self.not_understood,
            "remarks": lambda: self.reading.remarks,
            "changes": lambda: self.changed_papers,
            "removals": lambda: self.removals,
            "topics": lambda: self.outline.numbers,
            "merged": lambda: self.pairs.in_list,
            "known": lambda: self.pairs.with_group,
            "apart": lambda: self.pairs.apart,
            "mended": lambda: self.mended,
        }

    @property
    def is_whole(self) -> bool:
        return self.where.show not in self._parts and self.open_topic is None

    @cached_property
    def parts(self) -> dict[str, PreviewSection | None]:
        """Return the sections of the page: the beginning of each, or a page of one."""
        shown = self.where.show
        if self.open_topic is not None:
            return dict.fromkeys(self._parts)
        if shown in self._parts:
            return dict.fromkeys(self._parts) | {shown: self._page_of(shown)}
        return {name: self._beginning_of(name) for name in self._parts}

    def _beginning_of(self, name: str) -> PreviewSection | None:
        items = self._parts[name]()
        return (
            PreviewSection(name, self._made(name, items[:MOST_OPEN]), len(items)) if items else None
        )

    def _page_of(self, name: str) -> PreviewSection:
        items = self._parts[name]()
        size = MOST_OPEN if name == "topics" else ON_A_PAGE
        page: PageOfItems[Any] = PageOfItems(self.where.page, size)
        page.fill(items[page.wanted])
        return PreviewSection(name, self._made(name, page.items), len(items), page)

    def _made(self, name: str, items: Sequence[Any]) -> Sequence[Any]:
        return [self.outline.topic(number) for number in items] if name == "topics" else items

    @property
    def open_topic(self) -> PreviewedTopic | None:
        return self.outline.open_topic

    @property
    def topics(self) -> list[PreviewedTopic]:
        return [self.outline.topic(number) for number in self.outline.numbers]

    # What may be a paper

    @property
    def doubtful(self) -> list[CorrectionQuestion]:
        """Return doubtful papers; last those that someone said are none."""
        asked = [one for one in self.corrected.questions if one.is_doubtful]
        return [*asked, *self.corrected.dropped]

    @property
    def not_understood(self) -> list[CorrectionQuestion | ReportedLine]:
        """Lines without a reading; those that could be no paper come last."""
        asked = [one for one in self.corrected.questions if not one.is_doubtful]
        return [*asked, *self.corrected.lines_without_question]

    @property
    def mended(self) -> list[Mended]:
        """The titles that were broken in the list, once each; blanks and full stops are no news."""
        found = {
            entry.original: entry.title
            for entry in self.corrected.raw.entries
            if entry.original and _words(entry.original) != _words(entry.title)
        }
        return [Mended(before, after) for before, after in found.items()]

    # How it was read

    @cached_property
    def is_poorly_read(self) -> bool:
        """Return whether most of what has a link was not understood."""
        lost = sum(bool(_HAS_LINK.search(line.text)) for line in self.reading.not_understood)
        found = sum(bool(one.url or one.doi or one.arxiv) for one in self.corrected.kept_entries)
        return lost >= _FEW_LINKS and lost > found

    @property
    def is_markdown(self) -> bool:
        return self.list_import.format in ("", MARKDOWN.name)

    @cached_property
    def tables(self) -> list[PreviewedTable]:
        chosen = self.list_import.corrections.get(COLUMNS, {})
        entries = self.corrected.raw.entries
        return [
            PreviewedTable(one.key, _columns(one, chosen.get(one.key), entries), one.key in chosen)
            for one in columns.column_tables(self.list_import.text, self.list_import.format)
        ]

    @cached_property
    def encodings(self) -> list[encodings.Offer]:
        """Return other encodings of the file to choose from; none if there is no doubt."""
        if not self.list_import.name or not encodings.is_doubtful(self.list_import):
            return []
        return encodings.offers(self.list_import, self.list_import.text)

    # What is chosen

    @property
    def changed_papers(self) -> list[tuple[Paper, list[PreviewedChange]]]:
        comparison = self.comparison
        changes = [
            PreviewedChange(one, comparison.is_taken(one.key, usually=not one.is_contested))
            for one in comparison.offered_changes
        ]
        by_paper = groupby(changes, lambda one: one.change.paper)
        return [(paper, list(found)) for paper, found in by_paper]

    @property
    def removals(self) -> list[Removal]:
        found = []
        for paper in self.comparison.removable_papers:
            key = f"remove-{paper.pk}"
            is_taken = self.comparison.is_taken(key, usually=False)
            found.append(Removal(paper, key, is_taken))
        return found

    def offers(self, key: str) -> bool:
        """Return whether there is such a choice."""
        kind = key.partition("-")[0]
        comparison = self.comparison
        offered: dict[str, Iterator[str]] = {
            "topic": (comparison.topic_key(path) for path in comparison.paths),
            "paper": (comparison.paper_key(place.paper) for place in comparison.absent_places),
            "change": (change.key for change in comparison.offered_changes),
            "remove": (removal.key for removal in self.removals),
        }
        return key in offered.get(kind, iter(()))

    def may_be_corrected(self, key: str) -> bool:
        """Return whether the key is of something in the list."""
        entries = (read.key for read in self.corrected.entries)
        return key in {*entries, *(one.key for one in self.corrected.questions)}

    def may_be_paired(self, one: str, other: str) -> bool:
        """Return whether the two would be taken for one, or are kept apart."""
        offered = ((pair.key, pair.other) for pair in self.pairs.all)
        return (one, other) in offered


def _words(title: str) -> list[str]:
    """Return the words of a title as people see them, without the marks around them."""
    shown = unicodedata.normalize("NFKC", title.translate(INVISIBLE))
    return [word.strip(string.punctuation) for word in shown.split()]


def _columns(
    table: columns.ColumnTable, chosen: Sequence[str] | None, entries: Sequence[Entry]
) -> list[Column]:
    read = columns.roles_of(table, entries)
    is_read = any(read)
    likely = read if is_read else columns.guessed_roles(table)
    found = []
    for number, name in enumerate(table.header):
        cells = (cells[number] for _, cells in table.rows if number < len(cells))
        sample = next((cell for cell in cells if cell), "")
        role = chosen[number] if chosen and number < len(chosen) else likely[number]
        sample = columns.shown_cell(sample)[:80]
        found.append(Column(number, name or f"Column {number + 1}", sample, role, bool(is_read)))
    return found
