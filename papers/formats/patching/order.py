"""What may stay where it is while the rest moves around it."""

from bisect import bisect_left
from collections.abc import Sequence


def staying(ranks: Sequence[int]) -> set[int]:
    """The places in the sequence whose ranks rise, as many as there can be."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, rank in enumerate(ranks):
        at = bisect_left(ends, rank)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [rank]
        last[at : at + 1] = [place]
    stay: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        stay.add(place)
        place = before[place]
    return stay
