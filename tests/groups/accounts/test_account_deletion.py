"""Deleting one's account: what is asked, what prevents it, and what follows."""

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.urls import reverse

from groups.accounts import account_deletion
from groups.models import Event, Group, IdempotencyKey, Invitation, OutgoingEmail, User
from tests.factories import (
    PASSWORD,
    browser_of,
    make_group,
    make_invitation,
    make_membership,
    make_user,
    note_coming_in,
)
from tests.pages import HTMX, idempotency_key_in, text_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/accounts/delete/"


def sure_browser_of(person):
    """A browser in which somebody has just given their password."""
    browser = browser_of(person)
    answer = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": PAGE})
    assert answer["Location"] == PAGE
    return browser


def remains(person) -> bool:
    return User.objects.filter(pk=person.pk).exists()


# What is asked


def test_the_password_is_asked_for_first(room):
    for send in (browser_of(room.member).get, browser_of(room.member).post):
        answer = send(PAGE, {"typed": room.member.email})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert remains(room.member)


def test_a_form_that_was_open_for_too_long_goes_on_after_the_password(room):
    browser = browser_of(room.member)
    asked = browser.post(PAGE, {"typed": room.member.email})
    answer = browser.post(asked["Location"], {"password": PASSWORD, "next": PAGE})
    assert answer["Location"] == "/accounts/deleted/"
    assert not remains(room.member)


def browser_without_password(person, minutes):
    """A browser in which somebody who has no password came in by a code so long ago."""
    person.set_unusable_password()
    person.save()
    browser = browser_of(person)
    note_coming_in(browser, person, minutes)
    return browser


def test_anyone_who_has_no_password_is_not_asked_for_it(room):
    browser = browser_without_password(room.member, minutes=14)
    assert browser.get(PAGE).status_code == 200
    assert browser.post(PAGE, {"typed": room.member.email}).status_code == 302
    assert not remains(room.member)


def test_anyone_who_has_no_password_and_came_in_long_ago_comes_in_again(room):
    browser = browser_without_password(room.member, minutes=16)
    for send in (browser.get, browser.post):
        answer = send(PAGE, {"typed": room.member.email})
        assert answer.status_code == 403
        assert "sign out, come in again" in words_of(text_of(answer))
    assert remains(room.member)


@pytest.mark.parametrize("typed", ["", "somebody@example.org", "me"])
def test_another_address_deletes_nothing(room, typed):
    browser = sure_browser_of(room.member)
    answer = browser.post(PAGE, {"typed": typed})
    assert answer.status_code == 422
    if typed:
        assert "This is not the email of your account." in words_of(text_of(answer))
    assert remains(room.member)


def test_the_page_says_what_goes_and_what_stays(room):
    own = make_group(room.member, name="Only mine")
    page = words_of(text_of(sure_browser_of(room.member).get(PAGE)))
    assert "Your reading statuses" in page
    assert "Somebody who left" in page
    assert f"The group {own.name} , with everything in it" in page
    assert f"The group {room.group.name}" not in page


def test_afterwards_one_is_signed_out_and_told(room):
    browser = sure_browser_of(room.member)
    key = idempotency_key_in(browser.get(PAGE))
    answer = browser.post(
        PAGE, {"typed": room.member.email.upper(), "idempotency_key": key}, follow=True
    )
    assert "Goodbye" in words_of(text_of(answer))
    assert browser.get("/")["Location"] == "/accounts/login/"
    assert IdempotencyKey.objects.count() == 0


def test_a_second_press_is_not_told_that_nothing_was_done(room):
    browser = sure_browser_of(room.member)
    browser.post(PAGE, {"typed": room.member.email})
    again = browser.post(PAGE, {"typed": room.member.email})
    assert again.status_code == 401
    page = words_of(text_of(again))
    assert "If you have just deleted your account, it is gone." in page
    assert room.member.email not in page


def test_a_stranger_is_asked_to_sign_in():
    assert browser_of().get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


def test_anyone_who_is_signed_in_is_not_told_goodbye(room):
    assert browser_of(room.member).get("/accounts/deleted/")["Location"] == "/"
    assert browser_of().get("/accounts/deleted/").status_code == 200
    assert browser_of().post("/accounts/deleted/").status_code == 405


