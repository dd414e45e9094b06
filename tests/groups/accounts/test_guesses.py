"""Guesses at an account delay the one who guesses, and never its owner's own devices."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connections
from django.http import HttpResponse
from django.test import Client, RequestFactory

from groups.accounts.devices import devices_of
from groups.accounts.guesses import KINDS, OF_A_PLACE, SECONDS_OF_PATIENCE, Guess
from groups.accounts.signing_out import sign_out_everywhere
from groups.models import Tally
from groups.models.tallies import BackoffLimit, Count
from tests.factories import PASSWORD, browser_of, make_user
from tests.pages import HTMX, text_of, words_of
from tests.racing import a_place_in_the_queue_for_everybody

__all__ = ["a_place_in_the_queue_for_everybody"]
pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
HOME, CAFE = "192.0.2.1", "203.0.113.7"
# Many addresses of one site, and of four customers of one provider.
OF_ONE_SITE = [f"2001:db8:0:{number:x}::1" for number in range(12)]
OF_ONE_PROVIDER = [f"2001:db8:0:{number << 8:x}::1" for number in range(12)]
OF_A_BOTNET = [f"198.51.100.{number}" for number in range(1, 13)]


class Clock:
    """The time of day, which a test can turn on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        monkeypatch.setattr("time.time", lambda: self.now)

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def sign_in(
    email: str, password: str = PASSWORD, place: str = HOME, browser: Client | None = None, **more
) -> HttpResponse:
    form = {"login": email, "password": password}
    return (browser or browser_of()).post(SIGN_IN, form, REMOTE_ADDR=place, **more)


def fail(email: str, places: list[str], times: int = 1) -> list[int]:
    """What a strange browser is answered that guesses there; no page is made of it."""
    return [429 if strange(email, place).add() else 200 for _ in range(times) for place in places]


def strange(email: str, place: str) -> Guess:
    request = RequestFactory().post(SIGN_IN, REMOTE_ADDR=place)
    request.user = AnonymousUser()
    return Guess(request, "password", email)


def known_browser(user) -> Client:
    """A browser that has signed in to the account before, and is signed out."""
    browser = browser_of()
    assert sign_in(user.email, browser=browser).status_code == 302
    browser.post("/accounts/logout/")
    return browser


# One account


