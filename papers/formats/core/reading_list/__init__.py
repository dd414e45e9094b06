"""A reading list as plain data, and what follows from it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from papers.formats.core import identifiers
from papers.formats.core.identity import are_one, identities, identity
from papers.formats.core.reading_list.details import DETAILS, Details, Further
from papers.formats.core.reading_list.placeholders import is_placeholder

# A series has so many volumes of one title; of more, only the first ones are compared.
_MOST_NAMESAKES = 200

# The names of the headings above a paper, the outermost first. Empty above the first heading.
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedLine:
    """A line of the source, counted from one, or the record that begins there.

    The reason is a sentence for the importer, where there is more to say than that it
    was not understood.
    """

    number: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListedTopic:
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
class Entry(Details):
    """One place that a paper has in the list: its details, and what is said of the place.

    Two entries are equal when they say the same, on whichever line and however it was spelt.
    """

    topic: Path = ()
    # The path of a file beside the list, which is no address.
    file: str = ""
    # True is read, False is to read, None is not said.
    checked: bool | None = None
    # Reading, skimmed or skipped, where that is said of it: the importer's own status, as
    # `checked` is. Only imports know of it; no format writes it.
    status: str = field(default="", compare=False)
    # The rest of the line, further links among it: Markdown in one line.
    note: str = ""
    # When it is talked about and who presents or proposed it, where a table says so. They are not
    # the paper's own, so they are not written with it.
    date: str = field(default="", compare=False)
    presenters: str = field(default="", compare=False)
    proposer: str = field(default="", compare=False)
    # The title as written, where it had to be mended.
    original: str = field(default="", compare=False)
    # Numbers, and a title with tags, as the source spells them, by their names, where that is not
    # how they are kept.
    spelt: Further = field(default=(), compare=False)
    lines: tuple[int, ...] = field(default=(), compare=False)
    # How likely it is that a paper of this title is meant, from 0 to 1.
    confidence: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One work, with every place that it has in the list."""

    identity: str
    entries: tuple[Entry, ...]
    # What the entries say of it together: what one leaves out the next may say.
    said: Entry

    @property
    def title(self) -> str:
        return self.said.title

    @property
    def mentions(self) -> int:
        """The number of times the source has it; a record that names several topics counts once."""
        return len({entry.lines for entry in self.entries} or {()})

    @property
    def originals(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.original for entry in self.entries if entry.original))

    @property
    def checked(self) -> bool | None:
        """Read once is read."""
        said = {entry.checked for entry in self.entries} - {None}
        return any(said) if said else None

    @property
    def status(self) -> str:
        """The status that is offered to the importer; empty for *to read*."""
        if self.checked:
            return "read"
        return next((entry.status for entry in self.entries if entry.status), "")


@dataclass(frozen=True, slots=True)
class ListedPlacement:
    """A paper under a topic."""

    topic: Path
    paper: ListedPaper


@dataclass(frozen=True, slots=True)
class ReadingList:
    title: str = ""
    topics: tuple[ListedTopic, ...] = ()
    entries: tuple[Entry, ...] = ()
    # What may be a paper, and is none until someone says so. Its lines are not understood, too.
    doubtful: tuple[Entry, ...] = field(default=(), compare=False)
    # Every line, or record, that became no topic and no entry.
    not_understood: tuple[ReportedLine, ...] = field(default=(), compare=False)
    # What was read and ought to be looked at, with the reason.
    remarks: tuple[ReportedLine, ...] = field(default=(), compare=False)
    title_lines: tuple[int, ...] = field(default=(), compare=False)

    def without_ticks(self) -> "ReadingList":
        """Return the same list without ticks and statuses."""
        entries = tuple(replace(entry, checked=None, status="") for entry in self.entries)
        return replace(self, entries=entries)

    @property
    def papers(self) -> tuple[ListedPaper, ...]:
        """Each work once, in the order of the list."""
        return merged(self.entries)

    @property
    def duplicates(self) -> tuple[ListedPaper, ...]:
        """The papers that the list has more than once."""
        return tuple(paper for paper in self.papers if paper.mentions > 1)

    @property
    def placements(self) -> tuple[ListedPlacement, ...]:
        """Each paper once under each of its topics, in the order of the list."""
        return placed(self.entries, self.papers)


