"""The state of a thread on an open page, so that a posted comment is inserted in its place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from papers.discussion.comment_tree import Place
from papers.models import Comment


@dataclass(frozen=True)
class OnPage:
    """Of the comments up to `newest` those from `first` to `last`, as a thread is read; and `own`,
    posted since. All are ids. With a `first` of 0 the page has single comments, which are `own`.

    As text it is what a page with scripts sends with a comment.
    """

    newest: int
    first: int
    last: int
    own: frozenset[int] = frozenset()

    @classmethod
    def of(cls, shown: Sequence[Comment], thread: Iterable[Comment | Place]) -> "OnPage":
        """Return what a page has that shows some of the comments of a thread."""
        newest = max((comment.pk for comment in thread), default=0)
        return cls(newest, shown[0].pk, shown[-1].pk) if shown else cls(newest, 0, 0)

    @classmethod
    def read(cls, sent: str) -> "OnPage | None":
        """Return what a page said; None where it said nothing, or what cannot be read."""
        numbers = sent.split()
        if len(numbers) < 3 or not all(re.fullmatch("[0-9]{1,18}", number) for number in numbers):
            return None
        newest, first, last, *own = map(int, numbers)
        return cls(newest, first, last, frozenset(own))

    def __str__(self) -> str:
        return " ".join(map(str, [self.newest, self.first, self.last, *sorted(self.own)]))

    def with_own(self, pk: int) -> "OnPage":
        return replace(self, own=self.own | {pk})

    @property
    def has_single_comments(self) -> bool:
        return not self.first

    def knows(self, pk: int) -> bool:
        """Return whether the comment was there when the page was made, or was posted from it."""
        return pk <= self.newest or pk in self.own

    def place_of(self, pk: int, read: Sequence[int]) -> int | None:
        """Return the id of the comment on the page behind which a new one comes, if there is one.

        `read` are the ids of the thread as it is read, that of the new one among them.
        """
        shown = self.shown([other for other in read if other != pk])
        known = shown.__contains__ if self.has_single_comments else self.knows
        before = [other for other in read[: read.index(pk)] if known(other)]
        return before[-1] if before and before[-1] in shown else None

    def shown(self, read: Sequence[int]) -> set[int]:
        """Return the ids of the comments on the page; of one whose ends are gone, none.

        `read` is as in `place_of`.
        """
        if self.has_single_comments:
            return set(self.own)
        known = [pk for pk in read if self.knows(pk)]
        if self.first not in known or self.last not in known:
            return set()
        return {*known[known.index(self.first) : known.index(self.last) + 1], *self.own}