# What prevents it


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_last_organizer_of_others_stays_and_is_told_where(room, headers):
    other = make_group(room.organizer, name="Not in the way")
    browser = sure_browser_of(room.organizer)
    answer = browser.post(PAGE, {"typed": room.organizer.email}, headers=headers)
    assert answer.status_code == 409
    page = text_of(answer)
    assert f'href="{reverse("groups:membership_list", args=[room.group.slug])}"' in page
    assert f'href="{reverse("papers:group_delete", args=[room.group.slug])}"' in page
    assert f'href="{reverse("groups:membership_list", args=[other.slug])}"' not in page
    assert remains(room.organizer)
    assert room.membership_of(room.organizer).is_organizer
    assert Group.objects.filter(pk=other.pk).exists()


def test_an_organizer_goes_after_naming_another(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    browser = sure_browser_of(room.organizer)
    assert browser.post(PAGE, {"typed": room.organizer.email}).status_code == 302
    assert not remains(room.organizer)
    assert room.membership_of(room.member).is_organizer


def test_a_group_without_anybody_else_goes_along():
    person = make_user()
    alone, other = make_group(person), make_group()
    make_membership(other, person)
    account_deletion.delete_account(person)
    assert list(Group.objects.all()) == [other]
    assert not Group.objects.filter(pk=alone.pk).exists()


def test_the_last_operator_stays():
    person = make_user(is_staff=True)
    answer = sure_browser_of(person).post(PAGE, {"typed": person.email})
    assert answer.status_code == 409
    assert "No one else operates this site." in words_of(text_of(answer))
    make_user(is_staff=True, is_active=False)
    with pytest.raises(account_deletion.StillNeeded):
        account_deletion.delete_account(person)
    make_user(is_staff=True)
    account_deletion.delete_account(person)
    assert not remains(person)


def test_a_group_that_was_joined_in_between_is_not_left_unseen(room, monkeypatch):
    """The groups are held before they are looked at; what is joined between the two is not."""
    late = make_group()
    held = account_deletion.Group.objects.none()
    monkeypatch.setattr(account_deletion.Group.objects, "of", lambda user: held)
    make_membership(late, room.outsider)
    with pytest.raises(IntegrityError):
        account_deletion.delete_account(room.outsider)
    assert remains(room.outsider)


# What follows


def test_the_group_is_told_that_somebody_left_and_not_who(room):
    account_deletion.delete_account(room.author)
    event = Event.objects.in_group(room.group).newest_first()[0]
    assert (event.kind, event.actor, event.person, event.details) == ("left", None, None, {})
    room.assignment.refresh_from_db()
    assert room.assignment.is_open


def test_no_session_of_the_person_is_left_and_all_others_are(room):
    theirs, also_theirs, other = (
        browser_of(person) for person in (room.author, room.author, room.member)
    )
    account_deletion.delete_account(room.author)
    assert [s.session_key for s in Session.objects.all()] == [other.session.session_key]
    for browser in (theirs, also_theirs):
        assert browser.get("/").status_code == 302
    assert other.get("/").status_code == 200


def test_an_invitation_to_the_person_lets_no_one_in(room):
    invitation, secret = make_invitation(room.group, email=room.outsider.email)
    kept, _ = make_invitation(room.group, email="somebody@example.org")
    account_deletion.delete_account(room.outsider)
    invitation.refresh_from_db()
    assert (invitation.email, invitation.over_because) == ("", "was revoked")
    assert Invitation.objects.get(pk=kept.pk).email == "somebody@example.org"
    answer = browser_of(make_user()).post(reverse("groups:membership_create", args=[secret]))
    assert answer.status_code == 410


def test_an_invitation_of_the_person_lets_no_one_in(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    account_deletion.delete_account(room.organizer)
    answer = browser_of(room.outsider).post(reverse("groups:membership_create", args=[room.secret]))
    assert answer.status_code == 410


def test_letters_of_others_lose_only_what_names_the_person(room):
    def letter(recipient, attached=(), about=None):
        content = {"body": "b", "attachments": [list(part) for part in attached]}
        return OutgoingEmail.objects.create(
            recipient=recipient,
            audience="account",
            about=about,
            message_id=str(len(ids)),
            content=content,
        )

    ids: list[OutgoingEmail] = []
    named = (
        "discussion.md",
        f"**{room.author.name.replace('of', chr(92) + 'of')}** wrote",
        "text/plain",
    )
    ids.append(letter("a@example.org", [("list.md", "a list", "text/plain"), named]))
    ids.append(letter("a@example.org", about=room.author))
    ids.append(letter(room.author.email.upper()))
    account_deletion.delete_account(room.author)
    [left] = OutgoingEmail.objects.all()
    assert left.pk == ids[0].pk
    assert [part[0] for part in left.content["attachments"]] == ["list.md"]
