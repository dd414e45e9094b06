"""Reading statuses: one person's own status on one paper, and who else may see it.

Each member decides for each group (`Membership.status_shown`) how the others see what they have
read. Whatever others get to see of it, be it a name, a number, or an assignment that is gone
because it is done, is asked for by one of the questions under *Who may learn of it* below, and by
nothing else. They do not look at who asks: in what all share, everyone sees of themselves what the
others see.
"""

from typing import Any, NamedTuple, Self

from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, Now, RowNumber
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from groups.models import Group, Membership, User
from groups.models.people import colour_of, initials_of
from papers.models.on_list import on_a_list, on_list_of

READERS_OF_A_ROW = 3
LATEST_FIRST = (F("finished_at").desc(nulls_last=True), "pk")
# In a group of two, a number names the other one.
TOO_FEW_TO_COUNT = 2


class Status(models.TextChoices):
    TO_READ = "to_read", "To read"
    READING = "reading", "Reading"
    SKIMMED = "skimmed", "Skimmed"
    READ = "read", "Read"
    SKIPPED = "skipped", "Skipped"

    @property
    def next(self) -> "Status":
        """The status that one press sets."""
        return TRAITS[self].next

    @property
    def rank(self) -> int:
        """Of two statuses of one person, merging papers keeps the one of higher rank."""
        return TRAITS[self].rank

    @property
    def completes_reading(self) -> bool:
        """Return whether a reader's assignment is done with it."""
        return TRAITS[self].completes_reading


class Traits(NamedTuple):
    next: Status
    rank: int
    completes_reading: bool


# What follows from a status. Its icon is #disc-<value> of the sprite; all look alike but for that,
# unless statuses.css has a colour for .status-pill--<value>.
TRAITS = {
    Status.TO_READ: Traits(next=Status.READING, rank=0, completes_reading=False),
    Status.READING: Traits(next=Status.READ, rank=2, completes_reading=False),
    Status.SKIMMED: Traits(next=Status.TO_READ, rank=3, completes_reading=True),
    Status.READ: Traits(next=Status.TO_READ, rank=4, completes_reading=True),
    Status.SKIPPED: Traits(next=Status.TO_READ, rank=1, completes_reading=False),
}


class Reader(NamedTuple):
    """Somebody who has read a paper. Lists have hundreds, so no rows are made.

    `reader_count` is the number of all who have, as far as members may know; the name may be shown
    where it `is_shown`.
    """

    paper_id: int
    reader_count: int
    is_shown: bool
    pk: int
    name: str
    chosen_colour: int | None

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def colour(self) -> int:
        return colour_of(self.pk, self.chosen_colour)


