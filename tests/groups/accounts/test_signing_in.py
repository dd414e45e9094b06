"""Every page asks who is there; what a visitor wrote is not lost by that."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.template.loader import get_template

from groups.models import OutgoingEmail, User
from papers.models import Comment
from tests.factories import PASSWORD, Room, browser_of, make_user
from tests.pages import HTMX, is_whole_page, text_of, without_tokens, words_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def answer_form(room: Room) -> str:
    return f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"


# A session that ended


def test_a_stranger_is_led_to_sign_in_and_back(room):
    browser = browser_of()
    address = f"/groups/{room.group.slug}/?show=read"
    page = browser.get(address)
    assert page.status_code == 302
    assert page.url == f"{SIGN_IN}?next=/groups/{room.group.slug}/%3Fshow%3Dread"
    form = {"login": room.member.email, "password": PASSWORD}
    assert browser.post(page.url, form).url == address


def test_a_press_after_the_session_ended_leads_to_sign_in_and_back_to_its_page(room):
    browser = browser_of(room.member)
    Session.objects.all().delete()
    answer = browser.post(
        f"/groups/{room.group.slug}/papers/{room.paper.pk}/status/",
        {"status": "read"},
        headers=HTMX | {"HX-Current-URL": f"http://testserver/groups/{room.group.slug}/?show=read"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/groups/{room.group.slug}/%3Fshow%3Dread"
    assert answer.content == b""
    assert not room.paper.statuses.exists()


def test_a_get_of_htmx_is_led_there_too(room):
    answer = browser_of().get(f"/groups/{room.group.slug}/", headers=HTMX)
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(SIGN_IN)


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "",
    "http://[::1",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_no_one_is_led_to_another_site_by_the_address_of_the_press(room, url):
    answer = browser_of().get("/groups/x/", headers=HTMX | {"HX-Current-URL": url})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/"


@pytest.mark.parametrize("url", ["http://testserver//evil.example/x", "http://testserver/\\evil"])
def test_a_path_that_reads_as_another_site_is_not_followed(room, url):
    browser = browser_of()
    answer = browser.get("/groups/x/", headers=HTMX | {"HX-Current-URL": url})
    form = {"login": room.member.email, "password": PASSWORD}
    assert browser.post(answer["HX-Redirect"], form).url == "/"


@pytest.mark.parametrize("url", [url for url in HOSTILE if url])
def test_no_one_is_led_to_another_site_after_signing_in(room, url):
    form = {"login": room.member.email, "password": PASSWORD, "next": url}
    answer = browser_of().post(SIGN_IN, form)
    assert answer.status_code == 302
    assert answer.url == "/"


def test_a_form_sent_after_the_session_ended_comes_back_with_its_words(room):
    answer = browser_of().post(
        answer_form(room),
        {
            "source": "A long <b>thought</b>\nin two lines",
            "idempotency_key": "secret-key-1",
            "csrfmiddlewaretoken": "secret-token-1",
            "password": "secret-password-1",
            "new_password": "secret-password-2",
        },
    )
    assert answer.status_code == 401
    assert is_whole_page(answer)
    assert "A long &lt;b&gt;thought&lt;/b&gt;\nin two lines" in text_of(answer)
    for secret in ("secret-key-1", "secret-token-1", "secret-password-1", "secret-password-2"):
        assert secret not in text_of(answer)
    assert SIGN_IN in text_of(answer)
    assert Comment.objects.count() == 1


def test_the_answer_to_a_stranger_tells_nothing_of_the_group(room):
    answer = browser_of().post(answer_form(room), {"source": "x"})
    missing = browser_of().post("/groups/none/threads/1/comments/new/", {"source": "x"})
    assert room.group.name not in words_of(text_of(answer))
    assert words_of(text_of(answer)) == words_of(text_of(missing))


def test_a_text_is_never_kept_by_a_browser_or_a_proxy(room):
    answer = browser_of().post(answer_form(room), {"source": "private"})
    assert answer["Cache-Control"] == "no-store"


# Forged and stale forms


def test_a_form_without_its_token_is_not_taken_and_comes_back_with_its_words(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    answer = browser.post(answer_form(room), {"source": "A long\nthought", "idempotency_key": "k1"})
    assert answer.status_code == 403
    assert is_whole_page(answer)
    assert "This page was open too long" in words_of(text_of(answer))
    assert "A long\nthought" in text_of(answer)
    assert Comment.objects.count() == 1


def test_a_press_without_its_token_is_told_so(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    answer = browser.post(answer_form(room), {"source": "A thought"}, headers=HTMX)
    assert answer.status_code == 403
    assert 'id="problem"' in text_of(answer)
    assert not is_whole_page(answer)
    assert Comment.objects.count() == 1


def test_what_comes_back_can_be_sent_again(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.post(
        answer_form(room), {"source": "A thought"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    form = {"source": "A thought", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    assert f'action="{answer_form(room)}"' in text_of(page)
    assert browser.post(answer_form(room), form).status_code == 302
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none"])
def test_words_from_elsewhere_come_without_a_button(room, site):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    headers = {"Sec-Fetch-Site": site} if site else {}
    page = browser.post(answer_form(room), {"source": "Evil"}, headers=headers)
    assert f'action="{answer_form(room)}"' not in text_of(page)
    assert "Send again" not in words_of(text_of(page))


def test_a_token_of_htmx_is_taken(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.get(answer_form(room))
    headers = HTMX | {"X-CSRFToken": str(page.context["csrf_token"])}
    assert browser.post(answer_form(room), {"source": "Yes"}, headers=headers).status_code == 200


def test_another_site_posts_nothing(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.get(answer_form(room))
    form = {"source": "Evil", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    answer = browser.post(answer_form(room), form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert Comment.objects.count() == 1


# Unknown addresses


@pytest.mark.parametrize("path", ["/nothing/", "/groups/none/", "/groups/x/papers/1/", "/join/x/"])
def test_an_unknown_address_gets_a_page_that_leads_back(room, path):
    page = browser_of(room.member).get(path)
    assert page.status_code == 404
    assert is_whole_page(page)
    assert 'href="/"' in text_of(page)
    assert "There is nothing here" in words_of(text_of(page))


def test_a_stranger_finds_a_way_back_from_an_unknown_address(db):
    page = browser_of().get("/nothing/")
    assert page.status_code == 404
    assert SIGN_IN in text_of(page)


def test_a_person_who_was_shut_out_is_out_at_once(room):
    browser = browser_of(room.member)
    room.member.is_active = False
    room.member.save()
    assert browser.get(f"/groups/{room.group.slug}/").status_code == 302


def test_a_new_password_ends_the_other_sessions(room):
    here, there = browser_of(room.member), browser_of(room.member)
    form = {
        "oldpassword": PASSWORD,
        "password1": "quite another one",
        "password2": "quite another one",
    }
    here.post("/accounts/password/change/", form)
    assert there.get("/").status_code == 302


# The same answer with an account and without


@pytest.fixture
def mail_server(settings):
    """As with EMAIL_URL set."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def make_person(kind: str) -> str:
    """Somebody of that kind; their address is returned."""
    address = f"{kind}@example.org"
    if kind != "unknown":
        user = make_user(
            email=address,
            is_active=kind != "inactive",
            password=None if kind == "passwordless" else PASSWORD,
        )
        EmailAddress.objects.create(
            user=user, email=address, primary=True, verified=kind != "unverified"
        )
        if kind == "second_step":
            TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return address


