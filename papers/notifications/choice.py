"""Say on a page how much a member is told of what it shows, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.urls import reverse

from groups.models import Group, Membership, User
from papers.models import Follow, Level, Paper, Thread, Topic
from papers.models.follows import Surroundings, lines_above, parents_in

WHY = {
    "thread": "You chose this for the thread.",
    "paper": "You chose this for the paper.",
    "topic": "You chose this for the topic, or for one above it.",
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


def choice_for(membership: Membership, target: Thread | Paper | Topic, path: str) -> FollowChoice:
    """Return the level that holds for a thread, a paper or a topic; `path` changes it.

    Topics are asked for only where the person follows one.
    """
    own = list(Follow.objects.of(membership.user).in_group(membership.group))
    return _choice(_around(target, has_topics=any(one.topic_id for one in own)), own, path)


def _around(target: Thread | Paper | Topic, *, has_topics: bool) -> Surroundings:
    if isinstance(target, Topic):
        parents = parents_in([target.group]) if has_topics else {}
        return Surroundings(topics=lines_above([target.pk], parents) if has_topics else ())
    thread, paper = (target, target.paper) if isinstance(target, Thread) else (None, target)
    if has_topics:
        return Surroundings.of(paper, thread)
    return Surroundings(thread.pk if thread else None, paper.pk if paper else None)


def _choice(around: Surroundings, own: Sequence[Follow], path: str) -> FollowChoice:
    return FollowChoice(around.level(own), WHY[_reason(around.deciding(own))], path)


def group_choices(user: User) -> list[tuple[Group, FollowChoice]]:
    """Return what a person is told of each of their groups."""
    memberships = Membership.objects.of(user).select_related("group")
    own = Follow.objects.of(user).filter(thread=None, paper=None, topic=None)
    of_groups = {follow.group_id: [follow] for follow in own}
    found = []
    for one in memberships.order_by(Lower("group__name")):
        path = reverse("papers:group_follow", args=[one.group.slug])
        found.append((one.group, _choice(Surroundings(), of_groups.get(one.group_id, []), path)))
    return found


def _reason(follow: Follow | None) -> str:
    if follow is None:
        return "default"
    return "taking part" if follow.is_automatic else follow.target
