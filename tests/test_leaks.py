"""What a person has read is learnt by no one if that person does not show it.

Every page is looked at in two worlds that differ in one person's marks only. Where that person is
hidden, or counted in a group of two, the worlds must look alike to everybody else, letter for
letter. Where they are counted, the worlds may differ in numbers. All addresses that the site has
are walked, those of tomorrow, too.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from groups.models import Group, Membership, OutgoingEmail, User
from groups.models.prepared import Prepared
from papers.models import Comment, Paper, ReadingStatus
from papers.models.reading_statuses import ReadingStatusQuerySet, Status
from tests.engines import IN_FULL, TO_THE_LAST
from tests.factories import (
    browser_of,
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_topic,
    make_user,
)
from tests.pages import HTMX, text_of, without_tokens
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]
# When each of two browsers signed in is another moment.
MOMENTS = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[\d.+:]+")

INSIDERS = ["member", "organizer"] if IN_FULL else ["member"]
GUESTS = ["stranger", "outsider", "operator"] if IN_FULL else ["stranger"]
OTHERS = [*GUESTS, *INSIDERS]
# The public sees the same of a group, no matter who it is, and no one finds a page of it that the
# farthest do not. Of a group that is private or archived, the public finds nothing.
GUESTS_OF_TWO, FARTHEST = ["stranger"], ["stranger", "organizer"] if IN_FULL else ["member"]
LOOKS = [(visitor, "public") for visitor in OTHERS]
if TO_THE_LAST:
    GUESTS_OF_TWO, FARTHEST = GUESTS, OTHERS
    LOOKS = [(visitor, state) for visitor in OTHERS for state in ("public", "private", "archived")]
elif IN_FULL:
    LOOKS += [("organizer", "private"), ("member", "archived")]
# What a list can be narrowed to.
QUERIES = ["", "?show=read", "?show=reading", "?show=to_read", "?show=assigned"]


@dataclass(frozen=True)
class World:
    """A group whose `watched` member has statuses, assignments and comments in it."""

    group: Group
    papers: list[Paper]
    people: dict[str, User | None]

    @property
    def watched(self) -> User:
        person = self.people["watched"]
        assert person
        return person

    def watched_shows(self, how: str) -> None:
        Membership.objects.get(group=self.group, user=self.watched).show_status(how)


def make_world(*, small: bool = False) -> World:
    """In a small one there are only the organizer and the watched, and the member is the former."""
    organizer, watched = make_user("Olga Orlov"), make_user("Wanda Weiss")
    group = make_group(organizer, name="Readers")
    make_membership(group, watched, "organizer")
    member = organizer if small else make_user("Max Moritz")
    if not small:
        make_membership(group, member)
        for name in ("Clara", "Carl"):
            make_membership(group, make_user(name)).show_status("counted")
    topics = [make_topic(group, "Pruning"), make_topic(group, "Quantization")]
    papers = [make_paper(group, topics[n % 2], title=f"Paper {'ABC'[n]}") for n in range(3)]
    today = group.today()
    for paper, days in zip(papers, (-3, 3, None), strict=True):
        make_assignment(
            paper,
            Membership.objects.get(group=group, user=watched),
            role="reader",
            due_on=None if days is None else today + timedelta(days=days),
        )
    thread = make_thread(papers[0], watched, "The diagonal")
    make_comment(thread, watched, "Is the Hessian shared?")
    Comment.objects.update(created_at=timezone.now() - timedelta(days=40))
    group.imports.create(text="## Pruning\n- [x] Paper A\n- [ ] Paper D\n", imported_by=watched)
    for reader in User.objects.filter(name__in=["Clara", "Carl"]):
        for paper in papers:
            paper.set_status(reader, "read")
    people: dict[str, User | None] = {
        "stranger": None,
        "outsider": make_user("Otto"),
        "operator": make_user("Petra", is_staff=True),
        "member": member,
        "organizer": organizer,
        "watched": watched,
    }
    return World(group, papers, people)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def small_world() -> World:
    return make_world(small=True)


def put_in(world: World, state: str) -> None:
    group = world.group
    group.visibility = "public" if state == "public" else "private"
    group.opens_threads = group.may_be_indexed = group.is_public
    group.archived_at = timezone.now() if state == "archived" else None
    group.save()


# Looking at everything


def every_pattern(resolver: URLResolver, route: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern, here)
        else:
            yield here, pattern


def rows_behind(segment: str, world: World) -> list[int]:
    """The ids that an address may name behind that word; of an unknown one, each id there is."""
    group = world.group
    known: dict[str, Callable[[], object]] = {
        "topics": group.topics.all,
        "papers": group.papers.all,
        "members": group.memberships.all,
        "imports": group.imports.all,
        "duplicates": group.papers.all,
    }
    found = {
        "placements": lambda: [p.placements.get() for p in world.papers],
        "assignments": lambda: [a for p in world.papers for a in p.assignments.all()],
        "threads": lambda: [t for p in world.papers for t in p.threads.all()],
        "comments": lambda: Comment.objects.all(),
    } | known
    if segment in found:
        return [row.pk for row in found[segment]()]
    return list(range(1, 4))


def addresses(world: World) -> Iterator[str]:
    for route, _ in every_pattern(get_resolver()):
        address = route.replace("<slug:slug>", world.group.slug)
        if "<int:pk>" not in address:
            yield "/" + re.sub(r"<[^>]+>|\(.*?\)|[\^$]", "x", address)
            continue
        for pk in rows_behind(address.partition("/<int:pk>")[0].rpartition("/")[2], world):
            named = address.replace("<int:pk>", str(pk), 1)
            yield "/" + named.replace("<int:other>", str(world.papers[-1].pk))


def presses(world: World, browser: Client) -> Iterator[tuple[str, str]]:
    """What the status press of somebody answers, on the list and on the paper's page."""
    for paper in world.papers:
        address = f"/groups/{world.group.slug}/papers/{paper.pk}/status/"
        for form in ({}, {"row": paper.placements.get().pk}):
            with undone():
                answer = browser.post(address, {"status": "skipped"} | form, headers=HTMX)
                yield f"{address} {form}", text_of(answer)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen_by(world: World, visitor: str, among: Collection[str] | None = None) -> dict[str, str]:
    """All that the visitor is answered, by address, without what is another one each time.

    `among` are addresses that are known to answer. Pages of no group but the first know nothing of
    the state of one: people who are signed in look at them beside a public group only.
    """
    found: dict[str, str] = {}
    path = f"/groups/{world.group.slug}/"
    looks_everywhere = world.group.is_public or visitor == "stranger"
    with undone():
        browser = browser_of(world.people[visitor])
        for address in addresses(world):
            if not looks_everywhere and address != "/" and not address.startswith(path):
                continue
            for query in QUERIES if address == path else [""]:
                if among is not None and address + query not in among:
                    continue
                answer = browser.get(address + query)
                if answer.status_code == 200:
                    found[address + query] = MOMENTS.sub("…", without_tokens(text_of(answer)))
        if visitor in (*INSIDERS, "organizer", "watched"):
            found |= {name: without_tokens(text) for name, text in presses(world, browser)}
    assert found
    return found


