"""The topics of a list that is looked at before it is written, and the papers under each."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from groups.web.pagination import PageOfItems
from papers.formats.core.reading_list import Entry, Path, outline
from papers.imports.diff import Comparison
from papers.imports.topic_diff import PlannedPlacement, comparable_path

# So many papers of a topic are shown at once; more of them in a fold, and very many in pages.
FIRST_PAPERS = 3
MOST_FOLDED = 30
PAPERS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PreviewedPaper:
    """A place of the list: what it is in the group, and whether it will be there."""

    entry: Entry
    # What a correction of it is noted under.
    entry_key: str
    key: str
    state: str
    is_offered: bool
    is_taken: bool
    # What was said of the entry until now.
    said: str


@dataclass(frozen=True, slots=True)
class PreviewedTopic:
    number: int
    path: Path
    key: str
    renamed_from: str
    is_offered: bool
    is_taken: bool
    papers: list[PreviewedPaper]
    paper_count: int
    # The page of its papers, where it is looked at alone.
    page: PageOfItems[PlannedPlacement] | None = None

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def number_text(self) -> str:
        return str(self.number)

    @property
    def depth(self) -> int:
        return len(self.path) - 1

    @property
    def first(self) -> list[PreviewedPaper]:
        return self.papers if self.page else self.papers[:FIRST_PAPERS]

    @property
    def others(self) -> list[PreviewedPaper]:
        return [] if self.page else self.papers[FIRST_PAPERS:]

    @property
    def hidden_count(self) -> int:
        """The number of its papers that the page does not show."""
        return 0 if self.page else self.paper_count - len(self.papers)


class PreviewTopics:
    """`looked_at` is the number of the topic that someone looks at alone, in pages."""

    def __init__(self, comparison: Comparison, looked_at: int | None, page: int) -> None:
        self.comparison = comparison
        self.looked_at = looked_at
        self.page = page

    @cached_property
    def numbers(self) -> list[int]:
        return list(self._paths)

    @cached_property
    def open_topic(self) -> PreviewedTopic | None:
        return self.topic(self.looked_at) if self.looked_at in self._paths else None

    @cached_property
    def _paths(self) -> dict[int, Path]:
        comparison = self.comparison
        return {comparison.topic_number(path): path for path in outline(comparison.paths)}

    def topic(self, number: int) -> PreviewedTopic:
        path = self._paths[number]
        places = self._places[comparable_path(path)]
        key = self.comparison.topic_key(path)
        page: PageOfItems[PlannedPlacement] | None = None
        few = len(places) <= MOST_FOLDED
        shown = places if few else places[:FIRST_PAPERS]
        if self.looked_at == number:
            page = PageOfItems(self.page, PAPERS_ON_A_PAGE)
            shown = list(page.fill(places[page.wanted]).items)
        return PreviewedTopic(
            number=number,
            path=path,
            key=key,
            renamed_from=self._renamed.get(comparable_path(path), ""),
            is_offered=any(place.key in self._absent for place in places),
            is_taken=self.comparison.is_taken(key),
            papers=[self._paper(place) for place in shown],
            paper_count=len(places),
            page=page,
        )

    @cached_property
    def _places(self) -> dict[Path, list[PlannedPlacement]]:
        found: dict[Path, list[PlannedPlacement]] = defaultdict(list)
        for place in self.comparison.places:
            found[comparable_path(place.path)].append(place)
        return found

    @cached_property
    def _renamed(self) -> dict[Path, str]:
        return {
            comparable_path(path): topic.name for path, topic in self.comparison.topic_diff.renamed
        }

    def _paper(self, place: PlannedPlacement) -> PreviewedPaper:
        comparison = self.comparison
        entry = next(e for e in place.paper.entries if comparison.path_of(e.topic) == place.path)
        key = comparison.paper_key(place.paper)
        usually = place.key not in self._withdrawn
        is_taken = comparison.is_taken(key, usually=usually)
        is_taken = is_taken and comparison.is_taken(comparison.topic_key(place.path))
        entry_key = comparison.corrected.key(entry)
        return PreviewedPaper(
            entry=entry,
            entry_key=entry_key,
            key=key,
            state=self._state(place),
            is_offered=place.key in self._absent,
            is_taken=is_taken,
            said=comparison.corrected.said_of(entry_key),
        )

    def _state(self, place: PlannedPlacement) -> str:
        if place.key not in self._absent:
            return "on the list already"
        if place.key in self._withdrawn:
            return "taken off the list here"
        there = self.comparison.found(place.paper)
        if there is None:
            return "new"
        return "moves here" if there.pk in self._moved else "joins this topic"

    @cached_property
    def _moved(self) -> set[int]:
        return {paper for _, paper in self.comparison.moved_from}

    @cached_property
    def _absent(self) -> set[tuple[Path, str]]:
        return {place.key for place in self.comparison.absent_places}

    @cached_property
    def _withdrawn(self) -> set[tuple[Path, str]]:
        return {place.key for place in self.comparison.withdrawn_places}