class ReadingStatusQuerySet(models.QuerySet["ReadingStatus"]):
    def set(self, paper: int, user: User, status: str) -> None:
        """Set a person's status on a paper, in one statement. The caller holds the paper."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        finished_at = now if status == Status.READ else None
        with connection.cursor() as cursor:
            # A status that is set once more stays as it was, with its moments: the first press
            # counts. The same on SQLite and on PostgreSQL.
            cursor.execute(
                """
                INSERT INTO papers_readingstatus (paper_id, user_id, status, set_at, finished_at)
                VALUES (%s, %s, %s, %s, %s)
                ON CONFLICT (paper_id, user_id) DO UPDATE
                SET status = excluded.status, set_at = excluded.set_at,
                    finished_at = excluded.finished_at
                WHERE papers_readingstatus.status <> excluded.status
                """,
                [paper, user.pk, status, now, finished_at],
            )

    def of(self, user: User) -> Self:
        return self.filter(on_a_list(), user=user)

    def in_group(self, group: Group) -> Self:
        return self.filter(on_list_of(group))

    # Who may learn of it

    def shown_by_name(self, group: Group) -> Self:
        """Statuses that members see by name; a former member's is seen by no one."""
        return self._of_members(group, Q(status_shown=Membership.StatusShown.BY_NAME))

    def counted_in(self, group: Group) -> Self:
        """Statuses that a count for members may include: all but the hidden ones.

        A member who wants to be counted only is not even that in a group of two.
        """
        counted = Q(status_shown=Membership.StatusShown.COUNTED) & _has_enough_to_count(group)
        return self._of_members(group, Q(status_shown=Membership.StatusShown.BY_NAME) | counted)

    def counted_outside(self, group: Group) -> Self:
        """Return what a number shown to the public may hold. No status is shown to them by name."""
        shown = [Membership.StatusShown.BY_NAME, Membership.StatusShown.COUNTED]
        return self._of_members(group, Q(status_shown__in=shown) & _has_enough_to_count(group))

    def _of_members(self, group: Group, shown: Q) -> Self:
        members = Membership.objects.in_group(group).filter(shown)
        return self.filter(Exists(members.filter(user=OuterRef("user"))))

    def told_to(self, user: User) -> Self:
        """Statuses that one person may see by name: their own, and those shown by name."""
        shown = Membership.objects.showing_by_name().filter(
            group=OuterRef("paper__group"), user=OuterRef("user")
        )
        return self.filter(Q(user=user) | Exists(shown))

    # Narrowing

    def of_paper(self, paper: object) -> Self:
        return self.filter(paper=paper)

    def begun(self) -> Self:
        return self.exclude(status=Status.TO_READ)

    def read(self) -> Self:
        return self.filter(status=Status.READ)

    def gone_through(self) -> Self:
        """With these a reader's assignment is done."""
        return self.filter(status__in=[one for one in Status if one.completes_reading])

    def counted_by_group(self) -> "models.QuerySet[ReadingStatus, Any]":
        """Count them by `status` and `group`, as `n`."""
        return self.values("status", group=F("paper__group")).annotate(n=Count("pk")).order_by()

    # Annotating

    def counted_per_paper(self) -> Coalesce:
        """Count them for each of the papers of the outer query."""
        counted = self.filter(paper=OuterRef("pk")).order_by().values("paper")
        return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)

    def with_people(self) -> Self:
        return self.select_related("user").order_by(*LATEST_FIRST)

    def last_readers(self, group: Group) -> "models.QuerySet[ReadingStatus, tuple[Any, ...]]":
        """Find who has read each paper, as values for `Reader`.

        Return the last few of each paper: those shown by name first, the latest before the others.
        Readers who are only counted come after them, so that a paper read by them alone has its
        `reader_count`, too.
        """
        by_name = Membership.objects.in_group(group).showing_by_name()
        read = self.read().counted_in(group)
        read = read.annotate(is_shown=Exists(by_name.filter(user=OuterRef("user"))))
        order = (F("is_shown").desc(), *LATEST_FIRST)
        ranked = read.annotate(
            rank=Window(RowNumber(), partition_by="paper", order_by=order),
            reader_count=Window(Count("pk"), partition_by="paper"),
        )
        last = ranked.filter(rank__lte=READERS_OF_A_ROW).order_by(*order)
        return last.values_list(
            "paper_id", "reader_count", "is_shown", "user_id", "user__name", "user__chosen_colour"
        )


def _has_enough_to_count(group: Group) -> Q:
    members = Membership.objects.in_group(group).order_by().values("group")
    return Q(GreaterThan(Subquery(members.annotate(n=Count("pk")).values("n")), TOO_FEW_TO_COUNT))


class ReadingStatus(models.Model):
    """No row means *to read*. The moment of finishing is there exactly when it is read."""

    paper = models.ForeignKey("papers.Paper", models.CASCADE, related_name="statuses")
    user = models.ForeignKey(User, models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=8, choices=Status, default=Status.TO_READ)
    finished_at = models.DateTimeField(null=True)
    set_at = models.DateTimeField(db_default=Now())

    objects = ReadingStatusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reading statuses"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "user"], name="one_status_per_person_and_paper"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="status_is_known"),
            models.CheckConstraint(
                condition=Q(status="read", finished_at__isnull=False)
                | ~Q(status="read") & Q(finished_at=None),
                name="finished_exactly_when_read",
            ),
        ]
        indexes = [
            models.Index("user", "status", name="statuses_of_a_person"),
            models.Index("paper", "user", condition=Q(status="read"), name="readers_of_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_status_display()}"
