"""The discussion of a paper as a member sees it, with what is new, or as the public does."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership
from groups.web.humanize import time_tag
from papers.discussion import queries
from papers.discussion.comment_tree import Place, as_read, in_pages
from papers.discussion.drafts import drafts_of
from papers.discussion.mentioned import NamedIn, show_mentions
from papers.discussion.on_page import OnPage
from papers.discussion.reactions import show_reactions
from papers.models import Comment, DraftKind, Notification, Thread, Visit
from papers.models.discussion import SeenComments, counted_to_99, where_it_is

# A longer thread is folded on the paper's page and read on its own.
LONGEST_OPEN_THREAD = 30  # comments
LARGEST_OPEN_THREAD = 150_000  # characters of HTML
# Of comments on one page, so that no page is above 2 MB whatever is in them.
PAGE_SIZE = 300_000  # characters of HTML
MOST_ALSO_SEEN = 2_000
# What leads to the group from the page of a thread or a paper.
BASE = "../../"


class DiscussionPage:
    """Threads with their comments in reading order; long threads are folded.

    Comments are shown by the hundred, so what a template would compute for each is computed here.
    """

    def __init__(
        self, threads: Iterable[Thread], group: Group, membership: Membership | None = None
    ) -> None:
        """Take threads that are `with_comment_counts_for` the member; for the public, to whom
        nothing is new, `with_size`.
        """
        self._begin(threads, group, membership)
        left = PAGE_SIZE
        for thread in self.threads:
            thread.is_folded = thread.comment_count > LONGEST_OPEN_THREAD or thread.size > min(
                left, LARGEST_OPEN_THREAD
            )
            left -= 0 if thread.is_folded else thread.size
        opened = {thread.pk: thread for thread in self.threads if not thread.is_folded}
        said: dict[int, list[Comment]] = defaultdict(list)
        fetched = queries.COMMENTS_OF_THREADS.fetch(keys=opened)
        show_mentions(fetched, self.named_in)
        show_reactions(fetched, membership.user if membership else None)
        self._show_drafts(opened.values())
        for comment in fetched:
            self._prepare(comment, opened[comment.thread_id])
            said[comment.thread_id].append(comment)
        for thread in opened.values():
            thread.comment_tree = as_read(said[thread.pk])
            thread.on_page = OnPage.of(thread.comment_tree, said[thread.pk])

    def _begin(
        self, threads: Iterable[Thread], group: Group, membership: Membership | None
    ) -> None:
        self.membership, self.group = membership, group
        self.now = timezone.now()
        self.path = reverse("papers:list_detail", args=[group.slug])
        self.named_in = NamedIn.of(group, membership)
        self.threads = list(threads)
        self.also_seen: dict[int, set[int]] = {}
        for thread in self.threads:
            thread.path = f"{self.path}threads/{thread.pk}/"
            thread.relative_path = relative_path(thread)
            if membership:
                self.also_seen[thread.pk] = set(thread.also_seen or ())

    def _show_drafts(self, threads: Iterable[Thread]) -> None:
        """Let each thread have what the member has begun to write in it."""
        shown = {thread.pk: thread for thread in threads if not thread.closed_at}
        if shown and self.membership and not self.group.is_frozen:
            for pk, draft in drafts_of(self.membership, DraftKind.THREAD, shown).items():
                shown[pk].draft = draft

    def _prepare(self, comment: Comment, thread: Thread) -> None:
        prepare(comment, self.now)
        comment.is_new = self._is_new(comment, thread)

    def _is_new(self, comment: Comment | Place, thread: Thread) -> bool:
        return (
            self.membership is not None
            and comment.pk > thread.seen_comment_id
            and comment.pk not in self.also_seen[thread.pk]
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
            thread: self.seen_in(thread)
            for thread in self.threads
            if thread.new_comment_count and not thread.is_folded
        }
        changed = {
            thread: now
            for thread, now in seen.items()
            if now != SeenComments(thread.seen_comment_id, thread.also_seen or [])
        }
        if changed:
            Visit.objects.note(self.membership.user, changed)
            Notification.objects.of(self.membership.user).about(changed).note_seen()

    def seen_in(self, thread: Thread) -> SeenComments:
        """Return what the member has seen of the thread."""
        return SeenComments(thread.last_comment_id, [])


class ThreadPage(DiscussionPage):
    """One thread, or of a long one the page that is asked for, by its number or by a comment."""

    def __init__(
        self,
        thread: Thread,
        group: Group,
        membership: Membership | None = None,
        *,
        number: int = 1,
        comment: int | None = None,
    ) -> None:
        self._begin([thread], group, membership)
        self.thread = thread
        thread.is_folded = False
        self.outline = queries.outline_of(thread)
        self.pages = in_pages(self.outline, PAGE_SIZE)
        self.number = min(number, len(self.pages)) if comment is None else self._page_of(comment)
        places = {place.pk: place for place in self.pages[self.number - 1]}
        shown = {comment.pk: comment for comment in queries.COMMENTS.fetch(keys=places)}
        show_mentions(shown.values(), self.named_in)
        show_reactions(shown.values(), membership.user if membership else None)
        self._show_drafts([thread])
        for found in shown.values():
            self._prepare(found, thread)
            found.depth = places[found.pk].depth
            if found.depth and found.parent_id not in places:
                found.above = f"{thread.relative_path}{where_it_is(found.parent_id or 0)}"
        thread.comment_tree = [shown[pk] for pk in places if pk in shown]
        thread.on_page = OnPage.of(thread.comment_tree, self.outline)
        self.shown = shown
        if membership:
            thread.new_comment_count = len(self.new)

    def _page_of(self, comment: int) -> int:
        """Return the number of the page with the comment; of one that is gone, with the one before
        it.
        """
        pages = {place.pk: n for n, page in enumerate(self.pages, start=1) for place in page}
        before = [pk for pk in pages if pk <= comment]
        return pages[max(before)] if before else 1

    @cached_property
    def new(self) -> list[int]:
        """The ids of what is new to the member in the whole thread."""
        return [
            place.pk
            for place in self.outline
            if place.deleted_at is None and self._is_new(place, self.thread)
        ]

    @property
    def new_elsewhere(self) -> list[int]:
        return [pk for pk in self.new if pk not in self.shown]

    def seen_in(self, thread: Thread) -> SeenComments:
        last = min([thread.last_comment_id, *(pk - 1 for pk in self.new_elsewhere)])
        seen = (self.also_seen[thread.pk] | set(self.new)) - set(self.new_elsewhere)
        return SeenComments(last, sorted(pk for pk in seen if pk > last)[:MOST_ALSO_SEEN])

    @property
    def previous_path(self) -> str:
        return f"{self.thread.path}?page={self.number - 1}" if self.number > 1 else ""

    @property
    def next_path(self) -> str:
        return f"{self.thread.path}?page={self.number + 1}" if self.number < len(self.pages) else ""

    def context(self) -> dict[str, object]:
        elsewhere = self.new_elsewhere
        return {
            "thread": self.thread,
            "paper": self.thread.paper,
            "section": section_of(self.thread),
            "part": self if len(self.pages) > 1 else None,
            "next_new_path": f"{self.thread.path}{where_it_is(min(elsewhere))}"
            if elsewhere
            else "",
        }


def section_of(thread: Thread) -> str:
    """Return the part of the site that a page about the thread belongs to."""
    return "list" if thread.paper_id else "discussions"


class PostedComment:
    """A comment just posted, for a page that has others of its thread.

    `previous` is the id of the comment that it follows there; None where it belongs elsewhere.
    `missing` counts what others wrote since that page was made.
    """

    def __init__(self, comment: Comment, membership: Membership, on_page: OnPage) -> None:
        self.comment = comment
        self.thread = comment.thread
        self.membership = membership
        self.group = membership.group
        self.on_page = on_page.with_own(comment.pk)
        outline = queries.outline_of(self.thread)
        keys = [place.pk for place in outline]
        self.previous = on_page.place_of(comment.pk, keys)
        self.missing = sum(
            place.deleted_at is None and not self.on_page.knows(place.pk) for place in outline
        )
        comment.depth = outline[keys.index(comment.pk)].depth

    def context(self) -> dict[str, object]:
        """Return the context of the thread's piece with the posted comment alone."""
        path = reverse("papers:list_detail", args=[self.group.slug])
        parent = self.comment.parent
        self.comment.answered = parent.author.name if parent and parent.author else None
        self.comment.is_new = False
        show_mentions([self.comment], NamedIn.of(self.group, self.membership))
        base = _base(self.on_page, self.group)
        prepare(self.comment, timezone.now(), base)
        self.thread.path = f"{path}threads/{self.thread.pk}/"
        self.thread.relative_path = relative_path(self.thread, base)
        self.thread.comment_tree = [self.comment]
        self.thread.on_page = self.on_page
        return {"thread": self.thread, "answered": parent, "missing": self.missing}


