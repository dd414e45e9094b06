"""Asking to join a group that is listed, and being answered with a sentence."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.models import (
    AlreadyDecided,
    CannotAnswer,
    CannotAsk,
    Event,
    Group,
    JoinRequest,
    Membership,
)
from tests.factories import browser_of, make_group, make_membership, make_user
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(room):
    Group.objects.filter(pk=room.group.pk).update(visibility="listed", about="Small networks.")
    room.group.refresh_from_db()
    return room


def ask(room, note="I prune, too."):
    address = f"/groups/{room.group.slug}/ask/"
    return browser_of(room.outsider).post(address, {"note": note}, follow=True)


def decide(room, person=None, **form):
    join_request = JoinRequest.objects.get()
    address = f"/groups/{room.group.slug}/ask/{join_request.pk}/"
    return browser_of(person or room.organizer).post(address, form, follow=True)


# The directory


def test_the_directory_names_what_is_listed_and_nothing_else(listed):
    make_group(name="Secret society")
    archived = make_group(name="Long ago", visibility="listed")
    archived.archive(listed.organizer)
    words = words_of(text_of(browser_of(listed.outsider).get("/groups/")))
    assert "Small networks. · 3 members" in words
    assert "Secret society" not in words
    assert "Long ago" not in words


def test_a_public_group_is_listed_too_and_can_be_looked_into(listed):
    Group.objects.update(visibility="public")
    page = text_of(browser_of(listed.outsider).get("/groups/"))
    assert f'href="/groups/{listed.group.slug}/"' in page


@pytest.mark.parametrize(("words", "found"), [("read", True), ("SMALL", True), ("large", False)])
def test_the_directory_is_searched_by_name_and_subject(listed, words, found):
    page = browser_of(listed.outsider).get("/groups/", {"q": words})
    assert (listed.group.name in words_of(text_of(page))) == found


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "a" * 5000, "\\", "\u202e"])
def test_whatever_is_searched_for_is_a_text(listed, words):
    assert browser_of(listed.outsider).get("/groups/", {"q": words}).status_code == 200


# Asking


def test_join_request_create_puts_the_request_before_every_organizer(listed):
    listed.membership_of(listed.member).change_role("organizer", by=listed.organizer)
    page = ask(listed)
    assert "has your request" in words_of(text_of(page))
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        [listed.organizer.email, listed.member.email]
    )
    for letter in mail.outbox:
        assert listed.outsider.name in letter.subject
        assert "I prune, too." in letter.body
        assert listed.outsider.email not in letter.body
    members = browser_of(listed.organizer).get(f"/groups/{listed.group.slug}/members/")
    assert "Asking to join" in words_of(text_of(members))
    assert "Asking to join" in words_of(text_of(browser_of(listed.organizer).get("/")))
    assert not Membership.objects.filter(user=listed.outsider).exists()


def test_members_who_do_not_organize_see_no_requests(listed):
    ask(listed)
    members = browser_of(listed.member).get(f"/groups/{listed.group.slug}/members/")
    assert "Asking to join" not in words_of(text_of(members))
    assert "Asking to join" not in words_of(text_of(browser_of(listed.member).get("/")))


def test_asking_twice_is_asking_once(listed):
    ask(listed)
    ask(listed, "Really!")
    assert JoinRequest.objects.get().note == "I prune, too."
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(group=listed.group, user=listed.outsider)


@pytest.mark.parametrize("note", ["two\nlines", "\u202ereversed", "x" * 501])
def test_join_request_create_says_what_is_wrong_and_asks_no_one(listed, note):
    assert ask(listed, note).status_code == 422
    assert not JoinRequest.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_private_group_is_not_there_to_be_asked(room, method):
    browser = browser_of(room.outsider)
    assert getattr(browser, method)(f"/groups/{room.group.slug}/ask/").status_code == 404
    assert getattr(browser, method)("/groups/no-such-group/ask/").status_code == 404
    assert not JoinRequest.objects.exists()


def test_who_is_in_already_goes_in(listed):
    answer = browser_of(listed.member).post(f"/groups/{listed.group.slug}/ask/")
    assert answer.url == f"/groups/{listed.group.slug}/"
    assert not JoinRequest.objects.exists()


def test_no_one_asks_many_groups_a_day(listed):
    browser = browser_of(listed.outsider)
    groups = [make_group(visibility="listed") for _ in range(6)]
    statuses = [browser.post(f"/groups/{group.slug}/ask/").status_code for group in groups]
    assert statuses == [302] * 5 + [429]
    assert JoinRequest.objects.count() == 5
    browser.post(f"/groups/{groups[0].slug}/ask/withdraw/")
    assert browser.post(f"/groups/{groups[0].slug}/ask/").status_code == 429
    JoinRequest.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert browser.post(f"/groups/{groups[5].slug}/ask/").status_code == 302


def test_a_request_is_taken_back(listed):
    ask(listed)
    browser = browser_of(listed.outsider)
    Group.objects.update(visibility="private")
    assert browser.post(f"/groups/{listed.group.slug}/ask/withdraw/").status_code == 302
    assert not JoinRequest.objects.open().exists()
    assert browser.post(f"/groups/{listed.group.slug}/ask/withdraw/").status_code == 404
    page = decide(listed, decision="accept")
    assert page.status_code == 409
    assert not Membership.objects.filter(user=listed.outsider).exists()


# Answering


def test_an_organizer_accepts_with_a_sentence(listed):
    ask(listed)
    mail.outbox.clear()
    page = decide(listed, decision="accept", answer="We meet on Tuesdays.")
    assert f"{listed.outsider.name} has joined the group." in words_of(text_of(page))
    assert listed.membership_of(listed.outsider).role == "member"
    [letter] = mail.outbox
    assert letter.to == [listed.outsider.email]
    assert "We meet on Tuesdays." in letter.body


def test_an_organizer_declines_with_a_sentence(listed):
    ask(listed)
    mail.outbox.clear()
    decide(listed, decision="decline", answer="We are too many.")
    assert not Membership.objects.filter(user=listed.outsider).exists()
    [letter] = mail.outbox
    assert "declined" in letter.body
    assert "We are too many." in letter.body
    assert Event.objects.of_kind("declined").get().person == listed.outsider
    mail.outbox.clear()
    ask(listed)
    assert JoinRequest.objects.open().count() == 1


@pytest.mark.parametrize(
    "form",
    [{"answer": ""}, {"decision": "maybe"}, {"decision": "accept", "answer": "two\nlines"},
     {"decision": "accept", "answer": "x" * 501}],
)  # fmt: skip
def test_an_answer_that_is_none_changes_nothing(listed, form):
    ask(listed)
    mail.outbox.clear()
    page = decide(listed, **form)
    assert page.status_code == 422
    assert JoinRequest.objects.open().exists()
    assert mail.outbox == []


def test_the_second_of_two_organizers_is_told_that_it_was_answered(listed):
    ask(listed)
    decide(listed, decision="decline")
    page = decide(listed, decision="accept")
    assert page.status_code == 409
    assert "answered a moment ago" in words_of(text_of(page))
    with pytest.raises(AlreadyDecided):
        JoinRequest.objects.get().accept(listed.organizer)
    assert not Membership.objects.filter(user=listed.outsider).exists()


@pytest.mark.parametrize("decision", ["accept", "decline"])
@pytest.mark.parametrize("happened", ["archived", "about to go", "no organizer"])
def test_what_happens_while_an_answer_waits_for_the_group_is_heeded(listed, decision, happened):
    """The door was passed when the group was still at work and the organizer still one."""
    ask(listed)
    waiting = JoinRequest.objects.get()
    changes = {"archived": "archived_at", "about to go": "deletion_asked_at"}
    if field := changes.get(happened):
        Group.objects.update(**{field: timezone.now()})
    else:
        Membership.objects.filter(user=listed.organizer).update(role="member")
    with pytest.raises(CannotAnswer):
        getattr(waiting, decision)(listed.organizer)
    assert JoinRequest.objects.open().exists()
    assert not Membership.objects.filter(user=listed.outsider).exists()


def test_who_is_let_in_or_shut_out_while_asking_has_not_asked(listed):
    with pytest.raises(CannotAsk):
        JoinRequest.objects.ask(listed.group, listed.member)
    for change in ({"archived_at": timezone.now()}, {"visibility": "private"}):
        Group.objects.update(**change)
        with pytest.raises(CannotAsk):
            JoinRequest.objects.ask(listed.group, listed.outsider)
        Group.objects.update(visibility="listed", archived_at=None)
    assert not JoinRequest.objects.exists()


def test_a_full_group_keeps_the_request(listed):
    ask(listed)
    Group.objects.update(seats=3)
    page = decide(listed, decision="accept")
    assert page.status_code == 409
    assert "The group is full (3)." in words_of(text_of(page))
    assert JoinRequest.objects.open().exists()


def test_anyone_who_has_come_in_by_another_way_is_in_once(listed):
    ask(listed)
    make_membership(listed.group, listed.outsider)
    decide(listed, decision="accept")
    assert listed.group.memberships.filter(user=listed.outsider).count() == 1


def test_members_do_not_answer(listed):
    ask(listed)
    assert decide(listed, listed.member, decision="accept").status_code == 403
    assert decide(listed, make_user(), decision="accept").status_code == 404
    assert JoinRequest.objects.open().exists()


def test_anyone_who_joins_by_a_link_waits_for_no_answer_any_more(listed):
    ask(listed)
    browser_of(listed.outsider).post(f"/join/{listed.secret}/")
    assert listed.membership_of(listed.outsider)
    assert not JoinRequest.objects.open().exists()
    assert decide(listed, decision="accept").status_code == 409
