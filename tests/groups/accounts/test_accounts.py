"""Accounts: a name, an address and a password, and then a group."""

import re

import pytest
from django.core import mail

from groups.models import Group, User
from tests.factories import PASSWORD, browser_of, make_user
from tests.pages import fields_of, is_whole_page, text_of, without_tokens, words_of

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
SIGN_IN = "/accounts/login/"
RESET = "/accounts/password/reset/"
FORM = {"name": "Nina Simon", "email": "Nina@example.org", "password1": "a good long password"}


@pytest.fixture
def mail_server(settings):
    """As with EMAIL_URL set."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def test_signing_up_takes_name_address_and_password_and_goes_on_to_a_group():
    browser = browser_of()
    page = browser.post(SIGN_UP, FORM, follow=True)
    assert page.redirect_chain == [("/groups/new/", 302)]
    nina = User.objects.get()
    assert (nina.name, nina.email, nina.handle) == ("Nina Simon", "nina@example.org", "nina-simon")
    assert nina.check_password("a good long password")
    assert not nina.is_staff
    browser.post("/groups/new/", {"name": "Readers"})
    assert Group.objects.get().memberships.get(user=nina).is_organizer


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "\u200b", "Write something first."),
        ("name", "Ni\u202ena", "change the direction of text"),
        ("name", "n" * 81, "at most 80 characters"),
        ("email", "", "This field is required."),
        ("email", "nina", "Enter a valid email address."),
        ("email", "nina@example.org\nBcc: x@example.org", "Enter a valid email address."),
        ("password1", "", "This field is required."),
        ("password1", "short", "too short"),
        ("password1", "password123", "too common"),
        ("password1", "48151623421", "entirely numeric"),
        ("password1", "nina@example.org", "too similar"),
    ],
)
def test_signing_up_says_what_is_wrong_beside_the_field(field, value, sentence):
    page = browser_of().post(SIGN_UP, FORM | {field: value})
    assert sentence in words_of(text_of(page))
    assert not User.objects.exists()
    shown = fields_of(text_of(page))
    assert shown["name"] == [(FORM | {field: value})["name"]]
    assert not any(shown.get("password1", []))


def test_a_name_may_be_in_any_script():
    browser_of().post(SIGN_UP, FORM | {"name": "נועם לוי"})
    assert User.objects.get().name == "נועם לוי"


def test_two_people_of_one_name_may_sign_up():
    for number in (1, 2):
        browser_of().post(SIGN_UP, FORM | {"email": f"nina{number}@example.org"})
    assert len({user.handle for user in User.objects.all()}) == 2


def test_an_address_signs_up_once():
    make_user(email="nina@example.org")
    browser_of().post(SIGN_UP, FORM | {"email": "NINA@example.org"})
    assert User.objects.count() == 1


# Signing in and out


def test_signing_in_by_address_whatever_its_case():
    make_user(email="nina@example.org")
    answer = browser_of().post(SIGN_IN, {"login": "Nina@Example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer():
    make_user(email="nina@example.org")
    answers = [
        browser_of().post(SIGN_IN, {"login": address, "password": "wrong"})
        for address in ("nina@example.org", "nora@example.org")
    ]
    known, unknown = (
        without_tokens(text_of(a)).replace("nina@", "…").replace("nora@", "…") for a in answers
    )
    assert known == unknown
    assert answers[0].status_code == answers[1].status_code
    assert "Email or password is wrong." in words_of(known)


def test_signing_out_ends_the_session():
    browser = browser_of(make_user())
    assert browser.get("/").status_code == 200
    browser.get("/accounts/logout/")
    assert browser.get("/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/").status_code == 302


def test_a_session_begins_anew_at_sign_in():
    user = make_user(email="nina@example.org")
    browser = browser_of()
    browser.get(SIGN_IN)
    session = browser.session
    session["planted"] = "1"
    session.save()
    browser.cookies["sessionid"] = str(session.session_key)
    browser.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert browser.cookies["sessionid"].value != session.session_key


def test_many_wrong_passwords_are_one_too_many():
    make_user(email="nina@example.org")
    browser = browser_of()
    words = ""
    for _ in range(12):
        page = browser.post(SIGN_IN, {"login": "nina@example.org", "password": "wrong"})
        words = words_of(text_of(page))
    assert "Too many" in words
    right = browser.post(SIGN_IN, {"login": "nina@example.org", "password": PASSWORD})
    assert right.status_code != 302


# A forgotten password


def test_a_reset_answers_alike_for_known_and_unknown_addresses():
    make_user(email="nina@example.org")
    answers = []
    for address in ("nina@example.org", "nora@example.org"):
        answer = browser_of().post(RESET, {"email": address}, follow=True)
        answers.append(answer)
    known, unknown = (
        without_tokens(text_of(a)).replace("nina@", "…").replace("nora@", "…") for a in answers
    )
    assert known == unknown
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert is_whole_page(answers[0])


def test_a_reset_for_an_unknown_address_gives_no_link():
    browser_of().post(RESET, {"email": "nora@example.org"})
    assert not any("/accounts/password/reset/key/" in letter.body for letter in mail.outbox)


def test_a_used_link_is_dead():
    user = make_user(email="nina@example.org")
    browser_of().post(RESET, {"email": user.email})
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    assert path
    form = {"password1": "quite another one", "password2": "quite another one"}
    browser = browser_of()
    browser.post(browser.get(path[1]).url, form)
    again = browser_of().get(path[1], follow=True)
    assert "password1" not in fields_of(text_of(again))


# With a mail server


def test_with_a_mail_server_the_address_is_verified_by_a_code(mail_server):
    browser = browser_of()
    browser.post(SIGN_UP, FORM)
    assert browser.get("/").status_code == 302
    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", letter.body, re.MULTILINE)
    assert code, letter.body
    wrong = browser.post("/accounts/confirm-email/", {"code": "WRONG1"})
    assert wrong.status_code in (200, 422)
    assert browser.get("/").status_code == 302
    right = browser.post("/accounts/confirm-email/", {"code": code[1]})
    assert right.status_code == 302
    assert browser.get("/").status_code == 200


def test_with_a_mail_server_signing_up_tells_no_one_who_is_here(mail_server):
    make_user(email="nina@example.org")
    answers = [
        browser_of().post(SIGN_UP, FORM | {"email": f"{name}@example.org"}, follow=True)
        for name in ("nina", "nora")
    ]
    known, unknown = (
        without_tokens(text_of(a)).replace("nina@", "…").replace("nora@", "…") for a in answers
    )
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert known == unknown
    assert User.objects.filter(email="nina@example.org").count() == 1
