"""Ten visitors with their sessions, two groups that know nothing of each other, and a request."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, OutgoingEmail, User
from papers.models import (
    DiscussionDraft,
    EarlierVersion,
    Mention,
    NotDuplicate,
    Notification,
    Paper,
    PaperMention,
    PaperMerge,
    Reaction,
)
from tests.access.canaries import Canaries
from tests.access.expectations import COLUMNS, STATES
from tests.access.fillers import Route, form_for
from tests.factories import (
    PASSWORD,
    Room,
    make_comment,
    make_invitation,
    make_join_request,
    make_membership,
    make_paper,
    make_room,
    make_user,
)
from tests.pages import HTMX

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass
class Answer:
    status: int
    sent: str
    body: str
    headers: dict[str, str]
    # The tables that were written to, and the letters that came of it.
    written: set[str]
    letters: list[OutgoingEmail]
    response: Any

    @property
    def texts(self) -> list[str]:
        return [self.body, *self.headers.values()]


@dataclass
class World:
    room: Room
    foreign: Room
    people: dict[str, User]
    cookies: dict[str, str]
    ours: Canaries
    theirs: Canaries
    addresses: set[str]  # of our members
    # All their browsers share one, for to put up the middlewares takes as long as to refuse.
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def browser(self, visitor: str) -> Client:
        """A browser in which the visitor has been signed in for a while."""
        browser = Client()
        browser.handler = self.handler
        if key := self.cookies.get(visitor):
            browser.cookies[settings.SESSION_COOKIE_NAME] = key
        return browser

    def ask(
        self, route: Route, method: str, visitor: str, *, htmx: bool = False, **instead: Any
    ) -> Answer:
        """What the visitor gets at an address that is the room's, with the room's form."""
        form = form_for(route.name, self.room) if method == "POST" else {}
        address = route.address(self.room, **instead)
        return self.send(visitor, method, address, form, htmx=htmx)

    def send(
        self, visitor: str, method: str, address: str, form: Any = None, *, htmx: bool = False
    ) -> Answer:
        send = getattr(self.browser(visitor), method.lower())
        given = {} if method == "TRACE" else {"data": form or {}}
        if method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            given = {}
        last = newest_letter() if method == "POST" else 0
        with written_tables() as written:
            response = send(address, **given, headers=HTMX if htmx else {})
        return Answer(
            status=response.status_code,
            sent=f"{address} {form}",
            body=words_in(response) if response.content else "",
            headers=dict(response.headers),
            written=written,
            letters=list(OutgoingEmail.objects.filter(pk__gt=last))
            if "groups_outgoingemail" in written
            else [],
            response=response,
        )


def make_world() -> World:
    room, foreign = make_room("Readers"), make_room("Neighbours")
    for one in (room, foreign):
        complete(one)
    people: dict[str, User] = {name: getattr(room, name) for name in COLUMNS if name != "stranger"}
    people |= {
        "foreign": foreign.organizer,
        "former": make_user("Finn"),
        "invited": make_user("Ines"),
        "asked": make_user("Ava"),
        "staff": User.objects.create_superuser("operator@example.org", "Sam", PASSWORD),
        "deactivated": make_user("Dora"),
    }
    make_membership(room.group, people["former"]).leave()
    make_membership(room.group, people["deactivated"])
    make_invitation(room.group, email=people["invited"].email)
    make_join_request(room.group, people["asked"])
    world = World(
        room=room,
        foreign=foreign,
        people=people,
        cookies={},
        ours=Canaries(room.group, first=1000),
        theirs=Canaries(foreign.group, first=5000),
        addresses=set(room.group.memberships.values_list("user__email", flat=True)),
    )
    for row in [*rows_of(room), *rows_of(foreign), *people.values()]:
        row.refresh_from_db()
    for person in User.objects.all():  # a person who signed up has an address that allauth knows
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    for name, person in people.items():
        world.cookies[name] = signed_in(person)
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    return world


def complete(room: Room) -> None:
    """A row of those kinds that a room does not have, but that hold words of people."""
    assert room.written.applied_at
    asking = make_user("Arno")
    make_join_request(room.group, asking, "I have read half of it.")
    make_invitation(room.group, note="Come in", email=f"invited-to-{room.group.slug}@example.org")
    room.paper.set_status(room.member, "read")
    other = make_paper(room.group, room.topic, title="Optimal brain damages")
    aside = make_paper(room.group, room.topic, title="Optimal brain damaged")
    merge = PaperMerge.objects.merge(aside, other, room.organizer)
    Paper.objects.filter(pk=merge.survivor_id).update(version=1)
    NotDuplicate.objects.say(room.paper, other, room.member)
    make_comment(room.thread, room.author, "And is it dense?")
    PaperMention.objects.create(comment=room.comment, paper=room.paper, title_key="title:mentioned")
    Mention.objects.create(comment=room.comment, user=room.author, handle=room.author.handle)
    DiscussionDraft.objects.keep(
        room.author, room.group, "group", room.group.pk, {"source": "Half a"}
    )
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    EarlierVersion.objects.create(
        comment=room.comment, version=0, source="At first", written_at=timezone.now()
    )
    Notification.objects.create(
        user=room.author,
        group=room.group,
        reason="mentioned",
        cause=f"comment:{room.comment.pk}",
        actor=room.member,
        paper=room.paper,
        thread=room.thread,
        comment=room.comment,
    )


def rows_of(room: Room) -> list[models.Model]:
    found = [room.written, *(getattr(room, one.name) for one in fields(room))]
    return [row for row in found if isinstance(row, models.Model)]


def signed_in(person: User) -> str:
    """The key of a session in which the person has given their password again a moment ago."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def words_in(response: Any) -> str:
    """What an answer says; of an archive, what all files in it say."""
    if response["Content-Type"] != "application/zip":
        return response.content.decode()
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def put_into(state: str, group: Group) -> None:
    if changes := STATES[state]:
        Group.objects.filter(pk=group.pk).update(**changes)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside has not been done afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """Collects the names of the tables that statements write to, whether or not a row changes."""
    written: set[str] = set()

    def noting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noting):
        yield written


def newest_letter() -> int:
    return OutgoingEmail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
