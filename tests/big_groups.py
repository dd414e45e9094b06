"""Groups of a stated size, made quickly: for counting queries and for measuring."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.utils import timezone

from groups.models import Event, Group, Invitation, Membership, User
from papers.models import Assignment, Comment, ListImport, Paper, Placement, Thread, Topic
from papers.models.reading_statuses import ReadingStatus, Status
from papers.rendering.markdown import render
from tests.factories import make_join_request

PAPERS_UNDER_A_TOPIC = 10
READERS_OF_A_PAPER = 5
COMMENTS_OF_A_SHORT_THREAD = 5
COMMENTS_FOR_A_SHORT_THREAD = 50
SOURCE = """The bound in **section 3** needs $\\alpha < 1$, which they never say.

- Does it hold for the [tied weights](https://example.org/tied)?
- What about `dropout`?
"""
_numbers = count(1)


@dataclass
class BigGroup:
    """A group as its organizer sees it, who is in `other_groups` besides."""

    group: Group
    organizer: User
    paper: Paper
    thread: Thread
    imported: ListImport


def make_big_group(papers: int, members: int, comments: int, other_groups: int = 0) -> BigGroup:
    """The comments are in one long thread about the first paper, with short ones beside it.

    Everything grows with the three numbers: topics, statuses, assignments and the list to be
    imported, too.
    """
    number = next(_numbers)
    people = _people(members, number)
    organizer = people[0]
    group = Group.objects.start(f"Big group {number}", organizer)
    _let_in(group, people[1:])
    _invite(group, organizer, members)
    rows = _papers(group, papers)
    _statuses(rows, people)
    _assignments(rows, list(group.memberships.order_by("pk")))
    thread = _discussion(rows[0], people, comments)
    for n in range(other_groups):
        other = Group.objects.start(f"Other group {number}.{n}", organizer)
        _papers(other, 2)
    text = "# More\n" + "".join(f"- [ ] Another title {n} [Author, 2020]\n" for n in range(papers))
    imported = ListImport.objects.create(group=group, imported_by=organizer, text=text)
    imported.read()  # as the worker does with a long one
    return BigGroup(group, organizer, rows[0], thread, imported)


def _people(members: int, number: int) -> list[User]:
    return User.objects.bulk_create(
        User(
            email=f"reader{n}@group{number}.example.org",
            handle=f"reader-{number}-{n}",
            handle_shape=f"reader-{number}-{n}",
            name=f"Reader {n}",
        )
        for n in range(members)
    )


def _let_in(group: Group, people: list[User]) -> None:
    Membership.objects.bulk_create(Membership(group=group, user=user) for user in people)
    yesterday = timezone.now() - timedelta(days=1)
    group.memberships.update(joined_at=yesterday)
    Event.objects.bulk_create(
        Event(group=group, kind="joined", actor=user, person=user, details={"role": "member"})
        for user in people
    )


def _invite(group: Group, organizer: User, members: int) -> None:
    """An open link for every second member, who came by it; and requests by others."""
    in_a_week = timezone.now() + timedelta(days=7)
    memberships = group.memberships.exclude(user=organizer)
    for membership in memberships[: members // 2]:
        invitation, _ = Invitation.objects.issue(
            group, organizer, role="member", expires_at=in_a_week, uses_allowed=20
        )
        group.memberships.filter(pk=membership.pk).update(invitation=invitation)
    for person in _people(3, next(_numbers)):
        make_join_request(group, person)


def _papers(group: Group, papers: int) -> list[Paper]:
    topics: list[Topic] = []
    for n in range(max(1, papers // PAPERS_UNDER_A_TOPIC)):
        parent = topics[n - 1] if n % 4 == 1 else None
        topics.append(Topic(group=group, parent=parent, name=f"Topic {n}", position=n))
    above = [topic for topic in topics if topic.parent is None]
    Topic.objects.bulk_create(above)
    Topic.objects.bulk_create([topic for topic in topics if topic.parent])
    rows = [
        Paper(
            group=group,
            title=f"A title of a paper about something that is read, part {n}",
            authors="Somebody et al.",
            venue="NeurIPS",
            year=2000 + n % 25,
            url=f"https://example.org/papers/{n}.pdf",
        )
        for n in range(papers)
    ]
    for row in rows:
        row.identity = row.made_identity()
    Paper.objects.bulk_create(rows)
    Placement.objects.bulk_create(
        Placement(topic=topics[n % len(topics)], paper=row, position=n // len(topics))
        for n, row in enumerate(rows)
    )
    return rows


def _statuses(papers: list[Paper], people: list[User]) -> None:
    now = timezone.now()
    statuses = [Status.READ, Status.READ, Status.READING, Status.SKIMMED, Status.SKIPPED]
    ReadingStatus.objects.bulk_create(
        ReadingStatus(
            paper=paper,
            user=people[(n + k) % len(people)],
            status=statuses[(n + k) % len(statuses)],
            finished_at=now if statuses[(n + k) % len(statuses)] == Status.READ else None,
        )
        for n, paper in enumerate(papers)
        for k in range(READERS_OF_A_PAPER)
    )


def _assignments(papers: list[Paper], members: list[Membership]) -> None:
    today = timezone.localdate()
    Assignment.objects.bulk_create(
        Assignment(
            paper=paper,
            member=members[n // 5 % len(members)] if n % 3 else None,
            due_on=today + timedelta(days=n % 30),
        )
        for n, paper in enumerate(papers)
        if n % 5 == 1
    )


def _discussion(paper: Paper, people: list[User], comments: int) -> Thread:
    group = paper.group
    thread = paper.threads.create(group=group, author=people[0], title="The long one")
    short = Thread.objects.bulk_create(
        Thread(group=group, paper=paper, author=people[-1], title=f"A short one {n}")
        for n in range(1 + comments // COMMENTS_FOR_A_SHORT_THREAD)
    )
    html = render(SOURCE)

    def said(where: Thread, n: int, parent: Comment | None = None) -> Comment:
        author = people[n % len(people)]
        return Comment(thread=where, author=author, parent=parent, source=SOURCE, html=html)

    firsts = Comment.objects.bulk_create(said(thread, n) for n in range(0, comments, 2))
    Comment.objects.bulk_create(said(thread, n, firsts[n // 2]) for n in range(1, comments, 2))
    Comment.objects.bulk_create(
        said(where, n) for where in short for n in range(COMMENTS_OF_A_SHORT_THREAD)
    )
    Thread.objects.of_paper(paper).keep_anew()
    thread.refresh_from_db()
    return thread
