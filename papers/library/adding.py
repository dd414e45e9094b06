"""Pasted numbers and addresses on their way to a group's list.

Papers that are on the list already only gain the topic; the others join it, each with its number
as its title.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from django.db import transaction

from groups.models import Group, User
from papers.formats.core import identifier_list
from papers.formats.core.identity import identity
from papers.formats.core.reading_list import Entry, ReportedLine
from papers.formats.core.reading_list.details import names_where
from papers.lookups.tasks import ask_about
from papers.matching.finder import Finder
from papers.models import Paper, Placement, Topic
from papers.models.details import column_values
from papers.notifications import telling

# What a work is known by, beside the address where it is.
NUMBERS = names_where(lambda one: one.is_identifier)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Added:
    topic: Topic
    new: list[Paper]
    known: list[Paper]


class Pasting:
    """Compares what was pasted with a group's list; nothing is written before `add`."""

    def __init__(self, group: Group, text: str) -> None:
        self.group = group
        self.read = identifier_list.read(text)

    @property
    def not_understood(self) -> tuple[ReportedLine, ...]:
        return self.read.not_understood

    @cached_property
    def known(self) -> dict[Entry, Paper]:
        """Entries that are on the list already, each with its paper."""
        there: dict[tuple[str, str], Paper] = {}
        for paper in Paper.objects.with_any_of(self.group, self.read.entries):
            for key in _keys(paper):
                there.setdefault(key, paper)
        # What is pasted has no title, only what it is called by until someone looks it up.
        finder = Finder(self.group, about=self.read.entries)
        found = (
            (entry, _first(there, entry) or finder.find(entry, by_title=False))
            for entry in self.read.entries
        )
        return {entry: paper for entry, paper in found if paper}

    @cached_property
    def new(self) -> list[Entry]:
        return [entry for entry in self.read.entries if entry not in self.known]

    @transaction.atomic
    def add(self, topic: Topic, user: User) -> Added:
        """Write what is new and place all of it under the topic. The caller holds the group."""
        new = self._write(user)
        known = list(dict.fromkeys(self.known.values()))
        Placement.objects.put_last(topic, [*known, *new])
        ask_about(new, user)  # their titles are numbers until an answer comes
        telling.papers_added(new, user)
        return Added(topic, new, known)

    def _write(self, user: User) -> list[Paper]:
        rows: dict[str, Paper] = {}
        for entry in self._called_apart():
            row = Paper(group=self.group, added_by=user, **column_values(entry))
            row.take_keys()
            rows.setdefault(row.identity, row)
        return Paper.objects.bulk_create(rows.values())

    def _called_apart(self) -> Iterator[Entry]:
        """Yield the new entries. Files of one name at two addresses are called by the whole
        address.
        """
        wanted = [identity(entry) for entry in self.new]
        taken = Paper.objects.in_group(self.group).identities_among(wanted)
        for entry, key in zip(self.new, wanted, strict=True):
            is_taken = key in taken and entry.url
            yield replace(entry, title=entry.url) if is_taken else entry
            taken.add(key)


def _keys(work: Paper | Entry) -> Iterator[tuple[str, str]]:
    for name in NUMBERS:
        yield from ((name, number) for number in getattr(work, name).split())
    if work.url:
        yield "url", work.url


def _first(there: dict[tuple[str, str], Paper], entry: Entry) -> Paper | None:
    return next(chain((there[key] for key in _keys(entry) if key in there), [None]))
