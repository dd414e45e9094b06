"""A person who tries too often waits, and no one else."""

import threading

import pytest
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory

from groups.models import IdempotencyKey
from groups.web.idempotency import IdempotencyMiddleware
from groups.web.rate_limits import (
    LIMITS,
    take_back,
    too_many_tries,
    within_limit,
)
from tests.factories import make_user
from tests.pages import HTMX, text_of, words_of


def asked(network="192.0.2.1", user=None, **headers):
    request = RequestFactory().get("/", REMOTE_ADDR=network, headers=headers)
    request.user, request.resolver_match = user, None
    return request


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
def test_a_try_that_is_taken_back_does_not_count():
    for _ in range(30):
        request = asked()
        assert within_limit(request, "join")
        take_back(request, "join")


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_answer_says_how_long_to_wait(headers):
    request = asked(**headers)
    request.htmx = bool(headers)
    while within_limit(request, "join"):
        pass
    answer = too_many_tries(request)
    assert answer.status_code == 429
    assert 55 <= int(answer["Retry-After"]) <= 60
    assert "Too many tries. Try again in" in words_of(text_of(answer))
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
def test_a_guess_with_the_key_of_a_form_counts_though_nothing_else_is_kept(answer):
    """What is refused is rolled back, or a key would make guesses free."""
    user = make_user()

    def guess(number):
        request = RequestFactory().post("/", {"idempotency_key": f"key {number}"})
        request.user, request.resolver_match = user, None
        passed = []

        def view(request):
            passed.append(within_limit(request, "join"))
            return answer()

        IdempotencyMiddleware(view)(request)
        return passed[0]

    assert [guess(number) for number in range(22)] == [True] * 20 + [False] * 2
    assert IdempotencyKey.objects.count() == (0 if answer is HttpResponseNotFound else 22)


@pytest.mark.django_db
def test_behind_a_proxy_the_network_is_the_one_that_the_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    passed = [
        within_limit(asked("127.0.0.1", **{"X-Forwarded-For": f"{said}, 192.0.2.9"}), "join")
        for said in range(21)
    ]
    assert passed == [True] * 20 + [False]
    other = asked("127.0.0.1", **{"X-Forwarded-For": "0, 192.0.2.10"})
    assert within_limit(other, "join")


@pytest.mark.django_db
def test_what_one_site_has_of_ipv6_is_counted_as_one_network():
    passed = [within_limit(asked(f"2001:db8:0:{part:x}::1"), "join") for part in range(21)]
    assert passed == [True] * 20 + [False]
    assert within_limit(asked("2001:db9::1"), "join")


@pytest.mark.django_db
def test_every_limit_can_be_read():
    request = asked(user=make_user())
    for action in LIMITS:
        assert within_limit(request, action, "key")
    assert cache.get("nothing") is None
