"""Say on a page how much a member is told of what it shows, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.urls import reverse

from groups.models import Group, Membership, User
from papers.models import Follow, Level, Paper, Thread
from papers.notifications.audience import around, level_of, nearest_of

WHY = {
    "thread": "You chose this for the thread.",
    "paper": "You chose this for the paper.",
    "topic": "You chose this for a topic above it.",
    "group": "You chose this for the group.",
    "taking part": "You wrote in this thread, so you follow it.",
    "default": "As for everyone who has chosen nothing else.",
}


@dataclass(frozen=True)
class FollowChoice:
    level: Level
    why: str
    path: str
    levels: tuple[Level, ...] = tuple(Level)


def choice_for(membership: Membership, target: Thread | Paper, path: str) -> FollowChoice:
    """Return the level that holds for a thread or a paper; `path` changes it."""
    thread, paper = (target, target.paper) if isinstance(target, Thread) else (None, target)
    own = Follow.objects.of(membership.user).in_group(membership.group)
    return _choice(around(own, paper, thread), path)


def _choice(follows: Sequence[Follow], path: str) -> FollowChoice:
    return FollowChoice(level_of(follows), WHY[_reason(nearest_of(follows))], path)


def group_choices(user: User) -> list[tuple[Group, FollowChoice]]:
    """Return what a person is told of each of their groups."""
    memberships = Membership.objects.of(user).select_related("group")
    own = Follow.objects.of(user).filter(thread=None, paper=None, topic=None)
    of_groups = {follow.group_id: [follow] for follow in own}
    found = []
    for one in memberships.order_by(Lower("group__name")):
        path = reverse("papers:group_follow", args=[one.group.slug])
        found.append((one.group, _choice(of_groups.get(one.group_id, []), path)))
    return found


def _reason(follow: Follow | None) -> str:
    if follow is None:
        return "default"
    return "taking part" if follow.is_automatic else follow.target
