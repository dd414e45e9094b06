"""Which of a group's papers a work is."""

from collections import defaultdict
from functools import cached_property

from groups.models import Group
from papers.formats.identity import Work, are_one, identities, identity
from papers.models.papers import Paper


class Finder:
    """A group's papers by all that they can be found by, as they are and as they once came."""

    def __init__(self, group: Group) -> None:
        self.group = group

    @cached_property
    def papers(self) -> list[Paper]:
        return list(Paper.objects.in_group(self.group).order_by("pk"))

    @cached_property
    def known(self) -> dict[str, list[tuple[Work, Paper]]]:
        found: dict[str, list[tuple[Work, Paper]]] = defaultdict(list)
        for paper in self.papers:
            selves: list[Work] = [paper]
            if came := paper.as_imported:
                selves.append(came)
            for work in selves:
                for key in {*identities(work), identity(work)}:
                    found[key].append((work, paper))
        return found

    def find(self, work: Work) -> Paper | None:
        """The paper that the work is, by the rule that makes two entries of a list one."""
        for key in (identity(work), *identities(work)):
            for there, paper in self.known.get(key, []):
                if are_one(key, there, work):
                    return paper
        return None
