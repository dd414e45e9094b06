"""The command line of an operator."""

from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from groups.models import Policy, User
from tests.factories import PASSWORD, browser_of, make_user

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


# Operators


def test_make_operator_lets_somebody_run_the_site():
    mina = make_user("Mina", email="mina@example.org")
    assert browser_of(mina).get("/admin/").status_code == 404
    assert said("make_operator", " MINA@example.org ") == "Mina is an operator now."
    mina.refresh_from_db()
    assert (mina.is_staff, mina.is_superuser) == (True, True)
    assert browser_of(mina).get("/admin/").status_code == 200


def test_make_operator_takes_it_back():
    mina = make_user("Mina", email="mina@example.org", is_staff=True, is_superuser=True)
    assert (
        said("make_operator", "mina@example.org", "--remove") == "Mina is not an operator any more."
    )
    mina.refresh_from_db()
    assert (mina.is_staff, mina.is_superuser) == (False, False)
    assert said("make_operator", "mina@example.org", "--remove") == "Mina is not an operator."


def test_a_closed_account_is_made_no_operator():
    make_user(email="mina@example.org", is_active=False)
    with pytest.raises(CommandError, match=r"is closed\. Nothing was changed\."):
        said("make_operator", "mina@example.org")
    assert not User.objects.filter(is_staff=True).exists()


@pytest.mark.parametrize("command", ["make_operator", "sign_out"])
@pytest.mark.parametrize("address", ["nobody@example.org", "", "mina", "%"])
def test_a_command_about_no_one_says_so(command, address):
    make_user(email="mina@example.org")
    with pytest.raises(CommandError, match="No one has the email"):
        said(command, address)


# Organizers


def test_make_organizer_helps_a_group_that_has_none(room):
    room.organizer.is_active = False
    room.organizer.save()
    sentence = said("make_organizer", room.group.slug, room.member.email.upper())
    assert sentence == f"{room.member.name} is an organizer of {room.group.name} now."
    assert room.membership_of(room.member).is_organizer


def test_make_organizer_changes_nothing_where_it_may_not(room):
    for slug, person, words in [
        (room.group.slug, room.member, "has an organizer, who can name others"),
        (room.group.slug, room.outsider, "is in no group with the URL /groups/"),
        ("none", room.member, "is in no group with the URL /groups/none/"),
    ]:
        with pytest.raises(CommandError, match=words):
            said("make_organizer", slug, person.email)
    User.objects.filter(pk__in=[room.organizer.pk, room.member.pk]).update(is_active=False)
    with pytest.raises(CommandError, match=r"is closed\. Nothing was changed\."):
        said("make_organizer", room.group.slug, room.member.email)
    assert not room.membership_of(room.member).is_organizer


# Signing out


def signed_in(user: User):
    """A browser that came in through the page, as people do."""
    browser = browser_of()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert browser.get("/accounts/profile/").status_code == 200
    return browser


def test_sign_out_ends_all_sessions_of_one_person_and_no_one_elses():
    mina, jonas = make_user("Mina"), make_user("Jonas")
    laptop, phone, other = signed_in(mina), signed_in(mina), signed_in(jonas)
    assert UserSession.objects.filter(user=mina).count() == 2
    assert said("sign_out", mina.email) == "Mina is signed out everywhere: 2 sessions have ended."
    for browser in (laptop, phone):
        assert browser.get("/accounts/profile/").status_code == 302
    assert other.get("/accounts/profile/").status_code == 200
    assert [row.user for row in UserSession.objects.all()] == [jonas]
    assert Session.objects.count() == 1
    assert said("sign_out", mina.email) == "Mina is signed out everywhere: 0 sessions have ended."


def test_a_session_that_cannot_be_read_stops_no_one_from_being_signed_out():
    mina = make_user("Mina")
    browser = signed_in(mina)
    Session.objects.create(
        session_key="x", session_data="torn", expire_date=Session.objects.get().expire_date
    )
    assert "1 session has ended" in said("sign_out", mina.email)
    assert browser.get("/accounts/profile/").status_code == 302


# Signing up


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["open"], "open"),
        (["invited"], "invited"),
        (["invited", "only"], "invited"),
        (["invited only"], "invited"),
        (["CLOSED"], "closed"),
    ],
)
def test_sign_up_opens_and_closes_the_door(words, state):
    assert said("sign_up", *words).startswith(f"{state}: ")
    assert Policy.objects.now().sign_up == state
    assert said("sign_up").startswith(f"{state}: ")


def test_sign_up_says_how_it_is_and_changes_nothing():
    assert said("sign_up") == "open: Anybody can sign up."
    assert not Policy.objects.exists()


@pytest.mark.parametrize("words", [["ajar"], ["only"], ["open", "closed"], ["only only"]])
def test_sign_up_refuses_what_it_does_not_know(words):
    said("sign_up", "closed")
    with pytest.raises(CommandError, match="is not one of open, invited, closed"):
        said("sign_up", *words)
    assert Policy.objects.now().sign_up == "closed"
