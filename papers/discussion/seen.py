"""Note what somebody has seen, or keep it as new, with what they are told of it."""

from collections.abc import Mapping

from django.db import transaction

from groups.models import User
from papers.models import Notification, Thread, Visit
from papers.models.discussion import SeenComments

_AT_ONCE = 1_000


@transaction.atomic
def note_seen(user: User, seen: Mapping[Thread, int]) -> dict[Thread, int]:
    """Note that the comments of each thread are seen up to one; return up to which they were."""
    before = Visit.objects.advance(user, seen)
    shown = {thread: SeenComments(upto, []) for thread, upto in seen.items()}
    Notification.objects.of(user).about(shown).note_seen()
    return before


@transaction.atomic
def note_new(user: User, before: Mapping[Thread, int]) -> None:
    """Make new again what came after one comment in each thread."""
    Visit.objects.go_back(user, before)
    for thread, seen in before.items():
        told = Notification.objects.of(user).filter(thread=thread, comment__gt=seen)
        told.note_unseen()


@transaction.atomic
def note_all_seen(user: User, upto: int) -> None:
    """Note that all comments of the person's groups are seen up to one."""
    unread = Thread.objects.unread_by(user).only("pk", "last_comment_id")
    threads = list(unread)
    for start in range(0, len(threads), _AT_ONCE):
        some = threads[start : start + _AT_ONCE]
        Visit.objects.advance(user, {one: min(one.last_comment_id, upto) for one in some})
    Notification.objects.of(user).filter(comment__lte=upto).note_seen()