KINDS = ["known", "inactive", "unverified", "passwordless", "second_step"]
NEW = {"name": "Nina", "password1": "a good long password"}
# What is sent where, one after the other; the answer to each is looked at.
FORMS = {
    "sign-in": [(SIGN_IN, "login", {"password": "wrong"})],
    "sign-in, no password": [(SIGN_IN, "login", {"password": ""})],
    "sign-up": [("/accounts/signup/", "email", NEW)],
    "sign-up, then a wrong code": [
        ("/accounts/signup/", "email", NEW),
        ("/accounts/confirm-email/", "", {"code": "WRONG"}),
    ],
    "sign-up, then a new code": [
        ("/accounts/signup/", "email", NEW),
        ("/accounts/confirm-email/", "", {"action": "resend"}),
    ],
    "reset": [("/accounts/password/reset/", "email", {})],
    "code": [("/accounts/login/code/", "email", {})],
    "code, then a wrong one": [
        ("/accounts/login/code/", "email", {}),
        ("/accounts/login/code/confirm/", "", {"code": "WRONG"}),
    ],
    "code, then the last try": [
        ("/accounts/login/code/", "email", {}),
        *[("/accounts/login/code/confirm/", "", {"code": "WRONG"})] * 4,
    ],
}


# The length with the address in it, and the second at which it was told.
TOLD_OTHERWISE = {"Content-Length", "Expires"}


