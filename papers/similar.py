"""Papers of a group that may be one work, though nothing says so for certain."""

from collections.abc import Iterable
from dataclasses import dataclass

from groups.models import Group
from papers.formats.likeness import candidates, likeness
from papers.models import Distinction, Paper

LOOKED_AT = 200
SHOWN_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers and why they may be one, a sentence without its full stop."""

    one: Paper
    other: Paper
    reason: str
    weight: int

    @property
    def ids(self) -> tuple[int, int]:
        """Both, the older paper first: it is the one to stay."""
        return min(self.one.pk, self.other.pk), max(self.one.pk, self.other.pk)


def pairs_in(group: Group) -> list[Pair]:
    """All of a group's pairs but those that somebody has told apart, the likeliest first."""
    papers = Paper.objects.in_group(group).for_comparing()
    apart = Distinction.objects.in_group(group).as_pairs()
    return _likeliest_first(
        (one, other)
        for two in candidates(papers)
        for one, other in [sorted(two, key=_pk)]
        if (one.pk, other.pk) not in apart
    )


def similar_to(paper: Paper) -> list[Pair]:
    """The likeliest few that one paper may be the same as, it being `one` of each pair."""
    others = Paper.objects.that_may_be(paper)[:LOOKED_AT]
    return _likeliest_first((paper, other) for other in others)[:SHOWN_OF_ONE]


def _likeliest_first(found: Iterable[tuple[Paper, Paper]]) -> list[Pair]:
    pairs = [
        Pair(one, other, alike.reason, alike.weight)
        for one, other in dict.fromkeys(found)
        if (alike := likeness(one, other))
    ]
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.ids))


def _pk(paper: Paper) -> int:
    return paper.pk
