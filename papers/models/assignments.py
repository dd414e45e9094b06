"""Assignments: a member's role for a paper, with a due date; without a member, an open slot."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils import timezone

from groups.models import Group, Membership, User
from groups.models.versions import VersionedModel
from papers.models.on_list import NOT_IN_LISTS, on_a_list, on_list_of
from papers.models.reading_statuses import ReadingStatus

# Details of a paper that no assignment shows.
NOT_SHOWN = [f"paper__{name}" for name in NOT_IN_LISTS]


class SlotTaken(Exception):
    """The slot is not open any more, or the member has that role; the message says why."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_list_of(group))

    def of(self, user: User) -> Self:
        return self.filter(on_a_list(), member__user=user)

    def held_by(self, membership: Membership) -> Self:
        """Return the member's own assignments that are not done."""
        return self.filter(member=membership).not_done(membership.user)

    def of_paper(self, paper: Any) -> Self:
        return self.filter(paper=paper)

    def of_papers_or_member(self, papers: Iterable[int], membership: Membership) -> Self:
        """Those of some papers, and all of the member."""
        return self.filter(Q(paper__in=papers) | Q(member=membership))

    def open(self) -> Self:
        return self.filter(member=None, done_at=None)

    def not_done(self, viewer: User) -> Self:
        """Leave out what a member marked as done, and readers' assignments for papers they have
        read.

        The latter only as far as the viewer may know: an assignment that is gone tells what was
        read.
        """
        return self.filter(done_at=None).exclude(
            Q(role=Assignment.Role.READER) & _read_as_told_to(viewer)
        )

    def with_reading_told_to(self, viewer: User | None) -> Self:
        """Annotate `is_read`, which `is_done` asks for: whether the member has read the paper, as
        far as the viewer may know. A visitor who is no member (None) is told nothing."""
        return self.annotate(is_read=_read_as_told_to(viewer) if viewer else Value(False))

    def at_work(self) -> Self:
        """Those of groups in which something can still be done."""
        return self.filter(on_a_list(), paper__group__in=Group.objects.at_work())

    def coming_up(self, today: date) -> Self:
        """Due today or later, the soonest first; those of one paper together."""
        return self.filter(due_on__gte=today).order_by("due_on", "paper", "pk")

    def earlier(self, today: date) -> Self:
        """Due before today, the latest first."""
        return self.filter(due_on__lt=today).order_by("-due_on", "paper", "pk")

    def with_people(self) -> Self:
        return self.select_related("member__user", "paper")

    def soonest_first(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def for_list(self, viewer: User | None = None) -> Self:
        """With all that a list shows; of rows that are `not_done` no viewer has to be told more."""
        people = self.select_related("member__user", "paper").defer(*NOT_SHOWN)
        return people.with_reading_told_to(viewer).soonest_first()

    def for_home(self) -> Self:
        """With all that the home page shows of rows that are `not_done`."""
        found = self.select_related("paper__group", "member").defer(*NOT_SHOWN)
        return found.with_reading_told_to(None).soonest_first()


def _read_as_told_to(viewer: User) -> Exists:
    read = ReadingStatus.objects.gone_through().told_to(viewer)
    return Exists(read.of_paper(OuterRef("paper")).filter(user=OuterRef("member__user")))


class Assignment(VersionedModel):
    class Role(models.TextChoices):
        PRESENTER = "presenter", "Presenter"
        READER = "reader", "Reader"
        SCRIBE = "scribe", "Scribe"

        @property
        def verb(self) -> str:
            return {"presenter": "present", "reader": "read", "scribe": "take notes on"}[self.value]

    paper = models.ForeignKey("papers.Paper", models.CASCADE, related_name="assignments")
    member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    role = models.CharField(max_length=9, choices=Role, default=Role.PRESENTER)
    due_on = models.DateField("due date", null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    is_read: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "role", "member"],
                name="one_assignment_per_paper_role_and_person",
                violation_error_message="This member already has that role.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["presenter", "reader", "scribe"]),
                name="assignment_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.paper}"

    @property
    def is_open(self) -> bool:
        return self.member_id is None and self.done_at is None

    @property
    def verb(self) -> str:
        return self.Role(self.role).verb

    @property
    def is_done(self) -> bool:
        return self.done_at is not None or (self.is_read and self.role == self.Role.READER)

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today and not self.is_done

    def take(self, membership: Membership) -> None:
        """Take the open slot by one conditional update; raises SlotTaken for all but one."""
        try:
            with transaction.atomic():
                taken = (
                    Assignment.objects.open()
                    .filter(pk=self.pk)
                    .update(member=membership, version=F("version") + 1)
                )
        except IntegrityError:
            raise SlotTaken("You already have this role for this paper.") from None
        self._look_again()
        if not taken and self.member_id != membership.pk:
            holder = self.member.user.name if self.member else "Somebody else"
            raise SlotTaken(f"{holder} took this slot first.")

    def give_back(self, membership: Membership) -> None:
        """Make it an open slot again, if the member still has it."""
        own = Assignment.objects.filter(pk=self.pk, member=membership, done_at=None)
        own.update(member=None, version=F("version") + 1)
        self._look_again()

    def finish(self, membership: Membership) -> None:
        """Say that it is done; the first time counts."""
        own = Assignment.objects.filter(pk=self.pk, member=membership, done_at=None)
        own.update(done_at=timezone.now(), version=F("version") + 1)
        self._look_again()

    def _look_again(self) -> None:
        try:
            self.refresh_from_db()
        except Assignment.DoesNotExist:
            raise SlotTaken("An organizer just removed this assignment.") from None
