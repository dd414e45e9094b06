"""Every link that leaves the site begins with SITE_URL, whatever host a request names."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings as site
from django.core import mail
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from config import hosts
from groups.mail.joining_mail import answer, ask_to_join
from papers.archives import group_deletion
from papers.models import Notification
from papers.notifications.mail import send_due
from tests.factories import PASSWORD, Room, browser_of, make_room, make_user
from tests.pages import text_of
from tests.papers.replies.conftest import write_reply
from tests.searching import found_on_pages

FORGED = ["testserver:9999", "localhost:4444", "[::1]:4444"]
IS_FORGED = re.compile(rb"testserver:9999|localhost:4444|\[::1\]:4444")
URL = re.compile(r"\w+://[^\s\"'<>]+")


@pytest.fixture
def room() -> Room:
    return make_room()


@pytest.fixture(params=FORGED)
def forged(request: pytest.FixtureRequest) -> str:
    """A host that somebody sends and that is answered without TLS."""
    host: str = request.param
    return host


# Which hosts are answered


@pytest.fixture
def tls(settings: Any) -> None:
    settings.SITE_URL = "https://seminar.example"
    settings.CSRF_TRUSTED_ORIGINS = ["https://seminar.example"]
    settings.HAS_TLS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "seminar.example"
    settings.ALLOWED_HOSTS = ["seminar.example", "localhost", "127.0.0.1", "[::1]"]
    settings.HOSTS_WITH_PORT = {"seminar.example", "localhost:8000", "127.0.0.1:8000"}


@pytest.mark.django_db
@pytest.mark.usefixtures("tls")
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("seminar.example", 200),
        ("SEMINAR.example:443", 200),
        ("127.0.0.1:8000", 200),
        ("seminar.example:9999", 400),
        ("seminar.example:80", 400),
        ("localhost:4444", 400),
        ("localhost", 400),
        ("seminar.example.", 400),
        ("seminar.example@evil.example", 400),
        ("evil.example", 400),
    ],
)
def test_with_tls_a_host_counts_with_its_port(host, status):
    page = Client().get("/accounts/login/", secure=True, headers={"Host": host})
    assert page.status_code == status


@pytest.mark.usefixtures("tls")
def test_without_tls_in_front_the_way_to_it_is_the_sites_own():
    answer = Client().get("/accounts/login/", headers={"Host": "localhost:8000"})
    assert answer["Location"] == "https://seminar.example/accounts/login/"


@pytest.mark.django_db
@pytest.mark.usefixtures("tls")
def test_behind_a_proxy_that_names_another_host_a_form_is_taken_from_the_sites_own_pages():
    browser = Client(enforce_csrf_checks=True)
    here = {"Host": "127.0.0.1:8000", "Origin": "https://seminar.example"}
    browser.get("/accounts/login/", secure=True, headers=here)
    token = browser.cookies[site.CSRF_COOKIE_NAME].value
    form = {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": token}
    sent = browser.post("/accounts/login/", form, secure=True, headers=here)
    assert sent.status_code == 200
    here["Origin"] = "https://localhost:4444"
    assert browser.post("/accounts/login/", form, secure=True, headers=here).status_code == 403


@pytest.mark.parametrize(
    ("location", "url"),
    [
        (None, "http://testserver/a/?b=c"),
        ("/join/x/", "http://testserver/join/x/"),
        ("x/", "http://testserver/a/x/"),
        ("http://elsewhere.example/", "http://elsewhere.example/"),
    ],
)
def test_an_absolute_url_is_on_the_site(location, url):
    request = RequestFactory().get("/a/?b=c", headers={"Host": "localhost:4444"})
    assert hosts.absolute(request, location) == url


# What is taken along


@pytest.mark.django_db
@pytest.mark.usefixtures("no_worker")
def test_no_page_and_no_file_has_a_link_to_the_host_that_was_asked(room, forged):
    browser = browser_of(room.organizer, HTTP_HOST=forged)
    path = f"/groups/{room.group.slug}/"
    begin = [path, f"{path}papers/bookmarklet/", f"{path}export/all/", "/accounts/data/export/"]
    begin += [f"{path}export/list.{kind}" for kind in ("md", "bib", "ris", "csv", "json")]
    assert found_on_pages(IS_FORGED, browser, *begin) == set()


@pytest.mark.django_db
def test_the_link_of_an_invitation_is_the_sites(room, forged):
    browser = browser_of(room.organizer, HTTP_HOST=forged)
    address = f"/groups/{room.group.slug}/invitations/new/"
    made = browser.post(address, {"role": "member", "days": 7, "uses_allowed": 20})
    page = text_of(browser.get(made["Location"]))
    assert re.search(r'value="http://testserver/join/[\w-]+/"', page)
    assert not IS_FORGED.search(page.encode())


# What is mailed


class Sender:
    """Somebody who sends requests with a forged Host."""

    def __init__(self, room: Room, host: str) -> None:
        self.room, self.host = room, host
        self.user = make_user("Nina", email="nina@example.org")

    def stranger(self) -> Client:
        return Client(HTTP_HOST=self.host)

    def organizer(self) -> Client:
        return browser_of(self.room.organizer, HTTP_HOST=self.host)

    def known_again(self) -> Client:
        browser = browser_of(self.user, HTTP_HOST=self.host)
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return browser


def notification(prefix: str) -> Callable[[Sender], None]:
    """What allauth calls when something of an account has changed."""

    def send(sender: Sender) -> None:
        request = RequestFactory().get("/", headers={"Host": sender.host})
        request.user = sender.user
        hosts.HostMiddleware(lambda _: None)(request)
        values = dict.fromkeys(("from_email", "to_email", "deleted_email"), "a@example.org")
        with context.request_context(request):
            adapter = get_adapter(request)
            adapter.send_notification_mail(prefix, sender.user, values)

    return send


def by_template(prefix: str) -> Callable[[Sender], None]:
    """A mail that this site's settings do not send, with the links that allauth would make."""

    def send(sender: Sender) -> None:
        request = RequestFactory().get("/", headers={"Host": sender.host})
        hosts.HostMiddleware(lambda _: None)(request)
        made = request.build_absolute_uri("/accounts/confirm-email/x/")
        values = {"activate_url": made, "signup_url": made, "user": sender.user, "code": "1"}
        with context.request_context(request):
            get_adapter(request).render_mail(prefix, sender.user.email, values).send()

    return send


