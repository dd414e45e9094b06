"""How long somebody stays signed in, where, and how it ends."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from groups.accounts.sessions import SessionKey, held_in
from groups.templatetags.devices import device
from tests.factories import PASSWORD, make_user
from tests.pages import text_of, words_of
from tests.unpacking import readings

pytestmark = pytest.mark.django_db
SESSIONS = "/accounts/sessions/"


class Clock:
    """The site's own time, which a test puts forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def shift(self, by: timedelta) -> None:
        self.ahead += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock, now = Clock(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + clock.ahead)
    return clock


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(user, network="192.0.2.1", **options) -> Client:
    browser = Client(REMOTE_ADDR=network, **options)
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert is_in(browser)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/groups/new/").status_code == 200


def key_of(browser: Client) -> str:
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def with_key(key: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def session_of(browser: Client) -> UserSession:
    return UserSession.objects.get(session_key=SessionKey.of(key_of(browser)))


def end(session: UserSession) -> str:
    return f"{SESSIONS}{session.pk}/end/"


# Keys


def test_signing_in_gives_a_new_key_and_ends_the_old_one():
    user = make_user()
    before = Client()
    session = before.session
    session["something"] = "known to the one who chose the key"
    session.save()
    old = key_of(before)
    assert Session.objects.filter(session_key=SessionKey.of(old)).exists()
    before.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert key_of(before) != old
    assert is_in(before)
    assert not is_in(with_key(old))
    assert not Session.objects.filter(session_key=SessionKey.of(old)).exists()


def test_a_key_that_somebody_else_chose_is_not_taken():
    user, browser = make_user(), with_key("chosen-by-somebody-else-0123456789")
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert key_of(browser) != "chosen-by-somebody-else-0123456789"


def test_what_the_database_knows_of_a_session_signs_no_one_in():
    browser = sign_in(make_user())
    kept = Session.objects.get()
    assert kept.session_key == UserSession.objects.get().session_key
    assert not is_in(with_key(kept.session_key))
    assert is_in(with_key(key_of(browser)))
    assert "_auth_user_id" in held_in(kept)
    assert "_auth_user_id" not in str(list(readings(kept.session_data)))


def test_a_session_of_another_key_of_the_site_is_read_as_long_as_that_is_accepted(settings):
    first, second, old = sign_in(make_user()), sign_in(make_user()), settings.SECRET_KEY
    settings.SECRET_KEY = "the next one"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert is_in(first)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(first)  # it was written anew
    assert not is_in(second)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites():
    cookie = sign_in(make_user()).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# Ends


def test_signing_out_ends_the_session_itself():
    browser = sign_in(make_user())
    key = key_of(browser)
    browser.post("/accounts/logout/")
    assert not is_in(with_key(key))
    assert not Session.objects.filter(session_key=SessionKey.of(key)).exists()


def test_a_browser_forgets_its_drafts_when_somebody_signs_out_and_only_then():
    browser = sign_in(make_user())
    assert "Clear-Site-Data" not in browser.get("/")
    assert "Clear-Site-Data" not in Client().post("/accounts/logout/")
    assert browser.post("/accounts/logout/")["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in browser.get("/accounts/login/")


def test_a_new_password_ends_every_session_but_this_one():
    user = make_user()
    here, there = sign_in(user), sign_in(user)
    old = key_of(here)
    form = {"oldpassword": PASSWORD, "password1": "quite another one"}
    form["password2"] = form["password1"]
    here.post("/accounts/password/change/", form)
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(with_key(old))


def test_an_account_that_is_closed_is_out_at_once():
    user = make_user()
    browsers = [sign_in(user), sign_in(user)]
    user.is_active = False
    user.save()
    assert [is_in(browser) for browser in browsers] == [False, False]


@pytest.mark.parametrize(("days", "stays"), [(13, True), (15, False)])
def test_a_session_ends_two_weeks_after_the_last_visit(clock, days, stays):
    browser = sign_in(make_user())
    clock.shift(timedelta(days=days))
    assert is_in(browser) == stays


@pytest.mark.parametrize(("weeks", "stays"), [(12, True), (13, False)])
def test_a_session_ends_after_ninety_days_however_often_one_comes(clock, weeks, stays):
    browser = sign_in(make_user())
    for _ in range(weeks - 1):
        clock.shift(timedelta(days=7))
        assert is_in(browser)
    clock.shift(timedelta(days=7))
    assert is_in(browser) == stays


# The list


def test_the_page_tells_where_one_is_signed_in():
    user = make_user()
    sign_in(user, "198.51.100.7", headers={"User-Agent": FIREFOX})
    page = words_of(text_of(sign_in(user).get(SESSIONS)))
    assert "Firefox on Linux" in page
    assert "198.51.100.7" in page
    assert page.count("this one") == 1


def test_no_one_sees_the_sessions_of_others():
    sign_in(make_user(), "198.51.100.7")
    assert "198.51.100.7" not in text_of(sign_in(make_user()).get(SESSIONS))


def test_ending_a_session_is_felt_at_its_next_request():
    user = make_user()
    here, there = sign_in(user), sign_in(user)
    assert is_in(there)
    answer = here.post(end(session_of(there)), follow=True)
    assert "You are signed out there." in words_of(text_of(answer))
    assert not is_in(there)
    assert is_in(here)


def test_ending_the_session_one_is_in_leads_to_signing_in():
    browser = sign_in(make_user())
    answer = browser.post(end(session_of(browser)))
    assert answer.url == "/accounts/login/"
    assert not is_in(browser)


def test_somebody_signs_out_everywhere_else():
    user = make_user()
    here, *others = (sign_in(user) for _ in range(4))
    here.post(SESSIONS)
    assert is_in(here)
    assert [is_in(browser) for browser in others] == [False] * 3


def test_no_one_ends_somebody_elses_session():
    victim = sign_in(make_user())
    assert sign_in(make_user()).post(end(session_of(victim))).status_code == 404
    assert is_in(victim)


def test_a_session_is_ended_by_a_form_only():
    browser = sign_in(make_user())
    assert browser.get(end(session_of(browser))).status_code == 405
    assert is_in(browser)


def test_a_visit_is_noted_once_in_a_while(clock):
    browser = sign_in(make_user(), "192.0.2.1")
    began = session_of(browser).last_seen_at
    clock.shift(timedelta(minutes=5))
    is_in(browser)
    assert session_of(browser).last_seen_at == began
    clock.shift(timedelta(minutes=6))
    browser.get("/groups/new/", REMOTE_ADDR="198.51.100.7")
    assert session_of(browser).last_seen_at > began + timedelta(minutes=10)
    assert session_of(browser).ip == "198.51.100.7"


WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (WINDOWS, "Chrome on Windows"),
        (f"{WINDOWS} Edg/140.0", "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        (ANDROID, "Chrome on Android"),
        ("curl/8.0", "An unknown browser"),
        ("", "An unknown browser"),
        ("<script>alert(1)</script>", "An unknown browser"),
    ],
)
def test_a_browser_is_told_in_words(user_agent, words):
    assert device(user_agent) == words
