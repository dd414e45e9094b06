"""The demonstration's statuses, assignments, discussions and history."""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.models import Group, Invitation, JoinRequest, Membership, User
from papers.demo.people import CAST, PASSWORD
from papers.imports import workflow
from papers.models import (
    Assignment,
    Comment,
    Follow,
    Mention,
    Notification,
    Paper,
    ReadingStatus,
    Thread,
)
from papers.models.reading_statuses import Status
from papers.notifications import telling

LIST = Path(__file__).with_name("reading-list.md")
GROUP, SLUG = "Efficient deep learning", "efficient-deep-learning"

ONE_INVERSE = """\
Is the Hessian $H = X X^\\top + \\lambda I$ shared across all rows, so that the inverse is
computed once per layer?"""

COLUMN_BY_COLUMN = """\
Yes, that is the trick in section 3.2: one inverse, with the mask chosen column by column. It turns

$$\\hat w = \\arg\\min_w \\|WX - wX\\|_2^2$$

into a sequence of *rank-one* updates."""

PERPLEXITY = """\
With our notes as calibration text perplexity fell a little; I can share the numbers:

| set | perplexity |
|---|---|
| C4 | 7.4 |
| notes | 7.1 |"""

THREE_STEPS = """\
Three steps: **prune**, **quantize**, **Huffman**.

1. Pruning takes away nine of ten weights.
2. What is left shares a codebook.
3. The codebook's indices are coded by how often they occur."""

RUNNING_SOFTMAX = """\
It never writes the $N \\times N$ matrix to the slow memory; it keeps a running softmax for each
block instead."""

ONE_PERCENT = """\
We used 1 % of the mean diagonal. Below that it did for us, too. @mina-kaya, that is one more line
for your slide."""

HOW_IT_GROWS = """\
Does anybody have a feeling for how $r$ should grow? @jonas-thiele, you trained some of these."""

# How far each of the group has come, as the share of the list that they have read and begun.
DILIGENCE = {"mina": 0.4, "jonas": 0.55, "aiko": 0.3, "ravi": 0.15, "lena": 0.25, "noam": 0.1}

# Paper, role, who (None: an open slot), due in so many days. What is due later than NEW was given
# yesterday.
NEW = 7
ASSIGNMENTS = [
    ("SparseGPT", "presenter", "mina", 3),
    ("SparseGPT", "scribe", "aiko", 3),
    ("SparseGPT", "reader", "jonas", 3),
    ("Deep Compression", "scribe", "mina", -2),
    ("FitNets", "reader", "mina", 10),
    ("FitNets", "presenter", "jonas", 10),
    ("FitNets", "scribe", None, 10),
    ("DARTS", "presenter", "ravi", 17),
    ("DARTS", "scribe", None, 17),
    ("LoRA", "presenter", None, 24),
    ("AWQ", "reader", "jonas", -1),
]


class DemoComment(NamedTuple):
    """`answers` is the number of the line that it answers, from 0; None is the thread itself."""

    who: str
    hours_ago: int
    answers: int | None
    words: str


class DemoThread(NamedTuple):
    """`paper` is the beginning of a title; None where the thread is about the group."""

    paper: str | None
    title: str
    page: int | None
    quotation: str
    lines: list[DemoComment]


THREADS = [
    DemoThread(
        None,
        "Longer meetings in January?",
        None,
        "",
        [
            DemoComment(
                "lena",
                30,
                None,
                "Two papers in an hour is tight. Shall we take 90 minutes in January?",
            ),
            DemoComment("ravi", 28, 0, "Yes, as long as we end by six."),
        ],
    ),
    DemoThread(
        "SparseGPT",
        "Why does one-shot work at 50 %?",
        4,
        "…solving a layer-wise pruning problem by reducing it to an extremely large-scale "
        "instance of sparse regression",
        [
            DemoComment("aiko", 52, None, ONE_INVERSE),
            DemoComment("jonas", 50, 0, COLUMN_BY_COLUMN),
            DemoComment("mina", 49, 1, "Then it costs $O(d^3)$ a layer. I will put it on a slide."),
            DemoComment(
                "ravi", 7, 0, "And if $\\lambda$ is too small? I saw it blow up on layer 22."
            ),
            DemoComment("lena", 5, 3, ONE_PERCENT),
            DemoComment("jonas", 2, None, "Before Thursday: does the order of the columns matter?"),
        ],
    ),
    DemoThread(
        "SparseGPT",
        "Table 3: which calibration set?",
        9,
        "",
        [
            DemoComment(
                "lena", 30, None, "They take 128 segments of *C4*. Has anybody tried other text?"
            ),
            DemoComment("noam", 26, 0, PERPLEXITY),
        ],
    ),
    DemoThread(
        "Optimal Brain Damage",
        "The diagonal approximation",
        3,
        "we assume that the cross terms are negligible",
        [
            DemoComment(
                "jonas", 200, None, "How bad is it to drop the terms off the diagonal of $H$?"
            ),
            DemoComment(
                "mina", 190, 0, "*Optimal Brain Surgeon* is the answer to that, years later."
            ),
            DemoComment(
                "aiko", 188, 1, "And SparseGPT answers *that*. It is a nice line to present."
            ),
        ],
    ),
    DemoThread(
        "Deep Compression",
        "Notes of last week",
        None,
        "",
        [
            DemoComment("ravi", 100, None, THREE_STEPS),
            DemoComment(
                "lena", 97, 0, "The retraining in between is where the accuracy comes back."
            ),
        ],
    ),
    DemoThread(
        "LoRA",
        "Rank",
        None,
        "",
        [
            DemoComment("ravi", 20, None, HOW_IT_GROWS),
            DemoComment(
                "aiko", 12, 0, "In the paper $r = 4$ is enough nearly everywhere. Surprising."
            ),
        ],
    ),
    DemoThread(
        "FlashAttention",
        "What is IO-aware about it",
        5,
        "",
        [DemoComment("noam", 15, None, RUNNING_SOFTMAX)],
    ),
]


