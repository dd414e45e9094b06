"""Which papers of a topic can stay where they stand in the text."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from papers.formats.weaving.order import staying
from papers.formats.weaving.wanted import Place

# Stands for the number of an entry where a place comes before all that stay.
BEFORE_ALL = -1


@dataclass(slots=True)
class Plan:
    """Which places of a topic stay on their lines, and which have to be put between these."""

    staying: list[tuple[int, Place]]
    # The places that follow such a one, by the number of its entry.
    following: dict[int, list[Place]]


def planned(places: Sequence[Place], home: set[int]) -> Plan:
    """The plan of a topic below which the entries of these numbers stand."""
    at_home = [(place, [n for n in place.came_from if n in home]) for place in places]
    candidates = [(place, numbers) for place, numbers in at_home if numbers]
    stay = staying([numbers[0] for _, numbers in candidates])
    kept = {id(candidates[number][0]): candidates[number][1] for number in stay}
    plan, last = Plan([], defaultdict(list)), BEFORE_ALL
    for place in places:
        if id(place) in kept:
            last = kept[id(place)][0]
            plan.staying += [(number, place) for number in kept[id(place)]]
        else:
            plan.following[last].append(place)
    plan.staying.sort(key=lambda one: one[0])
    return plan
