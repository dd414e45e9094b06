"""Which paper of a group a work is."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from groups.models import Group
from papers.formats.identity import Work, are_one, identities, identity
from papers.models.papers import Paper


class Finder:
    """Finds papers by the rule that makes two entries of a list one: by a number that both have,
    or by the title where nothing that is said tells the two apart.

    A paper is found as it is and as it was imported; one that was merged into another leads there.
    """

    def __init__(self, group: Group, *, in_full: bool = False) -> None:
        """`in_full` loads also what is long, for whoever looks at more than which paper it is."""
        known = Paper.objects.known_in(group)
        self.asked = known if in_full else known.for_finding()

    def find(self, said: Work) -> Paper | None:
        for key in (identity(said), *identities(said)):
            for work, there in self.known.get(key, []):
                if are_one(key, work, said):
                    return there
        return None

    def candidates(self, said: Work) -> Iterator[Paper]:
        """All papers that the work may be by that rule, the surest first."""
        for key in (identity(said), *identities(said)):
            for work, there in self.known.get(key, []):
                if are_one(key, work, said):
                    yield there

    @cached_property
    def papers(self) -> list[Paper]:
        """Those that are on the list."""
        return [paper for paper in self._all.values() if paper.group_id]

    @cached_property
    def _all(self) -> dict[int, Paper]:
        return {paper.pk: paper for paper in self.asked}

    @cached_property
    def known(self) -> dict[str, list[tuple[Work, Paper]]]:
        """The group's papers by all that they can be found by."""
        papers = self._all
        found: dict[str, list[tuple[Work, Paper]]] = defaultdict(list)
        for paper in sorted(papers.values(), key=lambda paper: paper.group_id is None):
            there = papers[paper.merged_into_id or paper.pk]
            selves: list[Work] = [paper]
            if came := paper.as_imported:
                selves.append(came)
            for work in selves:
                for key in {*identities(work), identity(work)}:
                    found[key].append((work, there))
        return found