@transaction.atomic
def tell() -> Group:
    """Write the people, their group and its story, and what they are told of it."""
    people = _people()
    mina = people["mina"]
    group = Group.objects.start(GROUP, mina, time_zone="Europe/Berlin", slug=SLUG)
    for person in CAST:
        user = people[person.email.partition("@")[0]]
        if person.role != "outsider" and user != mina:
            group.memberships.create(user=user, role=person.role)
    Membership.objects.in_group(group).update(joined_at=timezone.now() - timedelta(days=60))
    workflow.apply(group.imports.create(text=LIST.read_text(), imported_by=mina), mina)
    _open(group, people)
    _read(group, people)
    _assignments(group, people)
    _discussion(group, people)
    _date_notifications(group)
    return group


def _open(group: Group, people: dict[str, User]) -> None:
    """The group can be found, someone asks to join it, and two kinds of invitation are out."""
    group.about = "Pruning, quantization and what else makes networks small. Thursdays at four."
    group.visibility = Group.Visibility.LISTED
    group.save()
    note = "I build speech models for small devices and would like to read along."
    JoinRequest.objects.ask(group, people["otto"], note)
    in_a_week = timezone.now() + timedelta(days=7)
    Invitation.objects.issue(
        group,
        people["mina"],
        role="member",
        expires_at=in_a_week,
        uses_allowed=20,
        note="For the students of the seminar",
    )
    Invitation.objects.issue(
        group, people["lena"], role="member", expires_at=in_a_week, email="ines@seminar.example"
    )


def _people() -> dict[str, User]:
    """Return the cast by the first part of their addresses, which count as confirmed.

    They have one password, so it is hashed once.
    """
    hashed = User()
    hashed.set_password(PASSWORD)
    people: dict[str, User] = {}
    for person in CAST:
        user = User(email=person.email, name=person.name, is_demo=True, password=hashed.password)
        user.save_with_handle()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        people[person.email.partition("@")[0]] = user
    return people


def _read(group: Group, people: dict[str, User]) -> None:
    chance = Random(78)  # noqa: S311 - the same story every time
    now = timezone.now()
    statuses = []
    for paper in Paper.objects.in_group(group).order_by("pk"):
        for name, diligence in DILIGENCE.items():
            if chance.random() < diligence:
                status = chance.choice([Status.READ] * 7 + [Status.READING, Status.SKIMMED])
                at = now - timedelta(days=chance.randint(1, 50), hours=chance.randint(0, 23))
                statuses.append(
                    ReadingStatus(
                        paper=paper,
                        user=people[name],
                        status=status,
                        set_at=at,
                        finished_at=at if status == Status.READ else None,
                    )
                )
    ReadingStatus.objects.bulk_create(statuses)
    for title in ["SparseGPT", "PACT"]:
        _paper(group, title).set_status(people["mina"], Status.READING)


def _assignments(group: Group, people: dict[str, User]) -> None:
    for title, role, name, days in ASSIGNMENTS:
        assignment = Assignment.objects.create(
            paper=_paper(group, title),
            member=group.memberships.get(user=people[name]) if name else None,
            role=role,
            due_on=group.today() + timedelta(days=days),
        )
        if days > NEW and name:
            telling.assigned(assignment, people["lena"])


def _discussion(group: Group, people: dict[str, User]) -> None:
    """In the order in which it was said, since what is new is planned by that order."""
    now = timezone.now()
    threads: dict[str, Thread] = {}
    said: dict[tuple[str, int], Comment] = {}
    lines = [
        (line.hours_ago, planned, number)
        for planned in THREADS
        for number, line in enumerate(planned.lines)
    ]
    for hours, planned, number in sorted(lines, key=lambda line: -line[0]):
        line = planned.lines[number]
        author = people[line.who]
        if planned.title not in threads:
            threads[planned.title] = Thread.objects.create(
                group=group,
                paper=_paper(group, planned.paper) if planned.paper else None,
                author=author,
                title=planned.title,
                page=planned.page,
                quotation=planned.quotation,
            )
        answered = None if line.answers is None else said[planned.title, line.answers]
        comment = threads[planned.title].reply(author, line.words, answered)
        # As `telling.comment_posted` does, but at once: a worker would come when others have
        # written and follow the thread.
        Follow.objects.take_part(author, comment.thread)
        Mention.objects.note(comment, group)
        telling.tell_of_comment.call(comment.pk)
        said[planned.title, number] = comment
        Comment.objects.filter(pk=comment.pk).update(created_at=now - timedelta(hours=hours))
    Thread.objects.in_group(group).keep_anew()


def _date_notifications(group: Group) -> None:
    """Let people have been told when it happened. No email is sent, and what is old is done."""
    told = Notification.objects.filter(group=group)
    yesterday = timezone.now() - timedelta(days=1)
    said_at = Comment.objects.filter(pk=OuterRef("comment")).values("created_at")
    told.update(mail_at=None, created_at=Coalesce(Subquery(said_at), yesterday))
    told.filter(created_at__lt=yesterday).note_done()


def _paper(group: Group, title: str) -> Paper:
    return Paper.objects.in_group(group).filter(title__startswith=title).get()
