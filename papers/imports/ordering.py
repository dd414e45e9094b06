"""The order of topics and papers after an import."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def merged_order(now: Sequence[T], listed: Sequence[T], before: Sequence[T]) -> list[T]:
    """Merge what is there with what a list tells, each once.

    Where the list tells another order than it did before, that of the list counts. Else what is
    there keeps its position, and what is new comes to its neighbours in the list, or to the end
    if it has none.
    """
    listed, there = list(dict.fromkeys(listed)), set(now)
    if _is_another_order(listed, before):
        return reordered(now, listed)
    new = [one for one in listed if one not in there]
    if len(new) == len(listed):
        return [*now, *new]
    return _with(list(now), new, listed)


def reordered(now: Sequence[T], listed: Sequence[T]) -> list[T]:
    """Return all in the order listed; what is not listed stays behind its neighbour."""
    named = set(listed)
    return _with(list(listed), [one for one in now if one not in named], now)


def _is_another_order(listed: Sequence[T], before: Sequence[T]) -> bool:
    both = set(listed) & set(before)
    return [one for one in listed if one in both] != [
        one for one in dict.fromkeys(before) if one in both
    ]


def _with(there: list[T], joining: list[T], neighbours: Sequence[T]) -> list[T]:
    """Insert each new item behind the last one that precedes it in the list."""
    behind: dict[T | None, list[T]] = defaultdict(list)
    is_there, joins = set(there), set(joining)
    last: T | None = None
    for one in neighbours:
        if one in is_there:
            last = one
        elif one in joins:
            behind[last].append(one)
    return [*behind[None], *(each for one in there for each in (one, *behind[one]))]
