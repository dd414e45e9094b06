"""A database of any release is brought up to date, and everything in it is still there.

One scratch database goes through all releases. Each is given the rows that only it could hold, so
that a migration meets rows as old as any.
"""

import base64
import contextlib
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import environ
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps.registry import Apps
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import salted_hmac

from groups.accounts.mfa import MFAAdapter
from groups.accounts.sessions import SessionKey, SessionStore
from groups.encryption import hash_of
from groups.handles import HANDLE, shape_of
from groups.models import Group, IdempotencyKey, OutgoingEmail, User
from groups.models.outgoing_emails import SECRET
from papers.formats.core.identity import title_key
from papers.models import Assignment, Paper, Thread
from tests.engines import TO_THE_LAST
from tests.searching import cells
from tests.servers import database_for_server
from tests.unpacking import found_in_cells

RELEASES = {
    "0.1.0": [("groups", "0001_start"), ("papers", "0001_start")],
    "0.2.0": [("groups", "0003_handles"), ("papers", "0001_start")],
    "0.3.0": [
        ("groups", "0004_merged_events"),
        ("papers", "0006_lookups"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ],
}
# By rules of the time: title, DOI, what it was known by then; and what it is known by now.
KNOWN_BY = [
    ("Older", "10.1000/z&lt;1:a&gt;2", "doi:10.1000/z&lt;1:a&gt;2", "doi:10.1000/z<1:a>2"),
    ("Later", "10.1000/z<1:a>2", "doi:10.1000/z<1:a>2", "kept"),
    ("Older slash", "10.1000/w", "doi:10.1000/w", "doi:10.1000/w"),
    ("Later slash", "10.1000/w/", "doi:10.1000/w/", "doi:10.1000/w/"),
    ("A Tour of C", "", "title:atourofc|1990", "title:atourofc"),
    ("A Tour of C++", "", "title:atourofc", "title:atourofc++"),
    ("A Tour of C#", "", "title:atourofc++", "title:atourofc♯"),
]
RENAMED = {
    "groups.Letter": "groups.OutgoingEmail",
    "groups.RequestKey": "groups.IdempotencyKey",
    "papers.Answer": "papers.ProviderResponse",
    "papers.Distinction": "papers.NotDuplicate",
    "papers.Turn": "papers.ProviderSlot",
}
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PEOPLE = 5_000 if TO_THE_LAST else 200
# Handles as 0.1.0 made them, or as an import or the shell could write them.
HANDLES = [
    *(f"member-{number}" for number in range(PEOPLE)),
    # What a later one of these would be called is another one's handle, or looks like it.
    "ann", "a-nn", "ann-3", "a-n-n", "ann-203", "ann-204", "ann-205", "ann-2o6", "aNN-207",
    # Of 40 characters, which differ in the last one or only to a machine.
    "w" * 40, "w" * 39 + "-", "v" * 40, "m" * 39 + "1", "m" * 39 + "l", "rn" * 20,
    "q-" * 20, "0" * 40, "o" * 40, "O" * 39, "MIXED-Case", "mixed_case",
    # Words that are reserved since 0.2.0, and what cannot be typed after an @.
    "admin", "seminar-support", "all", "me", "None", "-", "_", "--__--", "", "_x_", "ürsula",
    "ursula", "пётр", "名前", "a b", "İ", "ß", "ss",
]  # fmt: skip
NAMES = ["Readers", "readers!", "x" * 80, "\u202egroup", "名前"]
# Each group's pairs are one work by today's rules, and were told apart once.
TWICE = [
    ("10.1000/ABC", "10.1000/abc."),
    ("10.1000/x/full", "10.1000/x"),
    ("https://doi.org/10.1000/y", "10.1000/y"),
]


@contextlib.contextmanager
def scratch_database(folder: Path) -> Iterator[None]:
    """Let `connection` be one to an empty database of the engine under test."""
    tested = connections["default"]
    with database_for_server(folder) as url:
        found = environ.Env.db_url_config(url)
        options = {k: v for k, v in tested.settings_dict["OPTIONS"].items() if k != "pool"}
        options |= found.get("OPTIONS", {})
        scratch = tested.settings_dict | found | {"OPTIONS": options}
        connections["default"] = type(tested)(scratch, "default")
        try:
            if connection.vendor == "sqlite":
                connection.cursor().execute("PRAGMA synchronous = OFF")
            yield
        finally:
            connections["default"].close()
            connections["default"] = tested


def migrate(targets: list[tuple[str, str]]) -> Apps:
    """Bring the database to a release; return its models."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def newest() -> list[tuple[str, str]]:
    graph = MigrationExecutor(connection).loader.graph
    return [node for app in ("groups", "papers") for node in graph.leaf_nodes(app)]


def fill_0_1_0(apps: Apps) -> None:
    """People of every handle, and a group with a row of each kind."""

    def rows(app: str, model: str) -> Any:
        return apps.get_model(app, model).objects

    people = rows("groups", "User").bulk_create(
        apps.get_model("groups", "User")(
            email=f"{number}@example.org", name=f"<b>{handle}</b> \u202e", handle=handle
        )
        for number, handle in enumerate(HANDLES)
    )
    mina = people[0]
    for number, name in enumerate(NAMES):
        group = rows("groups", "Group").create(name=name, slug=f"group-{number}")
        ours = rows("groups", "Membership").create(group=group, user=mina, role="organizer")
        for person in people[1:50]:
            rows("groups", "Membership").create(group=group, user=person)
        rows("groups", "Invitation").create(
            group=group, secret_hash=f"{number}" * 64, expires_at=NOW, created_by=mina
        )
        topic = rows("papers", "Topic").create(group=group, name="Pruning" * 28)
        for title, doi, arxiv in [
            ("Same title", "", ""),
            ("ﬁne-tuning.", "", ""),
            ("T" * 500, "d" * 300, "2" * 40),
            ("?!", "", ""),
            *((f"{twice} {n}", twice[n], "") for twice in TWICE for n in (0, 1)),
            ("By arXiv", "10.48550/arXiv.2101.00001v2", ""),
            ("By arXiv, too", "", "2101.00001"),
        ]:
            paper = rows("papers", "Paper").create(
                group=group,
                title=title,
                doi=doi,
                arxiv=arxiv,
                authors="Nobody and <script>" * 20,
                identity=f"as it was then: {title[:200]}",
                imported_title=f"{title}.",
                added_by=mina,
            )
            rows("papers", "Placement").create(topic=topic, paper=paper)
            rows("papers", "ReadingStatus").create(paper=paper, user=mina, state="reading")
            rows("papers", "Assignment").create(paper=paper, member=ours)
            rows("papers", "Assignment").create(paper=paper, part="scribe", due_on=NOW)
            thread = rows("papers", "Thread").create(paper=paper, author=mina, title="Why?")
            rows("papers", "Comment").create(thread=thread, author=mina, source="$x$", html="x")
            rows("papers", "Visit").create(thread=thread, user=mina, seen_comment_id=1)
        rows("papers", "ListImport").create(group=group, text="- [x] a", imported_by=mina)
    rows("groups", "RequestKey").create(user=mina, key="k" * 64, body=b"\x00\xff")


def fill_0_2_0(apps: Apps) -> None:
    group = apps.get_model("groups", "Group").objects.order_by("pk")[0]
    person = apps.get_model("groups", "User").objects.order_by("-pk")[0]
    group.join_requests.create(user=person, note="x" * 500)
    group.events.create(kind="asked", actor=person, person=person, details={"a": "\u202e"})
    apps.get_model("groups", "Letter").objects.create(recipient="x@example.org", content={})
    apps.get_model("groups", "Policy").objects.create(pk=1, sign_up="invited")


def fill_0_3_0(apps: Apps) -> None:
    """Two papers of which one was merged into the other, and one that a list took off."""
    group = apps.get_model("groups", "Group").objects.order_by("pk")[0]
    papers = apps.get_model("papers", "Paper").objects
    one = papers.filter(group=group).order_by("pk")[0]
    papers.create(group=None, title="Merged", identity="title:merged", merged_into=one)
    taken_off = group.imports.get()
    group.imports.filter(pk=taken_off.pk).update(applied_at=NOW)
    papers.create(group=None, title="Removed", identity="title:removed", removed_by=taken_off)
    fill_with_merges(apps)
    for title, doi, known_by, _ in KNOWN_BY:
        papers.create(group=group, title=title, doi=doi, identity=known_by)
    apps.get_model("papers", "Lookup").objects.create(paper=one, state="nothing", next_try_at=None)
    fill_with_secrets(apps)
    fill_with_letters(apps)


def fill_with_merges(apps: Apps) -> None:
    """A merge that can be undone, of a paper by whose identity another one is on the list now, and
    one into a paper that a list took off."""
    papers = apps.get_model("papers", "Paper").objects
    group = apps.get_model("groups", "Group").objects.order_by("-pk")[0]
    one = papers.filter(group=group).order_by("pk")[0]
    merged = papers.create(
        group=None, title="Merged lately", identity=one.identity, merged_into=one
    )
    kept = {
        "details": {},
        "places": {},
        "marks": {},
        "talk": [],
        "merged_before": [],
        "parts": {"moved": [], "filled": {}},
    }
    group.merges.create(survivor=one, merged=merged, kept=kept)
    off = papers.create(
        group=None, title="Off", identity="title:off", removed_by=group.imports.get()
    )
    papers.create(group=None, title="Merged into it", identity="title:into", merged_into=off)


def assert_assignments_keep_their_roles() -> None:
    found = set(Assignment.objects.values_list("role", "member__user__email", "due_on"))
    assert found == {("presenter", "0@example.org", None), ("scribe", None, NOW.date())}


def assert_papers_set_aside_keep_their_group() -> None:
    first, last = Group.objects.order_by("pk")[0], Group.objects.order_by("-pk")[0]
    aside = {paper.title: paper for paper in Paper.all_objects.exclude(set_aside_at=None)}
    assert {title: paper.group for title, paper in aside.items()} == {
        "Merged": first,
        "Removed": first,
        "Merged lately": last,
        "Off": last,
        "Merged into it": last,
    }
    assert aside["Removed"].set_aside_at == NOW
    assert aside["Merged lately"].set_aside_at == last.merges.get().merged_at
    assert not {paper.title for paper in Paper.objects.all()} & aside.keys()
    assert last.merges.get().undo(User.objects.order_by("pk")[0]) == []
    assert Paper.objects.filter(title="Merged lately").exists()


def fill_with_letters(apps: Apps) -> None:
    """What waits about a group: told to a member, asked of an organizer, sent to an address."""
    group = apps.get_model("groups", "Group").objects.order_by("pk")[0]
    person = apps.get_model("groups", "User").objects.order_by("pk")[0]
    letters = apps.get_model("groups", "Letter").objects
    site = "http://testserver"
    bodies = {
        "members": f"Hello,\n\nit stays.\n\n{site}/groups/{group.slug}/\n",
        "organizers": f"They write: see {site}/groups/x/\n\n{site}/groups/{group.slug}/ask/7/\n",
        "account": f"Other groups can be found here:\n\n{site}/groups/\n",
    }
    for audience, body in bodies.items():
        content = {"subject": audience, "body": body}
        letters.create(recipient=person.email, message_id=f"<{audience}>", content=content)
    made = salted_hmac("groups.letters", "<invited>", algorithm="sha256").digest()
    secret = base64.urlsafe_b64encode(made[:24]).decode()
    group.invitations.create(
        email="n@example.org", secret_hash=hash_of(secret), expires_at=NOW, created_by=person
    )
    content = {"subject": "invited", "body": f"open {SECRET}"}
    letters.create(recipient="n@example.org", message_id="<invited>", content=content)


def assert_letters_say_for_whom() -> None:
    group, person = Group.objects.order_by("pk")[0], User.objects.order_by("pk")[0]
    found = {
        letter.content["subject"]: (letter.audience, letter.group, letter.reader)
        for letter in OutgoingEmail.objects.all()
        if letter.content
    }
    assert found == {
        "Hello": ("account", None, None),
        "account": ("account", None, None),
        "members": ("members", group, person),
        "organizers": ("organizers", group, person),
        "invited": ("invited", group, None),
    }


COOKIE, KEY, CODE = "0123456789abcdefghijklmnopqrstuv", "JBSWY3DPEHPK3PXP", "BCDF-GHJK"
PAGE = "the page with a link"


def fill_with_secrets(apps: Apps) -> None:
    """A letter with a link that waits, somebody signed in with a second step, and a kept page."""
    person = apps.get_model("groups", "User").objects.order_by("pk")[0]
    mail = EmailMessage("Hello", f"open {SECRET}, or type {CODE}")
    content: dict[str, Any] = {
        "subject": mail.subject,
        "body": mail.body,
        "from_email": "a@example.org",
        "reply_to": [],
        "headers": {},
        "alternatives": [],
        "attachments": [],
    }
    letters = apps.get_model("groups", "Letter").objects
    letters.create(recipient="y@example.org", message_id="<1@example.org>", content=content)
    apps.get_model("sessions", "Session").objects.create(
        session_key=COOKIE,
        session_data=DjangoStore().encode({"_auth_user_id": str(person.pk), "code": CODE}),
        expire_date=datetime(2100, 1, 1, tzinfo=UTC),
    )
    apps.get_model("sessions", "Session").objects.create(
        session_key="torn", session_data="torn", expire_date=NOW
    )
    apps.get_model("usersessions", "UserSession").objects.create(
        user_id=person.pk, ip="::1", session_key=COOKIE, user_agent="x"
    )
    apps.get_model("mfa", "Authenticator").objects.create(
        user_id=person.pk, type="totp", data={"secret": KEY}
    )
    apps.get_model("groups", "RequestKey").objects.create(
        user_id=person.pk, key="p", status=200, body=zlib.compress(PAGE.encode(), level=1)
    )
    apps.get_model("groups", "RequestKey").objects.create(
        user_id=person.pk,
        key="r",
        status=302,
        headers={"Location": "/"},
        body=zlib.compress(b"", 1),
    )


def assert_secrets_work_and_are_not_read() -> None:
    letter = OutgoingEmail.objects.get(recipient="y@example.org")
    assert letter.message(None).body == f"open {letter.secret}, or type {CODE}"
    made = salted_hmac("groups.letters", "<1@example.org>", algorithm="sha256").digest()
    assert letter.secret == base64.urlsafe_b64encode(made[:24]).decode()
    store = SessionStore(SessionKey.of(COOKIE))
    assert store["code"] == CODE
    assert store.session_key == UserSession.objects.get().session_key
    assert Session.objects.count() == 1
    step = Authenticator.objects.get()
    assert MFAAdapter().decrypt(step.data["secret"]) == KEY
    assert IdempotencyKey.objects.get(key="p").answer() is None
    answer = IdempotencyKey.objects.get(key="r").answer()
    assert answer
    assert answer["Location"] == "/"
    secrets = {"code": CODE, "cookie": COOKIE, "app": KEY, "page": PAGE, "link": letter.secret}
    assert found_in_cells(secrets, cells()) == set()


FILLED: dict[str, Callable[[Apps], None]] = {
    "0.1.0": fill_0_1_0,
    "0.2.0": fill_0_2_0,
    "0.3.0": fill_0_3_0,
}


def counts(apps: Apps) -> dict[str, int]:
    """How many rows each table of ours has."""
    return {
        model._meta.label: model._base_manager.count()
        for app in ("groups", "papers")
        for model in apps.get_app_config(app).get_models()
    }


def test_each_release_is_a_state_that_the_next_one_begins_from():
    assert list(FILLED) == list(RELEASES)


def test_rows_of_every_release_are_still_there_after_the_upgrade(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), scratch_database(tmp_path):
        before: dict[str, int] = {}
        for release, targets in RELEASES.items():
            apps = migrate(targets)
            assert {label: counts(apps)[label] for label in before} == before
            FILLED[release](apps)
            before = counts(apps)
        apps = migrate(newest())
        before = {RENAMED.get(label, label): number for label, number in before.items()}
        assert {label: counts(apps)[label] for label in before} == before

        assert_secrets_work_and_are_not_read()
        assert_letters_say_for_whom()
        assert_papers_set_aside_keep_their_group()
        assert_assignments_keep_their_roles()
        assert Thread.objects.exists()
        assert not Thread.objects.kept_wrongly().exists()
        people = list(User.objects.order_by("pk"))
        assert len({person.handle.lower() for person in people}) == len(HANDLES)
        assert len({shape_of(person.handle) for person in people}) == len(HANDLES)
        for person, handle in zip(people, HANDLES, strict=True):
            assert person.name == f"<b>{handle}</b> \u202e"
            assert HANDLE.match(person.handle), handle
            assert person.handle_shape == shape_of(person.handle)
            person.save()
        was = {person.pk: handle for person, handle in zip(people, HANDLES, strict=True)}
        kept = {person.handle for person in people if person.handle == was[person.pk]}
        assert {"member-0", "ann", "ursula", "ss", "admin"} <= kept

        assert [group.name for group in Group.objects.order_by("pk")] == NAMES
        papers = list(Paper.all_objects.order_by("pk"))
        here = [(paper.group_id, paper.identity) for paper in Paper.objects.all()]
        assert len(set(here)) == len(here)
        identities = {
            paper.title: re.sub(r"^kept:\d+$", "kept", paper.identity) for paper in papers
        }
        assert {title: identities[title] for title, *_ in KNOWN_BY} == {
            title: known_by for title, *_, known_by in KNOWN_BY
        }
        for paper in papers:
            assert paper.title_key == title_key(paper.title)
            assert paper.imported.get("original", "").removesuffix(".") in ("", paper.title)
