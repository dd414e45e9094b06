"""Find who is told of something in a group, and why: members alone, each once."""

from collections import defaultdict

from groups.audience import readers
from groups.models import Audience, Group, User
from papers.models import Comment, Follow, Level, Mention, Paper, Reason, Thread
from papers.models.follows import Surroundings


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
        self._around = Surroundings.of(paper, thread)
        self._of: dict[int, list[Follow]] = defaultdict(list)
        for follow in Follow.objects.about(thread, paper, group):
            self._of[follow.user_id].append(follow)

    def of(self, person: User) -> Level:
        return self._around.level(self._of[person.pk])
