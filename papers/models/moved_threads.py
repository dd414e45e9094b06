"""Move threads from one paper to another one, with what people are told of them."""

from collections.abc import Iterable

from papers.models.discussion import Thread
from papers.models.notifications import Notification
from papers.models.papers import Paper


def move_threads(threads: Iterable[int], paper: Paper | None) -> None:
    """Let threads be about a paper, or about the group. The caller holds what it moves."""
    keys = list(threads)
    Thread.objects.filter(pk__in=keys).update(paper=paper)
    Notification.objects.filter(thread__in=keys).update(paper=paper)
