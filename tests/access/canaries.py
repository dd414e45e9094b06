"""A word of its own in every text of a group: where it sings, the text was shown."""

import json
import re
from typing import Any

from django.apps import apps
from django.db import models

from groups.models import Group
from papers.formats.core.reading_list.details import DETAILS
from tests.rows import is_of_a_group, rows_in

# Texts that no person wrote: choices of the site's own, and secrets that it made.
NOT_WRITTEN = {
    "password",
    "time_zone",
    "language",
    "handle_shape",
    "secret_hash",
    "session_key",
    "session_data",
    "also_seen",
    "feed_nonce",
    "fingerprint",
    "key",
    "user_agent",
    "data",
    # How a list was read and what became of it, by keys and numbers.
    "encoding",
    "choices",
    "headings",
    "places",
    "effects",
    # What a notification is of, as `comment:12`.
    "cause",
}
# Where a word alone would not do.
SHAPES = {
    "EmailField": "{}@example.org",
    "URLField": "https://example.org/{}",
    "html": "<p>{}</p>",
    "text": "## {0}\n- [x] {0}\n",
    "details": {"word": "{}"},
    "words": {"source": "{}"},
    "imported": {"title": "{}"},
    "kept": {
        "details": {"venue": ["{}", "{}"]},
        "places": {},
        "statuses": {},
        "assignments": {"moved": [], "filled": {}},
        "threads": [],
        "merged_before": [],
    },
    "further": [["edition", "{}"]],
    "read_as": {
        "title": "{}",
        "title_lines": [],
        "topics": [[["{}"], [1]]],
        "entries": [{"title": "{}", "topic": ["{}"], "checked": True, "lines": [2]}],
        "not_understood": [],
        "remarks": [],
    },
    "corrections": {"titles": {"{}": "{}"}},
    "filled": {"venue": "{}"},
    "proposal": {"entry": {"venue": "{}"}, "confidence": 90},
}
SONG = re.compile(r"kanari(\d+)", re.IGNORECASE)

# What people who are not in the group may see of it, by its state. Of a paper they see every detail
# but what programs left in the fields of a file.
OF_LISTED = {"groups.Group.name", "groups.Group.slug", "groups.Group.about"}
OF_PUBLIC = OF_LISTED | {
    "papers.Topic.name",
    *(f"papers.Paper.{name}" for name in DETAILS.keys() - {"further"}),
}
OF_OPEN = OF_PUBLIC | {
    "papers.Thread.title",
    "papers.Thread.quotation",
    "papers.Comment.source",
    "papers.Comment.html",
    "groups.User.name",
    "groups.User.handle",
}
SHOWN_TO_ALL = {
    "listed": OF_LISTED,
    "public": OF_PUBLIC,
    "open": OF_OPEN,
    "closed": OF_OPEN,
}
# What somebody sees who holds an invitation: where it leads, and who says so.
SHOWN_WITH_A_LINK = OF_LISTED | {"groups.Invitation.note", "groups.User.name"}
# What is shown about themselves to people who are not in it, and where.
SHOWN_OF_ONESELF = {
    # What they take along: where they were, and what they asked.
    "papers:data_export": {
        "groups.Event.details",
        "groups.Event.kind",
        "groups.Group.name",
        "groups.Group.slug",
        "groups.JoinRequest.answer",
        "groups.JoinRequest.note",
    },
    "groups:join_request_create": {"groups.JoinRequest.note"},
}


class Canaries:
    """All of one group, each with the field that it sits in, as in papers.Paper.title."""

    def __init__(self, group: Group, first: int) -> None:
        self.sits_in: dict[int, str] = {}
        self.next = first
        for model in apps.get_models():
            if is_of_a_group(model):
                for row in rows_in(model, group):
                    self._settle(row)

    def heard_in(self, *texts: str, but: str = "") -> set[str]:
        """The fields whose words stand in the texts, but for words that were sent there."""
        heard = {number for text in texts for number in SONG.findall(text)}
        heard -= set(SONG.findall(but))
        return {self.sits_in[int(n)] for n in heard if int(n) in self.sits_in}

    def _settle(self, row: models.Model) -> None:
        changes: dict[str, Any] = {}
        for field in texts_of(type(row)):
            if isinstance(field, models.EmailField) and not field.value_from_object(row):
                continue  # an invitation that is for anybody stays so
            self.sits_in[self.next] = f"{row._meta.label}.{field.name}"
            shape = SHAPES.get(type(field).__name__, SHAPES.get(field.name, "{}"))
            word = f"kanari{self.next:04d}"
            changes[field.name] = (
                shape.format(word)
                if isinstance(shape, str)
                else json.loads(json.dumps(shape).replace('"{}"', f'"{word}"'))
            )
            self.next += 1
        if changes:
            # Past save(), which makes some of them anew, and past history, which is only added to.
            models.QuerySet(type(row)).filter(pk=row.pk).update(**changes)


def texts_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in NOT_WRITTEN
    ]
