"""What somebody sees of a list before it is written."""

from dataclasses import dataclass

from papers.formats.reading_list import Entry, Line, Path, outline
from papers.merging import Merge


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A paper that stands in the list more than once, and where."""

    title: str
    lines: list[int]
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Mended:
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewedPaper:
    entry: Entry
    is_known: bool


@dataclass(frozen=True, slots=True)
class PreviewedTopic:
    path: Path
    is_new: bool
    papers: list[PreviewedPaper]

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def depth(self) -> int:
        return len(self.path) - 1


class Preview:
    """The same for the page and whoever else wants to look before writing."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.reading = merge.reading

    @property
    def figures(self) -> list[tuple[str, int]]:
        return [
            ("Topics", len(self.topics)),
            ("Papers", len(self.merge.papers)),
            ("Placements", len(self.merge.placements)),
            ("Duplicates merged", len(self.reading.entries) - len(self.merge.papers)),
        ]

    @property
    def duplicates(self) -> list[Duplicate]:
        return [
            Duplicate(
                paper.title,
                [entry.lines[0] for entry in paper.entries if entry.lines],
                [" › ".join(path) for path in dict.fromkeys(e.topic for e in paper.entries)],
            )
            for paper in self.reading.duplicates
        ]

    @property
    def mended(self) -> list[Mended]:
        """The titles that were broken in the list, once each."""
        found = {entry.original: entry.title for entry in self.reading.entries if entry.original}
        return [Mended(before, after) for before, after in found.items()]

    @property
    def not_understood(self) -> tuple[Line, ...]:
        return self.reading.not_understood

    @property
    def topics(self) -> list[PreviewedTopic]:
        papers: dict[Path, list[PreviewedPaper]] = {}
        for paper in self.merge.papers:
            is_known = self.merge.found(paper) is not None
            for path, entry in {self.merge.path_of(e.topic): e for e in paper.entries}.items():
                papers.setdefault(path, []).append(PreviewedPaper(entry, is_known))
        new = set(self.merge.new_topics)
        return [PreviewedTopic(path, path in new, papers.get(path, [])) for path in outline(papers)]
