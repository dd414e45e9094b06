"""Find who is told of something in a group, and why: members alone, each once."""

from collections import defaultdict
from collections.abc import Iterable

from groups.audience import readers
from groups.models import Audience, Group, User
from papers.models import Comment, Follow, Level, Mention, Paper, Reason, Thread
from papers.models.follows import nearest, topics_above

# The further behind, the nearer.
NEAR = ("group", "topic", "paper", "thread")


def told_of_comment(comment: Comment) -> list[tuple[User, Reason]]:
    """Return who is told of a comment, without its author, each with the strongest reason."""
    thread = comment.thread
    levels = Levels(thread.group, thread.paper, thread)
    mentioned = set(Mention.objects.filter(comment=comment).values_list("user", flat=True))
    answered = comment.parent.author_id if comment.parent else None
    found = []
    for person in readers(thread.group, Audience.MEMBERS):
        if person.pk == comment.author_id:
            continue
        level = levels.of(person)
        if level == Level.OFF:
            continue
        if person.pk in mentioned:
            found.append((person, Reason.MENTIONED))
        elif person.pk == answered:
            found.append((person, Reason.REPLIED))
        elif level == Level.ALL:
            found.append((person, Reason.FOLLOWED))
    return found


def followers_of(paper: Paper, without: User | None) -> list[User]:
    """Return the members who follow all about a paper, but for one."""
    levels = Levels(paper.group, paper)
    members = readers(paper.group, Audience.MEMBERS)
    return [one for one in members if one != without and levels.of(one) == Level.ALL]


class Levels:
    """The level of each member for a thread, or for a paper."""

    def __init__(self, group: Group, paper: Paper | None, thread: Thread | None = None) -> None:
        self._of: dict[int, list[Follow]] = defaultdict(list)
        for follow in Follow.objects.about(thread, paper, group):
            self._of[follow.user_id].append(follow)

    def of(self, person: User) -> Level:
        return level_of(self._of[person.pk])


def level_of(follows: Iterable[Follow]) -> Level:
    """Return the level that holds, of all that one person follows around a thread."""
    said: dict[str, list[str]] = defaultdict(list)
    for follow in follows:
        said[follow.target].append(follow.level)
    return nearest(
        next(iter(said["thread"]), None),
        next(iter(said["paper"]), None),
        said["topic"],
        next(iter(said["group"]), None),
    )


def nearest_of(follows: Iterable[Follow]) -> Follow | None:
    """Return what decides the level of a person; None where they have chosen nothing."""
    louder = sorted(follows, key=lambda follow: Level(follow.level).rank, reverse=True)
    return max(louder, key=lambda follow: NEAR.index(follow.target), default=None)


def around(own: Iterable[Follow], paper: Paper, thread: Thread | None) -> list[Follow]:
    """Return what may hold for a thread or a paper, of all that one person follows in the group.

    Topics are asked for only where the person follows one.
    """
    follows = list(own)
    above = topics_above(paper) if any(one.topic_id for one in follows) else []
    targets = {("thread", thread and thread.pk), ("paper", paper.pk), ("group", None)}
    targets |= {("topic", pk) for pk in above}
    return [one for one in follows if (one.target, one.target_id) in targets]
