"""The list as it was imported last: what its headings and entries are in the group."""

from dataclasses import dataclass, field

from papers.formats.core.reading_list import Path


@dataclass(frozen=True)
class Base:
    # Topics by the path that the text has for them, as it is compared.
    topics: dict[Path, int] = field(default_factory=dict)
    # The title of the text, as it is compared. A text with several of them has topics instead.
    title: Path = ()
    # Topic and paper of each place, in the order of the text.
    places: tuple[tuple[int, int], ...] = ()
    # What the papers of the text were known by.
    identities: frozenset[str] = frozenset()

    def papers_under(self, topic: int) -> set[int]:
        return {paper for there, paper in self.places if there == topic}

    def papers_below(self, path: Path) -> set[int]:
        """Return the papers of a topic and of those below it."""
        below = {pk for one, pk in self.topics.items() if one[: len(path)] == path}
        return {paper for there, paper in self.places if there in below}

    def order_under(self, topic: int) -> list[int]:
        return [paper for there, paper in self.places if there == topic]


NO_BASE = Base()
