"""Changes to the lines of a paper, what is to be read there then, and what cannot be shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from papers.exports.patching.sheet import Key
from papers.exports.patching.wanted import Changes, WantedPlace
from papers.formats.core.reading_list import Entry, Path


@dataclass(frozen=True, slots=True)
class Expected:
    """The details to be read back on the lines of an edit: of an entry of the text those that
    changed, of a new one all. `number` is that of the entry, None for a new one.
    """

    topic: Path
    number: int | None = None
    changes: Changes = field(default_factory=dict)
    # None where there is no tick to be seen.
    tick: bool | None = None
    new: Entry | None = None
    # Whether it is read at another place, whose dates and people are not its own.
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One way to do an edit: its own lines replaced, and lines for other places of the list."""

    replaced: dict[int, list[str]] = field(default_factory=dict)
    added: tuple[tuple[WantedPlace, list[str]], ...] = ()
    expected: tuple[Expected, ...] = ()
    # Whether it shows all that was asked for; else what is left is reported.
    is_whole: bool = True
    # Whether it ticks a box or empties it, and does nothing else.
    is_a_tick: bool = False


@dataclass(frozen=True, slots=True)
class Unshown:
    """An edit that the text cannot show: the title, and what was done to the paper."""

    title: str
    action: str

    def __str__(self) -> str:
        return f"“{self.title}” ({self.action})"

    def in_part(self) -> "Unshown":
        """Return the same, where the paper is shown but not all that is known of it."""
        return Unshown(self.title, "some details")


@dataclass(frozen=True, slots=True)
class Edit:
    key: Key
    # The line that it is nearest to, for finding the one that upset its surroundings.
    line: int
    actions: tuple[Unshown, ...]
    ways: Callable[[], Iterator[Change]]