class EditedComment:
    """A comment just edited, for a page that shows it. The page's place for it is its own."""

    def __init__(self, comment: Comment, membership: Membership, on_page: OnPage) -> None:
        self.membership = membership
        self.thread = comment.thread
        outline = {place.pk: place for place in queries.outline_of(self.thread)}
        shown = on_page.shown(list(outline))
        self.base = _base(on_page, membership.group)
        self.place = outline.get(comment.pk) if comment.pk in shown else None
        self.has_its_parent = comment.parent_id in (None, *shown)

    def context(self) -> dict[str, object] | None:
        """The thread comes with the comment alone; None where the page has no place for it."""
        found = queries.COMMENTS.fetch(keys=[self.place.pk]) if self.place else []
        if self.place is None or not found:
            return None
        (comment,) = found
        show_mentions(found, NamedIn.of(self.membership.group, self.membership))
        show_reactions(found, self.membership.user)
        prepare(comment, timezone.now(), self.base)
        comment.depth, comment.is_new = self.place.depth, False
        self.thread.relative_path = relative_path(self.thread, self.base)
        if comment.depth and not self.has_its_parent:
            comment.above = f"{self.thread.relative_path}{where_it_is(comment.parent_id or 0)}"
        self.thread.comment_tree = [comment]
        return {"thread": self.thread}


def relative_path(thread: Thread, base: str = BASE) -> str:
    """Return the address of a thread on a page from which `base` leads to its group."""
    return f"{base}threads/{thread.pk}/"


def _base(on_page: OnPage, group: Group) -> str:
    """Return what leads from a page to the group: one of single comments is none of the group's."""
    has_own = on_page.has_single_comments
    return reverse("papers:list_detail", args=[group.slug]) if has_own else BASE


def prepare(comment: Comment, now: datetime, base: str = BASE) -> None:
    """Make what a template shows of a comment. `base` leads from the page to the group."""
    comment.key = str(comment.pk)
    comment.relative_path = f"{base}comments/{comment.key}/"
    comment.when = time_tag(comment.created_at, now)
    comment.above = comment.excerpt = ""


def with_moments(threads: Iterable[Thread]) -> list[Thread]:
    """Threads with news, each with their number and the moment of the last as people read it."""
    now = timezone.now()
    found = list(threads)
    for thread in found:
        thread.news = f"{counted_to_99(thread.new_comment_count)} new"
        thread.when = time_tag(thread.last_new_at, now)
    return found
