"""A stranger's way from an invitation, through signing up or in, into the group: asked once."""

import pytest

from groups.accounts import joining
from groups.models import Invitation, Membership, Policy, User
from tests.factories import PASSWORD, browser_of, make_invitation, make_membership, make_user
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
SIGN_IN = "/accounts/login/"
FORM = {"name": "Nina Simon", "email": "nina@example.org", "password1": "a good long password"}


def press_join(browser, secret: str, way: str = "sign_up") -> str:
    """Press the button of the invitation's page; return where that leads."""
    answer = browser.post(f"/join/{secret}/", {way: ""})
    assert answer.status_code == 302
    return answer.url


def test_anyone_who_signs_up_from_an_invitation_is_in_its_group(room):
    browser = browser_of()
    assert press_join(browser, room.secret) == SIGN_UP
    assert f"You join {room.group.name} as soon as you have" in words_of(
        text_of(browser.get(SIGN_UP))
    )
    after = browser.post(SIGN_UP, FORM, follow=True)
    assert after.redirect_chain[-1] == (f"/groups/{room.group.slug}/", 302)
    assert f"Welcome to {room.group.name}." in words_of(text_of(after))
    assert room.group.memberships.get(user__email="nina@example.org").invitation == room.invitation
    assert Invitation.objects.get(pk=room.invitation.pk).uses == 1


def test_anyone_who_signs_in_from_an_invitation_is_in_its_group(room):
    browser = browser_of()
    assert press_join(browser, room.secret, "sign_in") == SIGN_IN
    form = {"login": room.outsider.email, "password": PASSWORD}
    assert browser.post(SIGN_IN, form).url == f"/groups/{room.group.slug}/"
    assert room.membership_of(room.outsider).role == "member"


def test_a_page_that_is_only_looked_at_lets_no_one_in(room):
    browser = browser_of()
    browser.get(f"/join/{room.secret}/")
    browser.post(SIGN_UP, FORM)
    assert not room.group.memberships.filter(user__email="nina@example.org").exists()


def test_somebody_else_at_the_same_browser_does_not_join_by_it_an_hour_later(room, monkeypatch):
    browser = browser_of()
    press_join(browser, room.secret)
    now = joining.time.time() + joining.SECONDS_KEPT + 1
    monkeypatch.setattr(joining.time, "time", lambda: now)
    browser.post(SIGN_IN, {"login": room.outsider.email, "password": PASSWORD})
    assert not Membership.objects.filter(user=room.outsider).exists()


def test_the_way_is_gone_once_it_was_gone(room):
    _, secret = make_invitation(room.group, uses_allowed=5)
    browser = browser_of()
    press_join(browser, secret)
    browser.post(SIGN_UP, FORM)
    browser.post("/accounts/logout/")
    browser.post(SIGN_IN, {"login": room.outsider.email, "password": PASSWORD})
    assert not Membership.objects.filter(user=room.outsider).exists()


def test_an_invitation_that_ends_on_the_way_leaves_an_account_and_says_so(room):
    browser = browser_of()
    press_join(browser, room.secret)
    room.invitation.revoke(by=room.organizer)
    after = browser.post(SIGN_UP, FORM, follow=True)
    assert User.objects.filter(email="nina@example.org").exists()
    assert not room.group.memberships.filter(user__email="nina@example.org").exists()
    assert after.status_code == 200


def test_the_session_keeps_no_secret(room):
    browser = browser_of()
    press_join(browser, room.secret)
    assert room.secret not in str(dict(browser.session))


# By mail


def mailed(room, email="nina@example.org"):
    return make_invitation(room.group, email=email)[1]


def test_the_address_need_not_be_typed_again(room):
    browser = browser_of()
    url = press_join(browser, mailed(room))
    assert fields_of(text_of(browser.get(url)))["email"] == ["nina@example.org"]


def test_the_address_need_not_be_confirmed_again(room, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    browser = browser_of()
    press_join(browser, mailed(room))
    after = browser.post(SIGN_UP, FORM)
    assert after.url == f"/groups/{room.group.slug}/"


def test_another_address_is_confirmed_and_does_not_join_by_it(room, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    browser = browser_of()
    press_join(browser, mailed(room, "nora@example.org"))
    after = browser.post(SIGN_UP, FORM)
    assert after.url == "/accounts/confirm-email/"
    assert not room.group.memberships.filter(user__email="nina@example.org").exists()


def test_anyone_who_signs_up_with_another_address_is_told_where_it_was_sent(room):
    browser = browser_of()
    press_join(browser, mailed(room, "nora@example.org"))
    after = browser.post(SIGN_UP, FORM, follow=True)
    assert "was sent to n•••@example.org" in words_of(text_of(after))
    assert not room.group.memberships.filter(user__email="nina@example.org").exists()


# Who may sign up at all


@pytest.mark.parametrize(("policy", "is_open"), [("open", True), ("invited", False)])
def test_signing_up_without_an_invitation_goes_as_the_policy_says(policy, is_open):
    Policy.objects.decide(sign_up=policy)
    browser_of().post(SIGN_UP, FORM)
    assert User.objects.exists() == is_open


def test_signing_up_with_an_invitation_goes_where_it_is_for_the_invited(room):
    Policy.objects.decide(sign_up="invited")
    browser = browser_of()
    assert "No new accounts" in words_of(text_of(browser.get(SIGN_UP)))
    press_join(browser, room.secret)
    browser.post(SIGN_UP, FORM)
    assert room.group.memberships.filter(user__email="nina@example.org").exists()


def test_no_one_signs_up_where_it_is_closed(room):
    Policy.objects.decide(sign_up="closed")
    browser = browser_of()
    press_join(browser, room.secret)
    page = browser.post(SIGN_UP, FORM)
    assert "No new accounts" in words_of(text_of(page))
    assert not User.objects.filter(email="nina@example.org").exists()


# Seats


def test_a_full_group_lets_no_one_in_and_keeps_the_invitation(room):
    room.group.seats = 3
    room.group.save()
    page = browser_of(room.outsider).post(f"/join/{room.secret}/")
    assert page.status_code == 409
    assert "The group is full (3)." in words_of(text_of(page))
    assert Invitation.objects.get(pk=room.invitation.pk).uses == 0
    assert not Membership.objects.filter(user=room.outsider).exists()


def test_who_is_in_a_full_group_stays_in(room):
    room.group.seats = 3
    room.group.save()
    assert browser_of(room.member).post(f"/join/{room.secret}/").status_code == 302


def test_a_seat_that_is_left_is_free(room):
    room.group.seats = 3
    room.group.save()
    room.membership_of(room.author).leave()
    assert browser_of(room.outsider).post(f"/join/{room.secret}/").status_code == 302
    assert room.group.memberships.count() == 3


def test_a_group_without_a_number_of_seats_is_never_full(room):
    for _ in range(20):
        make_membership(room.group, make_user())
    assert browser_of(room.outsider).post(f"/join/{room.secret}/").status_code == 302
