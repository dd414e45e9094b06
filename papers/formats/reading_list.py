"""A reading list as plain data, and what follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from papers.formats.identity import identities

# The names of the headings above a paper, the outermost first. Empty above the first heading.
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, counted from one."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading. Repeated under the same parent it is the same topic, with the lines of both."""

    path: Path
    lines: tuple[int, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def level(self) -> int:
        return len(self.path)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a paper has in the list. What the source does not say is empty.

    Two entries are equal when they say the same, on whichever line and however it was spelt.
    """

    title: str
    topic: Path = ()
    authors: str = ""
    venue: str = ""
    year: int | None = None
    # A web address; a file beside the list is no address, and its path stands apart.
    url: str = ""
    file: str = ""
    doi: str = ""
    arxiv: str = ""
    # True is read, False is to read, None is not said.
    checked: bool | None = None
    # What else stands there, further links among it: Markdown in one line.
    note: str = ""
    # When it is talked about and who presents or proposed it, where a table says so. They are not
    # the paper's own, so they are not written with it.
    date: str = field(default="", compare=False)
    presenters: str = field(default="", compare=False)
    proposer: str = field(default="", compare=False)
    # The title as written, where it had to be mended.
    original: str = field(default="", compare=False)
    lines: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, with every place that it has in the list. What one leaves out the next may say."""

    identity: str
    entries: tuple[Entry, ...]
    doi: str = ""
    arxiv: str = ""

    @property
    def title(self) -> str:
        return self.entries[0].title

    @property
    def originals(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.original for entry in self.entries if entry.original))

    @property
    def authors(self) -> str:
        return next((entry.authors for entry in self.entries if entry.authors), "")

    @property
    def venue(self) -> str:
        return next((entry.venue for entry in self.entries if entry.venue), "")

    @property
    def year(self) -> int | None:
        return next((entry.year for entry in self.entries if entry.year), None)

    @property
    def url(self) -> str:
        return next((entry.url for entry in self.entries if entry.url), "")

    @property
    def checked(self) -> bool | None:
        """Read once is read."""
        said = {entry.checked for entry in self.entries} - {None}
        return any(said) if said else None


@dataclass(frozen=True, slots=True)
class Placement:
    """A paper under a topic."""

    topic: Path
    paper: Paper


@dataclass(frozen=True, slots=True)
class ReadingList:
    title: str = ""
    topics: tuple[Topic, ...] = ()
    entries: tuple[Entry, ...] = ()
    not_understood: tuple[Line, ...] = field(default=(), compare=False)
    title_lines: tuple[int, ...] = field(default=(), compare=False)

    def without_ticks(self) -> "ReadingList":
        """The same list, of which nobody knows how much was read."""
        entries = tuple(replace(entry, checked=None) for entry in self.entries)
        return replace(self, entries=entries)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Each work once, in the order of the list."""
        return merged(self.entries)

    @property
    def duplicates(self) -> tuple[Paper, ...]:
        """The papers that stand in the list more than once."""
        return tuple(paper for paper in self.papers if len(paper.entries) > 1)

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Each paper once under each of its topics, in the order of the list."""
        papers = {entry: paper for paper in self.papers for entry in paper.entries}
        placed: dict[tuple[Path, str], Placement] = {}
        for entry in self.entries:
            paper = papers[entry]
            placed.setdefault((entry.topic, paper.identity), Placement(entry.topic, paper))
        return tuple(placed.values())


def merged(entries: Iterable[Entry]) -> tuple[Paper, ...]:
    """The entries as papers, no two of one identity.

    Entries with the same DOI or arXiv number are one paper. So are those with the same title, even
    if only one of them states a number: a preprint gains its DOI when it is published, and a list
    seldom states either. Two different DOIs, or two different arXiv numbers, keep papers of the
    same title apart. Year and authors do not: where the title is all that is known, it decides.
    """
    works: list[_Work] = []
    found_by: dict[str, _Work] = {}
    for entry in entries:
        keys = identities(entry.title, entry.doi, entry.arxiv)
        work = next(
            (found_by[key] for key in keys if key in found_by and found_by[key].admits(key, entry)),
            None,
        )
        if work is None:
            work = _Work()
            works.append(work)
        work.add(entry)
        for key in keys:
            found_by.setdefault(key, work)
    return tuple(work.paper() for work in works)


def outline(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Each path once, its ancestors before it, and nothing between a topic and its subtopics."""
    first: dict[Path, int] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            first.setdefault(path[:depth], len(first))
    return tuple(
        sorted(first, key=lambda path: [first[path[:depth]] for depth in range(1, len(path) + 1)])
    )


@dataclass(slots=True)
class _Work:
    """A paper while its entries are being gathered."""

    entries: list[Entry] = field(default_factory=list)
    doi: str = ""
    arxiv: str = ""

    def admits(self, key: str, entry: Entry) -> bool:
        if not key.startswith("title:"):
            return True
        return not (self.doi and entry.doi) and not (self.arxiv and entry.arxiv)

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.doi = self.doi or entry.doi
        self.arxiv = self.arxiv or entry.arxiv

    def paper(self) -> Paper:
        key = identities(self.entries[0].title, self.doi, self.arxiv)[0]
        return Paper(key, tuple(self.entries), self.doi, self.arxiv)
