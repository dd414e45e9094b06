"""Passkeys, an app's codes and recovery codes: what the pages of an account say and do."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.factories import PASSWORD, browser_of, make_user
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db
HOME = "/accounts/second-step/"
APP = f"{HOME}totp/activate/"
KEY = "JBSWY3DPEHPK3PXP"


def shown(ahead: int = 0, key: str = KEY) -> str:
    _, counter, _ = counters()
    return format_hotp_value(hotp_value(key, counter + ahead))


def person_with_app(**fields):
    user = make_user(**fields)
    TOTP.activate(user, KEY)
    RecoveryCodes.activate(user)
    return user


def halfway_in(user) -> Client:
    """A browser in which the password was right, and the second step waits."""
    browser = browser_of()
    answer = browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.url == f"{HOME}authenticate/"
    return browser


def known_again(user) -> Client:
    """A browser in which somebody has just given the password once more."""
    browser = browser_of(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/groups/new/").status_code == 200


def second_step(browser: Client, code: str):
    return browser.post(f"{HOME}authenticate/", {"code": code})


def test_after_the_password_a_code_is_asked_for():
    user = person_with_app()
    browser = halfway_in(user)
    assert not is_in(browser)
    assert second_step(browser, "000000").status_code == 200
    assert not is_in(browser)
    assert second_step(browser, shown()).status_code == 302
    assert is_in(browser)


def test_a_second_step_from_before_it_was_encrypted_still_works():
    user = person_with_app()
    Authenticator.objects.filter(user=user, type="totp").update(data={"secret": KEY})
    browser = halfway_in(user)
    assert second_step(browser, shown()).status_code == 302
    assert is_in(browser)


def test_no_code_fits_a_second_step_whose_key_is_gone(settings):
    """Least of all those of an empty key, which anybody can compute."""
    user = person_with_app()
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().generate_codes()
    settings.SECRET_KEY = "another one"
    browser = halfway_in(user)
    for code in (shown(), shown(key=""), codes[0]):
        second_step(browser, code)
        assert not is_in(browser)


def test_a_second_step_is_encrypted_anew_after_the_site_has_a_new_key(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    user, old = person_with_app(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the next one", [old]
    call_command("tidy")
    settings.SECRET_KEY_FALLBACKS = []
    browser = halfway_in(user)
    second_step(browser, shown())
    assert is_in(browser)


def test_a_code_signs_in_once():
    user = person_with_app()
    second_step(halfway_in(user), code := shown())
    again = halfway_in(user)
    second_step(again, code)
    assert not is_in(again)


def test_a_recovery_code_signs_in_once():
    user = person_with_app()
    (code, *_) = Authenticator.objects.get(user=user, type="recovery_codes").wrap().generate_codes()
    first, second = halfway_in(user), halfway_in(user)
    second_step(first, code)
    assert is_in(first)
    second_step(second, code)
    assert not is_in(second)


def test_guessing_codes_is_stopped_with_the_time_to_wait():
    user = person_with_app()
    browser = halfway_in(user)
    for _ in range(5):
        assert second_step(browser, "000000").status_code == 200
    answer = second_step(browser, shown())
    assert answer.status_code == 429
    assert 25 <= int(answer["Retry-After"]) <= 30
    assert not is_in(browser)


def test_a_code_by_mail_does_not_spare_the_second_step():
    user = person_with_app(email="mina@example.org")
    browser = browser_of()
    browser.post("/accounts/login/code/", {"email": user.email})
    code = mail.outbox[-1].body.split("    ")[1].split()[0]
    answer = browser.post("/accounts/login/code/confirm/", {"code": code})
    assert answer.url == f"{HOME}authenticate/"
    assert not is_in(browser)


@pytest.mark.parametrize(
    "address", [APP, f"{HOME}webauthn/add/", f"{HOME}recovery-codes/generate/"]
)
def test_what_is_delicate_asks_for_the_password_again(address):
    user = make_user()
    answer = browser_of(user).get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert known_again(user).get(address).status_code == 200


def test_setting_up_an_app_shows_its_key_as_a_picture_and_as_text():
    browser = known_again(make_user())
    page = text_of(browser.get(APP))
    assert '<img class="qr__code" src="data:image/svg+xml;base64,' in page
    key = page.split('aria-labelledby="key-label">')[1].split("<")[0]
    assert len(key) == 32
    answer = browser.post(APP, {"code": shown(key=key)})
    assert answer.url == f"{HOME}recovery-codes/"
    assert "10 of 10 are left" in words_of(text_of(browser.get(answer.url)))


@pytest.mark.django_db(transaction=True)
def test_anyone_who_sets_up_an_app_is_told_by_mail():
    user = make_user(email="mina@example.org")
    browser = known_again(user)
    page = text_of(browser.get(APP))
    key = page.split('aria-labelledby="key-label">')[1].split("<")[0]
    browser.post(APP, {"code": shown(key=key)})
    assert "An app with codes was set up" in [letter.subject for letter in mail.outbox]
    assert not [letter for letter in mail.outbox if key in letter.body]


def test_new_recovery_codes_end_the_old_ones():
    user = person_with_app()
    browser = known_again(user)
    old = Authenticator.objects.get(user=user, type="recovery_codes").wrap().generate_codes()
    browser.post(f"{HOME}recovery-codes/generate/")
    new = text_of(browser.get(f"{HOME}recovery-codes/download/")).split()
    assert len(new) == 10
    assert not set(old) & set(new)


def test_recovery_codes_are_handed_over_as_a_file():
    browser = known_again(person_with_app())
    answer = browser.get(f"{HOME}recovery-codes/download/")
    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer["Content-Type"].startswith("text/plain")
    assert len(text_of(answer).split()) == 10


def test_removing_the_app_removes_the_codes_that_stood_in_for_it():
    user = person_with_app()
    known_again(user).post(f"{HOME}totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()
    browser = browser_of()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert is_in(browser)


def test_no_one_reaches_somebody_elses_passkey():
    other = Authenticator.objects.create(user=make_user(), type="webauthn", data={})
    browser = known_again(make_user())
    for verb in ("edit", "remove"):
        address = f"{HOME}webauthn/keys/{other.pk}/{verb}/"
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("credential", ["", "{}", "nonsense", "[]", "null", '{"id": 1}', '"x"'])
def test_a_passkey_that_is_none_opens_nothing(credential):
    browser = browser_of()
    browser.get(f"{HOME}webauthn/login/", headers={"Accept": "application/json"})
    answer = browser.post(f"{HOME}webauthn/login/", {"credential": credential})
    assert answer.status_code < 500
    assert not is_in(browser)


def test_a_passkey_is_asked_for_with_its_owner_known_to_the_device():
    answer = browser_of().get(f"{HOME}webauthn/login/", headers={"Accept": "application/json"})
    asked = json.loads(answer.content)["request_options"]["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


@pytest.mark.parametrize(
    ("host", "offered"),
    [("testserver", True), ("localhost:8000", True), ("127.0.0.1:8000", False), ("[::1]", False)],
)
def test_a_passkey_is_offered_where_the_address_has_a_name(host, offered):
    page = text_of(browser_of().get("/accounts/login/", headers={"Host": host}))
    assert ("Use a passkey" in page) == offered
    assert ("Passkeys do not work at an IP address." in page) != offered


def test_the_page_of_the_second_step_leads_nowhere_without_a_first():
    assert browser_of().get(f"{HOME}authenticate/").url == "/accounts/login/"
