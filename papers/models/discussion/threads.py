"""Threads, and what each keeps of its comments."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership, Overtaken, User
from groups.models.versions import VersionedModel
from groups.validators import validate_one_line
from papers.models.discussion.comments import Comment
from papers.models.discussion.kinds import ANSWERED_KINDS, THREAD_KINDS, ThreadKind, ThreadTag
from papers.models.discussion.thread_queries import ThreadQuerySet
from papers.rendering.markdown import RENDERER, render


class ThreadClosed(Overtaken):
    """The thread was closed, or deleted, before the comment came."""


class Thread(VersionedModel):
    """One conversation in a group: about a paper, or a page of it, or about the group as such.

    A thread keeps its group and, of its comments that are not deleted, how many there are, the
    last id and the last moment, so that a list need not look at them. `reply` and `withdraw` keep
    them; `manage.py check_threads` checks them.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="threads", db_index=False)
    paper = models.ForeignKey(
        "papers.Paper", models.CASCADE, null=True, blank=True, related_name="threads"
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="threads")
    title = models.CharField(max_length=200, validators=[validate_one_line])
    kind = models.CharField(
        max_length=12, choices=ThreadKind, default=ThreadKind.DISCUSSION, blank=True
    )
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    quotation = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    pinned_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="threads_closed"
    )
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    last_comment_id = models.BigIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(null=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    new_comment_count: int
    seen_comment_id: int
    also_seen: list[int] | None
    last_new_at: datetime
    seen: int
    first_new: int
    last_shown: int | None
    news: str
    last_author: str | None
    size: int
    is_folded: bool
    path: str
    relative_path: str
    when: str
    comment_tree: list[Comment]
    on_page: object
    draft: object

    class Meta:
        indexes = [
            models.Index(fields=["group", "last_comment_id"], name="threads_by_last_comment"),
            models.Index(
                fields=["group"],
                condition=Q(kind="question", answered_at=None),
                name="open_questions",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None) | Q(paper__isnull=False), name="a_page_is_of_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["discussion", "question", "note"]), name="kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(kind="question"),
                name="only_a_question_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_at__isnull=False),
                name="who_closed_it_closed_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("papers:thread_detail", args=[self.group.slug, self.pk])

    @property
    def place_path(self) -> str:
        """Return the path of what it is about: the page of its paper, or the group's threads."""
        if self.paper_id is None:
            return reverse("papers:thread_list", args=[self.group.slug])
        return reverse("papers:paper_detail", args=[self.group.slug, self.paper_id])

    @property
    def news_path(self) -> str:
        """Return the path of what is new in it: on the page of its paper, or else on its own."""
        if self.paper_id is None:
            return self.get_absolute_url()
        return f"{self.place_path}#thread-{self.pk}"

    @property
    def waits_for_answer(self) -> bool:
        return THREAD_KINDS[self.kind].is_answered and self.answered_at is None

    @property
    def tags(self) -> list[ThreadTag]:
        """Return what is said of it beside its title."""
        row = THREAD_KINDS[self.kind]
        tags = [ThreadTag(row.label, "open" if row.is_answered else "")] if row.is_shown else []
        if self.answered_at:
            tags = [ThreadTag("Answered", "read")]
        if self.pinned_at:
            tags.append(ThreadTag("Pinned"))
        return [*tags, ThreadTag("Closed")] if self.closed_at else tags

    def is_by(self, user: User) -> bool:
        return self.author_id == user.pk

    def first_new_to(self, membership: Membership) -> Comment | None:
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

    def may_be_tended_by(self, membership: Membership) -> bool:
        """Return whether the member may close, move and divide it, and say that it is answered:
        who started it, or an organizer.
        """
        return membership.is_organizer or self.is_by(membership.user)

    def may_be_opened_by(self, membership: Membership) -> bool:
        """Return whether the member may let it be answered again: who closed it, or an
        organizer."""
        return membership.is_organizer or self.closed_by_id == membership.user_id

    def amend(self, version: int, **words: Any) -> None:
        """Change its title, kind and passage; what is no question any more has no answer.

        Raises Stale if it was changed in the meantime.
        """
        words["kind"] = words.get("kind") or self.kind
        if words["kind"] not in ANSWERED_KINDS:
            words["answered_at"] = None
        self.revise(version, **words)

    def note_answered(self, is_answered: bool) -> None:
        """Note that a question is answered, or is not; of another kind nothing is noted."""
        here = Thread.objects.filter(pk=self.pk, kind__in=ANSWERED_KINDS)
        here.update(answered_at=timezone.now() if is_answered else None)

    def pin(self, is_pinned: bool) -> None:
        here = Thread.objects.filter(pk=self.pk)
        here.update(pinned_at=timezone.now() if is_pinned else None)

    @transaction.atomic
    def close(self, by: User) -> None:
        """Let no more comments be added. An answer of this very moment comes before, or not."""
        here = Thread.objects.filter(pk=self.pk, closed_at=None)
        if here.update(closed_at=timezone.now(), closed_by=by):
            self.group.tell("moderated", by, what="closed", title=self.title)

    @transaction.atomic
    def open_again(self, by: User) -> None:
        here = Thread.objects.filter(pk=self.pk, closed_at__isnull=False)
        if here.update(closed_at=None, closed_by=None):
            self.group.tell("moderated", by, what="opened", title=self.title)

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

    def hold(self) -> None:
        """Lock it until the transaction ends, against all that changes what it keeps."""
        here = Thread.objects.filter(pk=self.pk)
        here.select_for_update(no_key=True).values_list("pk").first()

    def keep_anew(self) -> None:
        """Keep anew what it keeps of its comments. The caller holds it."""
        Thread.objects.filter(pk=self.pk).keep_anew()

    def reply(
        self,
        author: User,
        source: str,
        parent: Comment | None = None,
        *,
        html: str | None = None,
    ) -> Comment:
        """Add a comment, or a reply to one of the thread's comments.

        Raises ThreadClosed where nothing may be added. A reply to what was split off at this
        moment is in that thread. `html` is what the source renders to, where that is known: within
        a transaction it should be, since rendering takes a while.
        """
        if parent and parent.thread_id != self.pk:
            raise ValueError("A reply belongs to the thread of the comment it replies to.")
        html = render(source) if html is None else html
        with transaction.atomic(savepoint=False):
            comment = self.comments.create(
                author=author, parent=parent, source=source, html=html, renderer=RENDERER
            )
            # Two at the same moment may be kept in either order.
            is_open = Thread.objects.filter(pk=self.pk, closed_at=None).update(
                comment_count=F("comment_count") + 1,
                last_comment_id=Greatest("last_comment_id", comment.pk),
                last_comment_at=Greatest(
                    Coalesce("last_comment_at", comment.created_at), comment.created_at
                ),
            )
            if not is_open:
                raise ThreadClosed
            if parent:
                comment.follow_parent()
        return comment
