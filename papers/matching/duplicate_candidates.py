"""Papers of a group that may be one work, though nothing says so for certain."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from groups.models import Group
from papers.formats.core.identity.likeness import Likeness, candidates, likeness
from papers.models import Lookup, NotDuplicate, Paper

LOOKED_AT = 200
SHOWN_OF_ONE = 3
FOUND = Likeness("A search for details found that they are the same", 110)


@dataclass(frozen=True, slots=True)
class DuplicateCandidate:
    """Two papers and why they may be one, a sentence without its full stop."""

    one: Paper
    other: Paper
    reason: str
    weight: int

    @property
    def ids(self) -> tuple[int, int]:
        """Both, the older paper first: it is the one to stay."""
        return min(self.one.pk, self.other.pk), max(self.one.pk, self.other.pk)


def pairs_in(group: Group) -> list[DuplicateCandidate]:
    """Return a group's pairs, the likeliest first, without those marked as two papers."""
    papers = Paper.objects.in_group(group).for_comparing()
    there = {paper.pk: paper for paper in papers}
    apart = NotDuplicate.objects.in_group(group).as_pairs()
    twins = _twins(Lookup.objects.in_group(group).with_twins())
    looked_up = ((there[one], there[other]) for one, other in twins if other in there)
    found = (sorted(two, key=_pk) for two in chain(looked_up, candidates(papers)))
    pairs = ((one, other) for one, other in found if (one.pk, other.pk) not in apart)
    return _likeliest_first(pairs, twins)


def similar_to(paper: Paper) -> list[DuplicateCandidate]:
    """Return the likeliest few that one paper may be the same as, it being `one` of each pair."""
    twins = _twins([paper.lookup] if hasattr(paper, "lookup") else [])
    others = Paper.objects.that_may_be(paper, found=[pk for _, pk in twins])[:LOOKED_AT]
    return _likeliest_first(((paper, other) for other in others), twins)[:SHOWN_OF_ONE]


def why(one: Paper, other: Paper) -> str:
    """Return the reason why two papers may be one, a sentence without its full stop; else empty."""
    twins = _twins(Lookup.objects.filter(paper__in=[one, other]))
    return next((pair.reason for pair in _likeliest_first([(one, other)], twins)), "")


def _likeliest_first(
    found: Iterable[tuple[Paper, Paper]], twins: Iterable[tuple[int, int]]
) -> list[DuplicateCandidate]:
    looked_up = set(map(frozenset, twins))
    pairs = [
        DuplicateCandidate(one, other, alike.reason, alike.weight)
        for one, other in dict.fromkeys(found)
        if (alike := FOUND if {one.pk, other.pk} in looked_up else likeness(one, other))
    ]
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.ids))


def _twins(lookups: Iterable[Lookup]) -> list[tuple[int, int]]:
    return [(lookup.paper_id, lookup.twin) for lookup in lookups if lookup.twin]


def _pk(paper: Paper) -> int:
    return paper.pk
