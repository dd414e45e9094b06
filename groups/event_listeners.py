"""The functions that are called with each event of some kinds, in the transaction of its action.

Each application registers its own when it is loaded. A listener does little: what takes a while is
a task that it enqueues.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groups.models.events import Event

Listener = Callable[["Event"], None]
_LISTENERS: dict[str, list[Listener]] = {}


def listen(kinds: Iterable[str], listener: Listener) -> None:
    """Call the listener with each event of these kinds from now on; once, however often asked."""
    for kind in kinds:
        listeners = _LISTENERS.setdefault(kind, [])
        if listener not in listeners:
            listeners.append(listener)


def announce(event: "Event") -> None:
    for listener in _LISTENERS.get(event.kind, ()):
        listener(event)
