"""Comments: their text, what it renders to, and which of them are new to a member."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Left, Length
from django.utils import timezone

from groups.models import Group, Membership, User
from groups.models.versions import VersionedModel
from groups.validators import some_text, validate_one_line
from papers.models.discussion.reactions import ReactionCount
from papers.models.discussion.visits import Visit
from papers.models.on_list import on_a_list
from papers.rendering.markdown import LARGEST_COMMENT, RENDERER, as_written, render

if TYPE_CHECKING:
    from papers.models.discussion.threads import Thread

COMMENT_LIMIT = 20_000  # characters
# What a page has around each comment: its head, its buttons.
COMMENT_FRAME = 1_000  # characters
# The beginning of a comment is shown above an answer that stands without it.
LONGEST_ANSWERED = 200  # characters


class CommentQuerySet(models.QuerySet["Comment"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_a_list("thread__paper"), thread__group=group)

    def elsewhere(self, pk: int, thread: int) -> "Comment | None":
        """Return that comment if it is in another thread than that one."""
        return self.filter(pk=pk).exclude(thread=thread).with_place().first()

    def with_place(self) -> Self:
        """With the thread of each, and what that is about."""
        return self.select_related("thread__group", "thread__paper")

    def newest(self) -> int:
        """Return the id of the last one there is; 0 where there is none."""
        return self.aggregate(newest=Max("pk"))["newest"] or 0

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

    def shown_of(self, threads: "Iterable[Thread]") -> Self:
        """Those of threads `to_catch_up` from the first new one to the last that is shown."""
        wanted = Q(pk=None)
        for thread in threads:
            until = Q(pk__lte=thread.last_shown) if thread.last_shown else Q()
            wanted |= Q(thread=thread, pk__gte=thread.first_new) & until
        return self.filter(wanted)

    def with_parents(self) -> Self:
        """Annotate with the beginning of what each answers, as it was written."""
        return self.annotate(answered_source=Left("parent__source", LONGEST_ANSWERED))

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

    def newest_in(self, threads: Iterable[int], most: int) -> Self:
        """Those of some threads, with what leads to them and their authors."""
        found = self.standing().filter(thread__in=list(threads))
        places = ("author", "thread__group", "thread__paper__group")
        return found.select_related(*places).order_by("-pk")[:most]

    def for_reading(self) -> Self:
        """With their authors, and with `answered`: the name of the one that they answer."""
        return (
            self.select_related("author")
            .annotate(answered=F("parent__author__name"))
            .order_by("pk")
        )


class Comment(VersionedModel):
    """One thing said. The source is what was written; the HTML is made from it at that moment."""

    thread = models.ForeignKey(
        "papers.Thread", models.CASCADE, related_name="comments", db_index=False
    )
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
    # Whether it was not its author who deleted it; and why, if that was said.
    is_removed = models.BooleanField(default=False, editable=False)
    removal_reason = models.CharField(
        max_length=200, blank=True, default="", validators=[validate_one_line]
    )

    objects = CommentQuerySet.as_manager()

    depth: int
    is_new: bool
    when: str
    key: str
    relative_path: str
    answered: str | None
    answered_source: str | None
    above: str
    # The beginning of what it answers, where that is not on the page.
    excerpt: str
    # The HTML with its mentions as links, where it has some.
    with_links = ""
    reacted: Sequence[ReactionCount] = ()

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

    def hold_thread(self) -> "Thread":
        """Lock the thread that it is in at this moment until the transaction ends; return it."""
        while True:
            held = self.thread_id
            self.thread.hold()
            self.refresh_from_db(fields=["thread"])
            if self.thread_id == held:
                return self.thread

    def follow_parent(self) -> None:
        """Go to the thread of the comment that it replies to, if that was split off meanwhile.

        The caller holds the thread that it is in, from which nothing is split off now.
        """
        parents = Comment.objects.filter(pk=self.parent_id or 0).values_list("thread_id", flat=True)
        while (found := parents.get()) != self.thread_id:
            before = self.thread
            Comment.objects.filter(pk=self.pk).update(thread=found)
            self.refresh_from_db(fields=["thread"])
            self.thread.hold()
            before.keep_anew()
            self.thread.keep_anew()

    def render_again(self) -> None:
        """Make the HTML anew, unless the text has changed since this row was read."""
        same = Comment.objects.filter(pk=self.pk, version=self.version)
        same.update(html=render(self.source), renderer=RENDERER)

    @transaction.atomic
    def withdraw(self, by: User, reason: str = "") -> bool:
        """Take it back: the words go for good, those of before an edit too, and the place stays
        for those who answered.

        Where it was not the one who wrote it, the place says so, with the reason, and the history
        tells of it. Return whether it was still there.
        """
        is_removed = not self.is_by(by)
        thread = self.hold_thread()
        withdrawn = (
            Comment.objects.standing()
            .filter(pk=self.pk)
            .update(
                source="",
                html="",
                deleted_at=timezone.now(),
                is_removed=is_removed,
                removal_reason=reason if is_removed else "",
                version=F("version") + 1,
            )
        )
        if withdrawn:
            thread.keep_anew()
        self.earlier.all().delete()
        self.reactions.all().delete()
        if withdrawn and is_removed:
            thread.group.tell("deleted", by, person=self.author, what="comment", title=thread.title)
        return bool(withdrawn)


def size_on_page(html_length: int) -> int:
    """Return the characters of HTML of a comment on a page."""
    return COMMENT_FRAME + min(html_length, LARGEST_COMMENT)


def where_it_is(pk: int | str) -> str:
    """Return the query string and fragment that lead to the comment within its thread."""
    return f"?comment={pk}#comment-{pk}"
