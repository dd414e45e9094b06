"""Say on a page how much a member is told of what it shows, and why."""

from dataclasses import dataclass

from django.db.models.functions import Lower
from django.urls import reverse

from groups.models import Group, Membership, User
from papers.models import Level, Paper, Thread, Topic
from papers.models.follows import Follow
from papers.notifications.audience import Levels

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


def choice_for(
    membership: Membership, target: Thread | Paper | Topic | Group, path: str
) -> FollowChoice:
    """Return the level that holds for a thread, a paper or the group; `path` changes it."""
    thread = target if isinstance(target, Thread) else None
    paper = target if isinstance(target, Paper) else thread.paper if thread else None
    levels = Levels(membership.group, paper, thread)
    nearest = levels.nearest_for(membership.user)
    return FollowChoice(levels.of(membership.user), WHY[_reason(nearest)], path)


def group_choices(user: User) -> list[tuple[Group, FollowChoice]]:
    """Return what a person is told of each of their groups."""
    memberships = Membership.objects.of(user).select_related("group", "user")
    return [
        (
            one.group,
            choice_for(one, one.group, reverse("papers:group_follow", args=[one.group.slug])),
        )
        for one in memberships.order_by(Lower("group__name"))
    ]


def _reason(follow: Follow | None) -> str:
    if follow is None:
        return "default"
    return "taking part" if follow.is_automatic else follow.target