def answers_to(form: str, address: str) -> list[Any]:
    """All that a browser can tell of the answers: status, headers, cookies, and the page."""
    browser, answers = browser_of(), []
    for where, field, sent in FORMS[form]:
        data = sent | ({field: address} if field else {})
        for first in (browser.post(where, data), browser.get(where)):
            answer: Any = first
            while answer is not None:
                text = without_tokens(text_of(answer)).replace(address, "…")
                headers = {k: v for k, v in answer.headers.items() if k not in TOLD_OTHERWISE}
                answers.append((answer.status_code, headers, sorted(answer.cookies), text))
                answer = browser.get(answer.url) if answer.status_code == 302 else None
    return answers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_answers_alike_anyone_who_has_an_account(form, kind, mail_server):
    unknown = answers_to(form, make_person("unknown"))
    cache.clear()
    assert answers_to(form, make_person(kind)) == unknown


def test_what_would_differ_would_be_seen(mail_server):
    """The right password is told from a wrong one, so the comparison above can fail."""
    address = make_person("known")
    right = browser_of().post(SIGN_IN, {"login": address, "password": PASSWORD})
    assert right.status_code == 302
    assert answers_to("sign-in", address)[0][0] == 200


def test_a_closed_account_answers_the_right_password_as_a_wrong_one():
    address = make_person("inactive")
    answers = [
        without_tokens(text_of(browser_of().post(SIGN_IN, {"login": address, "password": given})))
        for given in (PASSWORD, "wrong")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("where", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_only_anyone_who_has_an_account_gets_mail(where):
    for kind in ("known", "unknown", "inactive"):
        browser_of().post(where, {"email": make_person(kind)})
    assert [letter.to for letter in mail.outbox] == [["known@example.org"]]


def test_a_letter_to_no_one_costs_as_much_and_goes_nowhere(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    browser_of().post("/accounts/password/reset/", {"email": make_person("unknown")})
    browser_of().post("/accounts/password/reset/", {"email": make_person("known")})
    unsent, sent = OutgoingEmail.objects.order_by("pk")
    assert (unsent.recipient, unsent.content, unsent.next_try_at) == ("", {}, None)
    assert sent.recipient == "known@example.org"
    assert [letter.to for letter in mail.outbox] == [["known@example.org"]]


def test_signing_up_hashes_a_password_for_known_and_unknown_alike(mail_server, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda user, password: hashed.append(password))
    for kind in ("known", "unknown"):
        address = make_person(kind)
        hashed.clear()
        browser_of().post("/accounts/signup/", NEW | {"email": address})
        assert hashed == ["a good long password"], kind


# Passwords


@pytest.mark.parametrize(
    "password",
    ["12ab cd8", "only letters", "пароль-на-память", " spaces around ", "🔑" * 8, "xy" * 150],
)
def test_a_password_may_be_any_eight_characters_and_is_taken_as_it_is(password):
    form = {"name": "Nina", "email": "nina@example.org", "password1": password}
    assert browser_of().post("/accounts/signup/", form).status_code == 302
    signed_in = browser_of().post(SIGN_IN, {"login": "nina@example.org", "password": password})
    assert signed_in.status_code == 302
    shortened = {"login": "nina@example.org", "password": password.strip()[:-1]}
    assert browser_of().post(SIGN_IN, shortened).status_code == 200


def test_a_password_can_be_pasted_and_filled_in_by_a_manager():
    page = text_of(browser_of().get(SIGN_IN))
    field = page[page.index('name="password"') :].partition(">")[0]
    assert 'autocomplete="current-password"' in field
    assert "maxlength" not in field
    assert "onpaste" not in page
    signup = text_of(browser_of().get("/accounts/signup/"))
    assert 'autocomplete="new-password"' in signup


def test_the_sign_in_page_offers_what_is_there():
    page = words_of(text_of(browser_of().get(SIGN_IN)))
    assert "Send me a code" in page
    assert "Use a passkey" in page
    assert "Sign in with" not in page


def test_anyone_who_has_no_password_sets_one():
    browser = browser_of(make_user(password=None))
    assert browser.get("/accounts/password/change/").url == "/accounts/password/set/"
    form = {"password1": "a good long password", "password2": "a good long password"}
    browser.post("/accounts/password/set/", form)
    assert User.objects.get().check_password("a good long password")


# An address is changed once it is known to be theirs


@pytest.mark.parametrize("with_mail", [True, False])
def test_a_new_address_counts_when_it_is_confirmed(with_mail, request):
    if with_mail:
        request.getfixturevalue("mail_server")
    address = make_person("known")
    user = User.objects.get(email=address)
    browser = browser_of(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    change = {"email": "new@example.org", "action_add": ""}
    answer = browser.post("/accounts/email/", change)
    user.refresh_from_db()
    assert user.email == address
    [letter] = [letter for letter in mail.outbox if letter.to == ["new@example.org"]]
    if with_mail:
        code = letter.body.split("    ")[1].split()[0]
        browser.post(answer.url, {"code": code})
    else:
        link = letter.body.split("http://testserver")[1].split()[0]
        browser.post(link)
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert browser_of().post(SIGN_IN, {"login": address, "password": PASSWORD}).status_code == 200
    recipients = [letter.to for letter in mail.outbox if "changed from" in letter.body]
    assert recipients == [[address]]


def test_somebody_elses_address_is_not_taken_over(mail_server):
    other, address = make_person("unverified"), make_person("known")
    browser = browser_of(User.objects.get(email=address))
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"email": other, "action_add": ""})
    assert User.objects.filter(email=other).count() == 1
    assert EmailAddress.objects.get(email=other).user.email == other


# No page of the library's own is left

TEMPLATES = Path(allauth.__file__).parent / "templates"
# Pages of what is not switched on, and the library's own layouts, which our pages do not use.
NOT_USED = re.compile(
    r"account/(base_|email\.html|phone|confirm_phone|signup_by_passkey|messages/phone)"
    r"|(mfa|socialaccount|usersessions)/base_|mfa/(totp|recovery_codes|webauthn)/base\.html"
    r"|mfa/(trust|webauthn/signup_form)\.html|snippets/"
)
OURS = [
    name
    for folder in ("account", "mfa", "socialaccount", "usersessions")
    for path in (TEMPLATES / folder).rglob("*.*")
    if not NOT_USED.search(name := str(path.relative_to(TEMPLATES)))
]


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_page_and_mail_of_an_account_is_the_projects_own(name):
    ours = Path(get_template(name).origin.name)
    assert not ours.is_relative_to(TEMPLATES)
    assert "{% element" not in ours.read_text()
    if name.endswith(".html"):
        is_part = name == "account/password_reset_help_text.html"
        assert is_part or re.match(r'{% extends "(account/)?_?\w+\.html" %}', ours.read_text())


def test_the_templates_of_the_library_were_found():
    assert len(OURS) > 60
