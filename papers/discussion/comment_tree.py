"""The order in which a thread is read: each comment followed by the answers to it; in pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from groups.models import User
from papers.models import Comment
from papers.models.discussion import size_on_page


@dataclass(slots=True)
class Place:
    """A comment without its text, from `CommentQuerySet.outline`."""

    pk: int
    parent_id: int | None
    author_id: int | None
    created_at: datetime
    deleted_at: datetime | None
    html_length: int
    depth: int = 0

    @property
    def size(self) -> int:
        return size_on_page(self.html_length)

    def is_by(self, user: User) -> bool:
        return self.author_id == user.pk


Read = TypeVar("Read", Comment, Place)


def as_read(comments: Iterable[Read]) -> list[Read]:
    """Return the comments, oldest first among sisters, each with its `depth` (0 for the first, and
    for replies to what is not among them).

    A deleted comment stays as a stub while a reply below it is there; else it is left out.
    """
    answers: dict[int | None, list[Read]] = defaultdict(list)
    found = {comment.pk: comment for comment in sorted(comments, key=lambda comment: comment.pk)}
    for comment in found.values():
        answers[comment.parent_id if comment.parent_id in found else None].append(comment)
    read: list[Read] = []
    waiting = [(comment, 0) for comment in reversed(answers[None])]
    while waiting:
        comment, comment.depth = waiting.pop()
        read.append(comment)
        waiting += [(answer, comment.depth + 1) for answer in reversed(answers[comment.pk])]
    return _without_bare_stubs(read)


def in_pages(read: Iterable[Place], size: int) -> list[list[Place]]:
    """Divide them, in order, into pages of at most that size, or of one comment; one at least."""
    pages: list[list[Place]] = [[]]
    left = size
    for comment in read:
        if pages[-1] and comment.size > left:
            pages.append([])
            left = size
        pages[-1].append(comment)
        left -= comment.size
    return pages


def _without_bare_stubs(read: list[Read]) -> list[Read]:
    kept: list[Read] = []
    for comment in reversed(read):
        has_answer = bool(kept) and kept[-1].depth > comment.depth
        if comment.deleted_at is None or has_answer:
            kept.append(comment)
    return kept[::-1]