def test_guessing_a_password_is_slowed_down_with_the_time_to_wait(clock):
    user = make_user()
    statuses = [sign_in(user.email, "wrong", CAFE).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    answer = sign_in(user.email, place=CAFE)
    assert (answer.status_code, int(answer["Retry-After"])) == (429, 30)
    page = words_of(text_of(answer))
    assert "Too many tries. Try again in 30 seconds." in page
    assert "use a passkey or have a code sent to you" in page
    clock.wait(30)
    assert sign_in(user.email, "wrong", CAFE).status_code == 200
    answer = sign_in(user.email, place=CAFE, headers=HTMX)
    assert int(answer["Retry-After"]) == 60
    assert 'id="problem"' in text_of(answer)
    clock.wait(60)
    assert sign_in(user.email, place=CAFE).status_code == 302


def test_a_right_password_forgets_the_wrong_ones_before_it(clock):
    user = make_user()
    for _ in range(4):
        fail(user.email, [CAFE], 4)
        assert sign_in(user.email, place=CAFE).status_code == 302
        clock.wait(600)


def test_over_the_limit_no_password_is_looked_at(clock, monkeypatch):
    user = make_user()
    fail(user.email, [CAFE], 5)
    monkeypatch.setattr("django.contrib.auth.hashers.check_password", pytest.fail)
    monkeypatch.setattr("groups.models.User.check_password", pytest.fail)
    assert sign_in(user.email, "wrong", CAFE).status_code == 429


def test_an_unknown_address_is_slowed_down_alike(clock):
    known, unknown = make_user().email, "nobody@example.org"
    for places, times in ([CAFE], 6), (OF_A_BOTNET, 2):
        assert fail(known, places, times) == fail(unknown, places, times)
    waits = [sign_in(email, place=HOME)["Retry-After"] for email in (known, unknown)]
    assert waits[0] == waits[1]


@pytest.mark.parametrize("places", [[CAFE], OF_ONE_SITE, OF_ONE_PROVIDER], ids=["v4", "/56", "/48"])
def test_no_one_is_kept_out_from_one_place_however_long_it_goes_on(clock, places):
    user = make_user()
    fail(user.email, places, 6 if len(places) == 1 else 2)
    for _ in range(25):
        fail(user.email, places[:1])
        clock.wait(900)
    assert sign_in(user.email, place=HOME).status_code == 302


@pytest.mark.parametrize(
    ("places", "most"),
    [([CAFE], 110), (OF_ONE_SITE, 110), (OF_ONE_PROVIDER, 320), (OF_A_BOTNET, 180)],
)
def test_guesses_at_one_account_are_few_in_a_day(clock, places, most):
    """By trying each place again as soon as another try is allowed; only tallies are asked."""
    begin, passed = clock.now, 0
    tallies = [strange("mina@example.org", place).delays for place in places]
    while clock.now < begin + 86_400:
        waits = []
        for counts in tallies:
            wait = Tally.objects.add(counts)
            passed += not wait
            waits.append(wait)
            if wait and len(waits) > 1 and wait == waits[-2]:
                break  # the account delays all places alike
        clock.wait(min(waits) + 0.01)
    assert 50 < passed <= most


def test_guesses_from_many_places_delay_strangers_for_a_quarter_of_an_hour_at_most(clock):
    user = make_user()
    fail(user.email, OF_A_BOTNET, 2)
    for _ in range(8):
        clock.wait(max(Tally.objects.values_list("free_at", flat=True)) - clock.now)
        fail(user.email, OF_A_BOTNET[:1])
    answer = sign_in(user.email, place=HOME)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 900
    clock.wait(900)
    assert sign_in(user.email, place=HOME).status_code == 302


# Known devices


ATTACKS = {"v4": [HOME], "/56": OF_ONE_SITE, "/48": OF_ONE_PROVIDER, "botnet": OF_A_BOTNET}


@pytest.mark.parametrize("places", ATTACKS.values(), ids=ATTACKS)
def test_a_known_device_signs_in_whatever_others_try(clock, places):
    user = make_user()
    browser = known_browser(user)
    fail(user.email, places, 5 if len(places) == 1 else 2)
    assert sign_in(user.email, place=places[0]).status_code == 429
    assert sign_in(user.email, place=places[0], browser=browser).status_code == 302


def test_a_known_device_is_slowed_down_by_its_own_tries(clock):
    user = make_user()
    browser = known_browser(user)
    statuses = [sign_in(user.email, "wrong", browser=browser).status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    clock.wait(5)
    assert sign_in(user.email, browser=browser).status_code == 302


def test_a_device_is_known_to_the_accounts_that_signed_in_with_it_and_to_no_other(clock):
    mina, jonas, other = make_user(), make_user(), make_user()
    browser = known_browser(mina)
    sign_in(jonas.email, browser=browser)
    browser.post("/accounts/logout/")
    for user in (mina, jonas, other):
        fail(user.email, [HOME], 5)
        clock.wait(10)
    statuses = [sign_in(user.email, browser=browser).status_code for user in (other, mina)]
    assert statuses == [429, 302]
    browser.post("/accounts/logout/")
    assert sign_in(jonas.email, browser=browser).status_code == 302


def test_the_cookie_is_no_secret_and_out_of_reach_of_scripts():
    user = make_user()
    browser = browser_of()
    cookie = sign_in(user.email, browser=browser).cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert user.email not in cookie.value
    assert user.password not in cookie.value
    thief = browser_of()
    thief.cookies["device"] = cookie.value
    assert thief.get("/").status_code == 302
    request = thief.get(SIGN_IN).wsgi_request
    assert [device.user for device in devices_of(request)] == [user.pk]


@pytest.mark.parametrize("forged", ["", "x", "W10:x:y", "~", "a" * 4000])
def test_a_cookie_that_is_not_ours_makes_no_device_known(forged):
    user = make_user()
    fail(user.email, [HOME], 5)
    browser = browser_of()
    browser.cookies["device"] = browser.cookies["waiting"] = forged
    assert sign_in(user.email, browser=browser).status_code == 429


def new_password(user, browser: Client) -> None:
    user.set_password("quite another one")
    user.save()


def end_other_sessions(user, browser: Client) -> None:
    other = browser_of()
    sign_in(user.email, browser=other)
    sign_in(user.email, browser=browser_of())
    other.post("/accounts/sessions/")


FORGETTING: dict[str, Callable[[Any, Client], Any]] = {
    "a new password": new_password,
    "signed out everywhere": lambda user, browser: sign_out_everywhere(user),
    "other sessions ended": end_other_sessions,
}


@pytest.mark.parametrize("forget", FORGETTING.values(), ids=FORGETTING)
def test_a_device_is_forgotten_with(forget):
    user = make_user()
    browser = known_browser(user)
    forget(user, browser)
    user.refresh_from_db()
    password = "quite another one" if forget is new_password else PASSWORD
    fail(user.email, [HOME], 5)
    assert sign_in(user.email, password, browser=browser).status_code == 429


def test_the_browser_in_which_a_password_is_changed_stays_known():
    user = make_user()
    browser = browser_of()
    sign_in(user.email, browser=browser)
    chosen = {"password1": "quite another one", "password2": "quite another one"}
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **chosen})
    browser.post("/accounts/logout/")
    fail(user.email, [HOME], 5)
    assert sign_in(user.email, "quite another one", browser=browser).status_code == 302


