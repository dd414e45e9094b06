"""Merges: two papers that turned out to be one, and what it takes to part them again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.models import Group, User
from papers.formats.core.reading_list.details import DETAILS
from papers.models import merge_relations
from papers.models.merge_relations import Kept
from papers.models.not_duplicates import NotDuplicate
from papers.models.papers import Paper, detail_name
from papers.models.undo_data import value_of

# How long a merge can be undone.
DAYS_TO_UNDO = 30
Versions = tuple[int, int]

GONE = "One of the two is no longer on the list: someone just merged or removed it."
CHANGED = (
    "Someone changed one of the two papers since you opened this page. Nothing was merged: "
    "compare them again."
)
TAKEN = "“{title}” is on the list and would then be the same paper. Nothing was changed."
TOO_LATE = "This was merged more than {days} days ago, so it can no longer be undone."
MERGED_ON = (
    "“{title}” was itself merged into another paper since. Undo that first; nothing was changed."
)
ONE_AGAIN = (
    "As they are now, both would be the same paper. Nothing was changed: edit “{title}” first."
)


class MergeRefused(Exception):
    """Two papers cannot be merged, or parted again, as they are now; the message says why."""


class PaperMergeQuerySet(models.QuerySet["PaperMerge"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def recent(self) -> Self:
        return self.filter(merged_at__gte=first_day_to_undo())

    def past_undoing(self) -> Self:
        return self.filter(merged_at__lt=first_day_to_undo())

    def for_list(self) -> Self:
        """Those that can be undone, the latest first."""
        people = self.select_related("survivor", "merged", "merged_by")
        return people.standing().recent().order_by("-merged_at", "-pk")

    @transaction.atomic
    def merge(
        self,
        other: Paper,
        into: Paper,
        by: User,
        chosen: Collection[str] = (),
        versions: Versions | None = None,
    ) -> "PaperMerge":
        """Make two papers of one group one: `into` stays, and takes the `chosen` details of the
        other as well as all that hangs on it.

        `versions` are those that the person saw of the two. Raises MergeRefused.
        """
        group = _group_of(into)
        group.lock()
        paper, other = _held(group, into, other)
        if versions and versions != (paper.version, other.version):
            raise MergeRefused(CHANGED)
        changes = _changes(paper, other, chosen)
        _refuse_what_is_taken(group, [paper, other], [_identity_with(paper, changes)])
        merge = self.create(group=group, survivor=paper, merged=other, merged_by=by)
        merge.kept = {
            "details": {name: [getattr(paper, name), value] for name, value in changes.items()},
            "places": merge_relations.take_placements(paper, other),
            "statuses": merge_relations.take_statuses(paper, other),
            "assignments": merge_relations.take_assignments(paper, other),
            "threads": merge_relations.take_threads(paper, other),
            "mentions": merge_relations.take_mentions(paper, other),
            "merged_before": _follow(other, paper),
        }
        merge.save(update_fields=["kept"])
        _write(other, set_aside_at=timezone.now(), merged_into=paper)
        _write(paper, **changes)
        NotDuplicate.objects.between(paper, other).delete()
        group.tell("merged", by, title=paper.title, other=other.title)
        return merge

    def forget(self) -> None:
        """Delete them for good, with the papers that they set aside."""
        aside = Paper.all_objects.exclude(set_aside_at=None)
        aside.filter(merges_into_others__in=self.standing()).delete()
        self.delete()


class PaperMerge(models.Model):
    """A paper was merged into another one. `kept` is what has to be known to undo it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="merges")
    survivor = models.ForeignKey(Paper, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Paper, models.CASCADE, related_name="merges_into_others")
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="merges")
    merged_at = models.DateTimeField(auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(null=True)
    kept = models.JSONField(
        default=dict, help_text="Rows by their ids, and their values before. Names no people."
    )

    objects = PaperMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at=None),
                name="a_paper_is_merged_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("merged")), name="no_paper_is_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.survivor}"

    @property
    def undoable_until(self) -> datetime:
        return self.merged_at + timedelta(days=DAYS_TO_UNDO)

    @transaction.atomic
    def undo(self, by: User) -> list[str] | None:
        """Part the two again; return a sentence for each thing that could not be put back, or
        None where it was undone already. Raises MergeRefused.

        Each gets back what it had. What was said, marked or written since stays with the survivor.
        """
        self.group.lock()
        if not PaperMerge.objects.standing().filter(pk=self.pk).exists():
            return None
        paper, other = self._held_apart()
        back, said = self._details_to_put_back(paper)
        known_by = [_identity_with(paper, back), other.made_identity()]
        if known_by[0] == known_by[1]:
            raise MergeRefused(ONE_AGAIN.format(title=paper.title))
        _refuse_what_is_taken(self.group, [paper, other], known_by)
        _write(paper, **back)
        _write(other, set_aside_at=None, merged_into=None)
        said += merge_relations.give_back_placements(paper, other, self.kept["places"])
        statuses, assignments, threads, mentions = (
            value_of(self.kept, key) for key in ("statuses", "assignments", "threads", "mentions")
        )
        said += merge_relations.give_back_statuses(paper, other, statuses)
        said += merge_relations.give_back_assignments(paper, other, assignments)
        said += merge_relations.give_back_threads(paper, other, threads)
        said += merge_relations.give_back_mentions(paper, other, mentions)
        followers = Paper.all_objects.filter(pk__in=self.kept["merged_before"], merged_into=paper)
        followers.update(merged_into=other)
        PaperMerge.objects.filter(pk=self.pk).update(undone_at=timezone.now(), kept={})
        self.group.tell("merged", by, title=paper.title, other=other.title, undone=True)
        return said

    def _held_apart(self) -> tuple[Paper, Paper]:
        """Return the two, as long as the one is on the list and the other is set aside."""
        held = Paper.all_objects.select_for_update().order_by("pk")
        papers = held.in_bulk([self.survivor_id, self.merged_id])
        paper, other = papers[self.survivor_id], papers[self.merged_id]
        if self.merged_at < first_day_to_undo():
            raise MergeRefused(TOO_LATE.format(days=DAYS_TO_UNDO))
        if paper.is_set_aside:
            raise MergeRefused(MERGED_ON.format(title=paper.title))
        paper.group = other.group = self.group
        return paper, other

    def _details_to_put_back(self, paper: Paper) -> tuple[Kept, list[str]]:
        """Return the survivor's details before the merge, except those edited since."""
        back, said = {}, []
        for name, (was, made) in self.kept["details"].items():
            if getattr(paper, name) == made:
                back[name] = was
            else:
                said.append(
                    f"“{paper}”: the {detail_name(name)} was edited since and stays as it is."
                )
        return back, said


