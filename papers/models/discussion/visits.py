"""Visits: the mark of how far each member has read in each thread."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import IntegrityError, models, transaction

from groups.models import User

if TYPE_CHECKING:
    from papers.models.discussion.threads import Thread


class SeenComments(NamedTuple):
    """The comments of a thread that a person has seen: all up to one, and some behind it, by id."""

    comment_id: int
    also: list[int]


class VisitQuerySet(models.QuerySet["Visit"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def note(self, user: User, seen: dict["Thread", SeenComments]) -> None:
        """Keep how far the person has read in each thread, in one statement.

        In one order always, so that two pages of one person do not wait for each other. A thread
        that was deleted while it was being read is seen by no one.
        """
        visits = [
            Visit(
                thread=thread,
                user=user,
                seen_comment_id=seen[thread].comment_id,
                also_seen=seen[thread].also,
            )
            for thread in sorted(seen, key=lambda thread: thread.pk)
        ]
        with suppress(IntegrityError):
            self.bulk_create(
                visits,
                update_conflicts=True,
                unique_fields=["thread", "user"],
                update_fields=["seen_comment_id", "also_seen"],
            )

    @transaction.atomic
    def advance(self, user: User, seen: "Mapping[Thread, int]") -> dict["Thread", int]:
        """Note what was seen up to one comment in each thread; return up to which it was before.

        What was seen further already stays so.
        """
        found = self.of(user).filter(thread__in=seen).select_for_update()
        visits = {visit.thread_id: visit for visit in found.order_by("thread")}
        before = {one: visits[one.pk].seen_comment_id if one.pk in visits else 0 for one in seen}
        further = {one: upto for one, upto in seen.items() if upto > before[one]}
        self.note(
            user,
            {
                one: SeenComments(upto, self._also(visits.get(one.pk), upto))
                for one, upto in further.items()
            },
        )
        return {one: before[one] for one in further}

    @staticmethod
    def _also(visit: "Visit | None", upto: int) -> list[int]:
        return [pk for pk in visit.also_seen if pk > upto] if visit else []

    def go_back(self, user: User, before: "Mapping[Thread, int]") -> None:
        """Make new again what came after one comment in each thread."""
        for thread, seen in before.items():
            visits = self.of(user).filter(thread=thread, seen_comment_id__gt=seen)
            visits.update(seen_comment_id=seen, also_seen=[])


class Visit(models.Model):
    """The mark of how far one person has read in one thread.

    A thread may be read in pages, and an answer may be far from the comments of its time: what was
    seen behind the first unseen comment is in `also_seen`.
    """

    thread = models.ForeignKey("papers.Thread", models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    seen_comment_id = models.BigIntegerField()
    also_seen = models.JSONField(default=list)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "user"], name="one_visit_per_person_and_thread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.thread}"
