"""The log of a site keeps no secret that opens anything."""

import logging
import secrets
import string
from random import Random
from urllib.parse import quote

import pytest
from allauth.core.internal.cryptokit import generate_user_code
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.http import int_to_base36
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from config.redaction import HIDDEN, WithoutSecrets, conceal, without_secrets
from config.server_log import ServerLogger
from config.tasks import CarefulBackend
from groups.encryption import derive, encrypt
from groups.models import User
from tests.factories import browser_of

TOLD = {
    "Not Found: /join/s3cr3t-of-a-link/": "Not Found: /join/…/",
    "GET '/join/s3cr3t/' failed": "GET '/join/…/' failed",
    "/join//s3cr3t/": "/join//…/",
    "Not Found: /feeds/1z-s3cr3t/papers/3/": "Not Found: /feeds/…/",
    "/JOIN/s3cr3t?x=1": "/JOIN/…?x=1",
    "/join%2fs3cr3t": "/join%2f…",
    "/accounts/login/?next=/join/s3cr3t/&a=b": "/accounts/login/?next=/join/…",
    "/accounts/password/reset/key/2-abc-def/": "/accounts/password/reset/key/…/",
    "/accounts/confirm-email/MQ:1w:sig/": "/accounts/confirm-email/…/",
    "/accounts/with/uni/login/callback/?code=abc&state=def": "/accounts/with/uni/login/callback/"
    "?code=…&state=…",
    "?next=%2Fa%3Fcode%3D123456%26b": "?next=%2Fa%3Fcode%3D…%26b",
    "code=123456 was sent": "code=… was sent",
    "{'password': 'horse staple', 'name': 'Ada'}": "{'password': '…', 'name': 'Ada'}",
    "Cookie: sessionid=abc; a=b": "Cookie: …",
    "postgres://us:pass@host/db is away": "postgres://us:…@host/db is away",
    "DETAIL:  Key (lower(email::text))=(a@b.org) already exists.": "DETAIL:  "
    "Key (lower(email::text))=(…",
    "DETAIL:  Failing row contains (1, a@b.org).": "DETAIL:  Failing row contains (…",
}
SURVIVE = [
    "/groups/readers/?topic=3",
    "/groups/machine-learning-reading-group-2024-spring/papers/17/",
    "/groups/join/papers/17/",
    "/groups/nlp-for-low-resource-languages-at-the-university/members/12/role/",
    "https://doi.org/10.1145/3292500.3330701",
    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "10.1142/S0217751X22500026",
    "10.1016/S0140-6736(20)30183-5",
    "10.1103/PhysRevLett.110.177402",
    "arXiv:2401.01234v2 and hep-th/9901001",
    "978-3-030-58452-8_24",
    "reading-list_2024-11-24_final-version.bib",
    "/static/css/base.3f2a1b9c7d8e.css",
    "/static/inter/inter-latin-ext-wght-normal.0a1b2c3d4e5f.woff2",
    'File "/srv/seminar/.venv/lib/python3.11/site-packages/django/core/handlers/base.py", line 197',
    "EmailAwarePasswordResetTokenGenerator._make_hash_value",
    "one_invitation_per_person_and_group",
    "Task id=0fa3b1de-91ab-4c12-8def-1234567890ab path=groups.mail.outbox.deliver",
    "the status code is 500, the key is missing",
]


@pytest.mark.parametrize(("text", "kept"), TOLD.items())
def test_a_secret_in_an_address_is_left_out(text, kept):
    assert without_secrets(text) == kept


@pytest.mark.parametrize("text", SURVIVE)
def test_what_is_no_secret_is_read_in_the_log(text):
    assert without_secrets(text) == text


# Any secret that we make, in any spelling


def drawn_from(signs: str, length: int, random: Random) -> str:
    return "".join(random.choices(signs, k=length))


def reset_key(random: Random) -> str:
    user = User(pk=random.randrange(1, 99999), password=str(random.random()), email="a@example.org")
    return f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"


LETTERS = string.ascii_letters + string.digits
MADE = {
    "a link's": lambda random: derive("groups.invitations", str(random.random())),
    "a session's": lambda _: secrets.token_urlsafe(24),
    "Django's session's": lambda random: drawn_from(
        string.ascii_lowercase + string.digits, 32, random
    ),
    "of a form": lambda random: drawn_from(LETTERS, 64, random),
    "of a new password": reset_key,
    "of an address": lambda random: signing.dumps(random.randrange(9999), salt="account").split(
        ":"
    )[-1],
    "an app's": lambda random: drawn_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32, random),
    "of the site": lambda _: secrets.token_urlsafe(64),
    "of recovery codes": lambda _: secrets.token_hex(40),
    "what is encrypted": lambda random: encrypt(str(random.random()).encode(), "x"),
}


def escaped(secret: str) -> str:
    return "".join(f"%{ord(sign):02x}" for sign in secret)


SPELLINGS = [
    "/join/{}/",
    "/join//{}/",
    "//join/{}",
    "/JOIN/{}",
    "/join/{}%2F",
    "/x/join/{}",
    "/%6aoin/{}/",
    "/nowhere/{}.php",
    "/accounts/login/?next=/join/{}/",
    "/accounts/login/?next=%2Fjoin%2F{}%2F",
    "/accounts/password/reset/key/{}/",
    "/accounts/passwords/{}?{}",
    "/?x={}&{}=y",
    "('{}',)",
    "Referer: http://localhost:8000/join/{}/",
    "Invalid HTTP request line: 'GET /{} HTTP/9'",
    'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: {}\n',
    "DETAIL:  Key (session_key)=({}) already exists.",
    "SELECT 1 WHERE x = '{}'; args=('{}',)",
]


