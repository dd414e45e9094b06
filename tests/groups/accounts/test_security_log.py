"""The log tells who came in, who went and who failed to, and names no address and no secret."""

import logging

import pytest

from config.log_lines import WhoAsked
from groups.accounts.security_log import FAILURES, address_mark
from tests.factories import PASSWORD, browser_of, make_user
from tests.groups.accounts.test_mfa import halfway_in, person_with_app, second_step, shown

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
HERE = "from 127.0.0.1]"


@pytest.fixture
def logged(caplog):
    """What was written to the log so far, by the logger that this is about."""
    caplog.handler.addFilter(WhoAsked())

    def logged():
        return [line.getMessage() for line in caplog.records if line.name == "seminar.security"]

    return logged


def test_signing_in_and_out_is_told_with_the_way_in(logged):
    user = make_user()
    browser = browser_of()
    browser.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    browser.post("/accounts/logout/")
    assert logged() == [
        f"signed in: person {user.pk} by password [person {user.pk} {HERE}",
        f"signed out [person {user.pk} {HERE}",
    ]


def test_both_steps_are_told(logged):
    user = person_with_app()
    second_step(halfway_in(user), shown())
    (line,) = logged()
    assert line.startswith(f"signed in: person {user.pk} by password, mfa")


def test_signing_up_is_told(logged):
    form = {"name": "Nina", "email": "nina@example.org", "password1": "a good long password"}
    browser_of().post("/accounts/signup/", form)
    assert ["signed in: person" in line and "by signing up" in line for line in logged()] == [True]


def test_a_wrong_password_is_told_without_it_and_without_the_address(logged):
    password = "not-this-one"
    user = make_user()
    for address in (user.email, user.email.upper(), "nobody@example.org"):
        browser_of().post(SIGN_IN, {"login": address, "password": password})
    mark, other = address_mark(user.email), address_mark("nobody@example.org")
    assert logged() == [
        f"sign-in failed: wrong password for account {each} [not signed in {HERE}"
        for each in (mark, mark, other)
    ]
    assert mark != other
    assert not [line for line in logged() if password in line or "@" in line]


def test_a_closed_account_fails_as_any_other(logged):
    user = make_user(is_active=False)
    browser_of().post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    mark = address_mark(user.email)
    assert logged() == [f"sign-in failed: wrong password for account {mark} [not signed in {HERE}"]


def test_a_wrong_code_of_the_second_step_is_told_without_it(logged):
    second_step(halfway_in(person_with_app()), "123456")
    (line,) = logged()
    assert line.startswith("sign-in failed: wrong code [")
    assert "123456" not in line


def test_a_wrong_password_when_asked_again_names_the_person(logged):
    user = make_user()
    browser_of(user).post("/accounts/reauthenticate/", {"password": "wrong"})
    assert logged() == [f"sign-in failed: wrong password when asked again [person {user.pk} {HERE}"]


def test_what_is_wrong_beside_another_field_is_no_failure(logged):
    browser_of(make_user()).post("/accounts/email/", {"action_add": "", "email": "none"})
    assert logged() == []
    assert "email_taken" not in FAILURES


def test_it_is_written_whatever_the_level_is():
    assert logging.getLogger("seminar.security").isEnabledFor(logging.INFO)
    assert not logging.getLogger("seminar.other").isEnabledFor(logging.INFO)
