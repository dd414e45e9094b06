"""The workflow of an import: compared with the group, written once, reverted once."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from groups.models import Overtaken, User
from papers.imports.apply import ImportApplier
from papers.imports.base import NO_BASE, Base
from papers.imports.diff import Comparison
from papers.imports.revert import ImportReverter
from papers.imports.topic_diff import comparable_path
from papers.models.imports import LISTS_OF_PEOPLE, MARKDOWN, ListImport
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.topics import Topic

# How often another change may come between comparing and writing before the group is held.
MOST_CHANGES_BETWEEN = 3


class ImportPlan(NamedTuple):
    """The changes that an import will make, and the state of the group they were computed for."""

    seen: tuple[object, ...]
    comparison: Comparison
    applier: ImportApplier


# Comparing


def compare(list_import: ListImport, reader: User | None) -> Comparison:
    """Return what the list would change in the group as it is now, if the reader wrote it."""
    lists = ListImport.objects.exclude(pk=list_import.pk)
    known = list_import.format or MARKDOWN
    leading = lists.leading(list_import.group, known) if known in LISTS_OF_PEOPLE else None
    return Comparison(
        list_import.group,
        list_import.corrected_for(reader),
        base=base_of(leading) if leading else NO_BASE,
        choices=list_import.choices,
        topic=list_import.topic,
        reader=reader,
    )


def base_of(list_import: ListImport) -> Base:
    """Return what later lists are compared by."""
    places = tuple((topic, paper) for topic, paper, _ in list_import.places if topic and paper)
    paths = ((comparable_path(tuple(path)), pk) for path, pk in list_import.headings if pk)
    title = list_import.as_read.title
    identities = frozenset(_identities(list_import))
    return Base(dict(paths), comparable_path((title,)) if title else (), places, identities)


def _identities(list_import: ListImport) -> Iterator[str]:
    """Yield what the papers of the list are known by, each row of the group once.

    Papers that became one row by earlier rules, and are several by today's, were never there
    but for the first.
    """
    corrected = list_import.corrected
    rows = {
        id(read.corrected): row
        for read, (_, row, _) in zip(corrected.kept, list_import.places, strict=False)
    }
    first: dict[int, str] = {}
    for paper in corrected.papers:
        row = next(filter(None, (rows.get(id(entry)) for entry in paper.entries)), None)
        if row is None or first.setdefault(row, paper.identity) == paper.identity:
            yield paper.identity


# Applying


def plan(list_import: ListImport, reader: User) -> ImportPlan:
    """Compute what applying the list for the reader would do to the group as it is now.

    For 5,000 papers this takes a second or two, so it happens before anything is locked.
    """
    seen = _state_of_group(list_import)
    list_import.catch_up(*seen[-1])
    if not list_import.is_read:
        list_import.read()
    comparison = compare(list_import, reader)
    return ImportPlan(seen, comparison, ImportApplier(comparison, reader, timezone.now()))


def apply(
    list_import: ListImport, reader: User, planned: ImportPlan | None = None
) -> Comparison | None:
    """Apply the list once, with the ticks of the person who imports it.

    Compute another plan where the group was changed since it was planned.
    """
    for _ in range(MOST_CHANGES_BETWEEN):
        with suppress(Overtaken):
            return _write(list_import, planned or plan(list_import, reader), reader)
        planned = None
    with transaction.atomic():
        list_import.group.lock()
        return _write(list_import, plan(list_import, reader), reader)


@transaction.atomic
def _write(list_import: ListImport, planned: ImportPlan, reader: User) -> Comparison | None:
    """Raises Overtaken where the group is no longer as it was planned for."""
    list_import.group.lock()
    if not list_import.claim(planned.applier.now):
        return None
    if planned.seen != _state_of_group(list_import):
        raise Overtaken
    comparison = planned.comparison
    topics, papers = len(comparison.new_topics), len(comparison.new_papers)
    effects, headings, places = planned.applier.apply(removed_by=list_import)
    list_import.keep_written(planned.applier.now, effects, headings, places)
    list_import.group.tell("imported", reader, topics=topics, papers=papers)
    return comparison


def _state_of_group(list_import: ListImport) -> tuple[Any, ...]:
    """Return in few small queries what differs as soon as a list would be compared otherwise."""
    group = list_import.group
    papers = Paper.objects.in_group(group)
    places = Placement.objects.in_group(group)
    topics = Topic.objects.in_group(group).in_order()
    lists = ListImport.objects.in_group(group).exclude(pk=list_import.pk).standing()
    said = ListImport.objects.values_list("choices", "corrections", "encoding")
    return (
        papers.aggregate(Count("pk"), Sum("pk"), Sum("version")),
        places.aggregate(Count("pk"), Sum("pk"), Sum("topic"), Sum("paper")),
        list(topics.values_list("pk", "parent", "name")),
        list(lists.order_by("pk").values_list("pk", flat=True)),
        said.get(pk=list_import.pk),
    )


# Reverting


@transaction.atomic
def revert(list_import: ListImport, by: User) -> Sequence[Paper] | None:
    """Revert the whole import; return the papers that stay, since people have used them.

    Return None where it was reverted before, or is too old.
    """
    list_import.group.lock()
    list_import.refresh_from_db()
    if not list_import.may_be_undone or list_import.applied_at is None:
        return None
    effects = list_import.effects or {}
    kept = ImportReverter(list_import.group, effects, list_import.applied_at).revert()
    list_import.note_undone()
    list_import.group.tell("imported", by, undone=True, papers=len(kept))
    return kept
