"""A copy of the database opens nothing: no secret that works is in it, however it is packed."""

import hashlib
import re
import zlib
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.conf import settings as site
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from config.tasks import CarefulBackend
from groups.accounts.sessions import SessionStore
from groups.models import IdempotencyKey, OutgoingEmail
from tests.factories import PASSWORD, Room, browser_of, make_room, make_user
from tests.pages import HTMX, idempotency_key_in, text_of
from tests.searching import cells
from tests.unpacking import found_in_cells

pytestmark = pytest.mark.django_db
SECOND_STEP = "/accounts/second-step/"


@pytest.fixture
def room() -> Room:
    return make_room()


@pytest.fixture(autouse=True)
def mail_waits(settings: Any, no_worker: None) -> None:
    """As on a site with mail, whose mail server is away."""
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def found_in(letter: OutgoingEmail, pattern: str) -> str:
    """What a letter says, as its reader will read it."""
    found = re.search(pattern, str(letter.message(None).body))
    assert found
    return found[1]


def secrets_of_links(room: Room) -> dict[str, str]:
    """Links made by a form that is pressed twice, and mailed ones."""
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/invitations/"
    key = idempotency_key_in(browser.get(f"{address}new/"))
    form = {"role": "member", "days": 7, "uses_allowed": 20, "idempotency_key": key}
    shown = [text_of(browser.post(f"{address}new/", form, follow=False)) for _ in range(2)]
    assert shown == ["", ""]
    page = browser.get(browser.post(f"{address}new/", form)["Location"])
    link = re.search(r"/join/([\w-]+)/", text_of(page))
    assert link
    form = {"emails": "a@example.org", "role": "member", "days": 7, "idempotency_key": "k2"}
    browser.post(f"{address}mail/", form)
    mailed = found_in(OutgoingEmail.objects.latest("pk"), r"/join/([\w-]+)/")
    stranger = browser_of()
    stranger.post(f"/join/{link[1]}/")
    assert browser_of().get(f"/join/{mailed}/").status_code == 200
    return {"link": link[1], "mailed link": mailed, "stranger's session": cookie(stranger)}


def secrets_of_mails(room: Room) -> dict[str, str]:
    """What is mailed to somebody who has no password at hand, or a new address."""
    stranger, user = browser_of(), make_user("Nina", email="nina@example.org")
    stranger.post("/accounts/password/reset/", {"email": user.email})
    reset = found_in(OutgoingEmail.objects.latest("pk"), r"/reset/key/([\w-]+)/")
    stranger.get(f"/accounts/password/reset/key/{reset}/")
    halfway = browser_of()
    halfway.post("/accounts/login/code/", {"email": user.email})
    code = found_in(OutgoingEmail.objects.latest("pk"), r"\n    (\S+)\n")
    moving = known_again(user)
    moving.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    confirming = found_in(OutgoingEmail.objects.latest("pk"), r"\n    (\S+)\n")
    return {
        "key of a new password": reset.partition("-")[2],
        "code to sign in": code,
        "code of an address": confirming,
        "halfway session": cookie(halfway),
        "session": cookie(moving),
    }


def secrets_of_second_steps(room: Room) -> dict[str, str]:
    """An app that is being set up, with a wrong code first; one that is; codes; a passkey asked."""
    browser = known_again(room.author)
    address = f"{SECOND_STEP}totp/activate/"
    keys = []
    for code in ("000000", None):
        page = text_of(browser.get(address))
        keys.append(page.split('aria-labelledby="key-label">')[1].split("<")[0])
        _, counter, _ = counters()
        code = code or format_hotp_value(hotp_value(keys[-1], counter))
        answer = browser.post(address, {"code": code, "idempotency_key": f"k{code}"})
    assert answer.status_code == 302
    other = known_again(room.outsider)
    pending = text_of(other.get(address)).split('aria-labelledby="key-label">')[1].split("<")[0]
    codes = text_of(browser.get(f"{SECOND_STEP}recovery-codes/download/")).split()
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    asking = browser_of()
    passkey = asking.get(f"{SECOND_STEP}webauthn/login/", headers={"Accept": "application/json"})
    challenge = passkey.json()["request_options"]["publicKey"]["challenge"]
    assert seed.startswith("gAAAA")
    return {
        "wrong key of an app": keys[0],
        "key of an app": keys[1],
        "pending key of an app": pending,
        "challenge of a passkey": challenge,
        **{f"recovery code {number}": code for number, code in enumerate(codes)},
    }


