"""The talk about a paper as one member sees it, and what of it is new to them; or as a guest."""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership
from groups.moments import time_tag
from papers.conversation import as_read
from papers.models import Comment, Thread, Visit

# A longer thread is folded on the paper's page and read on its own.
LONGEST_OPEN_THREAD = 30


class Talk:
    """Some threads with their comments, each in the order in which it is read.

    Comments are shown by the hundred, so what a template would make of each is made here, once.
    """

    def __init__(
        self,
        threads: Iterable[Thread],
        group: Group,
        membership: Membership | None = None,
        *,
        unfolded: bool = False,
    ) -> None:
        """The threads come `with_talk_for` the member, or for guests, to whom nothing is new,
        `with_talk`.
        """
        self.membership = membership
        self.path = reverse("papers:list_detail", args=[group.slug])
        self.threads = list(threads)
        for thread in self.threads:
            thread.path = f"{self.path}threads/{thread.pk}/"
            thread.is_folded = not unfolded and thread.comment_count > LONGEST_OPEN_THREAD
        self._bring_comments([thread for thread in self.threads if not thread.is_folded])

    def _bring_comments(self, threads: list[Thread]) -> None:
        said: dict[int, dict[int, Comment]] = defaultdict(dict)
        for comment in Comment.objects.in_threads(threads).for_reading():
            said[comment.thread_id][comment.pk] = comment
        now = timezone.now()
        for thread in threads:
            comments = said[thread.pk]
            for comment in comments.values():
                comment.key = str(comment.pk)
                comment.path = f"{self.path}comments/{comment.key}/"
                comment.when = time_tag(comment.created_at, now)
                comment.is_new = self._is_new(comment, thread)
                parent = comments.get(comment.parent_id or 0)
                comment.answered = parent.author.name if parent and parent.author else ""
            thread.conversation = as_read(comments.values())

    def _is_new(self, comment: Comment, thread: Thread) -> bool:
        return (
            self.membership is not None
            and comment.pk > thread.seen_comment_id
            and not comment.is_by(self.membership.user)
            and comment.created_at > self.membership.joined_at
        )

    @property
    def new_comment_count(self) -> int:
        return sum(thread.new_comment_count for thread in self.threads)

    def note_visit(self) -> None:
        """From now on what is shown here is not new to the member any more."""
        if self.membership is None:
            return
        seen = {
            thread: thread.last_comment_id
            for thread in self.threads
            if thread.new_comment_count and not thread.is_folded
        }
        if seen:
            Visit.objects.note(self.membership.user, seen)


def with_moments(threads: Iterable[Thread]) -> list[Thread]:
    """Threads with news, each with the moment of the last as people read it."""
    now = timezone.now()
    found = list(threads)
    for thread in found:
        thread.when = time_tag(thread.last_comment_at, now)
    return found
