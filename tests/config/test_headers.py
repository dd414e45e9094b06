"""Every answer says what a browser may do with it."""

from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware

from config.headers import protect


def test_a_page_is_kept_nowhere():
    assert protect(HttpResponse())["Cache-Control"] == "no-store"


def test_an_answer_that_sets_its_own_age_keeps_it():
    response = HttpResponse(headers={"Cache-Control": "max-age=60, public"})
    assert protect(response)["Cache-Control"] == "max-age=60, public"
    assert "Vary" not in response


def test_an_answer_with_a_stricter_policy_keeps_it():
    response = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert protect(response)["Content-Security-Policy"] == "sandbox"


def test_an_answer_is_for_no_search_engine_unless_it_says_so():
    assert protect(HttpResponse())["X-Robots-Tag"] == "noindex"
    assert protect(HttpResponse(headers={"X-Robots-Tag": "all"}))["X-Robots-Tag"] == "all"


def test_the_policy_allows_nothing_inline():
    policy = protect(HttpResponse())["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_over_tls_every_answer_says_to_keep_to_it(settings, rf):
    assert "Strict-Transport-Security" not in protect(HttpResponse())
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    early = protect(HttpResponse())["Strict-Transport-Security"]
    of_django = SecurityMiddleware(lambda request: HttpResponse())
    late = of_django.process_response(rf.get("/", secure=True), HttpResponse())
    assert early == late["Strict-Transport-Security"]
    assert early.startswith("max-age=63072000; includeSubDomains")