def seen_after(
    world: World, visitor: str, how: str | None = None, among: Collection[str] | None = None
) -> dict[str, str]:
    """What the visitor sees once the watched member has read much, and shows it that way."""
    with undone():
        if how:
            world.watched_shows(how)
        marked(world, MUCH)
        return seen_by(world, visitor, among)


def marked(world: World, states: list[Status], person: User | None = None) -> None:
    for paper, state in zip(world.papers, states, strict=True):
        paper.set_status(person or world.watched, state)


NOTHING = [Status.TO_READ] * 3
MUCH = [Status.READ, Status.SKIMMED, Status.READING]


def differences(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The addresses that look another way."""
    assert before.keys() == after.keys()
    return {address for address in before if before[address] != after[address]}


def in_words(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The addresses that differ in more than numbers."""
    return differences(without_numbers(before), without_numbers(after))


def without_numbers(seen: dict[str, str]) -> dict[str, str]:
    return {address: re.sub(r"\d+", "#", html) for address, html in seen.items()}


# Who sees what


@pytest.mark.parametrize(("visitor", "state"), LOOKS)
def test_others_see_of_statuses_what_their_owner_chose(world, visitor, state):
    put_in(world, state)
    before = seen_by(world, visitor)

    assert differences(before, seen_after(world, visitor, "hidden")) == set()

    counted = seen_after(world, visitor, "counted", among=before)
    assert in_words(before, counted) == set()
    assert bool(differences(before, counted)) == (visitor in INSIDERS or state == "public")

    named = seen_after(world, visitor, "by_name", among=before)
    if visitor in INSIDERS:
        path = f"/groups/{world.group.slug}/"
        pages = {path, f"{path}schedule/", f"{path}papers/{world.papers[0].pk}/"}
        assert pages <= in_words(before, named)
    else:  # to guests a named person is a number at most
        assert in_words(before, named) == set()
        assert bool(differences(before, named)) == (state == "public")


@pytest.mark.parametrize("visitor", [*GUESTS_OF_TWO, "organizer"])
def test_counted_is_not_counted_in_a_group_of_two(small_world, visitor):
    """There the member is the organizer."""
    put_in(small_world, "public")
    before = seen_by(small_world, visitor)
    counted = seen_after(small_world, visitor, "counted", among=before)
    assert differences(before, counted) == set()


@pytest.mark.parametrize("visitor", GUESTS_OF_TWO)
def test_the_public_sees_no_number_that_tells_a_name(small_world, visitor):
    """Even of a member who shows it by name: that is meant for the group."""
    put_in(small_world, "public")
    before = seen_by(small_world, visitor)
    named = seen_after(small_world, visitor, "by_name", among=before)
    assert differences(before, named) == set()


@pytest.mark.parametrize("visitor", FARTHEST)
def test_somebody_who_left_has_read_nothing(world, visitor):
    put_in(world, "public")
    world.group.memberships.get(user=world.watched).leave()
    before = seen_by(world, visitor)
    assert differences(before, seen_after(world, visitor, among=before)) == set()


@pytest.mark.parametrize("visitor", FARTHEST)
def test_what_others_have_chosen_is_not_told(world, visitor):
    """No one sees whether a member who has read nothing is named, counted or hidden."""
    put_in(world, "public")
    before = seen_by(world, visitor)
    for how in ("counted", "hidden"):
        with undone():
            world.watched_shows(how)
            assert differences(before, seen_by(world, visitor, among=before)) == set()


def test_the_ticks_of_a_list_are_seen_by_anyone_who_handed_it_in(world):
    handed_in = world.group.imports.get()
    address = f"/groups/{world.group.slug}/imports/{handed_in.pk}/"
    seen: dict[str, set[str]] = {}
    for visitor in ("organizer", "watched"):
        for text in (handed_in.text, handed_in.text.replace("[x]", "[ ]")):
            world.group.imports.update(text=text)
            page = text_of(browser_of(world.people[visitor]).get(address))
            seen.setdefault(visitor, set()).add(without_tokens(page))
    assert len(seen["organizer"]) == 1
    assert len(seen["watched"]) == 2


def test_the_ticks_of_a_list_are_no_statuses_of_another_who_confirms_it(world):
    handed_in = world.group.imports.get()
    organizer = world.people["organizer"]
    address = f"/groups/{world.group.slug}/imports/{handed_in.pk}/"
    assert browser_of(organizer).post(address).status_code == 302
    assert world.group.papers.filter(title="Paper D").exists()
    assert not ReadingStatus.objects.filter(user=organizer).exists()


def test_a_status_leaves_no_trace_but_itself(world):
    """No event, no letter, no visit: nothing from which others are told."""
    marked(world, NOTHING)
    before = everything()
    marked(world, MUCH)
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"papers.ReadingStatus"}
    assert not OutgoingEmail.objects.exists()


