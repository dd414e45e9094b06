"""The entries of a feed: comments, and new papers of a group, the newest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html_join

from groups.models import Group
from groups.validators import as_one_line
from papers.discussion.mentioned import NamedIn, show_mentions
from papers.models import Comment, Paper, Thread
from papers.notifications.reasons import SOMEBODY
from papers.rendering.formulas import with_formulas_as_written

MOST_ENTRIES = 50
_LONGEST_TITLE = 200
# A link of ours that is relative, in HTML that the renderer made.
_RELATIVE = re.compile(r'(<a [^>]*?href=")(?=[/?#])')


@dataclass(frozen=True)
class FeedEntry:
    key: str
    title: str
    path: str
    author: str
    written_at: datetime
    changed_at: datetime
    html: str

    @property
    def tag(self) -> str:
        """Return an id that stays the same whatever becomes of the address."""
        return f"tag:{_host()},{self.written_at:%Y-%m-%d}:{self.key}"

    @property
    def link(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


def tag_of_feed(group: Group, key: str = "feed") -> str:
    return f"tag:{_host()},{group.created_at:%Y-%m-%d}:groups/{group.pk}/{key}"


def entries_of_group(group: Group) -> list[FeedEntry]:
    """Return the newest comments and papers of a group."""
    threads = Thread.objects.in_group(group).lively_first()
    papers = Paper.objects.in_group(group).newest(MOST_ENTRIES)
    found = [*_of_comments(threads, group), *map(_of_paper, papers)]
    return sorted(found, key=lambda entry: entry.written_at, reverse=True)[:MOST_ENTRIES]


def entries_of_paper(paper: Paper) -> list[FeedEntry]:
    """Return the newest comments about a paper."""
    return _of_comments(Thread.objects.of_paper(paper).lively_first(), paper.group)


def entries_of_thread(thread: Thread) -> list[FeedEntry]:
    return _of_comments([thread], thread.group)


def _of_comments(threads: Iterable[Thread], group: Group) -> list[FeedEntry]:
    """Return the newest comments of threads, of which the liveliest come first: the newest comments
    of so many as there are entries are in no others.
    """
    liveliest = [thread.pk for thread, _ in zip(threads, range(MOST_ENTRIES), strict=False)]
    comments = list(Comment.objects.newest_in(liveliest, MOST_ENTRIES))
    show_mentions(comments, NamedIn.of(group, None))
    return [_of_comment(comment) for comment in comments]


def _of_comment(comment: Comment) -> FeedEntry:
    author = comment.author.name if comment.author else SOMEBODY
    return FeedEntry(
        key=f"comments/{comment.pk}",
        title=as_one_line(f"{author} in {comment.thread.title}", _LONGEST_TITLE),
        path=comment.get_absolute_url(),
        author=author,
        written_at=comment.created_at,
        changed_at=comment.edited_at or comment.created_at,
        html=with_absolute_links(with_formulas_as_written(comment.shown_html)),
    )


def _of_paper(paper: Paper) -> FeedEntry:
    said = [paper.authors, paper.venue, str(paper.year or "")]
    return FeedEntry(
        key=f"papers/{paper.pk}",
        title=as_one_line(f"New paper: {paper.title}", _LONGEST_TITLE),
        path=paper.get_absolute_url(),
        author=paper.added_by.name if paper.added_by else SOMEBODY,
        written_at=paper.added_at,
        changed_at=paper.added_at,
        html=format_html_join("\n", "<p>{}</p>", [(one,) for one in (paper.title, *said) if one]),
    )


def with_absolute_links(html: str) -> str:
    return _RELATIVE.sub(rf"\1{settings.SITE_URL}", html)


def _host() -> str:
    host: str | None = urlsplit(settings.SITE_URL).hostname
    return host or "localhost"
