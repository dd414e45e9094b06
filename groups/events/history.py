"""A group's history in words, and which part of it an organizer looks at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.http import QueryDict
from django.template.defaultfilters import pluralize
from django.utils.html import format_html
from django.utils.safestring import SafeString

from groups.events.forms import FilterForm
from groups.models import Event, Group, Kind, User
from groups.models.events import EventQuerySet
from groups.models.group_settings import SETTINGS
from groups.web.pagination import Page

LINES_ON_A_PAGE = 100
COLUMNS = ["moment", "who", "handle", "what", "whom", "details"]
ROLES = {"organizer": ("an organizer", "organizers"), "member": ("a member", "members")}
DELETED = {
    "paper": "{who} removed the paper “{title}” from the list",
    "topic": "{who} removed the topic “{title}” from the list{with_it}",
    "thread": "{who} deleted the thread “{title}”",
    "comment": "{who} deleted a comment of {whom} in “{title}”",
}
MERGED = "{who} merged “{other}” into “{title}”"
PARTED = "{who} took back that “{other}” was merged into “{title}”"
# What people wrote, among what is filled into a sentence.
WRITTEN = ("title", "other")
PLAIN: dict[str, str] = {
    Kind.STARTED: "{who} started the group",
    Kind.REVOKED: "{who} revoked an invitation",
    Kind.ASKED: "{who} asked to join",
    Kind.DECLINED: "{who} declined the request of {whom}",
    Kind.LEFT: "{who} left the group",
    Kind.REMOVED: "{who} removed {whom} from the group",
    Kind.ARCHIVED: "{who} archived the group",
    Kind.REOPENED: "{who} opened the group again",
    Kind.DELETION_ASKED: "{who} asked to delete the group",
    Kind.DELETION_WITHDRAWN: "{who} took back that the group is to be deleted",
}


class Details:
    """What a line tells besides; one that does not tell it, or not in that shape, still reads."""

    def __init__(self, told: object) -> None:
        self.told: dict[str, Any] = told if isinstance(told, dict) else {}

    def text(self, name: str) -> str:
        return value if isinstance(value := self.told.get(name), str) else ""

    def number(self, name: str) -> int:
        value = self.told.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0

    def names(self, name: str) -> list[str]:
        value = self.told.get(name)
        return [str(item) for item in value] if isinstance(value, list) else []


@dataclass
class Line:
    """One event as a sentence: its pattern is ours, what people wrote is filled into it."""

    event: Event
    pattern: str
    said: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        return {
            "who": _name(self.event.actor, "Somebody who left"),
            "whom": _name(self.event.person, "somebody who left"),
        }

    @property
    def text(self) -> str:
        return self.pattern.format(**self.names, **self.said)

    @property
    def html(self) -> SafeString:
        written = self.names | {key: self.said[key] for key in WRITTEN if key in self.said}
        marked = {key: format_html("<bdi>{}</bdi>", text) for key, text in written.items()}
        return format_html(self.pattern, **(self.said | marked))


def line_of(event: Event) -> Line:
    """The sentence that tells it. A kind or a detail that nobody here knows is told in general."""
    details = Details(event.details)
    match event.kind:
        case Kind.INVITED:
            return Line(event, f"{{who}} {_invited(details)}")
        case Kind.JOINED:
            return Line(event, _joined(event, details))
        case Kind.ROLE_CHANGED:
            return Line(event, f"{_appointing(event, details)} {_role(details)}")
        case Kind.SETTINGS_CHANGED:
            return Line(event, "{who} changed the settings{which}", {"which": _settings(details)})
        case Kind.IMPORTED:
            return Line(event, f"{{who}} {_imported(details)}")
        case Kind.DELETED:
            return _deleted(event, details)
        case Kind.MERGED:
            return _merged(event, details)
    return Line(event, PLAIN.get(event.kind, "{who} did something"))


class History:
    """A group's lines as an organizer looks at them: of one kind, of one person, or all."""

    def __init__(self, group: Group, asked: QueryDict) -> None:
        people = Event.objects.in_group(group).people()
        wanted = FilterForm(people, asked).wanted()
        self.form = FilterForm(people, initial=wanted)
        self.is_narrowed = bool(wanted.get("kind") or wanted.get("person"))
        self.number: int = wanted.get("page") or 1
        self.events: EventQuerySet = Event.objects.in_group(group)
        if kind := wanted.get("kind"):
            self.events = self.events.of_kind(kind)
        if person := wanted.get("person"):
            self.events = self.events.about(person)

    def page(self) -> Page[Line]:
        page: Page[Line] = Page(self.number, LINES_ON_A_PAGE)
        return page.fill(map(line_of, self.events.with_people().newest_first()[page.wanted]))

    def table(self) -> Iterator[list[str]]:
        """All lines as rows of cells, the newest first, under their names."""
        yield COLUMNS
        for event in self.events.with_people().newest_first().iterator():
            yield cells_of(line_of(event))


def cells_of(line: Line) -> list[str]:
    event = line.event
    return [
        event.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        line.names["who"],
        event.actor.handle if event.actor else "",
        event.get_kind_display(),
        event.person.name if event.person else "",
        line.text,
    ]


def _name(person: User | None, nobody: str) -> str:
    return person.name if person else nobody


def _is_own(event: Event) -> bool:
    return event.actor_id is not None and event.actor_id == event.person_id


def _role(details: Details) -> str:
    return ROLES.get(details.text("role"), ROLES["member"])[0]


def _appointing(event: Event, details: Details) -> str:
    if details.told.get("by_operator") is True:
        return "An operator of this site made {whom}"
    return "{who} made themselves" if _is_own(event) else "{who} made {whom}"


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{pluralize(number)}"


def _invited(details: Details) -> str:
    one, many = ROLES.get(details.text("role"), ROLES["member"])
    if details.told.get("by_mail"):
        return f"invited somebody by mail as {one}"
    uses = details.number("uses")
    return f"made a link that lets in {f'{uses} {many}' if uses > 1 else one}"


def _joined(event: Event, details: Details) -> str:
    came_by_themselves = event.actor_id == event.person_id
    deed = "{who} joined" if came_by_themselves else "{who} let {whom} in"
    return f"{deed} as an organizer" if details.text("role") == "organizer" else deed


def _settings(details: Details) -> str:
    changed = [
        SETTINGS[name].told if name in SETTINGS else name.replace("_", " ")
        for name in details.names("fields")
    ]
    return f": {', '.join(changed)}" if changed else ""


def _imported(details: Details) -> str:
    if details.told.get("undone") is True:
        return "took back an import"
    papers, topics = details.number("papers"), details.number("topics")
    return f"imported a list: {_counted(papers, 'new paper')}, {_counted(topics, 'new topic')}"


def _deleted(event: Event, details: Details) -> Line:
    pattern = DELETED.get(details.text("what"))
    if pattern is None:
        return Line(event, "{who} deleted something")
    below = [
        _counted(number, noun)
        for noun in ("topic", "paper")
        if (number := details.number(f"{noun}s"))
    ]
    with_it = f", and with it {' and '.join(below)}" if below else ""
    return Line(event, pattern, {"title": details.text("title"), "with_it": with_it})


def _merged(event: Event, details: Details) -> Line:
    pattern = PARTED if details.told.get("undone") else MERGED
    return Line(event, pattern, {"title": details.text("title"), "other": details.text("other")})
