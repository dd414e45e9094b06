"""Measure what telling people costs: catching up, and a post that many follow.

    python -m bench.telling [--rounds 11]

Compares, in batches that take turns as in bench/pages.py: the page to catch up with 10,000 threads
that are new, each with one comment, and with one thread of 10,000 new comments, to the same page
with 10 threads; and a comment that is posted in a thread which 200 people follow to one which 2
follow. What tells the 200 is a task of the worker, whose cost is said apart, for each person.
"""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.clock import Clock
from bench.database import analyze, prepared
from bench.pages import Subject, batch, measured, recorded

if TYPE_CHECKING:
    from bench.visitor import Handlers, Visitor
    from groups.models import Group, User
    from papers.models import Thread

FEW, MANY = 10, 10_000
FEW_FOLLOWERS, MANY_FOLLOWERS = 2, 200
# At most so many times the first of each pair.
AIMS = {
    "catch up, 10,000 threads": ("catch up, 10 threads", 1.2),
    "catch up, 10,000 comments": ("catch up, 10 threads", 1.2),
    "post, 200 followers": ("post, 2 followers", 1.3),
}


def group_of(members: int, name: str) -> tuple["Group", list["User"]]:
    from django.utils import timezone

    from groups.models import Group
    from tests.factories import make_membership, make_user

    people = [make_user(f"{name} {number}") for number in range(members)]
    group = Group.objects.start(name, people[0])
    for person in people[1:]:
        make_membership(group, person)
    group.memberships.update(joined_at=timezone.now() - timedelta(days=1))
    return group, people


def threads_of(group: "Group", author: "User", threads: int, comments: int) -> list["Thread"]:
    """Make threads with so many comments each, as quickly as many are made."""
    from papers.models import Comment, Thread
    from papers.rendering.markdown import render
    from tests.factories import make_paper

    paper = make_paper(group)
    source = "The bound in **section 3** needs $\\alpha < 1$."
    html = render(source)
    made = Thread.objects.bulk_create(
        Thread(group=group, paper=paper, author=author, title=f"Thread {number}")
        for number in range(threads)
    )
    Comment.objects.bulk_create(
        Comment(thread=thread, author=author, source=source, html=html)
        for thread in made
        for _ in range(comments)
    )
    Thread.objects.filter(group=group).keep_anew()
    return made


def catching_up(name: str, threads: int, comments: int, handlers: "Handlers") -> Subject:
    group, people = group_of(2, name)
    threads_of(group, people[0], threads, comments)
    return _subject(name, _visitor(people[1], handlers), "/catch-up/")


def posting(name: str, followers: int, handlers: "Handlers") -> Subject:
    from bench.visitor import TEXT
    from papers.models import Follow, Level

    group, people = group_of(followers, name)
    (thread,) = threads_of(group, people[0], 1, 5)
    for person in people:
        Follow.objects.choose(person, Level.ALL, thread)
    visitor = _visitor(people[0], handlers)
    path = thread.get_absolute_url()
    last = thread.comments.latest("pk").pk
    call = visitor.post(f"{path}comments/new/", source=TEXT, on_page=visitor.on_page(path))

    def afterwards() -> None:
        thread.comments.filter(pk__gt=last).delete()

    call()
    recording = recorded(visitor, call)
    return Subject(name, {"page": call}, len(recording.statements), {}, afterwards)


def _visitor(user: "User", handlers: "Handlers") -> "Visitor":
    from bench.visitor import Visitor

    return Visitor(user, handlers)


def _subject(name: str, visitor: "Visitor", path: str) -> Subject:
    call = visitor.get(path)
    call()
    recording = recorded(visitor, call)
    sizes = {"bytes": len(recording.content)}
    return Subject(name, {"page": call}, len(recording.statements), sizes)


def telling_each(clock: Clock) -> float:
    """Return the CPU milliseconds of the worker for each of the many people who are told."""
    from papers.models import Follow, Level
    from papers.notifications import telling
    from tests.factories import make_comment

    group, people = group_of(MANY_FOLLOWERS, "Told")
    (thread,) = threads_of(group, people[0], 1, 1)
    for person in people:
        Follow.objects.choose(person, Level.ALL, thread)
    comment = make_comment(thread, people[0])

    def tell() -> bytes:
        comment.notifications.all().delete()
        telling.tell_of_comment.call(comment.pk)
        return b""

    tell()
    return 1000 * batch(tell, 10, clock).whole / MANY_FOLLOWERS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.telling")
    parser.add_argument("--rounds", type=int, default=11)
    wanted = parser.parse_args()
    with prepared():
        from django.db import connection

        from bench.visitor import Handlers

        handlers = Handlers.make()
        subjects = [
            catching_up("catch up, 10 threads", FEW, 1, handlers),
            catching_up("catch up, 10,000 threads", MANY, 1, handlers),
            catching_up("catch up, 10,000 comments", 1, MANY, handlers),
            posting("post, 2 followers", FEW_FOLLOWERS, handlers),
            posting("post, 200 followers", MANY_FOLLOWERS, handlers),
        ]
        analyze()
        clock = Clock.of_connection()
        results = {one.name: one for one in measured(subjects, clock, wanted.rounds)}
        print(f"\n{connection.display_name}", "" if clock.says_all else "(without the database's)")
        print(f"{'':28}{'stmts':>8}{'ms':>9}{'db ms':>9}{'ratio':>9}{'aim':>7}")
        for name, result in results.items():
            spent = result.spent["page"]
            row = f"{name:28}{result.subject.statements:8}{spent.milliseconds:9.2f}"
            row += f"{1000 * spent.in_database:9.2f}"
            if name in AIMS:
                other, aim = AIMS[name]
                row += f"{spent.whole / results[other].spent['page'].whole:9.2f}{aim:7}"
            print(row)
        print(f"the worker, for each person told: {telling_each(clock):.2f} ms")


if __name__ == "__main__":
    main()
