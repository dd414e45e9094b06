"""The page on which one catches up: the new comments themselves, over all of one's groups.

Each part of it is bounded, so it costs the same however much is new.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from groups.models import Group, Membership, User
from groups.web.humanize import time_tag
from papers.discussion.comment_tree import as_read
from papers.discussion.mentioned import NamedIn, show_mentions
from papers.discussion.on_page import OnPage
from papers.discussion.pages import (
    PAGE_SIZE,
    prepare,
    relative_path,
)
from papers.discussion.reactions import show_reactions
from papers.models import Comment, Follow, Level, Notification, Placement, Reason, Thread
from papers.models.discussion import counted_to_99, size_on_page
from papers.models.follows import Surroundings, lines_above, parents_in

THREADS_SHOWN = 10
COMMENTS_SHOWN = 10  # of each thread
# Among so many of the liveliest, and of those that are followed, the first are chosen.
_LOOKED_AT = 100
_SEARCHED = 300
_LONGEST_EXCERPT = 140  # characters
_CALLS = (Reason.MENTIONED, Reason.REPLIED)


class CatchUpPage:
    """Threads with new comments: first where one is called on, then what one follows."""

    def __init__(self, user: User) -> None:
        self.user, self.now = user, timezone.now()
        ranked = _Ranking(user)
        self.newest = Comment.objects.newest()
        self.has_more = len(ranked.threads) > THREADS_SHOWN
        chosen = ranked.threads[:THREADS_SHOWN]
        found = Thread.objects.filter(pk__in=chosen).to_catch_up(user, COMMENTS_SHOWN)
        threads = {thread.pk: thread for thread in found}
        self.threads = [threads[pk] for pk in chosen if pk in threads]
        memberships = Membership.objects.of(user).filter(
            group__in={thread.group_id for thread in self.threads}
        )
        self.memberships = {one.group_id: one for one in memberships.select_related("group")}
        comments = self._comments()
        self.lines = [self._line(one, comments[one.pk], ranked.why(one)) for one in self.threads]

    def _comments(self) -> dict[int, list[Comment]]:
        new = Comment.objects.standing().exclude(author=self.user).shown_of(self.threads)
        by_thread: dict[int, list[Comment]] = defaultdict(list)
        for comment in new.for_reading().with_parents():
            by_thread[comment.thread_id].append(comment)
        left = PAGE_SIZE
        for thread in self.threads:
            kept = []
            for comment in by_thread[thread.pk]:
                left -= size_on_page(comment.html_length)
                if left < 0 and comment is not by_thread[self.threads[0].pk][0]:
                    break
                kept.append(comment)
            by_thread[thread.pk] = kept
        shown = [comment for comments in by_thread.values() for comment in comments]
        paths = {
            thread.pk: NamedIn.of(thread.group, self.memberships[thread.group_id])
            for thread in self.threads
        }
        show_mentions(shown, paths)
        show_reactions(shown, self.user)
        return by_thread

    def _line(self, thread: Thread, comments: list[Comment], why: str) -> "CaughtUpThread":
        membership = self.memberships[thread.group_id]
        return CaughtUpThread(thread, membership, comments, why, self.now)

    def context(self) -> dict[str, object]:
        return {
            "lines": self.lines,
            "has_more": self.has_more,
            "newest": self.newest,
            "all_shown": " ".join(line.shown for line in self.lines if line.shown),
            "section": "home",
        }


class CaughtUpThread:
    """One thread with some of its new comments, in the order of reading."""

    def __init__(
        self,
        thread: Thread,
        membership: Membership,
        comments: list[Comment],
        why: str,
        now: Any,
    ) -> None:
        self.thread, self.why = thread, why
        self.group: Group = membership.group
        self.membership = membership
        self.may_write = not self.group.is_frozen
        self.news = f"{counted_to_99(thread.new_comment_count)} new"
        self.when = time_tag(thread.last_new_at, now)
        self.left = thread.new_comment_count - len(comments)
        last = max((comment.pk for comment in comments), default=0)
        self.upto = last if self.left > 0 else thread.last_comment_id
        base = reverse("papers:list_detail", args=[self.group.slug])
        thread.path = thread.relative_path = relative_path(thread, base)
        seen = set(thread.also_seen or ())
        comments = [comment for comment in comments if comment.pk not in seen]
        thread.comment_tree = as_read(comments)
        thread.on_page = OnPage(thread.last_comment_id, 0, 0, frozenset(one.pk for one in comments))
        found = {comment.pk for comment in comments}
        for comment in comments:
            prepare(comment, now, base)
            comment.is_new = False
            if comment.parent_id and comment.parent_id not in found:
                words = " ".join((comment.answered_source or "").split())
                comment.excerpt = Truncator(words).chars(_LONGEST_EXCERPT)

    @property
    def shown(self) -> str:
        """Return the thread and the comment up to which it is shown, as `SeenForm` reads it."""
        return f"{self.thread.pk}-{self.upto}" if self.upto else ""


class _Ranking:
    """The threads to show, by id: where one is called on, what one follows, and the others.

    Follows of threads may be many, so they are asked for only of the threads that are looked at.
    """

    def __init__(self, user: User) -> None:
        self._user = user
        own = Follow.objects.of(user)
        wide = list(own.filter(thread=None))
        loud = Thread.objects.filter(~_muted(user, wide))
        followed = loud.filter(
            pk__in=own.filter(level=Level.ALL, thread__isnull=False).values("thread")
        )
        lively = [
            row
            for threads in (loud.among_liveliest(user, _SEARCHED), followed)
            for row in threads.unread_by(user).values_list("pk", "paper", "group")[:_LOOKED_AT]
        ]
        found = {pk: (paper, group) for pk, paper, group in lively}
        self._levels = _levels(user, found, wide)
        told = Notification.objects.of(user).unseen().filter(reason__in=_CALLS, thread__in=found)
        self._called = set(told.values_list("thread", flat=True))
        # In the order of the liveliest, which is kept among equals.
        self.threads = sorted(
            (pk for pk in sorted(found, key=list(found).index) if self._levels[pk] != Level.OFF),
            key=self._rank,
        )

    def _rank(self, thread: int) -> int:
        if thread in self._called:
            return 0
        return 1 if self._levels[thread] == Level.ALL else 2

    def why(self, thread: Thread) -> str:
        return ("You are called on", "You follow this", "")[self._rank(thread.pk)]


def _muted(user: User, wide: Sequence[Follow]) -> Q:
    """Match threads of which one wants to hear nothing, as far as the database can tell."""
    threads = Follow.objects.of(user).filter(thread__isnull=False)
    off = [follow for follow in wide if follow.level == Level.OFF]
    of_papers = {follow.paper_id for follow in off if follow.paper_id}
    finer = {follow.group_id for follow in wide if follow.paper_id or follow.topic_id}
    of_groups = {follow.group_id for follow in off if follow.target == "group"} - finer
    wider = Q(paper__in=of_papers) | Q(group__in=of_groups)
    return Q(pk__in=threads.filter(level=Level.OFF).values("thread")) | (
        wider & ~Q(pk__in=threads.values("thread"))
    )


def _levels(
    user: User, threads: Mapping[int, tuple[int | None, int]], wide: Sequence[Follow]
) -> dict[int, Level]:
    """Return the level that holds for each thread, given with its paper and its group."""
    of_threads = {
        follow.thread_id: follow for follow in Follow.objects.of(user).filter(thread__in=threads)
    }
    topics = _topics({paper for paper, _ in threads.values() if paper}, wide)
    found = {}
    for pk, (paper, group) in threads.items():
        around = Surroundings(pk, paper, topics.get(paper or 0, ()))
        own = [follow for follow in wide if follow.group_id == group]
        found[pk] = around.level([*own, of_threads[pk]] if pk in of_threads else own)
    return found


def _topics(papers: Iterable[int], wide: Sequence[Follow]) -> dict[int, list[list[int]]]:
    """Return for each paper the lines of its topics, where a topic is followed at all."""
    groups = {follow.group_id for follow in wide if follow.topic_id}
    if not groups:
        return {}
    placed = Placement.objects.filter(paper__in=papers, topic__group__in=groups)
    pairs = list(placed.values_list("paper", "topic"))
    lines = lines_above([topic for _, topic in pairs], parents_in(groups))
    found: dict[int, list[list[int]]] = defaultdict(list)
    for (paper, _), line in zip(pairs, lines, strict=True):
        found[paper].append(line)
    return found
