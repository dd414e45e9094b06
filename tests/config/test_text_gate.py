"""What a browser sends beside the form does no harm, whatever is in it, and locks no one out."""

import pytest
from django.test import Client

from config.text_gate import is_storable
from tests.factories import PASSWORD, browser_of, make_user

pytestmark = pytest.mark.django_db

HARMLESS = "x"
# As they come through WSGI, where a byte is a character.
VALUES = {
    "a NUL": "a\0b",
    "a NUL in a quoted cookie": '"a\\000b"',
    "a control character": "a\x1bb",
    "a control character in a quoted cookie": '"a\\033b"',
    "a byte that is not UTF-8": "a\xffb",
    "such a byte in a quoted cookie": '"\\377"',
    "half a character": "a\xe2\x82",
    "a surrogate as bytes": "\xed\xa0\x80",
    "a surrogate": "\ud800",
    "U+FFFD": "\ufffd".encode().decode("latin-1"),
    "U+2028": "\u2028".encode().decode("latin-1"),
    "8 kB": "x" * 8000,
    "8 kB of backslashes": '"' + "\\" * 8000 + '"',
    "deep JSON": "[" * 8000,
    "a number of 5,000 digits": "9" * 5000,
    "half an address": "http://[",
    "a wrong address": "http://testserver:99999/x",
    "escapes": "%00%ff%ed%a0%80",
    "commas": "," * 4000,
    "an address with a zone": "fe80::1%eth0",
}
HEADERS = [
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Real-IP",
    "Forwarded",
    "Referer",
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Authorization",
    "HX-Current-URL",
    "HX-Target",
    "HX-Trigger",
    "HX-Trigger-Name",
    "HX-Triggering-Event",
    "HX-Prompt",
    "HX-Boosted",
    "HX-History-Restore-Request",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
    "Sec-Fetch-Site",
    "X-CSRFToken",
    "X-Requested-With",
]
COOKIES = ["csrftoken", "messages", "django_language", "other", ""]


def asked(client: Client, extra: dict[str, str]) -> list[int]:
    """The statuses of what reads and writes most of what a browser sends."""
    stranger = Client(raise_request_exception=False)
    form = {"login": "somebody@example.org", "password": PASSWORD}
    answers = [
        client.get("/", **extra),
        client.get("/accounts/sessions/", **extra),
        client.get("/static/nothing", **extra),
        client.post("/accounts/profile/", {"name": "Somebody"}, **extra),
        stranger.post("/accounts/login/", form, **extra),
    ]
    return [answer.status_code for answer in answers]


def environ_name(header: str) -> str:
    return "HTTP_" + header.upper().replace("-", "_")


@pytest.mark.parametrize("behind_proxy", [False, True])
@pytest.mark.parametrize("case", VALUES)
def test_a_header_is_answered_alike_whatever_is_in_it(settings, case, behind_proxy):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(behind_proxy)
    person = make_user("Somebody", email="somebody@example.org")
    statuses = []
    for value in [HARMLESS, VALUES[case]]:
        client = browser_of(person, raise_request_exception=False)
        session = client.cookies["sessionid"].value
        extra = {environ_name(header): value for header in HEADERS}
        sent = "; ".join([*(f"{name}={value}" for name in COOKIES), f"sessionid={session}"])
        statuses.append(asked(client, {**extra, "HTTP_COOKIE": sent}))
    assert statuses[0] == statuses[1]
    assert statuses[0][0] in (200, 302)


@pytest.mark.parametrize("case", VALUES)
@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_ORIGIN", "CONTENT_TYPE", "REMOTE_ADDR"])
def test_a_header_that_decides_whether_to_answer_is_never_a_fault_of_ours(case, header):
    client = Client(raise_request_exception=False)
    for method in (client.get, client.post):
        assert method("/accounts/login/", **{header: VALUES[case]}).status_code < 500


@pytest.mark.parametrize("case", VALUES)
def test_who_has_a_broken_session_cookie_signs_in_all_the_same(case):
    make_user("Somebody", email="somebody@example.org")
    client = Client()
    broken = {"HTTP_COOKIE": f"sessionid={VALUES[case]}"}
    form = {"login": "somebody@example.org", "password": PASSWORD}
    answer = client.post("/accounts/login/", form, **broken)
    assert answer.status_code == 302
    session = answer.cookies["sessionid"].value
    assert client.get("/accounts/profile/").status_code == 200
    both = {"HTTP_COOKIE": f"sessionid={session}; sessionid={VALUES['a NUL in a quoted cookie']}"}
    assert Client().get("/accounts/profile/", **both).status_code == 200


def test_ordinary_headers_are_storable():
    for text in ["", "Mozilla/5.0 (X11; Linux x86_64)", "é\t\u2028", "a=b; c=d"]:
        assert is_storable(text)
