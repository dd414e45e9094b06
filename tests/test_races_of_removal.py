"""What somebody does to a row while somebody else removes it, or what it hangs on, is no fault.

Every form of a group is sent against everything that takes rows away. It is done, or its sender is
told; nothing is half done, and no answer is 500.
"""

import os
import secrets
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from groups.models import Group
from groups.task_queue import persistently
from papers.imports import workflow
from papers.models import ListImport, Paper, PaperMerge
from tests.access.fillers import Route, form_for, routes
from tests.factories import Room, make_join_request, make_paper, make_room, note_coming_in
from tests.racing import Action, a_place_in_the_queue_for_everybody, at_once, press

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["a_place_in_the_queue_for_everybody"]

# More of them find more; the suite has time for one.
ROUNDS = int(os.environ.get("ROUNDS_OF_REMOVALS", "1"))
LIST = "## Pruning\n- [x] {title} [Author et al., A Venue 2020]\n- [ ] Another paper\n"


def changing_list(room: Room) -> ListImport:
    """A list that changes the room's paper and adds another one."""
    text = LIST.format(title=room.paper.title)
    return room.group.imports.create(text=text, imported_by=room.organizer)


def removal_of_the_paper(room: Room) -> Action:
    return press(room.organizer, "papers:paper_delete", room.group.slug, room.paper.pk)


def removal_of_the_topic(room: Room) -> Action:
    return press(room.organizer, "papers:topic_delete", room.group.slug, room.topic.pk)


def emptying_of_the_topic(room: Room) -> Action:
    view, to = "papers:topic_delete", room.other_topic.pk
    return press(room.organizer, view, room.group.slug, room.topic.pk, move_to=to)


def merge_of_the_paper(room: Room) -> Action:
    other = make_paper(room.group, room.other_topic)
    versions = {"version": other.version, "other_version": room.paper.version}
    view, slug = "papers:merge_create", room.group.slug
    return press(room.organizer, view, slug, other.pk, room.paper.pk, **versions)


def edit_of_the_paper(room: Room) -> Action:
    form = form_for("papers:paper_update", room)
    return press(room.author, "papers:paper_update", room.group.slug, room.paper.pk, **form)


def undoing_of_a_list(room: Room) -> Action:
    brought = changing_list(room)
    workflow.apply(brought, room.organizer)
    return press(room.organizer, "papers:import_undo", room.group.slug, brought.pk)


def import_of_a_list(room: Room) -> Action:
    return press(room.organizer, "papers:import_detail", room.group.slug, changing_list(room).pk)


def removal_of_the_thread(room: Room) -> Action:
    return press(room.organizer, "papers:thread_delete", room.group.slug, room.thread.pk)


def removal_of_the_slot(room: Room) -> Action:
    return press(room.organizer, "papers:assignment_delete", room.group.slug, room.slot.pk)


def removal_of_a_member(room: Room) -> Action:
    view, pk = "groups:membership_delete", room.membership_of(room.author).pk
    return press(room.organizer, view, room.group.slug, pk)


def deletion_of_an_account(room: Room) -> Action:
    return press(room.author, "groups:account_delete", typed=room.author.email)


def deletion_of_the_group(room: Room) -> Action:
    """As `manage.py tidy` does it."""
    return lambda: persistently(Group.objects.get(pk=room.group.pk).remove)


REMOVALS: list[Callable[[Room], Action]] = [
    removal_of_the_paper,
    removal_of_the_topic,
    emptying_of_the_topic,
    merge_of_the_paper,
    edit_of_the_paper,
    undoing_of_a_list,
    import_of_a_list,
    removal_of_the_thread,
    removal_of_the_slot,
    removal_of_a_member,
    deletion_of_an_account,
    deletion_of_the_group,
]


def forms() -> list[Route]:
    """Every address of a group at which something is done."""
    return [
        route
        for route in routes()
        if route.is_of_a_group and route.line.expected("POST", "organizer") <= {200, 302}
    ]


def sending(route: Route, room: Room) -> Action:
    """Somebody who is about to send the form at an address, with a key as browsers do."""
    if route.name == "papers:import_detail":
        return import_of_a_list(room)
    if route.name == "papers:import_undo":
        return undoing_of_a_list(room)
    if "merge" in route.name or "other" in route.parameters:
        make_paper(room.group, room.other_topic)
    if route.name == "papers:merge_undo":
        second = room.group.papers.latest("pk")
        PaperMerge.objects.merge(second, room.paper, room.organizer)
    if route.name == "groups:join_request_update":
        make_join_request(room.group)
    may = route.line.expected("POST", "author") <= {200, 302}
    user = room.author if may else room.organizer
    client = Client(raise_request_exception=False)
    client.force_login(user)
    note_coming_in(client, user)
    form = form_for(route.name, room) | {"idempotency_key": secrets.token_hex(8)}
    address = route.address(room)
    return lambda: client.post(address, form)


PAIRS = [(route, removal) for route in forms() for removal in REMOVALS]
# The suite takes some of them: each removal, and each form that changes a paper.
TRIED = PAIRS if ROUNDS > 1 else PAIRS[::17]


@pytest.mark.parametrize(
    ("route", "removal"), TRIED, ids=[f"{route}-{r.__name__}" for route, r in TRIED]
)
def test_a_form_that_meets_a_removal_is_done_or_told(route, removal, no_worker):
    for number in range(ROUNDS):
        room = make_room(f"Readers {number}")
        form, removed = sending(route, room), removal(room)
        answers = [
            answer for answer in at_once([form, removed]) if isinstance(answer, HttpResponse)
        ]
        assert {answer.status_code for answer in answers} <= {200, 302, 404, 409, 422}
        assert_nothing_is_half_done(room)


def assert_nothing_is_half_done(room: Room) -> None:
    """Papers on the list stand under a topic, and an import is written with all it says."""
    papers = Paper.objects.in_group(room.group)
    nowhere = papers.filter(placements=None)
    assert not nowhere.exists() or not room.group.topics.exists()
    for brought in ListImport.objects.in_group(room.group).filter(applied_at__isnull=False):
        assert brought.effects