def ask_deletion(sender: Sender) -> None:
    assert group_deletion.ask_deletion(sender.room.group, sender.room.organizer)


def mention(sender: Sender) -> None:
    """Write in the thread that the author follows, from that host, and let three minutes pass."""
    address = f"/groups/{sender.room.group.slug}/threads/{sender.room.thread.pk}/comments/new/"
    sender.organizer().post(address, {"source": f"@{sender.room.author.handle}"})
    Notification.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now())
    assert send_due()


def refuse_reply(sender: Sender) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(site, "EMAIL_INBOX", "inbox@example.org")
        patched.setattr(site, "EMAIL_INBOX_SECRET", "a secret")
        letter = write_reply(sender.room.member, sender.room.comment, "> quoted")
        raw, headers = letter.as_bytes(), {"Authorization": "Bearer a secret"}
        kind = "message/rfc822"
        sender.stranger().post("/mail/incoming/", raw, content_type=kind, headers=headers)


def withdraw_deletion(sender: Sender) -> None:
    ask_deletion(sender)
    mail.outbox.clear()
    sender.organizer().post(f"/groups/{sender.room.group.slug}/keep/")


def ask_to_be_let_in(sender: Sender) -> Any:
    sender.room.group.visibility = "listed"
    sender.room.group.save()
    return ask_to_join(sender.room.group, sender.user, "")


def invite(sender: Sender) -> None:
    address = f"/groups/{sender.room.group.slug}/invitations/mail/"
    form = {"emails": "a@example.org", "role": "member", "days": 7, "note": ""}
    sender.organizer().post(address, form)