def first_day_to_undo() -> datetime:
    return timezone.now() - timedelta(days=DAYS_TO_UNDO)


def _group_of(paper: Paper) -> Group:
    if paper.is_set_aside:
        raise MergeRefused(GONE)
    return paper.group


def _held(group: Group, *papers: Paper) -> list[Paper]:
    """Return the papers as they are now, locked until the transaction ends.

    Always in one order; a request that adds to one of them waits, and is answered afterwards.
    """
    held = Paper.objects.in_group(group).select_for_update().order_by("pk")
    found = held.in_bulk([paper.pk for paper in papers])
    if len(found) < len(papers):
        raise MergeRefused(f"{GONE} Nothing was merged.")
    for paper in found.values():
        paper.group = group
    return [found[paper.pk] for paper in papers]


def _changes(paper: Paper, other: Paper, chosen: Collection[str]) -> Kept:
    """Return the details that the paper takes from the other one."""
    return {
        name: getattr(other, name)
        for name in DETAILS
        if name in chosen and getattr(paper, name) != getattr(other, name)
    }


def _identity_with(paper: Paper, changes: Kept) -> str:
    changed = Paper(**{name: getattr(paper, name) for name in DETAILS} | changes)
    return changed.made_identity()


def _refuse_what_is_taken(group: Group, papers: list[Paper], known_by: Sequence[str]) -> None:
    others = Paper.objects.in_group(group).exclude(pk__in=[paper.pk for paper in papers])
    if taken := others.filter(identity__in=known_by).first():
        raise MergeRefused(TAKEN.format(title=taken.title))


def _follow(other: Paper, paper: Paper) -> list[int]:
    """Point papers merged into the other one at this one."""
    followers = Paper.all_objects.filter(merged_into=other)
    found = list(followers.order_by("pk").values_list("pk", flat=True))
    followers.update(merged_into=paper)
    return found


def _write(paper: Paper, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(paper, name, value)
    paper.version += 1
    paper.save(update_fields=[*changes, *paper.keys(), "version"])