def test_who_is_signed_in_is_asked_for_the_password_whatever_others_try():
    user = make_user()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    browser = browser_of(user)
    fail(user.email, [HOME], 5)
    answer = browser.post("/accounts/reauthenticate/", {"password": PASSWORD}, REMOTE_ADDR=HOME)
    assert answer.status_code == 302


# One place


def fill(place: str, times: int = 32) -> list[int]:
    """Try so many names there that no account has."""
    return [fail(f"x{n}@example.org", [place])[0] for n in range(times)]


def test_a_place_is_let_through_at_a_pace_that_the_site_can_bear(clock):
    assert fill(HOME) == [200] * OF_A_PLACE.free + [429] * 2
    clock.wait(OF_A_PLACE.first)
    assert fill(HOME, 3) == [200, 429, 429]


def test_twenty_invented_names_a_minute_keep_no_one_out(clock):
    user = make_user()
    for _ in range(3):
        fill(HOME, 20)
        assert sign_in(user.email, place=HOME).status_code == 302
        clock.wait(60)


def test_who_comes_back_as_told_gets_in_though_the_place_is_full_of_others(clock):
    user, browser = make_user(), browser_of()
    fill(HOME)
    answer = sign_in(user.email, place=HOME, browser=browser)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(SECONDS_OF_PATIENCE))
    clock.wait(SECONDS_OF_PATIENCE)
    fill(HOME, 5)
    assert sign_in(user.email, place=HOME).status_code == 429
    assert sign_in(user.email, place=HOME, browser=browser).status_code == 302


def test_waiting_is_for_one_account_from_one_place(clock):
    user, browser = make_user(), browser_of()
    fill(HOME)
    sign_in("other@example.org", place=HOME, browser=browser)
    clock.wait(SECONDS_OF_PATIENCE)
    fill(HOME, 5)
    assert sign_in(user.email, place=HOME, browser=browser).status_code == 429
    fill(CAFE)
    assert sign_in("other@example.org", place=CAFE, browser=browser).status_code == 429


def test_the_patient_are_let_through_at_a_pace_too(clock):
    browsers = [browser_of() for _ in range(10)]
    fill(HOME)
    for n, browser in enumerate(browsers):
        sign_in(f"y{n}@example.org", place=HOME, browser=browser)
    clock.wait(SECONDS_OF_PATIENCE)
    fill(HOME, 5)
    statuses = [
        sign_in(f"y{n}@example.org", place=HOME, browser=browser).status_code
        for n, browser in enumerate(browsers)
    ]
    assert statuses == [200] * 5 + [429] * 5


