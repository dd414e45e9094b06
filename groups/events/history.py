"""A group's history in words, and which part of it an organizer looks at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from groups.events.forms import HistoryFilterForm
from groups.events.registry import Sentence, event_label, sentence_of
from groups.models import Event, Group, User
from groups.models.events import EventQuerySet
from groups.web.pagination import PageOfItems

LINES_ON_A_PAGE = 100
COLUMNS = ["moment", "who", "handle", "what", "whom", "details"]


@dataclass
class HistoryLine:
    """One event as a sentence: its pattern is ours, what people wrote is filled into it."""

    event: Event
    sentence: Sentence

    @property
    def names(self) -> dict[str, str]:
        return {
            "who": _name(self.event.actor, "Somebody who left"),
            "whom": _name(self.event.person, "somebody who left"),
        }

    @property
    def text(self) -> str:
        filled = {**self.names, **self.sentence.written, **self.sentence.ours}
        return self.sentence.pattern.format(**filled)

    @property
    def html(self) -> SafeString:
        written = {**self.names, **self.sentence.written}
        marked = {key: format_html("<bdi>{}</bdi>", text) for key, text in written.items()}
        return format_html(self.sentence.pattern, **marked, **self.sentence.ours)


def history_line(event: Event) -> HistoryLine:
    return HistoryLine(event, sentence_of(event))


class History:
    """A group's lines as an organizer looks at them: of one kind, of one person, or all."""

    def __init__(self, group: Group, asked: QueryDict) -> None:
        people = Event.objects.in_group(group).people()
        wanted = HistoryFilterForm(people, asked).wanted()
        self.form = HistoryFilterForm(people, initial=wanted)
        self.is_narrowed = bool(wanted.get("kind") or wanted.get("person"))
        self.number: int = wanted.get("page") or 1
        self.events: EventQuerySet = Event.objects.in_group(group)
        if kind := wanted.get("kind"):
            self.events = self.events.of_kind(kind)
        if person := wanted.get("person"):
            self.events = self.events.about(person)

    def page(self) -> PageOfItems[HistoryLine]:
        page: PageOfItems[HistoryLine] = PageOfItems(self.number, LINES_ON_A_PAGE)
        return page.fill(map(history_line, self.events.with_people().newest_first()[page.wanted]))

    def table(self) -> Iterator[list[str]]:
        """All lines as rows of cells, the newest first, under their names."""
        yield COLUMNS
        for event in self.events.with_people().newest_first().iterator():
            yield cells_of(history_line(event))


def cells_of(line: HistoryLine) -> list[str]:
    event = line.event
    return [
        event.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        line.names["who"],
        event.actor.handle if event.actor else "",
        event_label(event.kind),
        event.person.name if event.person else "",
        line.text,
    ]


def _name(person: User | None, default: str) -> str:
    return person.name if person else default
