"""Assignments: given, taken, given back and done."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from papers.models import Assignment, SlotTaken
from tests.factories import Room, browser_of, make_assignment, make_paper
from tests.pages import (
    HTMX,
    as_on_the_page,
    fields_of,
    is_whole_page,
    pieces,
    roots,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
ACTIONS = [("take", "slot"), ("give-back", "assignment"), ("done", "assignment")]


def address(room: Room, assignment: Assignment, action: str) -> str:
    return f"/groups/{room.group.slug}/assignments/{assignment.pk}/{action}/"


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


# The actions


def test_a_slot_is_taken_by_one(room):
    room.slot.take(room.membership_of(room.member))
    with pytest.raises(SlotTaken, match=f"{room.member.name} took this slot first."):
        fresh(room.slot).take(room.membership_of(room.author))
    assert fresh(room.slot).member == room.membership_of(room.member)


def test_taking_what_one_has_is_having_it(room):
    for _ in range(2):
        fresh(room.slot).take(room.membership_of(room.member))
    assert fresh(room.slot).member == room.membership_of(room.member)


def test_a_role_is_assigned_once_per_paper_and_member(room):
    mine = make_assignment(room.paper, room.membership_of(room.member), role="scribe")
    with pytest.raises(SlotTaken, match="You already have this role for this paper"):
        room.slot.take(mine.member)
    assert fresh(room.slot).is_open
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assignment(room.paper, mine.member, role="scribe")


def test_a_role_may_have_several_open_slots(room):
    make_assignment(room.paper, role="scribe")
    assert room.paper.assignments.open().count() == 2


def test_the_database_knows_the_roles(room):
    with pytest.raises(IntegrityError, match="assignment_role_is_known"), transaction.atomic():
        Assignment.objects.update(role="clown")


def test_finishing_twice_keeps_the_first_moment(room):
    own = room.membership_of(room.author)
    room.assignment.finish(own)
    first = fresh(room.assignment).done_at
    fresh(room.assignment).finish(own)
    assert fresh(room.assignment).done_at == first


def test_what_is_done_is_neither_open_nor_given_back(room):
    own = room.membership_of(room.author)
    room.assignment.finish(own)
    browser_of(room.author).post(address(room, room.assignment, "give-back"))
    assert fresh(room.assignment).member == own
    assert not fresh(room.assignment).is_open


@pytest.mark.parametrize("status", ["read", "skimmed"])
def test_a_reader_who_has_read_the_paper_has_done_their_assignment(room, status):
    membership = room.membership_of(room.member)
    make_assignment(room.paper, membership, role="reader")
    presenting = make_assignment(room.paper, membership)
    room.paper.set_status(room.member, status)
    assert list(Assignment.objects.of(room.member).not_done(room.member)) == [presenting]


def test_all_pages_agree_on_whether_a_reader_is_done(room):
    """Home, schedule, list and paper: before the paper is read, and after."""
    membership = room.membership_of(room.member)
    late = room.group.today() - timedelta(days=3)
    Assignment.objects.all().delete()
    make_assignment(room.paper, membership, role="reader", due_on=late)
    browser = browser_of(room.member)
    of_group = f"/groups/{room.group.slug}/"
    paper = f"{of_group}papers/{room.paper.pk}/"
    pages = {"/": "Was due", of_group: "late", paper: "was due", f"{of_group}schedule/": "late"}
    for path, said in pages.items():
        assert said in text_of(browser.get(path)), path
    answer = browser.post(f"{paper}status/", {"status": "read"}, headers=HTMX)
    assert "Reader · done" in words_of(text_of(answer))
    for path, said in pages.items():
        assert said not in text_of(browser.get(path)), path


def test_a_press_on_the_list_takes_away_what_is_not_left_to_do(room):
    make_assignment(room.paper, room.membership_of(room.member), role="reader")
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/papers/{room.paper.pk}/status/"
    said = []
    for status in ("reading", "read"):
        form = {"status": status, "row": room.placement.pk}
        said.append("You: reader" in text_of(browser.post(address, form, headers=HTMX)))
    assert said == [True, False]


def test_an_assignment_is_overdue_from_the_day_after(room):
    today = room.group.today()
    assignment = Assignment.objects.for_list(room.author).get(pk=room.assignment.pk)
    assignment.due_on = today
    assert not assignment.is_overdue(today)
    assert assignment.is_overdue(today + timedelta(days=1))
    assignment.finish(room.membership_of(room.author))
    assignment.due_on = today
    assert not assignment.is_overdue(today + timedelta(days=1))


# The buttons


@pytest.mark.parametrize(("action", "row"), ACTIONS)
def test_each_action_answers_a_press_with_the_piece_of_the_page(room, action, row):
    browser = browser_of(room.author)
    answer = browser.post(address(room, getattr(room, row), action), headers=HTMX)
    page = browser.get(f"/groups/{room.group.slug}/papers/{room.paper.pk}/")
    [name] = roots(text_of(answer))
    sent, shown = pieces(text_of(answer))[name], pieces(text_of(page))[name]
    assert as_on_the_page(sent) == as_on_the_page(shown)


@pytest.mark.parametrize(("action", "row"), ACTIONS)
def test_each_action_leads_a_plain_browser_back_to_its_page(room, action, row):
    back = "http://testserver/"
    page = browser_of(room.author).post(
        address(room, getattr(room, row), action), headers={"Referer": back}, follow=True
    )
    assert page.redirect_chain == [(back, 302)]
    assert is_whole_page(page)


def test_assignment_take_and_give_back_and_done(room):
    browser = browser_of(room.member)
    browser.post(address(room, room.slot, "take"))
    assert fresh(room.slot).member == room.membership_of(room.member)
    browser.post(address(room, room.slot, "give-back"))
    assert fresh(room.slot).is_open
    browser.post(address(room, room.slot, "take"))
    browser.post(address(room, room.slot, "done"))
    assert fresh(room.slot).done_at


@BOTH
def test_a_slot_that_somebody_took_a_second_ago_names_them(room, headers):
    room.slot.take(room.membership_of(room.author))
    answer = browser_of(room.member).post(address(room, room.slot, "take"), headers=headers)
    assert answer.status_code == 409
    words = words_of(text_of(answer))
    assert f"{room.author.name} took this slot first. Nothing was changed." in words
    assert is_whole_page(answer) is not bool(headers)
    assert fresh(room.slot).member == room.membership_of(room.author)


@BOTH
@pytest.mark.parametrize("action", ["give-back", "done"])
def test_somebody_elses_assignment_is_left_alone(room, action, headers):
    answer = browser_of(room.member).post(address(room, room.assignment, action), headers=headers)
    assert answer.status_code == 403
    assert "This assignment is someone else's." in words_of(text_of(answer))
    assert fresh(room.assignment).member == room.membership_of(room.author)
    assert fresh(room.assignment).done_at is None


def test_giving_back_twice_is_giving_back_once(room):
    for _ in range(2):
        answer = browser_of(room.author).post(address(room, room.assignment, "give-back"))
        assert answer.status_code == 302
    assert fresh(room.assignment).is_open


# The form


def new(room: Room) -> str:
    return f"/groups/{room.group.slug}/papers/{room.paper.pk}/assignments/new/"


@BOTH
@pytest.mark.parametrize("is_slot", [True, False], ids=["slot", "member"])
def test_assignment_create_assigns_a_role_or_opens_a_slot(room, is_slot, headers):
    member = room.membership_of(room.member)
    form = {"role": "reader", "due_on": "2026-12-31", "member": "" if is_slot else member.pk}
    page = browser_of(room.organizer).post(new(room), form, headers=headers, follow=True)
    assert is_whole_page(page)
    made = Assignment.objects.get(role="reader")
    assert (made.paper, made.due_on) == (room.paper, date(2026, 12, 31))
    assert made.member == (None if is_slot else member)
    assert "31 Dec 2026" in words_of(text_of(page))


@BOTH
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due_on", "0000-01-01", "This is not a date."),
        ("due_on", "0001-01-01", "This is not a date."),
        ("due_on", "2026-02-31", "This is not a date."),
        ("due_on", "99999-01-01", "This is not a date."),
        ("due_on", "3000-01-01", "This is not a date."),
        ("due_on", "soon", "This is not a date."),
        ("role", "clown", "is not one of the available choices"),
        ("role", "", "This field is required."),
        ("member", "abc", "Select a valid choice."),
        ("member", "9" * 40, "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("action", ["create", "update"])
def test_the_form_says_what_is_wrong_and_writes_nothing(
    room, action, field, value, sentence, headers
):
    form = {"role": "reader", "due_on": "2026-12-31", "member": ""} | {field: value}
    target = new(room) if action == "create" else address(room, room.assignment, "edit")
    page = browser_of(room.organizer).post(target, form, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert page.context["form"].errors[field]
    if field == "due_on":
        assert fields_of(text_of(page))["due_on"] == [value]
    assert Assignment.objects.count() == 2
    assert fresh(room.assignment).due_on is None


@BOTH
def test_no_one_is_assigned_the_same_role_twice(room, headers):
    form = {"role": "presenter", "member": room.membership_of(room.author).pk}
    page = browser_of(room.organizer).post(new(room), form, headers=headers)
    assert page.status_code == 422
    assert "This member already has that role." in words_of(text_of(page))
    assert Assignment.objects.count() == 2


def test_a_slot_that_was_taken_while_it_was_edited_stays_taken(room):
    slot = make_assignment(room.paper, role="scribe")
    opened = browser_of(room.organizer).get(address(room, slot, "edit"))
    version = fields_of(text_of(opened))["version"][-1]
    slot.take(room.membership_of(room.member))
    form = {"role": "scribe", "member": "", "due_on": "2026-12-31", "version": version}
    answer = browser_of(room.organizer).post(address(room, slot, "edit"), form)
    assert answer.status_code == 409
    assert room.member.name in words_of(text_of(answer))
    assert fresh(slot).member == room.membership_of(room.member)
    assert fresh(slot).due_on is None


def test_assignment_update_passes_a_role_on(room):
    form = {"role": "presenter", "member": room.membership_of(room.member).pk, "version": 1}
    answer = browser_of(room.organizer).post(address(room, room.assignment, "edit"), form)
    assert answer.status_code == 302
    assert fresh(room.assignment).member == room.membership_of(room.member)


@BOTH
def test_assignment_delete_removes_the_assignment_only(room, headers):
    page = browser_of(room.organizer).post(
        address(room, room.assignment, "delete"), headers=headers, follow=True
    )
    assert page.status_code == 200
    assert not Assignment.objects.filter(pk=room.assignment.pk).exists()
    assert room.membership_of(room.author)


def test_the_list_shows_whose_turn_it_is(room):
    make_paper(room.group, room.topic)
    page = browser_of(room.author).get(f"/groups/{room.group.slug}/")
    assert [duty.pk for duty in page.context["my_assignments"]] == [room.assignment.pk]
    assert page.context["counts"]["assigned"] == 1
