"""The page of two papers that may be one: what each says, and what hangs on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.forms.utils import ErrorList
from django.http import Http404

from groups.models import Group, Membership
from papers.duplicates.forms import OTHER, THIS, MergeForm, shown_value
from papers.formats.core.reading_list.details import DETAILS
from papers.matching.duplicate_candidates import why
from papers.models import NotDuplicate, Paper
from papers.models.papers import detail_label


@dataclass(frozen=True, slots=True)
class MergeSide:
    """The value of a detail in one of the two papers, and whether it is the one chosen."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A detail with both sides; where they say the same there is nothing to choose."""

    name: str
    label: str
    sides: Sequence[MergeSide]
    differs: bool
    errors: ErrorList | None


class MergePage:
    """`paper` is the one that would stay, and `other` the one that would become part of it."""

    def __init__(self, membership: Membership, pk: int, other: int) -> None:
        self.membership = membership
        papers = Paper.objects.in_group(membership.group).for_side_by_side(membership)
        self.paper, self.other = both_of(papers.in_bulk([pk, other]), pk, other)
        self.form = MergeForm(self.paper, self.other)

    def context(self) -> dict[str, object]:
        paper, other = self.paper, self.other
        return {
            "paper": paper,
            "other": other,
            "form": self.form,
            "reason": why(paper, other),
            "is_not_duplicate": NotDuplicate.objects.between(paper, other).exists(),
            "rows": list(self.rows()),
            "section": "list",
        }

    def rows(self) -> Iterator[MergeRow]:
        for name in DETAILS:
            texts = [shown_value(paper, name) for paper in (self.paper, self.other)]
            if not any(texts):
                continue
            differs = name in self.form.fields
            chosen = self.form[name].value() if differs else THIS
            sides = [
                MergeSide(value, text, is_chosen=value == chosen)
                for value, text in zip((THIS, OTHER), texts, strict=True)
            ]
            yield MergeRow(name, detail_label(name), sides, differs, self.form.errors.get(name))


def pair_of(group: Group, pk: int, other: int) -> tuple[Paper, Paper]:
    """Two papers of a group, either of which may have been merged meanwhile."""
    return both_of(Paper.all_objects.known_in(group).in_bulk([pk, other]), pk, other)


def both_of(papers: dict[int, Paper], pk: int, other: int) -> tuple[Paper, Paper]:
    if len(papers) < 2:
        raise Http404
    return papers[pk], papers[other]
