"""Queries of threads: which of them, in what order, and annotated with what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F, FilteredRelation, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from groups.models import Group, Membership, User
from papers.models.discussion.comments import Comment
from papers.models.discussion.counting import counted_up
from papers.models.discussion.kinds import ANSWERED_KINDS
from papers.models.discussion.visits import Visit
from papers.models.on_list import NOT_IN_LISTS, on_a_list

if TYPE_CHECKING:
    from papers.models.discussion.threads import Thread


class ThreadQuerySet(models.QuerySet["Thread"]):
    @transaction.atomic
    def start(
        self, group: Group, author: User, *, source: str, html: str | None = None, **words: Any
    ) -> "Thread":
        """Start one with its first comment; `html` is as in `Thread.reply`, `words` are of the
        thread."""
        thread = self.create(group=group, author=author, **words)
        thread.reply(author, source, html=html)
        return thread

    def in_group(self, group: Group) -> Self:
        return self.filter(on_a_list(), group=group)

    def of_paper(self, paper: Any) -> Self:
        return self.filter(paper=paper)

    def with_comment_counts_for(self, membership: Membership) -> Self:
        """Annotate with how many comments are new to the member, and what is `with_size`.

        Of a thread of several pages those in `also_seen` are counted as new until all are seen.
        """
        standing = Comment.objects.standing().filter(thread=OuterRef("pk"))
        visits = Visit.objects.of(membership.user).filter(thread=OuterRef("pk"))
        return self.with_size().annotate(
            new_comment_count=standing.new_to(membership).counted("thread"),
            seen_comment_id=Coalesce(Subquery(visits.values("seen_comment_id")), 0),
            also_seen=Subquery(visits.values("also_seen")),
        )

    def with_news_counts_for(self, membership: Membership) -> Self:
        """Annotate with `new_comment_count`, up to one more than `MOST_COUNTED`."""
        fresh = Comment.objects.fresh_in_thread(membership.user)
        return self.alias(
            visit=FilteredRelation("visits", condition=Q(visits__user=membership.user)),
            seen_comment_id=Coalesce(F("visit__seen_comment_id"), 0),
            joined_at=Value(membership.joined_at),
        ).annotate(new_comment_count=counted_up(fresh))

    def with_last_author(self) -> Self:
        """Annotate with `last_author`, the name of who wrote its last comment."""
        last = Comment.objects.filter(pk=OuterRef("last_comment_id"))
        return self.annotate(last_author=Subquery(last.values("author__name")))

    def with_size(self) -> Self:
        """With who closed each, annotated with `size`, that of all comments on a page."""
        of_each = self.select_related("closed_by")
        return of_each.annotate(
            size=Comment.objects.filter(thread=OuterRef("pk")).measured("thread")
        )

    def about_the_group(self) -> Self:
        """Those that are about no paper."""
        return self.filter(paper=None)

    def open_questions(self) -> Self:
        return self.filter(kind__in=ANSWERED_KINDS, answered_at=None)

    def with_place(self) -> Self:
        """With what each is about: its group and, if there is one, its paper."""
        left_out = (f"paper__{name}" for name in NOT_IN_LISTS)
        return self.select_related("group", "paper").defer(*left_out)

    def pinned_first(self) -> Self:
        """The pinned ones, then the liveliest."""
        return self.order_by(F("pinned_at").asc(nulls_last=True), "-last_comment_id", "-pk")

    def lively_first(self) -> Self:
        return self.order_by("-last_comment_id", "-pk")

    def for_export(self) -> Self:
        """Those about no paper first, then those of each paper."""
        return self.select_related("paper").order_by(F("paper_id").asc(nulls_first=True), "pk")

    def with_news_for(self, user: User) -> Self:
        """Threads of all the person's groups in which something is new; the liveliest first.

        Annotated with `new_comment_count`, up to one more than `MOST_COUNTED`, and with the author
        and the moment of the last new comment.
        """
        fresh = Comment.objects.fresh_in_thread(user)
        newest = fresh.order_by("-pk")
        return (
            self.unread_by(user)
            .annotate(
                new_comment_count=counted_up(fresh),
                last_author=Subquery(newest.values("author__name")[:1]),
                last_new_at=Subquery(newest.values("created_at")[:1]),
            )
            .with_place()
        )

    def among(self, keys: Iterable[int]) -> Self:
        return self.filter(pk__in=list(keys)).order_by("pk")

    def readable_by(self, user: User) -> Self:
        """Those of all the person's groups."""
        return self.filter(on_a_list(), group__memberships__user=user)

    def unread_by(self, user: User) -> Self:
        """Threads of all the person's groups in which something is new; the liveliest first.

        One comment at most is looked for in each, from the end of what was seen.
        """
        threads = self.readable_by(user).unseen_by(user, F("group__memberships__joined_at"))
        fresh = Comment.objects.fresh_in_thread(user)
        return (
            threads.alias(first=Subquery(fresh.values("pk")[:1]))
            .filter(first__isnull=False)
            .lively_first()
        )

    def among_liveliest(self, user: User, unseen: int) -> Self:
        """In each of the person's groups those up to the liveliest `unseen` that they have not seen
        to the end: of ten thousand, an index tells where these end."""
        found = self.model.objects.filter(group=OuterRef("group"))
        found = found.unseen_by(user, OuterRef("joined_at")).order_by("-last_comment_id")
        last = Subquery(found.values("last_comment_id")[unseen - 1 : unseen])
        ends = dict(Membership.objects.of(user).values_list("group", last))
        wanted = Q(group__in=[group for group, end in ends.items() if end is None])
        for group, end in ends.items():
            if end is not None:
                wanted |= Q(group=group, last_comment_id__gte=end)
        return self.filter(wanted)

    def to_catch_up(self, user: User, first: int) -> Self:
        """Annotate those `with_news_for` a person with the ids of the comment that was `seen` last,
        of the first new one, and of the last of the `first` new ones; None where there are fewer.
        """
        fresh = Comment.objects.fresh_in_thread(user).order_by("pk")
        return self.with_news_for(user).annotate(
            seen=F("seen_comment_id"),
            also_seen=F("visit__also_seen"),
            first_new=Subquery(fresh.values("pk")[:1]),
            last_shown=Subquery(fresh.values("pk")[first - 1 : first]),
        )

    def unseen_by(self, user: User, joined_at: F | OuterRef) -> Self:
        """Threads whose last comment the person has not seen, who joined the group at that moment.

        The visit is joined once, so that what is asked for each thread asks its comments alone.
        """
        return self.alias(
            joined_at=joined_at,
            visit=FilteredRelation("visits", condition=Q(visits__user=user)),
            seen_comment_id=Coalesce(F("visit__seen_comment_id"), 0),
        ).filter(last_comment_id__gt=F("seen_comment_id"), last_comment_at__gt=F("joined_at"))

    # What is kept of the comments of a thread

    def keep_anew(self) -> int:
        """Keep anew what each thread keeps of its comments and its paper; return how many."""
        return self.update(**_kept(self.model))

    def kept_wrongly(self) -> Self:
        """Threads that keep something else than their comments and their paper say."""
        found = self.alias(**{f"right_{name}": value for name, value in _kept(self.model).items()})
        wrong = Q(last_comment_at=None, right_last_comment_at__isnull=False)
        wrong |= Q(last_comment_at__isnull=False, right_last_comment_at=None)
        for name in _kept(self.model):
            wrong |= ~Q(**{name: F(f"right_{name}")})
        return found.filter(wrong)


def _kept(threads: type["Thread"]) -> dict[str, Any]:
    """Return what a thread keeps, by the names of its columns, as other rows say it."""
    standing = Comment.objects.standing().filter(thread=OuterRef("pk")).order_by()
    of_thread = standing.values("thread")
    paper = threads._meta.get_field("paper").related_model._base_manager  # those set aside, too
    return {
        "group": Coalesce(Subquery(paper.filter(pk=OuterRef("paper")).values("group")), F("group")),
        "comment_count": standing.counted("thread"),
        "last_comment_id": Coalesce(Subquery(of_thread.annotate(n=Max("pk")).values("n")), 0),
        "last_comment_at": Subquery(of_thread.annotate(n=Max("created_at")).values("n")),
    }
