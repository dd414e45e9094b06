"""Queries over papers, and the annotations that pages need."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from groups.models import Group, Membership, User
from papers.formats.core.identity import Work, identities, page_key, title_key
from papers.formats.core.identity.loosening import variants
from papers.formats.core.reading_list import Entry
from papers.models.assignments import Assignment
from papers.models.discussion import Comment, Thread, counted_up
from papers.models.on_list import NOT_IN_LISTS
from papers.models.reading_statuses import ReadingStatus, Status
from papers.models.topics import Topic

if TYPE_CHECKING:
    from papers.models.papers import Paper

# What a reader looks for first; a preprint has no venue.
LACKING = Q(authors="") | Q(year=None) | Q(venue="", arxiv="")

MOST_MENTIONABLE = 8
MOST_WORDS_TYPED = 8


class PaperQuerySet(models.QuerySet["Paper"]):
    # Narrowing

    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def newest(self, most: int) -> Self:
        """Those that were added last, with their groups and who added them."""
        found = self.select_related("group", "added_by").defer(*NOT_IN_LISTS)
        return found.order_by("-pk")[:most]

    def known_in(self, group: Group) -> Self:
        """Those of its list, and those that were merged into one of them."""
        merged = Q(merged_into__group=group, merged_into__set_aside_at=None)
        return self.filter(Q(set_aside_at=None) | merged, group=group).order_by("pk")

    def that_share_a_key(self, group: Group, works: Iterable[Work]) -> Self:
        """Those of the group that may be one of the works: they share what these are found by.

        Answered by indexes, however many papers there are: no table is joined.
        """
        keys = {key for work in works for key in identities(work)}
        numbers = {key for key in keys if not key.startswith("title:")}
        arxiv = {key.removeprefix("arxiv:") for key in keys if key.startswith("arxiv:")}
        columns = {
            "identity": numbers,
            "page_key": numbers,
            "title_key": keys - numbers,
            "imported_key": keys - numbers,
            "arxiv": arxiv,
        }
        found = Q(pk__in=[])
        for column, wanted in columns.items():
            if wanted:
                found |= Q(**{f"{column}__in": wanted}, group=group)
        return self.filter(found).order_by("pk")

    def for_finding(self) -> Self:
        """Without what is long and tells no paper from another."""
        return self.defer("abstract", "keywords", "further")

    def merged_in(self, group: Group) -> Self:
        """Annotate with `merged_into`, the paper of the group that each became part of."""
        merged = self.filter(merged_into__group=group, merged_into__set_aside_at=None)
        return merged.select_related("merged_into__group")

    def put_back(self, group: Group) -> int:
        """Put those that were set aside back on the group's list; return how many.

        Where another paper has the identity of one by now, that one stays set aside. The caller
        holds the group.
        """
        taken = set(self.model.objects.in_group(group).values_list("identity", flat=True))
        aside = self.filter(group=group).exclude(set_aside_at=None).order_by("pk")
        back: dict[str, int] = {}
        for pk, identity in aside.values_list("pk", "identity"):
            if identity not in taken:
                back.setdefault(identity, pk)
        found = self.model.all_objects.filter(pk__in=list(back.values()))
        return found.update(set_aside_at=None, removed_by=None, merged_into=None)

    def being_read_by(self, user: User) -> Self:
        """Papers that the person is reading in their groups, the latest begun first.

        Statuses are joined once, by their index: without statistics a database would otherwise scan
        all of them for each paper.
        """
        mine = Q(statuses__user=user, statuses__status=Status.READING)
        return (
            self.filter(mine, group__in=Membership.objects.of(user).values("group"))
            .annotate(since=F("statuses__set_at"))
            .select_related("group")
            .order_by("-since")
        )

    def mentionable(self, typed: str) -> Self:
        """Return those whose title has all the words that one has typed, the likeliest first."""
        words = typed.split()[:MOST_WORDS_TYPED]
        has_all = reduce(and_, (Q(title__icontains=word) for word in words), Q())
        begins = Case(When(title__istartswith=" ".join(words), then=0), default=1)
        found = self.filter(has_all).order_by(begins, "-pk")
        return found.only("title", "authors", "year")[:MOST_MENTIONABLE]

    def shown(self, show: str, membership: Membership) -> Self:
        """Those that a filter of the list page keeps: a status, or what is assigned to me."""
        if show == "assigned":
            return self.filter(
                Exists(Assignment.objects.held_by(membership).of_paper(OuterRef("pk")))
            )
        if show in Status.values:
            return self.with_status_of(membership.user).filter(status=show)
        return self

    def in_use(self) -> Self:
        """Those with a status, an assignment or a thread."""
        with_status = Exists(ReadingStatus.objects.of_paper(OuterRef("pk")))
        assigned = Exists(Assignment.objects.of_paper(OuterRef("pk")))
        return self.filter(
            with_status | assigned | Exists(Thread.objects.filter(paper=OuterRef("pk")))
        )

    def with_any_of(self, group: Group, entries: Iterable[Entry]) -> Self:
        """Those of the list that may be one of the works by a number that is no key of theirs, or
        by their address alone: see `that_share_a_key` for DOIs, arXiv IDs and known pages.

        Indexes answer all but the addresses of works of which nothing else is known.
        """
        found = Q(pk__in=[])
        for name in ("pmid", "openalex", "semantic_scholar"):
            if said := {getattr(entry, name) for entry in entries} - {""}:
                found |= Q(**{f"{name}__in": said}, group=group)
        if isbns := {isbn for entry in entries for isbn in entry.isbn.split()}:
            contains = [Q(isbn__contains=isbn) for isbn in sorted(isbns)]
            found |= Q(reduce(or_, contains), isbn__gt="", group=group)
        if urls := {entry.url for entry in entries if not page_key(entry.url)} - {""}:
            found |= Q(url__in=urls, group=group)
        return self.filter(found).order_by("pk")

    def that_may_be(self, paper: "Paper", found: Iterable[int] = ()) -> Self:
        """Others of its list that are worth a look at whether they are the same.

        Few, and found quickly: by a number, by a spelling of the title, or by how that begins or
        ends; or `found` elsewhere. Papers marked as another one are left out.
        """
        same = Q(title__istartswith=paper.title[:12]) | Q(title__iendswith=paper.title[-12:])
        same |= Q(title_key__in={title_key(title) for title in variants(paper.title)} - {""})
        for name in ("pmid", "openalex", "doi", "arxiv", "page_key"):
            if number := getattr(paper, name):
                same |= Q(**{name: number})
        return (
            self.filter(same | Q(pk__in=found), group=paper.group_id)
            .exclude(pk=paper.pk)
            .exclude(told_from_later__second=paper)
            .exclude(told_from_earlier__first=paper)
            .defer(*NOT_IN_LISTS)
            .order_by("pk")
        )

    def to_look_up(self) -> Self:
        """Those that lack something or of which something was found, the latter first."""
        is_open = Q(lookup__state__in=["waiting", "proposed"])
        found_first = Case(When(lookup__state="proposed", then=0), default=1)
        return self.filter(LACKING | is_open).with_lookup().order_by(found_first, "pk")

    def not_asked_about(self) -> Self:
        """Those that lack a detail and were not looked up, or whose look-up failed."""
        return self.filter(LACKING, Q(lookup=None) | Q(lookup__state="failed")).order_by("pk")

    # Annotations

    def with_lookup(self) -> Self:
        return self.select_related("lookup").defer("imported")

    def with_status_of(self, user: User | None) -> Self:
        """Annotate with `status`, the person's own status."""
        return self.alias(
            mine=FilteredRelation("statuses", condition=Q(statuses__user=user))
        ).annotate(status=Coalesce(F("mine__status"), Value(Status.TO_READ.value)))

    def with_comment_counts_for(self, membership: Membership) -> Self:
        """Annotate with `comment_count`, and with how many are new to the member; a number above 99
        is any above it.

        Threads and visits are joined, and their sums are of each paper: for each paper of a list
        by itself the database would look for them again.
        """
        user = membership.user
        fresh = Comment.objects.fresh_in_thread(user, "threads")
        unseen = Q(threads__last_comment_id__gt=F("seen_comment_id"))
        unseen &= Q(threads__last_comment_at__gt=membership.joined_at)
        return self.alias(
            visit=FilteredRelation("threads__visits", condition=Q(threads__visits__user=user)),
            seen_comment_id=Coalesce(F("visit__seen_comment_id"), 0),
            joined_at=Value(membership.joined_at),
        ).annotate(
            comment_count=Coalesce(Sum("threads__comment_count"), 0),
            new_comment_count=Sum(Case(When(unseen, then=counted_up(fresh)), default=0)),
        )

    def with_reader_count(self, group: Group) -> Self:
        """Annotate with `reader_count`, the members who have read it as far as members may know."""
        read = ReadingStatus.objects.read().counted_in(group)
        return self.annotate(reader_count=read.counted_per_paper())

    def for_list(self, membership: Membership) -> Self:
        """All that a row of the list shows, but for the assignments and the readers."""
        return (
            self.with_status_of(membership.user)
            .with_comment_counts_for(membership)
            .defer(*NOT_IN_LISTS)
        )

    def for_public(self, group: Group) -> Self:
        """Annotate with what the public sees: `reader_count`, and `comment_count` if it may.

        No names, and no number that tells one.
        """
        read = ReadingStatus.objects.read().counted_outside(group)
        return self.in_group(group).annotate(
            reader_count=read.counted_per_paper(),
            comment_count=Coalesce(Sum("threads__comment_count"), 0)
            if group.shows_threads
            else Value(None, models.IntegerField()),
        )

    def for_side_by_side(self, membership: Membership) -> Self:
        """Annotate with what the merge page shows of each paper."""
        return (
            self.with_status_of(membership.user)
            .with_comment_counts_for(membership)
            .with_reader_count(membership.group)
            .prefetch_related("placements__topic", "assignments")
            .select_related("added_by")
        )

    def for_comparing(self) -> list["Paper"]:
        """Only the columns that identify papers, the oldest first."""
        details = ("title", "authors", "venue", "year", "volume", "issue", "pages", "isbn", "kind")
        numbers = ("doi", "arxiv", "pmid", "openalex", "url")
        return list(self.only(*details, *numbers, "identity", "group").order_by("pk"))

    # Changing

    @transaction.atomic(savepoint=False)
    def set_status(self, pk: int, reader: User, status: str) -> bool:
        """Set the reader's status on one of these papers; False where it is not among them.

        Setting it twice changes nothing more: `finished_at` is the moment when it first became
        *read*. The paper is locked against being set aside until the transaction ends.
        """
        held = self.filter(pk=pk).select_for_update(no_key=True)
        if not held.values_list("pk").first():
            return False
        ReadingStatus.objects.set(pk, reader, status)
        return True

    # Asking

    def identities_among(self, wanted: Iterable[str]) -> set[str]:
        """Return those of the identities that a paper has already."""
        return set(self.filter(identity__in=wanted).values_list("identity", flat=True))

    def counted_per_group(self) -> Coalesce:
        """Count them for each of the groups of the outer query."""
        return _number_of(self.filter(group=OuterRef("pk")), "group")

    def counts_for(self, membership: Membership) -> models.QuerySet[Membership, Any]:
        """Count the topics and papers of the member's group, papers in each status but *to read*,
        those assigned to the member, and those read by anybody: one row.

        Each is counted from where the fewest rows are: what the member has set from the member's
        statuses, since no row means *to read*.
        """
        group = membership.group
        read = ReadingStatus.objects.read().counted_in(group).filter(paper=OuterRef("pk"))
        mine = ReadingStatus.objects.of(membership.user).in_group(group)
        assigned = Assignment.objects.held_by(membership).in_group(group)
        statuses = {
            status.value: _number_of(mine.filter(status=status), "user")
            for status in Status
            if status != Status.TO_READ
        }
        found = self.in_group(group)
        counts = {
            **statuses,
            "papers": _number_of(found, "group"),
            "topics": _number_of(Topic.objects.in_group(group), "group"),
            "group_read": _number_of(found.filter(Exists(read)), "group"),
            "assigned": _number_of(assigned, "member", Count("paper", distinct=True)),
        }
        return Membership.objects.filter(pk=membership.pk).values(**counts)


def _number_of(rows: models.QuerySet[Any], same: str, number: Count | None = None) -> Coalesce:
    """The number of rows, which are all of the same group, person or member: by that they are
    found, since SQLite begins where it groups."""
    counted = rows.order_by().values(same).annotate(n=number or Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


_Manager = models.Manager.from_queryset(PaperQuerySet)


class OnListManager(_Manager["Paper"]):
    """Leaves out papers that were set aside."""

    def get_queryset(self) -> PaperQuerySet:
        return PaperQuerySet(self.model, using=self._db).filter(set_aside_at=None)
