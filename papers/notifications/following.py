"""Choose how much one is told of something."""

from django.db import transaction

from groups.models import Group, User
from papers.models import Follow, Level, Notification, Paper, Thread, Topic


@transaction.atomic
def choose_level(user: User, level: str, target: Thread | Paper | Topic | Group) -> None:
    """Keep the level; of a thread that is muted, what waits is done with."""
    Follow.objects.choose(user, level, target)
    if isinstance(target, Thread) and level == Level.OFF:
        Notification.objects.of(user).filter(thread=target).note_done()
