"""Rows for tests: each maker fills in what the test is not about."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from groups.models import Group, Invitation, JoinRequest, Membership, User
from papers.imports import workflow
from papers.imports.apply import ImportApplier
from papers.models import (
    Assignment,
    Comment,
    ListImport,
    Lookup,
    Paper,
    Placement,
    Thread,
    Topic,
)

PASSWORD = "correct horse battery"
_numbers = count(1)


def make_user(name: str = "Someone", **fields: Any) -> User:
    number = next(_numbers)
    email = fields.pop("email", f"person{number}@example.org")
    return User.objects.create_user(email, name, fields.pop("password", PASSWORD), **fields)


def make_group(organizer: User | None = None, **fields: Any) -> Group:
    name = fields.pop("name", f"Group {next(_numbers)}")
    group = Group.objects.start(name, organizer or make_user("Organizer"), slug=slugify(name))
    for field, value in fields.items():
        setattr(group, field, value)
    group.save()
    return group


def make_membership(group: Group, user: User | None = None, role: str = "member") -> Membership:
    """A member since yesterday, so that what the test says is said after they joined."""
    membership = Membership.objects.create(group=group, user=user or make_user(), role=role)
    yesterday = timezone.now() - timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(joined_at=yesterday)
    membership.refresh_from_db()
    return membership


def two_organizers() -> tuple[Group, Membership, Membership]:
    group = make_group()
    return group, group.memberships.get(), make_membership(group, role="organizer")


def make_invitation(group: Group, **fields: Any) -> tuple[Invitation, str]:
    """An invitation and the secret of its link."""
    organizer = Membership.objects.in_group(group).organizers().with_people()[0].user
    wanted = {"role": "member", "uses_allowed": 1} | fields
    wanted.setdefault("expires_at", timezone.now() + timedelta(days=7))
    return Invitation.objects.issue(group, organizer, **wanted)


def make_join_request(group: Group, user: User | None = None, note: str = "") -> JoinRequest:
    """Made while the group was listed, which it need not be any more."""
    asking = user or make_user()
    request = group.join_requests.create(user=asking, note=note)
    group.tell("asked", asking, person=asking)
    return request


def make_topic(group: Group, name: str | None = None, parent: Topic | None = None) -> Topic:
    return Topic.objects.add(group, name or f"Topic {next(_numbers)}", parent)


def make_paper(group: Group, topic: Topic | None = None, **fields: Any) -> Paper:
    """A paper under a topic, the group's first where the test does not care."""
    fields.setdefault("title", f"Paper {next(_numbers)}")
    paper = Paper.objects.create(group=group, **fields)
    paper.place_under(topic or group.topics.first() or make_topic(group))
    return paper


def make_assignment(paper: Paper, member: Membership | None = None, **fields: Any) -> Assignment:
    return Assignment.objects.create(paper=paper, member=member, **fields)


def make_lookup(paper: Paper, **fields: Any) -> Lookup:
    """One that proposes a venue, or is as the test says."""
    proposal = {"entry": {"title": paper.title, "venue": "NIPS"}, "confidence": 93}
    proposed = {"state": "proposed", "provider": "crossref", "proposal": proposal}
    return Lookup.objects.create(paper=paper, **(proposed | fields))


def make_thread(paper: Paper, author: User, title: str = "A question") -> Thread:
    """A thread with nothing said in it yet."""
    return Thread.objects.create(group_id=paper.group_id, paper=paper, author=author, title=title)


def make_comment(thread: Thread, author: User, source: str = "A thought", **fields: Any) -> Comment:
    return thread.reply(author, source, fields.get("parent"))


def make_written_list(paper: Paper, reader: User) -> ListImport:
    """A list that had the paper where it is, so that writing it did nothing. History tells not."""
    topic = paper.topics.get()
    text = f"## {topic.name}\n- [ ] {paper.title}\n"
    brought = paper.group.imports.create(
        text=text, imported_by=reader, format="markdown", applied_at=timezone.now()
    )
    brought.effects, brought.headings, brought.places = ImportApplier(
        workflow.compare(brought, reader), reader, timezone.now()
    ).apply(brought)
    brought.save()
    return brought


@dataclass(frozen=True)
class Room:
    """A group at work: its people, somebody who is not in it, and a row of each kind."""

    group: Group
    organizer: User
    member: User
    # A member who wrote the thread and the comment, and has the assignment.
    author: User
    outsider: User
    topic: Topic
    other_topic: Topic
    paper: Paper
    placement: Placement
    assignment: Assignment
    slot: Assignment
    lookup: Lookup
    thread: Thread
    comment: Comment
    invitation: Invitation
    secret: str
    list_import: ListImport

    @cached_property
    def written(self) -> ListImport:
        """A list that brought nothing. Few ask for it, and writing it takes as long as the rest."""
        return make_written_list(self.paper, self.organizer)

    def membership_of(self, user: User) -> Membership:
        return Membership.objects.get(group=self.group, user=user)


def make_room(name: str = "Readers") -> Room:
    organizer = make_user(f"Olga of {name}")
    group = make_group(organizer, name=name)
    member, author = make_user(f"Max of {name}"), make_user(f"Anna of {name}")
    for person in (member, author):
        make_membership(group, person)
    topic, other_topic = make_topic(group, "Pruning"), make_topic(group, "Quantization")
    paper = make_paper(group, topic, title=f"Optimal Brain Damage for {name}")
    thread = make_thread(paper, author, "The diagonal")
    invitation, secret = make_invitation(group)
    return Room(
        group=group,
        organizer=organizer,
        member=member,
        author=author,
        outsider=make_user("Otto"),
        topic=topic,
        other_topic=other_topic,
        paper=paper,
        placement=paper.placements.get(),
        assignment=make_assignment(paper, group.memberships.get(user=author)),
        slot=make_assignment(paper, role="scribe"),
        lookup=make_lookup(paper),
        thread=thread,
        comment=make_comment(thread, author, "Is the Hessian shared?"),
        invitation=invitation,
        secret=secret,
        list_import=group.imports.create(
            text=f"## Pruning\n- [x] A paper on its way to {name}\n", imported_by=organizer
        ),
    )


def browser_of(user: User | None = None, **options: Any) -> Client:
    """A browser that is signed in as a user, or not at all."""
    browser = Client(**options)
    if user:
        browser.force_login(user)
    return browser


def note_coming_in(browser: Client, user: User, minutes_ago: int = 0) -> None:
    """The browser's session has it that the person came in by a code so long ago."""
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, method="code")
    request.session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= 60 * minutes_ago
    request.session.save()