def placed(entries: Iterable[Entry], papers: Iterable[ListedPaper]) -> tuple[ListedPlacement, ...]:
    """Each of the papers once under each topic of its entries, in the order of the entries."""
    paper_of = {id(entry): paper for paper in papers for entry in paper.entries}
    found: dict[tuple[Path, str], ListedPlacement] = {}
    for entry in entries:
        paper = paper_of[id(entry)]
        found.setdefault((entry.topic, paper.identity), ListedPlacement(entry.topic, paper))
    return tuple(found.values())


def _never(one: Entry, other: Entry) -> bool:
    return False


def merged(
    entries: Iterable[Entry], are_apart: Callable[[Entry, Entry], bool] = _never
) -> tuple[ListedPaper, ...]:
    """Return the entries as papers, no two of which are one; those that `are_apart` are never one.

    Entries with the same DOI or arXiv ID are one paper. So are those with the same title, even
    if only one of them states a number: a preprint gains its DOI when it is published, and a list
    seldom states either. What they say must not contradict, see there.
    """
    works: list[_Work] = []
    found_by: dict[str, list[_Work]] = defaultdict(list)
    for entry in entries:
        keys = identities(entry)
        admitting = (
            one
            for key in keys
            for one in found_by[key][:_MOST_NAMESAKES]
            if one.admits(key, entry) and not one.is_apart(entry, are_apart)
        )
        work = next(admitting, None)
        if work is None:
            work = _Work(entry)
            works.append(work)
        else:
            work.add(entry)
        for key in keys:
            if work not in found_by[key][-1:]:
                found_by[key].append(work)
    once: dict[str, _Work] = {}
    for work in works:
        known_by = identity(work.said)
        count = 1
        while (there := once.setdefault(known_by, work)) is not work:
            if not any(there.is_apart(entry, are_apart) for entry in work.entries):
                there.add(*work.entries)
                break
            count += 1
            known_by = f"{identity(work.said)}|apart:{count}"
    return tuple(ListedPaper(key, tuple(work.entries), work.said) for key, work in once.items())


def outline(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Each path once, its ancestors before it, and nothing between a topic and its subtopics."""
    first: dict[Path, int] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            first.setdefault(path[:depth], len(first))
    return tuple(
        sorted(first, key=lambda path: [first[path[:depth]] for depth in range(1, len(path) + 1)])
    )


def merged_entry(entries: Iterable[Entry]) -> Entry:
    """Return one entry for a work, each detail from the first of the entries that has it.

    The DOI of a published work is preferred to that of its preprint.
    """
    first, *others = entries
    missing = {name for name in DETAILS if _lacks(first, name)}
    found = {}
    for name in missing:
        values = (getattr(other, name) for other in others if not _lacks(other, name))
        found[name] = next(values, None)
    if others and identifiers.is_of_preprint(first.doi):
        published = (e.doi for e in others if e.doi and not identifiers.is_of_preprint(e.doi))
        found["doi"] = next(published, first.doi)
    return replace(first, **{name: value for name, value in found.items() if value})


def _lacks(entry: Entry, name: str) -> bool:
    """Return whether the entry says nothing of it. A title that is but a number says nothing."""
    return not getattr(entry, name) or (name == "title" and is_placeholder(entry))


class _Work:
    """A paper while its entries are being gathered."""

    def __init__(self, entry: Entry) -> None:
        self.entries = [entry]
        self.said = entry

    def admits(self, key: str, entry: Entry) -> bool:
        return are_one(key, self.said, entry)

    def is_apart(self, entry: Entry, are_apart: Callable[[Entry, Entry], bool]) -> bool:
        return are_apart is not _never and any(are_apart(one, entry) for one in self.entries)

    def add(self, *entries: Entry) -> None:
        self.entries += entries
        self.said = merged_entry([self.said, *entries])
