"""The kinds of event that a group's history knows: the label and the sentence of each.

Each application registers its own kinds when it is loaded, so a new kind is one entry in the table
of its application. No model is used here: `AppConfig`s load this module before there are any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from groups.models import Event

UNKNOWN = "{who} did something"


class EventDetails:
    """The details of an event. One that is missing, or has another shape, reads as empty."""

    def __init__(self, values: object) -> None:
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}

    def text(self, name: str) -> str:
        return value if isinstance(value := self.values.get(name), str) else ""

    def number(self, name: str) -> int:
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0

    def names(self, name: str) -> list[str]:
        value = self.values.get(name)
        return [str(item) for item in value] if isinstance(value, list) else []


@dataclass(frozen=True)
class Sentence:
    """A pattern with `{who}` and `{whom}`, and what else is filled in.

    `written` is what people wrote, which a page sets apart; `ours` is our own words.
    """

    pattern: str
    written: Mapping[str, str] = field(default_factory=dict)
    ours: Mapping[str, str] = field(default_factory=dict)


class EventKind(NamedTuple):
    """`sentence` is the pattern, or is asked for it where it depends on the event."""

    label: str
    sentence: str | Callable[["Event", EventDetails], Sentence]


_KINDS: dict[str, EventKind] = {}


def register(kinds: Mapping[str, EventKind]) -> None:
    """Add kinds of an application. Raises ValueError where another one has a kind of that name."""
    if taken := _KINDS.keys() & kinds.keys():
        raise ValueError(f"These kinds of event are registered already: {sorted(taken)}")
    _KINDS.update(kinds)


def registered() -> Mapping[str, EventKind]:
    return _KINDS


def event_choices() -> list[tuple[str, str]]:
    return [(name, kind.label) for name, kind in _KINDS.items()]


def event_label(name: str) -> str:
    """Return the label of a kind; of one that is not registered, its name in words."""
    return _KINDS[name].label if name in _KINDS else name.replace("_", " ").capitalize()


def sentence_of(event: "Event") -> Sentence:
    """Return the sentence of an event. An unknown kind has a general one."""
    kind = _KINDS.get(event.kind)
    sentence = kind.sentence if kind else UNKNOWN
    if isinstance(sentence, str):
        return Sentence(sentence)
    return sentence(event, EventDetails(event.details))