# What must differ, or the tests above see nothing


@pytest.mark.parametrize("how", Membership.StatusShown.values)
def test_ones_own_statuses_are_ones_own_however_they_are_shown(world, how):
    world.watched_shows(how)
    path = f"/groups/{world.group.slug}/"
    pages = {"/", path, f"{path}export/", f"{path}papers/{world.papers[0].pk}/"}
    before = seen_by(world, "watched", among=pages)
    assert pages <= differences(before, seen_after(world, "watched", among=pages))


def everybody(self: ReadingStatusQuerySet, group: Group) -> ReadingStatusQuerySet:
    return self.filter(user__memberships__group=group)


def anything(self: ReadingStatusQuerySet, user: User) -> ReadingStatusQuerySet:
    return self


@pytest.mark.parametrize(
    ("rule", "leak", "visitor"),
    [
        ("shown_by_name", everybody, "member"),
        ("counted_in", everybody, "member"),
        ("told_to", anything, "member"),
        ("counted_outside", everybody, "stranger"),
    ],
)
def test_a_rule_that_leaks_is_noticed(world, rule, leak, visitor, monkeypatch):
    world.watched_shows("hidden")
    put_in(world, "public")
    monkeypatch.setattr(ReadingStatusQuerySet, rule, leak)
    monkeypatch.setattr(Prepared, "_for", Prepared._make)  # what SQL is kept has the rule in it
    path = f"/groups/{world.group.slug}/"
    pages = {path, f"{path}papers/{world.papers[0].pk}/"}
    before = seen_by(world, visitor, among=pages)
    assert differences(before, seen_after(world, visitor, among=pages)) != set()


def test_every_page_of_the_group_was_looked_at(world):
    """The walk comes to all that the organizer can open, and to what guests can."""
    put_in(world, "public")
    path = f"/groups/{world.group.slug}/"
    rooms = {address.removeprefix(path).partition("/")[0] for address in addresses(world)}
    opened = set(seen_by(world, "organizer"))
    assert {path, f"{path}export/", f"{path}schedule/", f"{path}members/"} <= opened
    assert {"papers", "topics", "assignments", "threads", "comments", "imports"} <= rooms
    assert f"{path}duplicates/{world.papers[0].pk}/{world.papers[-1].pk}/" in opened
    for paper in world.papers:
        assert f"{path}papers/{paper.pk}/" in opened
        assert f"{path}papers/{paper.pk}/" in seen_by(world, "stranger")
