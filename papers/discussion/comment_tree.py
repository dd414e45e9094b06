"""The order in which a thread is read: each comment followed by the answers to it; in pages."""

from collections import defaultdict
from collections.abc import Iterable

from papers.models import Comment


def as_read(comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments, oldest first among sisters, each with its `depth` (0 for the first).

    A deleted comment stays as a stub while a reply below it is there; else it is left out.
    """
    answers: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in sorted(comments, key=lambda comment: comment.pk):
        answers[comment.parent_id].append(comment)
    read: list[Comment] = []
    waiting = [(comment, 0) for comment in reversed(answers[None])]
    while waiting:
        comment, comment.depth = waiting.pop()
        read.append(comment)
        waiting += [(answer, comment.depth + 1) for answer in reversed(answers[comment.pk])]
    return _without_bare_stubs(read)


def in_pages(read: Iterable[Comment], size: int) -> list[list[Comment]]:
    """Divide them, in order, into pages of at most that size, or of one comment; one at least."""
    pages: list[list[Comment]] = [[]]
    left = size
    for comment in read:
        if pages[-1] and comment.size > left:
            pages.append([])
            left = size
        pages[-1].append(comment)
        left -= comment.size
    return pages


def _without_bare_stubs(read: list[Comment]) -> list[Comment]:
    kept: list[Comment] = []
    for comment in reversed(read):
        has_answer = bool(kept) and kept[-1].depth > comment.depth
        if comment.deleted_at is None or has_answer:
            kept.append(comment)
    return kept[::-1]
