"""The kinds of event about the list and its discussion, for a group's history.

This module imports no models: it is registered when the application is loaded.
"""

from typing import TYPE_CHECKING

from django.template.defaultfilters import pluralize

from groups.events.registry import EventDetails, EventKind, Sentence

if TYPE_CHECKING:
    from groups.models import Event

DELETED = {
    "paper": "{who} removed the paper “{title}” from the list",
    "topic": "{who} removed the topic “{title}” from the list{with_it}",
    "thread": "{who} deleted the thread “{title}”",
    "comment": "{who} deleted a comment of {whom} in “{title}”",
}
MODERATED = {
    "closed": "{who} closed the thread “{title}”",
    "opened": "{who} opened the thread “{title}” again",
    "moved": "{who} moved the thread “{title}” to “{other}”",
    "moved_to_group": "{who} moved the thread “{title}” to the group",
    "split": "{who} split “{other}” off the thread “{title}”",
}
MERGED = "{who} merged “{other}” into “{title}”"
UNMERGED = "{who} took back that “{other}” was merged into “{title}”"


def _imported(event: "Event", details: EventDetails) -> Sentence:
    if details.values.get("undone") is True:
        return Sentence("{who} took back an import")
    papers, topics = details.number("papers"), details.number("topics")
    new = f"{_counted(papers, 'new paper')}, {_counted(topics, 'new topic')}"
    return Sentence(f"{{who}} imported a list: {new}")


def _deleted(event: "Event", details: EventDetails) -> Sentence:
    pattern = DELETED.get(details.text("what"))
    if pattern is None:
        return Sentence("{who} deleted something")
    below = [
        _counted(number, noun)
        for noun in ("topic", "paper")
        if (number := details.number(f"{noun}s"))
    ]
    with_it = f", and with it {' and '.join(below)}" if below else ""
    return Sentence(pattern, {"title": details.text("title")}, {"with_it": with_it})


def _moderated(event: "Event", details: EventDetails) -> Sentence:
    what = details.text("what")
    if what == "moved" and not details.text("other"):
        what = "moved_to_group"
    pattern = MODERATED.get(what)
    if pattern is None:
        return Sentence("{who} moderated a discussion")
    return Sentence(pattern, {"title": details.text("title"), "other": details.text("other")})


def _merged(event: "Event", details: EventDetails) -> Sentence:
    pattern = UNMERGED if details.values.get("undone") else MERGED
    return Sentence(pattern, {"title": details.text("title"), "other": details.text("other")})


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{pluralize(number)}"


KINDS = {
    "imported": EventKind("Imported a list", _imported),
    "deleted": EventKind("Deleted something", _deleted),
    "moderated": EventKind("Moderated a discussion", _moderated),
    "merged": EventKind("Merged duplicates", _merged),
}