def test_a_known_device_comes_in_from_a_place_full_of_others(clock):
    user = make_user()
    browser = known_browser(user)
    fill(HOME)
    assert sign_in(user.email, place=HOME, browser=browser).status_code == 302


def test_an_account_of_ones_own_is_no_way_to_keep_the_site_busy(clock):
    user = make_user()
    for _ in range(29):
        guess = strange(user.email, HOME)
        assert not guess.add()
        guess.was_right()
    assert [sign_in(user.email, place=HOME).status_code for _ in range(3)] == [302, 429, 429]
    clock.wait(600)
    cookie = known_browser(user).cookies["device"].value
    waits = []
    for number in range(32):
        guess = strange(user.email, OF_A_BOTNET[number % 12])
        guess.request.COOKIES["device"] = cookie
        known = Guess(guess.request, "password", user.email)
        waits.append(bool(known.add()))
        known.was_right()
    assert waits == [False] * 30 + [True] * 2


def test_an_address_that_is_only_claimed_changes_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    user = make_user()
    for number in range(5):
        sign_in(user.email, "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    again = sign_in(user.email, headers={"X-Forwarded-For": "203.0.113.99"})
    assert again.status_code == 429


def test_ipv4_in_the_clothes_of_ipv6_is_one_place():
    user = make_user()
    fail(user.email, [HOME], 5)
    assert sign_in(user.email, place=f"::ffff:{HOME}").status_code == 429


# At once


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_tries_at_once_as_many_pass_as_are_free():
    """Each thread has a connection of its own, as each process has."""
    limit = BackoffLimit(free=20, first=60, most=60, leak=3600)
    counts = [Count(name, limit) for name in ("b", "a", "c")]
    assert passed_of_a_hundred(lambda: Tally.objects.add(counts)) == 20
    assert {round(row.level) for row in Tally.objects.all()} == {20}


@pytest.mark.django_db(transaction=True)
def test_control_a_naive_tally_lets_too_many_pass():
    """Look how often it was tried, then write one more."""
    Tally.objects.create(key="x")

    def add() -> int:
        row = Tally.objects.get(key="x")
        if row.level >= 20:
            return 1
        row.level += 1
        row.save()
        return 0

    assert any(passed_of_a_hundred(add) > 20 or reset() for _ in range(10))


def reset() -> int:
    return Tally.objects.update(level=0) and 0


def passed_of_a_hundred(add: Callable[[], float]) -> int:
    passed: list[bool] = []
    start = threading.Barrier(20)

    def try_five_times() -> None:
        start.wait()
        passed.extend(not add() for _ in range(5))
        connections.close_all()

    threads = [threading.Thread(target=try_five_times) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 100
    return passed.count(True)


def test_signing_in_asks_the_database_little(django_assert_max_num_queries):
    user = make_user()
    with django_assert_max_num_queries(35):
        sign_in(user.email)
    fail(user.email, [HOME], 5)
    with django_assert_max_num_queries(2):
        sign_in(user.email)


# Codes


SECOND_STEP, KEY = "/accounts/second-step/authenticate/", "JBSWY3DPEHPK3PXP"


def halfway_in(user, place: str, browser: Client | None = None) -> Client:
    """A browser in which the password was right and the second step is asked for."""
    browser = browser or browser_of()
    assert sign_in(user.email, place=place, browser=browser)["Location"] == SECOND_STEP
    return browser


def second_step(browser: Client, code: str, place: str) -> int:
    return browser.post(SECOND_STEP, {"code": code}, REMOTE_ADDR=place).status_code


def shown() -> str:
    """What the app shows now."""
    _, counter, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(KEY, counter))


@pytest.fixture
def with_app(clock):
    user = make_user()
    TOTP.activate(user, KEY)
    return user


def test_who_has_the_password_uses_up_no_one_elses_tries_of_the_second_step(with_app, clock):
    attacker = halfway_in(with_app, CAFE)
    statuses = [second_step(attacker, "000000", CAFE) for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert second_step(halfway_in(with_app, HOME), shown(), HOME) == 302


def test_a_known_device_takes_the_second_step_whatever_others_try(with_app, clock):
    browser = halfway_in(with_app, HOME)
    assert second_step(browser, shown(), HOME) == 302
    browser.post("/accounts/logout/")
    clock.wait(3600)
    for place in OF_A_BOTNET[:8]:
        attacker = halfway_in(with_app, place)
        for _ in range(3):
            second_step(attacker, "000000", place)
    assert second_step(halfway_in(with_app, CAFE), shown(), CAFE) == 429
    assert second_step(halfway_in(with_app, HOME, browser), shown(), HOME) == 302


# Mail that is asked for

RESET, CODE = "/accounts/password/reset/", "/accounts/login/code/"


def ask(where: str, email: str, place: str, browser: Client | None = None) -> int:
    return (browser or browser_of()).post(where, {"email": email}, REMOTE_ADDR=place).status_code


@pytest.mark.parametrize(("where", "most"), [(RESET, 1), (CODE, 3)])
@pytest.mark.parametrize("email", ["mina@example.org", "nobody@example.org"])
def test_mail_to_one_address_is_limited_for_known_and_unknown_alike(where, most, email, clock):
    make_user(email="mina@example.org")
    statuses = [ask(where, email, HOME) for _ in range(most + 1)]
    assert statuses == [302] * most + [429]
    answer = browser_of().post(where, {"email": email}, REMOTE_ADDR=HOME)
    assert int(answer["Retry-After"]) == 300


@pytest.mark.parametrize(("where", "most"), [(RESET, 40), (CODE, 120)])
def test_anyone_who_asks_from_everywhere_floods_no_one_with_mail(where, most, clock):
    user = make_user()
    for place in OF_A_BOTNET * 2:
        ask(where, user.email, place)
    for _ in range(24):
        ask(where, user.email, OF_A_BOTNET[_ % 12])
        clock.wait(3600)
    assert 5 < len(mail.outbox) <= most


@pytest.mark.parametrize("where", [RESET, CODE])
def test_a_known_device_gets_its_mail_whatever_others_ask_for(where, clock):
    user = make_user()
    browser = known_browser(user)
    for place in [HOME, *OF_A_BOTNET]:
        ask(where, user.email, place)
    assert ask(where, user.email, HOME) == 429
    assert ask(where, user.email, HOME, browser) == 302


def test_a_code_is_sent_elsewhere_though_one_place_has_asked_for_too_many(clock):
    user = make_user()
    for _ in range(12):
        ask(CODE, user.email, CAFE)
        clock.wait(600)
    assert ask(CODE, user.email, HOME) == 302


def test_the_link_that_others_had_sent_works_and_begins_a_new_count(clock):
    user = make_user(email="mina@example.org")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    fail(user.email, [HOME, *OF_A_BOTNET], 2)
    ask(RESET, user.email, CAFE)
    browser = browser_of()
    refused = browser.post(RESET, {"email": user.email}, REMOTE_ADDR=HOME)
    assert "The message that was sent last still works." in words_of(text_of(refused))
    link = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    form = browser.get(link, follow=True, REMOTE_ADDR=HOME).redirect_chain[-1][0]
    chosen = {"password1": "quite another one", "password2": "quite another one"}
    browser.post(form, chosen, REMOTE_ADDR=HOME)
    fail(user.email, OF_A_BOTNET, 2)
    assert sign_in(user.email, "quite another one", browser=browser).status_code == 302


def test_what_is_forgotten_is_put_away(clock):
    fail("x@example.org", [HOME])
    assert Tally.objects.exists()
    clock.wait(2 * 86_400)
    assert Tally.objects.forgotten().count() == Tally.objects.count()


def test_no_delay_is_longer_than_an_hour():
    for name, kind in KINDS.items():
        for limit in (kind.at_place, kind.at_account, kind.device):
            assert limit.wait_at(10**6) <= (900 if name in ("password", "second step") else 3600)
