"""The papers of a list that the group has already, except where someone keeps two apart."""

from collections.abc import Mapping
from functools import cached_property

from groups.models import Group
from papers.corrections.corrected import Corrected, pk_of_key
from papers.formats.core.reading_list import ListedPaper
from papers.matching.finder import Finder
from papers.models.papers import Paper


class PaperMatches:
    """Match the papers of a corrected list with those of a group."""

    def __init__(self, group: Group, corrected: Corrected) -> None:
        self.corrected = corrected
        self.finder = Finder(group, in_full=True)
        self._found: dict[str, Paper | None] = {}

    def find(self, paper: ListedPaper) -> Paper | None:
        """Return the group's paper that a paper of the list is."""
        if paper.identity not in self._found:
            for one in self.kept_apart or [paper]:
                self._found[one.identity] = self._find(one)
            if paper.identity not in self._found:
                self._found[paper.identity] = self.finder.find(paper.said)
        return self._found[paper.identity]

    def _find(self, paper: ListedPaper) -> Paper | None:
        """Return the best match that the paper is not kept apart from.

        That excludes papers of the group that someone named, and the matches of the papers of
        the list that it is kept apart from.
        """
        apart = self.corrected.apart_from(paper)
        others = [one for one in self.kept_apart if apart & set(self.corrected.keys(one))]
        found = (self._found.get(one.identity) for one in others)
        excluded = {one.pk for one in found if one}
        excluded |= self.corrected.group_papers_apart_from(paper)
        candidates = self.finder.candidates(paper.said)
        return next((one for one in candidates if one.pk not in excluded), None)

    @cached_property
    def kept_apart(self) -> list[ListedPaper]:
        """The papers of the list that someone keeps apart from another one."""
        if not self.corrected.pairs:
            return []
        return [paper for paper in self.corrected.papers if self.corrected.apart_from(paper)]

    def is_kept_apart(self, paper: ListedPaper) -> bool:
        return bool(self.corrected.pairs and self.corrected.apart_from(paper))

    def kept_apart_pairs(self, written: Mapping[str, Paper]) -> set[tuple[int, int]]:
        """Return pairs of ids of the group's papers that someone keeps apart, the lower id first.

        `written` maps the identity of each paper of the list to its row in the group.
        """
        there = {paper.pk for paper in self.finder.papers} | {one.pk for one in written.values()}
        rows: dict[str, int] = {}
        for paper in self.kept_apart:
            if row := written.get(paper.identity):
                rows |= dict.fromkeys(self.corrected.keys(paper), row.pk)
        found = set()
        for one, other in self.corrected.pairs:
            pair = sorted(rows.get(key) or pk_of_key(key) for key in (one, other))
            if pair[0] != pair[1] and there.issuperset(pair):
                found.add((pair[0], pair[1]))
        return found
