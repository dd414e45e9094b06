"""What the plain twin asks the database for, by the ORM."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from groups.models import Group, Membership
from papers.models import Assignment, Comment, Paper, Placement, Thread, Topic, Visit
from papers.models.reading_statuses import ReadingStatus

DONE_BY = ["skimmed", "read"]
LONG = ["abstract", "keywords", "further", "imported", "filled"]


def number_of(rows: QuerySet, per: str) -> Coalesce:
    counted = rows.order_by().values(per).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def new_comments(membership: Membership) -> QuerySet:
    seen = Visit.objects.filter(
        user=membership.user, thread=OuterRef("thread"), seen_comment_id__gte=OuterRef("pk")
    )
    return (
        Comment.objects.filter(deleted_at=None, created_at__gt=membership.joined_at)
        .exclude(author=membership.user)
        .exclude(Exists(seen))
    )


def shown_statuses(group: Group) -> QuerySet:
    members = Membership.objects.filter(group=group, user=OuterRef("user"))
    return ReadingStatus.objects.filter(Exists(members.filter(status_shown="by_name")))


def counted_statuses(group: Group) -> QuerySet:
    members = Membership.objects.filter(group=group, user=OuterRef("user"))
    return ReadingStatus.objects.filter(Exists(members.exclude(status_shown="hidden")))


def papers_for(membership: Membership) -> QuerySet:
    """Papers with all that a row shows."""
    mine = ReadingStatus.objects.filter(user=membership.user, paper=OuterRef("pk"))
    comments = Comment.objects.filter(deleted_at=None, thread__paper=OuterRef("pk"))
    read = counted_statuses(membership.group).filter(status="read", paper=OuterRef("pk"))
    readers = shown_statuses(membership.group).filter(status="read").select_related("user")
    return (
        Paper.objects.filter(group=membership.group)
        .annotate(
            my_status=Coalesce(Subquery(mine.values("status")[:1]), Value("to_read")),
            comment_total=number_of(comments, "thread__paper"),
            new_total=number_of(
                new_comments(membership).filter(thread__paper=OuterRef("pk")), "thread__paper"
            ),
            read_total=number_of(read, "paper"),
        )
        .defer(*LONG)
        .prefetch_related(
            Prefetch("statuses", readers.order_by("-finished_at", "pk"), to_attr="read_by"),
            Prefetch("assignments", assignments_to_do(membership.user), to_attr="to_do"),
        )
    )


def assignments_to_do(user: AbstractBaseUser) -> QuerySet:
    read = ReadingStatus.objects.filter(
        paper=OuterRef("paper"), user=OuterRef("member__user"), status__in=DONE_BY
    )
    return (
        Assignment.objects.filter(done_at=None)
        .exclude(Q(role="reader") & Exists(read))
        .select_related("member__user")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def topics_of(membership: Membership) -> QuerySet:
    placed = Placement.objects.filter(topic=OuterRef("pk"))
    mine = {"paper__statuses__user": membership.user}
    return (
        Topic.objects.filter(group=membership.group)
        .annotate(
            paper_total=number_of(placed, "topic"),
            read_total=number_of(placed.filter(**mine, paper__statuses__status="read"), "topic"),
            reading_total=number_of(
                placed.filter(**mine, paper__statuses__status="reading"), "topic"
            ),
        )
        .order_by("position", "pk")
    )


def counts_for(membership: Membership) -> dict[str, int]:
    papers = Paper.objects.filter(group=membership.group)
    mine = ReadingStatus.objects.filter(user=membership.user, paper__group=membership.group)
    counts = dict(mine.order_by().values_list("status").annotate(Count("pk")))
    read = counted_statuses(membership.group).filter(status="read", paper__group=membership.group)
    assigned = assignments_to_do(membership.user).filter(
        member=membership, paper__group=membership.group
    )
    return counts | {
        "papers": papers.count(),
        "group_read": read.values("paper").distinct().count(),
        "assigned": assigned.values("paper").distinct().count(),
    }


def threads_with_news(user: AbstractBaseUser, **narrowed: object) -> QuerySet:
    visits = Visit.objects.filter(thread=OuterRef("thread"), user=user)
    fresh = (
        Comment.objects.filter(deleted_at=None, thread=OuterRef("pk"))
        .exclude(author=user)
        .exclude(Exists(visits.filter(seen_comment_id__gte=OuterRef("pk"))))
        .filter(
            Exists(
                Membership.objects.filter(
                    user=user,
                    group=OuterRef("thread__paper__group"),
                    joined_at__lt=OuterRef("created_at"),
                )
            )
        )
    )
    last = fresh.order_by("-pk")
    return (
        Thread.objects.filter(paper__set_aside_at=None, **narrowed)
        .annotate(
            new_total=number_of(fresh, "thread"),
            last_pk=Subquery(last.values("pk")[:1]),
            last_author=Subquery(last.values("author__name")[:1]),
            last_at=Subquery(last.values("created_at")[:1]),
        )
        .filter(new_total__gt=0)
        .select_related("paper__group")
        .order_by("-last_pk")
    )


def threads_for(membership: Membership) -> QuerySet:
    comments = Comment.objects.filter(deleted_at=None, thread=OuterRef("pk"))
    visits = Visit.objects.filter(user=membership.user, thread=OuterRef("pk"))
    return Thread.objects.filter(paper__group=membership.group, paper__set_aside_at=None).annotate(
        comment_total=number_of(comments, "thread"),
        seen=Coalesce(Subquery(visits.values("seen_comment_id")[:1]), 0),
        last_pk=Coalesce(Subquery(comments.order_by("-pk").values("pk")[:1]), 0),
    )