NOTIFICATIONS = [
    *(f"account/email/{what}" for what in ("email_changed", "email_confirm", "email_deleted")),
    *(f"account/email/password_{what}" for what in ("changed", "reset", "set")),
    *(f"mfa/email/totp_{what}" for what in ("activated", "deactivated")),
    *(f"mfa/email/webauthn_{what}" for what in ("added", "removed")),
    "mfa/email/recovery_codes_generated",
    *(f"socialaccount/email/account_{what}" for what in ("connected", "disconnected")),
]
CASES: dict[str, Callable[[Sender], Any]] = {
    "account/email/password_reset_key": lambda sender: sender.stranger().post(
        "/accounts/password/reset/", {"email": sender.user.email}
    ),
    "account/email/login_code": lambda sender: sender.stranger().post(
        "/accounts/login/code/", {"email": sender.user.email}
    ),
    "account/email/account_already_exists": lambda sender: sender.stranger().post(
        "/accounts/signup/",
        {"name": "Nina", "email": sender.user.email, "password1": "quite another one"},
    ),
    "account/email/email_confirmation": lambda sender: sender.known_again().post(
        "/accounts/email/", {"email": "new@example.org", "action_add": ""}
    ),
    "account/email/email_confirmation_signup": by_template(
        "account/email/email_confirmation_signup"
    ),
    "account/email/password_reset_code": by_template("account/email/password_reset_code"),
    "account/email/unknown_account": by_template("account/email/unknown_account"),
    **{prefix: notification(prefix) for prefix in NOTIFICATIONS},
    "groups/mail/invitation": invite,
    "groups/mail/join_request": ask_to_be_let_in,
    "groups/mail/join_answer": lambda sender: answer(
        ask_to_be_let_in(sender), sender.room.organizer, "", accept=True
    ),
    "papers/notifications/mail/notifications": mention,
    "papers/replies/mail/refused": refuse_reply,
    "papers/archives/mail/deletion_asked": ask_deletion,
    "papers/archives/mail/deletion_withdrawn": withdraw_deletion,
}


def templates_of_mails() -> set[str]:
    """The names of all templates of mails, ours and those that come with allauth."""
    theirs = Path(allauth.__file__).parent / "templates"
    ours = site.BASE_DIR / "templates"
    found = {
        str(path.relative_to(folder)).removesuffix("_message.txt").removesuffix(".txt")
        for folder in (ours, theirs)
        for app in ("account", "mfa", "socialaccount", "usersessions", "groups", "papers")
        for pattern in ("email/*_message.txt", "**/mail/*.txt", "email/*_message.html")
        for path in (folder / app).glob(pattern)
    }
    return {name for name in found if not name.endswith("/base")}


def test_every_mail_has_a_case():
    assert templates_of_mails() == set(CASES)


@pytest.fixture
def mails_are_confirmed(settings: Any) -> None:
    """As with EMAIL_URL, for pages that only then write to somebody."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.mark.django_db
@pytest.mark.usefixtures("mails_are_confirmed")
@pytest.mark.parametrize("name", CASES)
def test_every_url_in_a_mail_is_the_sites(room, name):
    sent = words_of_mails(name, room, FORGED[1])
    assert sent
    for url in URL.findall(sent):
        assert url.startswith(f"{site.SITE_URL}/") or url == site.SITE_URL, url
    assert not IS_FORGED.search(sent.encode())


def words_of_mails(name: str, room: Room, host: str) -> str:
    mail.outbox.clear()
    CASES[name](Sender(room, host))
    return "\n".join(
        f"{letter.subject}\n{letter.body}\n{letter.attachments}" for letter in mail.outbox
    )


@pytest.mark.django_db
def test_a_link_that_is_made_from_the_host_is_found(room, monkeypatch):
    """Control: as it was."""
    monkeypatch.setattr(hosts, "absolute", HttpRequest.build_absolute_uri)
    sent = words_of_mails("account/email/password_reset_key", room, FORGED[1])
    assert "http://localhost:4444/accounts/password/reset/key/" in sent
