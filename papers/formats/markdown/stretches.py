"""The stretches of pieces that are titles: one, or several that are each the text of a link."""

import itertools
from collections.abc import Collection, Iterable, Sequence

from papers.formats.markdown import names, titles
from papers.formats.markdown.features import VENUES, column, leads_to_paper
from papers.formats.markdown.lexicon.words import LABELS
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import BEGINNING, DATE, PEOPLE, VENUE, YEAR, Chances

DETAILS = (PEOPLE, VENUE, YEAR, DATE)
# Shorter than any name of a paper.
_SHORTEST_NAME = 3
# Labels of links are not longer.
_LONGEST_LABEL = 8


def of_titles(
    own: Sequence[Piece],
    labels: Sequence[Chances],
    chances: Sequence[float],
    header: Sequence[str],
) -> list[tuple[int, int]]:
    """Return the first and the last piece of each title. `chances` are those that a piece is of
    one."""
    return _Stretches(own, labels, chances, header).all()


class _Stretches:
    def __init__(
        self,
        own: Sequence[Piece],
        labels: Sequence[Chances],
        chances: Sequence[float],
        header: Sequence[str],
    ) -> None:
        self.own, self.labels, self.chances, self.header = own, labels, chances, header

    def all(self) -> list[tuple[int, int]]:
        asides = remarks(self.own)
        likely = [
            at for at, chance in enumerate(self.chances) if chance >= 0.5 and at not in asides
        ]
        if not all(titles.is_part(self.own[at].text) for at in likely):
            likely = [at for at in likely if not titles.is_part(self.own[at].text)]
        of_titles = self._of_titles(asides)
        if self._lead_to_papers(of_titles) and not set(likely) & set(of_titles):
            likely = []
        best = max(of_titles, key=self.chances.__getitem__)
        runs: list[list[int]] = []
        for at in likely or [best]:
            if runs and self._goes_on(runs[-1][-1], at):
                runs[-1] += range(runs[-1][-1] + 1, at + 1)
            else:
                runs.append([at])
        linked = [run for run in runs if self.own[run[0]].link is not None]
        if linked and (self._is_long(linked[0]) or self._begins_with(linked[0])):
            first, *others = linked
            runs = [first, *filter(self._is_named, others)]
        else:
            runs = [max(runs, key=self._weight)]
        return [self._stretched(run[0], run[-1]) for run in runs]

    def _of_titles(self, remarks: Collection[int]) -> Sequence[int]:
        """Return where the title is if no piece is likely one: in a column that is called so."""
        every = range(len(self.own))
        of_title = [at for at, name in enumerate(self.header) if column(name.casefold()) == "title"]
        within = [at for at in every if self.own[at].cell in of_title and at not in remarks]
        named = [at for at in within if self.own[at].text.casefold() not in LABELS]
        return named or [at for at in every if at not in remarks] or every

    def _lead_to_papers(self, pieces: Iterable[int]) -> bool:
        """Return whether they are in a column of titles, and one leads to a paper."""
        return bool(self.header) and any(leads_to_paper(self.own[at].link) for at in pieces)

    def _is_long(self, run: Sequence[int]) -> bool:
        return sum(len(self.own[at].text) for at in run) > _LONGEST_LABEL

    def _begins_with(self, run: Sequence[int]) -> bool:
        """Return whether the line begins with it, a name and no label that leads to a paper."""
        text = self.own[run[0]].text
        is_name = text[:1].isupper() and text.casefold() not in LABELS | VENUES
        is_at_paper = leads_to_paper(self.own[run[0]].link)
        return run[0] == 0 and len(run) == 1 and is_name and is_at_paper

    def _is_named(self, run: Sequence[int]) -> bool:
        """Return whether a further link is a paper: its text is more than a word and no person, or
        the name of what is at an address of papers."""
        words = [word for at in run for word in self.own[at].text.split()]
        is_known = words[0].casefold() in LABELS or len(words[0]) < _SHORTEST_NAME
        is_paper = leads_to_paper(self.own[run[0]].link)
        text = " ".join(words)
        if titles.is_part(text) or (not is_paper and names.are_names(text)):
            return False
        return len(words) > 1 or (is_paper and not is_known)

    def _weight(self, run: Sequence[int]) -> float:
        return sum(self.chances[at] * len(self.own[at].text) for at in run)

    def _goes_on(self, last: int, at: int) -> bool:
        """Return whether the piece belongs to the title that has the last one: no title crosses the
        border of a link, or of a cell, or a bar."""
        one, before = self.own[at], self.own[last]
        if one.link != before.link or one.cell != before.cell or _are_of_two_links(one, before):
            return False
        if any("|" in self.own[n].before for n in range(last + 1, at + 1)):
            return False
        begins = self.labels[at][BEGINNING]
        if at == last + 1:
            return not (begins > 0.8 and before.after[:1] == "<")
        return (at <= last + 2 and begins < 0.5) or one.run == before.run

    def _stretched(self, first: int, last: int) -> tuple[int, int]:
        """Return the title up to the marks that it is in: all text of one link, or between one pair
        of stars, but what is clearly something else."""
        one = self.own[first]

        def belongs(at: int) -> bool:
            other = max(self.labels[at][label] for label in DETAILS)
            return _are_within_one(one, self.own[at]) and (self.chances[at] > 0.08 or other < 0.5)

        while first and belongs(first - 1):
            first -= 1
        while last + 1 < len(self.own) and belongs(last + 1):
            last += 1
        return first, last


def remarks(own: Sequence[Piece]) -> set[int]:
    """Return the pieces in small letters behind several words in bold and a colon, which are a
    remark: `**Counting Bees**: a classic`."""
    if not any(one.is_bold for one in own):
        return set()
    runs = {
        one.run
        for before, one in itertools.pairwise(own)
        if before.is_bold and not one.is_bold and one.before.endswith(":")
        if len(before.text.split()) > 1 and one.text[:1].islower()
    }
    return {at for at, one in enumerate(own) if one.run in runs}


def _are_of_two_links(one: Piece, other: Piece) -> bool:
    return one.link is not None and one.link_number != other.link_number


def _are_within_one(one: Piece, other: Piece) -> bool:
    """Return whether the same link, quotation marks or stars are around both."""
    if one.link is not None:
        is_same = other.link == one.link and not _are_of_two_links(one, other)
        return is_same and other.kind != "url"
    if one.cell != other.cell or one.run != other.run:
        return False
    if one.is_quoted:
        return other.is_quoted
    is_marked = (one.is_bold and other.is_bold) or (one.is_italic and other.is_italic)
    return is_marked and not one.bracket
