"""A paper that was set aside is seen by no one, nor are its relations, until it is restored."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver
from django.utils import timezone

from groups.models import Membership
from papers.archives.personal_data import PARTS
from papers.models import Lookup, NotDuplicate, Paper, PaperMerge
from tests.factories import (
    browser_of,
    make_assignment,
    make_comment,
    make_group,
    make_paper,
    make_thread,
)
from tests.pages import text_of
from tests.test_leaks import World, every_pattern, make_world, put_in, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]

MERGED, REMOVED = "Xylophones", "Zithers"
# Rows that are about papers that were set aside: what undoes that is one of them.
ABOUT_THEM = {"papers.PaperMerge", "papers.ListImport"}
# What people are handed of their own, wherever the paper is.
THEIR_OWN = {"threads", "comments", "visits", "merges", "lookups"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def aside(world) -> list[Paper]:
    """Two papers that were set aside, one in each way, with a row of each kind."""
    group, topic = world.group, world.papers[0].topics.get()
    merged, removed = (make_paper(group, topic, title=title) for title in (MERGED, REMOVED))
    PaperMerge.objects.merge(merged, world.papers[0], world.watched)
    removed.placements.all().delete()
    Paper.objects.filter(pk=removed.pk).update(
        set_aside_at=timezone.now(), removed_by=group.imports.get()
    )
    found = list(Paper.all_objects.filter(pk__in=[merged.pk, removed.pk]))
    for paper in found:
        hang_on(world, paper)
    return found


def hang_on(world: World, paper: Paper) -> None:
    for name in ("watched", "member", "organizer"):
        person = world.people[name]
        assert person
        paper.statuses.create(
            user=person, status="read", finished_at=timezone.now(), set_at=timezone.now()
        )
        seat = Membership.objects.get(group=world.group, user=person)
        make_assignment(paper, seat, role="reader", due_on=world.group.today())
    make_assignment(paper, None, due_on=world.group.today())
    thread = make_thread(paper, world.watched, f"A thread of {paper}")
    make_comment(thread, world.watched, f"A comment on {paper}")
    Lookup.objects.create(paper=paper, asked_by=world.watched, state="proposed")
    NotDuplicate.objects.say(world.papers[1], paper, by=world.watched)


def ways_to_paper(
    model: type[models.Model], way: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """All ways over foreign keys from a row to a paper."""
    for field in model._meta.concrete_fields:
        to = field.related_model
        if to is Paper:
            yield (*way, field.name)
        elif isinstance(to, type) and to._meta.app_label == "papers" and to is not model:
            yield from ways_to_paper(to, (*way, field.name))


WAYS = [
    (model, "__".join(way))
    for model in apps.get_app_config("papers").get_models()
    if model is not Paper and model._meta.label not in ABOUT_THEM
    for way in ways_to_paper(model)
]


def test_a_walk_knows_the_rows_that_hang_on_papers():
    assert len(WAYS) >= 8


@pytest.mark.parametrize(("model", "way"), WAYS)
def test_rows_of_a_group_are_those_of_papers_on_its_list(model, way, world, aside):
    if hasattr(model.objects.all(), "in_group"):
        rows = model.objects.in_group(world.group)
        assert not rows.filter(**{f"{way}__in": Paper.all_objects.exclude(set_aside_at=None)})


@pytest.mark.parametrize("visitor", ["stranger", "outsider", "member", "organizer"])
def test_pages_show_nothing_of_a_paper_that_was_set_aside(visitor, world, aside):
    """But for the merge that can be undone, and the history of the group."""
    put_in(world, "public")
    home = f"/groups/{world.group.slug}/"
    seen = seen_by(world, visitor)
    shown = {address for address, html in seen.items() if MERGED in html or REMOVED in html}
    allowed = {f"{home}{page}" for page in ("duplicates/", "history/", "history.csv")}
    assert shown - (allowed if visitor in ("member", "organizer") else set()) == set()


@pytest.mark.parametrize("visitor", ["member", "organizer"])
def test_addresses_of_a_paper_that_was_set_aside_lead_nowhere(visitor, world, aside):
    browser = browser_of(world.people[visitor])
    for paper in aside:
        for route, _ in every_pattern(get_resolver()):
            if "papers/<int:pk>/" in route and "<int:other>" not in route:
                address = f"/{route}".replace("<slug:slug>", world.group.slug)
                answer = browser.get(address.replace("<int:pk>", str(paper.pk)))
                assert answer.status_code in (302, 403, 404, 405), route
                assert paper.title not in text_of(answer)


@pytest.mark.parametrize("name", PARTS)
def test_people_are_handed_no_more_of_it_than_what_they_wrote(name, world, aside):
    if name in THEIR_OWN:
        return
    rows = PARTS[name].rows(world.watched)
    values = [str(value) for row in rows.values() for value in paper_of(rows.model, row)]
    assert not {str(paper.pk) for paper in aside} & set(values)


def paper_of(model: type[models.Model], row: dict[str, Any]) -> Iterator[Any]:
    if model is Paper:
        yield row["id"]
    for name in ("paper_id", "first_id", "second_id"):
        try:
            model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            continue
        yield row.get(name)


def test_a_paper_that_was_set_aside_says_when_and_why(aside):
    for paper in aside:
        assert paper.group
        assert paper.set_aside_at
        assert paper.removed_by or paper.merged_into
        for lacking in ({"set_aside_at": None}, {"removed_by": None, "merged_into": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Paper.all_objects.filter(pk=paper.pk).update(**lacking)


def test_its_identity_is_free_for_another_paper_until_it_comes_back(world, aside):
    (removed,) = [paper for paper in aside if paper.removed_by]
    again = make_paper(world.group, title=removed.title)
    assert again.identity == removed.identity
    (is_removed,) = [Paper.all_objects.filter(pk=removed.pk)]
    assert is_removed.put_back(world.group) == 0
    again.delete()
    assert is_removed.put_back(make_group()) == 0
    assert is_removed.put_back(world.group) == 1
    assert Paper.objects.get(title=removed.title) == removed
