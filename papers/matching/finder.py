"""Find the paper of a group that a work is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from groups.models import Group
from papers.formats.core.identity import Work, are_one, identities, identity
from papers.models.papers import Paper


class Finder:
    """Finds papers by the rule that makes two entries of a list one: by a number or a page that
    both have, or by the title where nothing that is said tells the two apart.

    A paper is found as it is and as it was imported; one that was merged into another leads there.
    """

    def __init__(
        self, group: Group, *, about: Iterable[Work] | None = None, in_full: bool = False
    ) -> None:
        """`about` are the only works that will be asked for, which indexes then answer; without
        it all papers of the group are loaded once. `in_full` loads also what is long, for anyone
        who looks at more than which paper it is."""
        self.group = group
        if about is None:
            found = Paper.all_objects.known_in(group)
        else:
            found = Paper.all_objects.that_share_a_key(group, about)
        self.asked = found if in_full else found.for_finding()

    def find(self, said: Work, *, by_title: bool = True, but: Paper | None = None) -> Paper | None:
        """Return the paper that the work is, unless it is `but`. A title that is none, such as the
        name of a file, finds nothing: then ask without `by_title`.
        """
        for key in dict.fromkeys((identity(said), *identities(said))):
            if key.startswith("title:") and not by_title:
                continue
            for work, there in self.known.get(key, []):
                if there != but and are_one(key, work, said):
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
        return [paper for paper in self._all.values() if not paper.is_set_aside]

    @cached_property
    def _all(self) -> dict[int, Paper]:
        """The papers of the list, and those that were merged into one of them."""
        found = {paper.pk: paper for paper in self.asked}
        into = {paper.merged_into_id for paper in found.values() if paper.merged_into_id}
        if elsewhere := into - found.keys():
            survivors = Paper.objects.in_group(self.group).filter(pk__in=elsewhere).for_finding()
            found |= {paper.pk: paper for paper in survivors}
        here = {pk for pk, paper in found.items() if not paper.is_set_aside}
        return {pk: paper for pk, paper in found.items() if {pk, paper.merged_into_id} & here}

    @cached_property
    def known(self) -> dict[str, list[tuple[Work, Paper]]]:
        """The group's papers by all that they can be found by."""
        papers = self._all
        found: dict[str, list[tuple[Work, Paper]]] = defaultdict(list)
        for paper in sorted(papers.values(), key=lambda paper: paper.is_set_aside):
            there = papers[paper.merged_into_id or paper.pk]
            selves: list[Work] = [paper]
            if came := paper.as_imported:
                selves.append(came)
            for work in selves:
                for key in {*identities(work), identity(work)}:
                    found[key].append((work, there))
        return found
