"""What goes into an address and into a form, so that it is about a room's own rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from groups.models import Group
from papers.library.forms.adding import seen
from papers.models import ListImport, Reason
from papers.notifications.unsubscribing import token_for
from tests.access.expectations import Line, line_of
from tests.factories import PASSWORD, Room

MISSING = 2**40
FOLLOWED = ("group", "topic", "paper", "thread")
NO_GROUP = "no-such-group"

# What the table calls rows: how to find one in a room.
ROWS: dict[str, Callable[[Room], Any]] = {
    "topic": lambda room: room.topic,
    "paper": lambda room: room.paper,
    "placement": lambda room: room.placement,
    "assignment": lambda room: room.assignment,
    "slot": lambda room: room.slot,
    "thread": lambda room: room.thread,
    "comment": lambda room: room.comment,
    # One of several in its thread.
    "second": lambda room: room.thread.comments.latest("pk"),
    "list_import": lambda room: room.list_import,
    "written": lambda room: room.written,
    "merge": lambda room: room.group.merges.earliest("pk"),
    "membership": lambda room: room.membership_of(room.member),
    "invitation": lambda room: room.invitation,
    "session": lambda room: UserSession.objects.filter(user=room.author).earliest("pk"),
    "nothing": lambda room: Group(pk=MISSING),
    "join_request": lambda room: room.group.join_requests.earliest("pk"),
    "notification": lambda room: room.author.notifications.earliest("pk"),
}

# The parts of an address besides `pk`, by name.
PARAMETERS: dict[str, Callable[[Room], Any]] = {
    "slug": lambda room: room.group.slug,
    "secret": lambda room: room.secret,
    "other": lambda room: room.group.papers.latest("pk").pk,
    "key": lambda room: "no-such-key",
    "uidb36": lambda room: "1",
    "token": lambda room: token_for(room.author, room.thread),
    # Anyone who has the secret may read: tests/papers/feeds sees to that.
    "feed_token": lambda room: "no-such-feed",
    "app_label": lambda room: "papers",
    "extension": lambda room: "md",
}

# Addresses that have no name, by the space that they are in.
UNNAMED = {"admin:": lambda: reverse("admin:index") + "no-such-page"}


# Addresses


@dataclass(frozen=True)
class Route:
    """One address of the site, as the resolver has it."""

    name: str
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def line(self) -> Line:
        line = line_of(self.name)
        assert line, f"{self.name} is not in the table"
        return replace(line, is_of_a_group=self.is_of_a_group)

    @property
    def is_of_a_group(self) -> bool:
        return "slug" in self.parameters

    @property
    def has_a_row(self) -> bool:
        return self.is_of_a_group and "pk" in self.parameters

    def address(self, room: Room, **instead: Any) -> str:
        """The address with what is of the room, but for what is said `instead`."""
        if self.name.endswith(":None"):
            return UNNAMED[self.name.removesuffix("None")]()
        filled = {name: self._fill(name, room) for name in self.parameters if name not in instead}
        return reverse(self.name, kwargs=filled | instead)

    def row_of(self, room: Room) -> int:
        return int(ROWS[self.line.row](room).pk)

    def _fill(self, name: str, room: Room) -> Any:
        if name == "object_id":
            return self._object()
        return self.row_of(room) if name == "pk" else PARAMETERS[name](room)

    def _object(self) -> Any:
        """A row of the kind that a page of the operators is about: admin:papers_paper_change."""
        kind = self.name.removeprefix("admin:").rpartition("_")[0]
        model = next(m for m in apps.get_models() if m._meta.label_lower.replace(".", "_") == kind)
        return model._default_manager.values_list("pk", flat=True).first() or MISSING


def routes(resolver: URLResolver | None = None) -> list[Route]:
    """Every address, once for each name and what it takes."""
    return list(dict.fromkeys(_routes(resolver or get_resolver(), "", ())))


def _routes(resolver: URLResolver, space: str, above: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        parameters = above + _parameters(pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _routes(pattern, space + inside, parameters)
        else:
            yield Route(f"{space}{pattern.name}", parameters)


def _parameters(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    return tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)


# Forms


def _key_of_entry(room: Room) -> str:
    """What a correction of the only paper in the list that waits is noted under."""
    return ListImport.objects.get(pk=room.list_import.pk).corrected.entries[0].key


def form_for(name: str, room: Room) -> dict[str, Any]:
    """What a form at the address is filled in with, so that its action is done.

    A field that takes a row of the group takes one here: another group's is put in its place by
    the tests of nesting.
    """
    topic, other_topic = room.topic.pk, room.other_topic.pk
    member = room.membership_of(room.member).pk
    changed = {
        "oldpassword": PASSWORD,
        "password1": "another long one",
        "password2": "another long one",
    }
    forms: dict[str, dict[str, Any]] = {
        "papers:group_create": {"name": "A group of my own"},
        "papers:topic_create": {"name": "Distillation", "parent": topic},
        "papers:topic_update": {"name": "Pruning and more", "place": 2, "parent": other_topic},
        "papers:topic_delete": {"move_to": other_topic},
        "papers:paper_create": {
            "title": "Deep Compression",
            "topics": [other_topic],
            "kind": "book",
        },
        "papers:paper_update": {
            "title": "Optimal Brain Surgeon",
            "topics": [other_topic],
            "kind": "book",
            "version": 1,
        },
        "papers:paper_paste": {
            "text": "doi:10.1000/182",
            "topic": other_topic,
            "seen": seen("doi:10.1000/182"),
        },
        "papers:lookup_update": {"decision": "accept", "details": ["venue"]},
        "papers:status_update": {"status": "read"},
        **{f"papers:{kind}_follow": {"level": "all"} for kind in FOLLOWED},
        "papers:catch_up_seen": {"one": f"{room.thread.pk}-1"},
        "papers:catch_up_keep": {"one": f"{room.thread.pk}-1"},
        "papers:notifications_done": {"oldest": 0, "newest": MISSING},
        "papers:notification_later": {"until": "day"},
        "papers:notification_settings": {
            **dict.fromkeys(Reason.values, "weekly"),
            "quiet_from": "22:00",
            "quiet_until": "07:00",
        },
        "papers:assignment_create": {"role": "reader", "member": member, "due_on": "2026-12-31"},
        "papers:assignment_update": {"role": "reader", "member": member, "version": 1},
        "papers:thread_create": {"title": "A question", "source": "Why?", "kind": "question"},
        "papers:group_thread_create": {"title": "A note", "source": "So.", "kind": "note"},
        "papers:thread_update": {"title": "A better one", "kind": "question", "version": 1},
        "papers:thread_move": {"paper": room.paper.pk},
        "papers:draft_save": {"draft": f"thread-{room.thread.pk}", "source": "Half a"},
        "papers:draft_delete": {"draft": f"thread-{room.thread.pk}"},
        "papers:reaction_update": {"on": "agree"},
        "papers:comment_split": {"title": "Another question"},
        "papers:placement_update": {"topic": other_topic, "place": 1},
        "papers:comment_create": {"source": "Because.", "parent": room.comment.pk},
        "papers:comment_preview": {"source": "Because."},
        "papers:comment_update": {"source": "Because, I think.", "version": 1},
        "papers:merge_create": {"version": 1, "other_version": 1, "title": "other"},
        "papers:import_create": {"list_text": "- [ ] Deep Compression"},
        "papers:import_correct": {
            "key": _key_of_entry(room),
            "answer": "drop",
        },
        "papers:import_read_again": {"encoding": "utf-8"},
        "papers:html_convert": {"html": "<ul><li>Deep Compression</li></ul>"},
        "papers:import_choose": {"key": "paper-0", "taken": "no"},
        "groups:group_update": {
            "name": "Renamed",
            "about": "Everything about pruning",
            "time_zone": "Europe/Berlin",
            "visibility": "public",
            "opens_threads": "on",
            "may_be_indexed": "on",
            "emails_without_text": "on",
            "seats": 70,
        },
        "groups:membership_show": {"shown": "hidden"},
        "groups:person_update": {
            "name": "Nina",
            "handle": "nina-nina",
            "time_zone": "Europe/Berlin",
            "chosen_colour": 3,
        },
        "groups:account_delete": {"typed": room.outsider.email},
        "papers:group_delete": {"typed": room.group.name},
        "groups:membership_update": {"role": "organizer"},
        "groups:invitation_create": {"role": "member", "days": 7, "uses_allowed": 2},
        "groups:invitation_send": {"role": "member", "days": 7, "emails": "nina@example.org"},
        "groups:join_request_create": {"note": "I have read half of it."},
        "groups:join_request_update": {"decision": "accept", "answer": "Come in."},
        "admin:groups_policy_add": {"sign_up": "invited"},
        "account_login": {"login": room.outsider.email, "password": PASSWORD},
        "account_signup": {
            "name": "Nina",
            "email": "nina@example.org",
            "password1": "a good long password",
        },
        "account_reauthenticate": {"password": PASSWORD},
        "account_change_password": changed,
        "account_request_login_code": {"email": "nobody@example.org"},
        "account_reset_password": {"email": "nobody@example.org"},
    }
    return forms.get(name, {})


# What is asked for behind the question mark and takes the id of a row.
QUERIES = [
    ("papers:list_detail", "topic", "topic"),
    ("papers:status_update", "topic", "topic"),
    ("papers:paper_create", "topic", "topic"),
    ("papers:comment_create", "parent", "comment"),
    ("papers:paper_paste", "topic", "topic"),
    ("papers:list_export", "topic", "topic"),
    ("papers:list_download", "topic", "topic"),
]
