"""Whoever tries too often waits; nobody else does."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory
from django.utils import timezone

from groups.limits import LIMITS, in_words, network_of, take_back, too_many, within_limit
from groups.models import RequestKey
from groups.repeats import RequestKeyMiddleware
from tests.factories import PASSWORD, browser_of, make_user
from tests.pages import HTMX, text_of, words_of

SIGN_IN = "/accounts/login/"


def asked(network="192.0.2.1", user=None, **headers):
    request = RequestFactory().get("/", REMOTE_ADDR=network, headers=headers)
    request.user, request.resolver_match = user, None
    return request


def sign_in(email, password, network="192.0.2.1", **options):
    form = {"login": email, "password": password}
    return browser_of().post(SIGN_IN, form, REMOTE_ADDR=network, **options)


def fail(email, times, network="192.0.2.1"):
    return [sign_in(email, "wrong", network).status_code for _ in range(times)]


@pytest.fixture(autouse=True)
def counted_anew(request):
    """What tests with transactions of their own have counted is not rolled back."""
    if request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        cache.clear()
        yield
        cache.clear()
    else:
        yield


@pytest.mark.django_db
def test_as_many_tries_pass_as_the_limit_names():
    passed = [within_limit(asked(), "join") for _ in range(25)]
    assert passed == [True] * 20 + [False] * 5
    assert within_limit(asked("192.0.2.2"), "join")


@pytest.mark.django_db
@pytest.mark.django_db
def test_a_try_that_is_taken_back_does_not_count():
    for _ in range(30):
        request = asked()
        assert within_limit(request, "join")
        take_back(request, "join")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3600, "60 minutes"),
        (3601, "2 hours"),
        (86_400, "24 hours"),
        (86_401, "2 days"),
    ],
)
def test_a_time_to_wait_is_told_in_whole_words(seconds, words):
    assert in_words(seconds) == words


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_answer_says_how_long_to_wait(headers):
    request = asked(**headers)
    request.htmx = bool(headers)
    while within_limit(request, "join"):
        pass
    answer = too_many(request)
    assert answer.status_code == 429
    assert 55 <= int(answer["Retry-After"]) <= 60
    assert "Too many tries. Try again in 1 minute." in words_of(text_of(answer))
    assert 'id="problem"' in text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_tries_at_once_as_many_pass_as_are_allowed():
    """Each thread has a connection of its own, as each process has."""
    passed: list[bool] = []
    start = threading.Barrier(20)

    def try_five_times():
        start.wait()
        passed.extend(within_limit(asked(), "join") for _ in range(5))
        connections.close_all()

    threads = [threading.Thread(target=try_five_times) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(True) == 20
    assert len(passed) == 100


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [HttpResponse, HttpResponseNotFound])
def test_a_guess_with_the_key_of_a_form_counts_though_nothing_else_is_kept(answer, monkeypatch):
    """What is refused is rolled back, or a key would make guesses free."""
    user = make_user()

    def guess(number):
        request = RequestFactory().post("/", {"request_key": f"key {number}"})
        request.user, request.resolver_match = user, None
        passed = []

        def view(request):
            passed.append(within_limit(request, "join"))
            return answer()

        middleware = RequestKeyMiddleware(view)
        monkeypatch.setattr(middleware, "writes_nothing", lambda request: False)
        middleware(request)
        return passed[0]

    assert [guess(number) for number in range(22)] == [True] * 20 + [False] * 2
    assert RequestKey.objects.count() == (0 if answer is HttpResponseNotFound else 22)


# Passwords


@pytest.mark.django_db
def test_guessing_a_password_is_stopped_with_the_time_to_wait():
    user = make_user(email="mina@example.org")
    assert fail(user.email, 5) == [200] * 5
    answer = sign_in(user.email, "wrong")
    assert answer.status_code == 429
    assert 290 <= int(answer["Retry-After"]) <= 300
    assert "Too many tries. Try again in 5 minutes." in words_of(text_of(answer))
    assert sign_in(user.email, PASSWORD).status_code == 429


@pytest.mark.django_db
def test_over_the_limit_no_password_is_looked_at(monkeypatch):
    user = make_user(email="mina@example.org")
    fail(user.email, 5)
    monkeypatch.setattr("django.contrib.auth.hashers.check_password", pytest.fail)
    monkeypatch.setattr("groups.models.User.check_password", pytest.fail)
    assert sign_in(user.email, "wrong").status_code == 429


@pytest.mark.django_db
def test_an_unknown_address_is_stopped_alike():
    known, unknown = make_user(email="mina@example.org").email, "nobody@example.org"
    assert fail(known, 6) == fail(unknown, 6)


@pytest.mark.django_db
def test_other_accounts_are_not_concerned():
    user, other = make_user(), make_user()
    fail(user.email, 40)
    assert sign_in(other.email, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_whoever_is_attacked_from_elsewhere_still_gets_in():
    user = make_user()
    for _ in range(3):
        assert fail(user.email, 6, "198.51.100.1")[-1] == 429
    assert sign_in(user.email, PASSWORD, "192.0.2.1").status_code == 302


@pytest.mark.django_db
def test_nobody_is_locked_out_for_more_than_a_quarter_of_an_hour(monkeypatch):
    """Not even by somebody who goes on and on, from the same network."""
    user, now = make_user(), timezone.now()
    for minute in range(15):
        moment = (now + timedelta(minutes=minute)).timestamp()
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        fail(user.email, 6, "198.51.100.1")
    assert sign_in(user.email, PASSWORD, "192.0.2.1").status_code == 302
    monkeypatch.setattr("time.time", lambda: (now + timedelta(minutes=30)).timestamp())
    assert sign_in(user.email, PASSWORD, "198.51.100.1").status_code == 302


@pytest.mark.django_db
def test_guesses_from_many_networks_are_counted_together():
    user = make_user()
    told = [fail(user.email, 1, f"198.51.100.{number}")[0] for number in range(1, 23)]
    assert told == [200] * 20 + [429] * 2


@pytest.mark.django_db
def test_guesses_at_many_accounts_are_counted_together():
    told = [fail(f"person{number}@example.org", 1)[0] for number in range(22)]
    assert told == [200] * 20 + [429] * 2


@pytest.mark.django_db
def test_signing_in_rightly_is_never_too_often():
    user = make_user()
    assert {sign_in(user.email, PASSWORD).status_code for _ in range(25)} == {302}


@pytest.mark.django_db
def test_a_network_that_is_only_claimed_changes_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    user = make_user()
    for number in range(5):
        sign_in(user.email, "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    again = sign_in(user.email, "wrong", headers={"X-Forwarded-For": "203.0.113.99"})
    assert again.status_code == 429


@pytest.mark.django_db
def test_behind_a_proxy_the_network_is_the_one_that_the_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert (
        network_of(asked("127.0.0.1", **{"X-Forwarded-For": "6.6.6.6, 192.0.2.9"})) == "192.0.2.9"
    )


@pytest.mark.django_db
def test_an_ipv6_network_is_counted_as_one():
    assert network_of(asked("2001:db8::1")) == network_of(asked("2001:db8::2"))


@pytest.mark.django_db
def test_a_new_password_begins_a_new_count():
    user = make_user(email="mina@example.org")
    fail(user.email, 6)
    browser = browser_of()
    browser.post("/accounts/password/reset/", {"email": user.email}, REMOTE_ADDR="192.0.2.1")
    link = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    form = browser.get(link, follow=True, REMOTE_ADDR="192.0.2.1").redirect_chain[-1][0]
    chosen = {"password1": "quite another one", "password2": "quite another one"}
    browser.post(form, chosen, REMOTE_ADDR="192.0.2.1")
    assert sign_in(user.email, "quite another one").status_code == 302


# The other forms


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field", "most"),
    [("/accounts/password/reset/", "email", 1), ("/accounts/login/code/", "email", 3)],
)
@pytest.mark.parametrize("email", ["mina@example.org", "nobody@example.org"])
def test_mail_to_one_address_is_limited_for_known_and_unknown_alike(address, field, most, email):
    make_user(email="mina@example.org")
    told = [browser_of().post(address, {field: email}) for _ in range(most + 1)]
    assert [answer.status_code for answer in told] == [302] * most + [429]
    assert 290 <= int(told[-1]["Retry-After"]) <= 300


@pytest.mark.django_db
def test_every_limit_can_be_read():
    request = asked(user=make_user())
    for action in LIMITS:
        assert within_limit(request, action, "key")
    assert cache.get("nothing") is None