@given(
    make=st.sampled_from(sorted(MADE)),
    seed=st.integers(0, 2**64),
    spelling=st.sampled_from(SPELLINGS),
    spell=st.sampled_from([str, quote, escaped, lambda s: quote(escaped(s))]),
)
def test_no_secret_of_ours_reaches_the_log_in_any_spelling(make, seed, spelling, spell):
    secret = MADE[make](Random(seed))
    text = spelling.replace("{}", spell(secret))
    kept = without_secrets(text)
    assert spell(secret) not in kept
    assert secret not in kept


@pytest.mark.parametrize("make", ["a link's", "a session's", "of a new password", "an app's"])
def test_a_secret_is_known_by_its_shape_alone(make):
    random = Random(1)
    for _ in range(300):
        secret = MADE[make](random)
        assert without_secrets(f"a {secret} b") == "a … b"


@given(kind=st.sampled_from([{"numeric": True}, {}, {"dashed": False}]))
def test_a_code_that_is_typed_is_known_by_its_name(kind):
    code = generate_user_code(**kind)
    text = f"/accounts/login/code/confirm/?code={code}&x={{'code': '{code}'}}"
    assert code not in without_secrets(text)


@pytest.mark.parametrize(
    "text",
    [
        "%" + "25" * 20_000,
        "Key (" * 20_000,
        "Failing row contains (" * 5_000,
        "join/" * 20_000,
        "&code=" * 10_000,
        "a1" * 40_000,
        "://a" * 20_000,
        "-" * 60_000,
        "%2f" * 30_000,
    ],
    ids=range(9),
)
def test_a_long_line_is_looked_through_once(text):
    """Looked through again for each of its signs, none of these would end."""
    assert len(without_secrets(text)) <= len(text) + len(HIDDEN)


# Where lines are told

SECRET = derive("groups.invitations", "one")


def line(*args, error: BaseException | None = None, **extra) -> str:
    """What the log has of a line, with its traceback."""
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("a", logging.WARNING, "", 0, "%s: %s", args, raised)
    vars(record).update(extra)
    assert WithoutSecrets().filter(record)
    return logging.Formatter().format(record) + "".join(
        str(getattr(record, name)) for name in extra
    )


def test_a_line_is_told_without_its_secret():
    assert line("No", "/join/s3cr3t/") == "No: /join/…/"


def test_a_traceback_is_told_without_its_secret():
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as first:
            raise ValueError(f"/join//{SECRET}") from first
    except ValueError as error:
        logged = line("No", "page", error=error)
    assert SECRET not in logged
    assert "ValueError: /join//…" in logged
    assert "KeyError: '…'" in logged


def test_what_goes_with_a_line_is_told_without_its_secret():
    assert SECRET not in line("No", "page", referer=f"http://x/join/{SECRET}/")


def test_an_error_of_a_task_is_kept_without_its_secret(settings):
    settings.TASKS = {"default": {"BACKEND": "config.tasks.CarefulBackend", "QUEUES": []}}
    task = CarefulBackend.task_class(func=fail)
    with pytest.raises(ValueError, match=r"^/join//…$") as caught:
        task.call(SECRET)
    assert str(caught.value.__cause__) == "'…'"


def fail(secret: str) -> None:
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"/join//{secret}") from error


def test_errors_that_came_from_each_other_are_looked_at_once():
    first, second = ValueError(SECRET), ValueError(1)
    first.__context__, second.__context__ = second, first
    conceal(first)
    assert str(first) == "…"


def test_the_server_tells_request_lines_without_their_secret(tmp_path):
    config = Config()
    config.set("errorlog", str(tmp_path / "errors"))
    config.set("accesslog", str(tmp_path / "asked"))
    log = ServerLogger(config)
    log.error("Invalid request line: %r", f"GET /join//{SECRET}/ HTTP/9")
    log.access_log.info("GET %s", f"/?next=/join/{SECRET}/")
    for handler in (*log.error_log.handlers, *log.access_log.handlers):
        handler.close()
    logged = (tmp_path / "errors").read_text() + (tmp_path / "asked").read_text()
    assert logged.count("/join/") == 2
    assert SECRET not in logged


@pytest.mark.django_db
def test_what_is_not_found_is_logged_without_its_secret(monkeypatch):
    handler = next(h for h in logging.getLogger().handlers if h.get_name() == "stderr")
    lines: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(record.getMessage()))
    browser = browser_of()
    browser.get("/accounts/password/reset/key/1-s3cr3t/no/such/address/")
    browser.get("/join/s3cr3t/and/more/")
    for spelling in ("//join/{}/", "/join//{}/", "/JOIN/{}/", "/join/{}%2F", "/x/join/{}/"):
        browser.get(spelling.format(SECRET), headers={"Referer": f"http://testserver/{SECRET}"})
    assert len([line for line in lines if "…" in line]) == 6
    assert not [line for line in lines if "s3cr3t" in line or SECRET in line]
