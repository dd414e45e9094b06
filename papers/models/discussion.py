"""The discussion of a paper: threads, their comments, and how much each member has seen."""

from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, Length
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership, User
from groups.models.versions import VersionedModel
from groups.validators import some_text, validate_one_line
from papers.models.on_list import on_a_list, on_list_of
from papers.rendering.markdown import LARGEST_COMMENT, RENDERER, as_written, render

COMMENT_LIMIT = 20_000  # characters
# What a page has around each comment: its head, its buttons.
COMMENT_FRAME = 1_000  # characters
# Where only the number of what is new is shown, no more than these are counted.
MOST_COUNTED = 99


class CountOfSlice(Subquery):
    """Count the rows of a sliced query, for which the database looks at no more than these."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def counted_to_99(number: int) -> str:
    """Return a number that was counted up to `MOST_COUNTED` as people read it."""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


class ThreadQuerySet(models.QuerySet["Thread"]):
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

    def with_size(self) -> Self:
        """Annotate with `size`, that of all comments on a page."""
        return self.annotate(size=Comment.objects.filter(thread=OuterRef("pk")).measured("thread"))

    def with_paper(self) -> Self:
        return self.select_related("paper__group")

    def lively_first(self) -> Self:
        return self.order_by("-last_comment_id", "-pk")

    def for_export(self) -> Self:
        return self.select_related("paper").order_by("paper_id", "pk")

    def with_news_for(self, user: User) -> Self:
        """Threads of all the person's groups in which something is new; the liveliest first.

        Annotated with `new_comment_count`, up to one more than `MOST_COUNTED`, and with the author
        and the moment of the last new comment.
        """
        threads = self.filter(on_a_list(), group__memberships__user=user).unseen_by(
            user, F("group__memberships__joined_at")
        )
        fresh = Comment.objects.fresh_in_thread(user)
        newest = fresh.order_by("-pk")
        return (
            # One comment at most is looked for in each, from the end of what was seen.
            threads.alias(first=Subquery(fresh.values("pk")[:1]))
            .filter(first__isnull=False)
            .annotate(
                new_comment_count=counted_up(fresh),
                last_author=Subquery(newest.values("author__name")[:1]),
                last_new_at=Subquery(newest.values("created_at")[:1]),
            )
            .select_related("paper__group")
            .lively_first()
        )

    def unseen_by(self, user: User, joined_at: F) -> Self:
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
        return self.update(**_kept())

    def kept_wrongly(self) -> Self:
        """Threads that keep something else than their comments and their paper say."""
        found = self.alias(**{f"right_{name}": value for name, value in _kept().items()})
        wrong = Q(last_comment_at=None, right_last_comment_at__isnull=False)
        wrong |= Q(last_comment_at__isnull=False, right_last_comment_at=None)
        for name in _kept():
            wrong |= ~Q(**{name: F(f"right_{name}")})
        return found.filter(wrong)


def _kept() -> dict[str, Any]:
    """Return what a thread keeps, by the names of its columns, as other rows say it."""
    standing = Comment.objects.standing().filter(thread=OuterRef("pk")).order_by()
    of_thread = standing.values("thread")
    paper = Thread._meta.get_field("paper").related_model._base_manager  # those set aside, too
    return {
        "group": Subquery(paper.filter(pk=OuterRef("paper")).values("group")),
        "comment_count": standing.counted("thread"),
        "last_comment_id": Coalesce(Subquery(of_thread.annotate(n=Max("pk")).values("n")), 0),
        "last_comment_at": Subquery(of_thread.annotate(n=Max("created_at")).values("n")),
    }


def counted_up(comments: "CommentQuerySet") -> CountOfSlice:
    return CountOfSlice(comments.order_by().values("pk")[: MOST_COUNTED + 1])


class Thread(VersionedModel):
    """A thread keeps its group and, of its comments that are not deleted, how many there are, the
    last id and the last moment, so that a list need not look at them. `reply` and `withdraw` keep
    them; `manage.py check_threads` checks them.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="threads", db_index=False)
    paper = models.ForeignKey("papers.Paper", models.CASCADE, related_name="threads")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="threads")
    title = models.CharField(max_length=200, validators=[validate_one_line])
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    quotation = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    last_comment_id = models.BigIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(null=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    new_comment_count: int
    seen_comment_id: int
    also_seen: "list[int] | None"
    last_new_at: datetime
    news: str
    size: int
    is_folded: bool
    path: str
    relative_path: str
    when: str
    comment_tree: "list[Comment]"
    on_page: object

    class Meta:
        indexes = [
            models.Index(fields=["group", "last_comment_id"], name="threads_by_last_comment"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("papers:thread_detail", args=[self.paper.group.slug, self.pk])

    def is_by(self, user: User) -> bool:
        return self.author_id == user.pk

    def first_new_to(self, membership: Membership) -> "Comment | None":
        return self.comments.standing().new_to(membership).order_by("pk").first()

    def is_only_by(self, user: User) -> bool:
        """Return whether the person started it and no one else has commented."""
        others = self.comments.standing().exclude(author=user)
        return self.is_by(user) and not others.exists()

    def may_be_removed_by(self, membership: Membership) -> bool:
        """Return whether the member may remove it: an organizer, or its starter while it has no
        replies.
        """
        return membership.is_organizer or self.is_only_by(membership.user)

    @transaction.atomic
    def remove(self, membership: Membership) -> bool:
        """Delete it if the member may, also with regard to an answer of this very moment.

        Its comments are held, too: what an edit or a task writes about one meanwhile would be left.
        """
        Thread.objects.select_for_update().filter(pk=self.pk).first()
        list(self.comments.select_for_update().order_by("pk").values_list("pk"))
        may = self.may_be_removed_by(membership)
        if may and self.delete()[0]:
            membership.group.tell("deleted", membership.user, what="thread", title=self.title)
        return may

    def reply(
        self,
        author: User,
        source: str,
        parent: "Comment | None" = None,
        *,
        html: str | None = None,
    ) -> "Comment":
        """Add a comment, or a reply to one of the thread's comments.

        `html` is what the source renders to, where that is known: within a transaction it should
        be, since rendering takes a while.
        """
        if parent and parent.thread_id != self.pk:
            raise ValueError("A reply belongs to the thread of the comment it replies to.")
        html = render(source) if html is None else html
        with transaction.atomic(savepoint=False):
            comment = self.comments.create(
                author=author, parent=parent, source=source, html=html, renderer=RENDERER
            )
            # Two at the same moment may be kept in either order.
            Thread.objects.filter(pk=self.pk).update(
                comment_count=F("comment_count") + 1,
                last_comment_id=Greatest("last_comment_id", comment.pk),
                last_comment_at=Greatest(
                    Coalesce("last_comment_at", comment.created_at), comment.created_at
                ),
            )
        return comment


class CommentQuerySet(models.QuerySet["Comment"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_list_of(group, "thread__paper"))

    def standing(self) -> Self:
        return self.filter(deleted_at=None)

    def new_to(self, membership: Membership) -> Self:
        """Others' comments since the member last looked at the thread; none from before joining."""
        user = membership.user
        seen = Visit.objects.of(user).filter(
            thread=OuterRef("thread"), seen_comment_id__gte=OuterRef("pk")
        )
        unseen = self.exclude(Exists(seen)).exclude(author=user)
        return unseen.filter(created_at__gt=membership.joined_at)

    def fresh_in_thread(self, user: User, thread: str = "pk") -> Self:
        """Return what is new to a person in each thread of an outer query, which names the
        `thread`, the `seen_comment_id` of the visit, and `joined_at`."""
        return (
            self.standing()
            .exclude(author=user)
            .filter(
                thread=OuterRef(thread),
                pk__gt=OuterRef("seen_comment_id"),
                created_at__gt=OuterRef("joined_at"),
            )
        )

    def counted(self, per: str) -> Coalesce:
        """Count them for each of the rows of the outer query."""
        counted = self.order_by().values(per).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    def measured(self, per: str) -> Coalesce:
        """Sum their characters of HTML for each of the same rows."""
        measured = self.order_by().values(per).annotate(n=Sum(F("html_length") + COMMENT_FRAME))
        return Coalesce(Subquery(measured.values("n")), 0)

    def of_older_renderers(self) -> Self:
        return self.standing().filter(renderer__lt=RENDERER)

    def outline(self) -> "models.QuerySet[Comment, tuple[Any, ...]]":
        """Return as values what all is known of each without its text: its id, what it replies to,
        who wrote it and when, when it was deleted, and how long it is."""
        return self.order_by("pk").values_list(
            "pk", "parent_id", "author_id", "created_at", "deleted_at", "html_length"
        )

    def for_reading(self) -> Self:
        """With their authors, and with `answered`: the name of the one that they answer."""
        return (
            self.select_related("author")
            .annotate(answered=F("parent__author__name"))
            .order_by("pk")
        )


class Comment(VersionedModel):
    """One thing said. The source is what was written; the HTML is made from it at that moment."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="comments")
    source = models.TextField(validators=[some_text])
    html = models.TextField(editable=False)
    html_length = models.GeneratedField(
        expression=Length("html"), output_field=models.PositiveIntegerField(), db_persist=True
    )
    renderer = models.PositiveSmallIntegerField(editable=False, default=RENDERER)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    depth: int
    is_new: bool
    when: str
    key: str
    relative_path: str
    answered: str | None
    above: str
    # The HTML with its mentions as links, where it has some.
    with_links = ""

    class Meta:
        indexes = [
            # All that `outline` asks, since what a row has behind its texts is far away.
            models.Index(
                fields=["thread", "deleted_at", "parent", "author", "created_at", "html_length"],
                name="comments_in_outline",
            ),
            models.Index(fields=["thread", "id"], name="comments_of_a_thread"),
        ]

    def __str__(self) -> str:
        return self.source[:60]

    def get_absolute_url(self) -> str:
        return f"{self.thread.get_absolute_url()}{where_it_is(self.pk)}"

    @property
    def shown_html(self) -> str:
        """The HTML, whose length older renderers did not bound."""
        if len(self.html) > LARGEST_COMMENT:
            return as_written(self.source)
        return self.with_links or self.html

    def is_by(self, user: User) -> bool:
        return self.author_id == user.pk

    @transaction.atomic
    def rewrite(self, source: str, version: int, *, html: str | None = None) -> None:
        """Change the text unless it was changed in the meantime, and keep what it was before.

        Raises Stale where somebody else changed it. `html` is as in `Thread.reply`.
        """
        before, written_at = self.source, self.edited_at or self.created_at
        self.revise(
            version,
            source=source,
            html=render(source) if html is None else html,
            renderer=RENDERER,
            edited_at=timezone.now(),
        )
        if source != before:
            self.earlier.create(source=before, version=version, written_at=written_at)

    def render_again(self) -> None:
        """Make the HTML anew, unless the text has changed since this row was read."""
        same = Comment.objects.filter(pk=self.pk, version=self.version)
        same.update(html=render(self.source), renderer=RENDERER)

    @transaction.atomic
    def withdraw(self, by: User) -> None:
        """Take it back: the words go for good, those of before an edit too, and the place stays
        for those who answered.

        The history tells of it where it was not the one who wrote it.
        """
        held = Thread.objects.filter(pk=self.thread_id)
        held.select_for_update(no_key=True).values_list("pk").first()
        withdrawn = (
            Comment.objects.standing()
            .filter(pk=self.pk)
            .update(source="", html="", deleted_at=timezone.now(), version=F("version") + 1)
        )
        if withdrawn:
            held.keep_anew()
        self.earlier.all().delete()
        if withdrawn and not self.is_by(by):
            thread = self.thread
            thread.paper.group.tell(
                "deleted", by, person=self.author, what="comment", title=thread.title
            )


class EarlierVersion(models.Model):
    """The words of a comment before an edit, for everyone in the group to read."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="earlier")
    # That of the comment as long as it had these words.
    version = models.PositiveIntegerField()
    source = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "version"], name="one_text_per_comment_and_version"
            ),
        ]

    def __str__(self) -> str:
        return self.source[:60]


def size_on_page(html_length: int) -> int:
    """Return the characters of HTML of a comment on a page."""
    return COMMENT_FRAME + min(html_length, LARGEST_COMMENT)


def where_it_is(pk: int | str) -> str:
    """Return the query string and fragment that lead to the comment within its thread."""
    return f"?comment={pk}#comment-{pk}"


class SeenComments(NamedTuple):
    """The comments of a thread that a person has seen: all up to one, and some behind it, by id."""

    comment_id: int
    also: list[int]


class VisitQuerySet(models.QuerySet["Visit"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def note(self, user: User, seen: dict[Thread, SeenComments]) -> None:
        """Keep how far the person has read in each thread, in one statement.

        In one order always, so that two pages of one person do not wait for each other. A thread
        that was deleted while it was being read is seen by no one.
        """
        visits = [
            Visit(
                thread=thread,
                user=user,
                seen_comment_id=seen[thread].comment_id,
                also_seen=seen[thread].also,
            )
            for thread in sorted(seen, key=lambda thread: thread.pk)
        ]
        with suppress(IntegrityError):
            self.bulk_create(
                visits,
                update_conflicts=True,
                unique_fields=["thread", "user"],
                update_fields=["seen_comment_id", "also_seen"],
            )


class Visit(models.Model):
    """The mark of how far one person has read in one thread.

    A thread may be read in pages, and an answer may be far from the comments of its time: what was
    seen behind the first unseen comment is in `also_seen`.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    seen_comment_id = models.BigIntegerField()
    also_seen = models.JSONField(default=list)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "user"], name="one_visit_per_person_and_thread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.thread}"