def secrets_of_forms(room: Room) -> dict[str, str]:
    """The token of forms that a kept piece carries, and a password that was changed by one."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(room.member)
    address = f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"
    browser.get(address)
    token = str(browser.cookies[site.CSRF_COOKIE_NAME].value)
    form = {"source": "Because.", "idempotency_key": "k1", "csrfmiddlewaretoken": token}
    piece = browser.post(address, form, headers=HTMX)
    assert "csrf" in text_of(piece)
    assert IdempotencyKey.objects.get(key="k1", user=room.member).has_page
    path, password = "/accounts/password/change/", "hunter2-and-more"
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    browser.post(path, sent | {"idempotency_key": "k3", "csrfmiddlewaretoken": token})
    listed = sorted((name, [value]) for name, value in sent.items())
    quick = hashlib.sha256(repr((path, listed, [])).encode()).hexdigest()
    return {
        "token of forms": token,
        "password": password,
        "quick hash of a password": quick,
        "session of a form": cookie(browser),
    }


STORIES = [secrets_of_links, secrets_of_mails, secrets_of_second_steps, secrets_of_forms]


def cookie(browser: Client) -> str:
    return str(browser.cookies[site.SESSION_COOKIE_NAME].value)


def known_again(user: Any) -> Client:
    browser = browser_of(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.mark.parametrize("story", STORIES)
def test_no_secret_that_works_is_in_the_database(room, story):
    secrets = story(room) | {"key of the site": site.SECRET_KEY}
    assert all(len(secret) >= 6 for secret in secrets.values())
    assert found_in_cells(secrets, cells()) == set()


def test_a_task_that_fails_keeps_no_secret(room):
    """What the worker does with an error: it keeps the traceback."""
    task = CarefulBackend.task_class(func=fail, backend="default")
    with pytest.raises(ValueError, match=r"/join//…") as caught:
        task.call(room.secret)
    result: Any = DBTaskResult(args_kwargs={}, task_path="x", run_after="2026-01-01T00:00Z")
    result.set_failed(caught.value)
    assert found_in_cells({"link": room.secret}, cells()) == set()


def fail(secret: str) -> None:
    raise ValueError(f"/join//{secret}/")


# What the search would find


@pytest.mark.parametrize("way", ["page", "session", "key of a session", "letter", "app", "cache"])
def test_a_secret_that_is_kept_as_it_was_before_is_found(room, way):
    """Control."""
    secret = room.secret
    page = f'<input value="http://testserver/join/{secret}/">'.encode()
    match way:
        case "page":
            key = IdempotencyKey.objects.create(user=room.member, key="k", fingerprint="")
            IdempotencyKey.objects.filter(pk=key.pk).update(body=zlib.compress(page, level=1))
        case "session":
            row = SessionStore.get_model_class()(session_key="x" * 32)
            row.session_data = DjangoStore().encode({"account_login_code": {"code": secret}})
            row.expire_date = "2030-01-01T00:00Z"
            row.save()
        case "key of a session":
            SessionStore.get_model_class().objects.create(
                session_key=secret, session_data="", expire_date="2030-01-01T00:00Z"
            )
        case "letter":
            OutgoingEmail.objects.create(
                message_id="1",
                recipient="a@example.org",
                audience="account",
                sealed=page.decode(),
            )
        case "app":
            Authenticator.objects.create(user=room.member, type="totp", data={"secret": secret})
        case "cache":
            cache.set("a", {"b": secret})
    assert found_in_cells({"link": secret}, cells())


def test_the_search_reads_what_is_in_the_tables(room):
    """Control: the words that are to be there are found on this engine."""
    found = found_in_cells({"title": room.paper.title}, cells())
    assert found >= {"title in papers_paper.title", "title in papers_lookup.proposal"}
