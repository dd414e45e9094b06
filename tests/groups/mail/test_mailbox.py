"""The mailbox is read over IMAP, and emails come in by the webhook: each once, large or broken."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError

from groups.mail import imap, inbox
from groups.mail.imap import MailboxAway, look, read_mailbox
from groups.mail.mailbox_url import MailboxUrl
from groups.mail.parsing import LARGEST_EMAIL
from groups.models import IncomingEmail
from groups.web import throttling
from papers.discussion.posting import post_comment
from papers.models import Comment, Notification
from papers.notifications.mail import send_due
from papers.rendering.markdown import render
from tests.factories import Room, browser_of, make_room
from tests.imap import MailboxServer, imap_server
from tests.mailbox import mailbox
from tests.papers.replies.conftest import write_reply

SECRET = "a secret of the test's own, long"


@pytest.fixture(autouse=True)
def _nothing_was_logged(monkeypatch: Any) -> None:
    monkeypatch.setattr(imap._LastProblem, "said", "")
    monkeypatch.setattr(imap, "_later", {})


@pytest.fixture
def server(settings: Any) -> Iterator[MailboxServer]:
    with imap_server() as server:
        settings.EMAIL_INBOX = "seminar@example.org"
        settings.EMAIL_INBOX_URL = server.url
        settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
        yield server


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Readers")


class TestReading:
    def test_what_waits_is_taken_in_and_marked(self, room: Room, server: MailboxServer) -> None:
        kept = server.add(write_reply(room.member, room.comment).as_bytes())
        assert read_mailbox() == {"taken": 1}
        assert kept.flags == {"\\Seen", "\\Answered"}
        assert Comment.objects.filter(author=room.member).count() == 1
        assert read_mailbox() == {}

    def test_what_is_for_no_one_stays_for_a_person_to_see(
        self, room: Room, server: MailboxServer
    ) -> None:
        kept = server.add(b"From: a@example.net\nTo: seminar@example.org\n\nHello")
        assert read_mailbox() == {"not for us": 1}
        assert kept.flags == {"\\Flagged"}
        assert read_mailbox() == {}
        assert not mail.outbox

    def test_one_that_breaks_the_reader_keeps_no_other_from_being_read(
        self, room: Room, server: MailboxServer, monkeypatch: Any, caplog: Any
    ) -> None:
        broken = server.add(b"To: broken@example.net\n\nx")
        server.add(write_reply(room.member, room.comment).as_bytes())
        take_in = imap.take_in

        def breaking(raw: bytes, **rest: Any) -> Any:
            if b"broken" in raw:
                raise IndexError("a secret")
            return take_in(raw, **rest)

        monkeypatch.setattr(imap, "take_in", breaking)
        assert read_mailbox() == {"unreadable": 1, "taken": 1}
        assert broken.flags == {"\\Flagged"}
        assert "IndexError" in caplog.text
        assert "a secret" not in caplog.text

    def test_while_the_database_is_away_nothing_is_marked(
        self, room: Room, server: MailboxServer, monkeypatch: Any
    ) -> None:
        kept = server.add(write_reply(room.member, room.comment).as_bytes())

        def away(*args: Any, **rest: Any) -> Any:
            raise OperationalError

        with monkeypatch.context() as patched:
            patched.setattr(imap, "take_in", away)
            with pytest.raises(OperationalError):
                read_mailbox()
        assert kept.flags == set()
        assert read_mailbox() == {"taken": 1}

    def test_a_worker_that_ends_before_it_marks_posts_nothing_twice(
        self, room: Room, server: MailboxServer
    ) -> None:
        kept = server.add(write_reply(room.member, room.comment).as_bytes())
        read_mailbox()
        kept.flags.clear()
        assert read_mailbox() == {"taken": 1}
        assert Comment.objects.filter(author=room.member).count() == 1

    def test_of_50_mb_only_the_beginning_is_read(self, room: Room, server: MailboxServer) -> None:
        letter = write_reply(room.member, room.comment, "By symmetry.")
        letter.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
        kept = server.add(letter.as_bytes() + b"x" * 76 * 700_000)
        assert len(kept.raw) > 50 * 1024 * 1024
        assert read_mailbox() == {"refused": 1}
        assert server.sent == imap.BEGINNING
        (answer,) = mail.outbox
        assert "larger than 5 MB" in answer.body
        assert "By symmetry." in answer.body

    def test_many_from_one_person_are_in_nobodys_way(
        self, room: Room, server: MailboxServer, settings: Any, monkeypatch: Any
    ) -> None:
        settings.LIMITS = {"post": "1/m"}
        monkeypatch.setattr(imap, "MOST_AT_ONCE", 2)
        for person in (room.member, room.member, room.member, room.author):
            server.add(write_reply(person, room.comment).as_bytes())
        assert read_mailbox() == {"taken": 1, "later": 1}
        assert read_mailbox() == {"later": 1, "taken": 1}
        assert read_mailbox() == {}
        throttling.counts.clear()
        monkeypatch.setattr(imap, "_later", {})
        assert read_mailbox() == {"taken": 1, "later": 1}

    def test_what_is_as_large_as_may_be_is_read(self, room: Room, server: MailboxServer) -> None:
        letter = write_reply(room.member, room.comment)
        letter.add_attachment(b"x" * 3_500_000, maintype="image", subtype="png", filename="a.png")
        assert 4 * 1024 * 1024 < len(letter.as_bytes()) < LARGEST_EMAIL
        server.add(letter.as_bytes())
        assert read_mailbox() == {"taken": 1}

    @pytest.mark.parametrize("password", ["wrong", ""])
    def test_a_wrong_password_is_said_once_and_names_no_one(
        self, db: None, server: MailboxServer, settings: Any, caplog: Any, password: str
    ) -> None:
        settings.EMAIL_INBOX_URL = (
            f"imap://seminar%40example.org:{password}@127.0.0.1:{server.port}"
        )
        caplog.set_level(logging.WARNING)
        look()
        look()
        assert caplog.text.count("cannot be read") == 1
        assert "example.org" not in caplog.text
        assert "AUTHENTICATIONFAILED" not in caplog.text

    @pytest.mark.parametrize("url", ["imap://127.0.0.1:1/", "nonsense", "imap://u:p@127.0.0.1:x/"])
    def test_a_mailbox_that_is_not_there_is_said(self, settings: Any, url: str) -> None:
        settings.EMAIL_INBOX_URL = url
        with pytest.raises(MailboxAway):
            read_mailbox()

    def test_a_server_that_hangs_up_is_said(self, server: MailboxServer) -> None:
        server.is_away = True
        with pytest.raises(MailboxAway):
            read_mailbox()

    def test_an_operator_reads_it_by_hand(self, room: Room, server: MailboxServer) -> None:
        out = StringIO()
        call_command("read_mailbox", stdout=out)
        assert "nothing new" in out.getvalue()
        server.add(write_reply(room.member, room.comment).as_bytes())
        call_command("read_mailbox", stdout=out)
        assert "    1 Taken in" in out.getvalue()

    def test_an_operator_is_told_what_to_check(self, settings: Any) -> None:
        settings.EMAIL_INBOX_URL = ""
        with pytest.raises(CommandError, match="is not set"):
            call_command("read_mailbox")
        settings.EMAIL_INBOX_URL = "imap://u:p@127.0.0.1:1/"
        with pytest.raises(CommandError, match="Check EMAIL_INBOX_URL"):
            call_command("read_mailbox")

    def test_without_a_mailbox_the_worker_looks_for_none(self, settings: Any) -> None:
        settings.EMAIL_INBOX_URL = ""
        look()


def test_the_address_of_a_mailbox_is_read() -> None:
    url = MailboxUrl.read("imap+ssl://a%40b.org:p%3A%2F%25@mail.b.org/Replies/New")
    assert url == ("imap+ssl", "mail.b.org", 993, "a@b.org", "p:/%", "Replies/New")
    assert MailboxUrl.read("imap://h:1143").folder == "INBOX"


class TestWebhook:
    PATH = "/mail/incoming/"

    @pytest.fixture(autouse=True)
    def _secret(self, settings: Any) -> None:
        settings.EMAIL_INBOX = "seminar@example.org"
        settings.EMAIL_INBOX_SECRET = SECRET
        settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"

    def post(self, raw: bytes, secret: str = SECRET, kind: str = "message/rfc822") -> Any:
        browser = browser_of(enforce_csrf_checks=True)
        headers = {"Authorization": f"Bearer {secret}"}
        return browser.post(self.PATH, raw, content_type=kind, headers=headers)

    def test_an_email_that_is_handed_on_is_taken_in_once(self, room: Room) -> None:
        raw = write_reply(room.member, room.comment).as_bytes()
        answers = [self.post(raw) for _ in range(2)]
        assert [(one.status_code, one.content) for one in answers] == [(200, b"taken\n")] * 2
        assert Comment.objects.filter(author=room.member).count() == 1

    @pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET.upper(), "ü"])
    def test_without_the_secret_nothing_is_read(self, room: Room, secret: str) -> None:
        raw = write_reply(room.member, room.comment).as_bytes()
        assert self.post(raw, secret).status_code == 403
        assert not Comment.objects.filter(author=room.member).exists()
        assert not IncomingEmail.objects.exists()

    def test_no_session_is_a_secret(self, room: Room) -> None:
        raw = write_reply(room.member, room.comment).as_bytes()
        answer = browser_of(room.member).post(self.PATH, raw, content_type="message/rfc822")
        assert answer.status_code == 403

    def test_guesses_are_counted(self, room: Room) -> None:
        statuses = [self.post(b"x", "wrong").status_code for _ in range(22)]
        assert (statuses[0], statuses[-1]) == (403, 429)

    def test_emails_are_not_counted_as_guesses(self, room: Room) -> None:
        assert {self.post(b"To: x@y.org\n\nx").status_code for _ in range(30)} == {200}

    def test_without_a_secret_there_is_no_such_page(self, room: Room, settings: Any) -> None:
        settings.EMAIL_INBOX_SECRET = ""
        assert self.post(b"x", "").status_code == 404

    def test_what_is_no_email_is_said(self, room: Room) -> None:
        assert self.post(b"").status_code == 400
        assert self.post(b"a=1", kind="application/x-www-form-urlencoded").status_code in {200, 400}
        assert self.post(b"x" * (LARGEST_EMAIL + 1)).status_code == 413
        assert browser_of().get(self.PATH).status_code == 405

    def test_an_email_of_several_megabytes_with_nul_is_read(self, room: Room) -> None:
        letter = write_reply(room.member, room.comment)
        letter.add_attachment(b"x" * 3_000_000, maintype="image", subtype="png", filename="a")
        assert self.post(letter.as_bytes() + b"\0\xff").content == b"taken\n"

    def test_too_many_are_to_come_again(self, room: Room, settings: Any) -> None:
        settings.LIMITS = {"post": "1/m"}
        assert (
            self.post(write_reply(room.member, room.comment, "One").as_bytes()).status_code == 200
        )
        answer = self.post(write_reply(room.member, room.comment, "Two").as_bytes())
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 60


def test_mail_goes_out_by_smtp_and_an_answer_comes_in_by_imap(
    room: Room, server: MailboxServer, settings: Any
) -> None:
    """The whole way, over real lines: mention, mail, reply, comment."""
    with mailbox() as out:
        settings.EMAIL_URL = out.url
        settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = out.server_address
        source = f"@{room.member.handle}, is it **shared**?"
        comment = post_comment(room.thread, room.author, source, None, html=render(source))
        Notification.objects.update(mail_at=comment.created_at)
        send_due()
        letter = out.letter_to(room.member.email)
    plain = letter.get_body(("plain",))
    assert plain
    quoted = "\n".join(f"> {line}" for line in plain.get_content().split("\n"))
    reply = write_reply(room.member, comment, f"It is.\n\nOn 30 Nov 2026, x wrote:\n{quoted}")
    del reply["To"]
    reply["To"] = letter["Reply-To"]
    server.add(reply.as_bytes())
    assert read_mailbox() == {"taken": 1}
    posted = Comment.objects.get(author=room.member)
    assert (posted.source, posted.parent) == ("It is.", comment)


# What operators are told before a site is deployed

RIGHT = {
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "EMAIL_INBOX": "seminar@example.org",
    "EMAIL_INBOX_URL": "imap+ssl://u:p@mail.example.org",
    "DEFAULT_FROM_EMAIL": "seminar@example.org",
    "EMAIL_INBOX_SECRET": "",
}


@pytest.mark.parametrize(
    ("changed", "warned"),
    [
        ({}, set()),
        ({"EMAIL_INBOX": "*@reply.example.org"}, set()),
        ({"EMAIL_INBOX_URL": "", "EMAIL_INBOX_SECRET": SECRET}, set()),
        ({"EMAIL_INBOX": "", "EMAIL_INBOX_URL": ""}, set()),
        ({"EMAIL_INBOX_URL": ""}, {"groups.W002"}),
        ({"EMAIL_INBOX": ""}, {"groups.W003"}),
        ({"EMAIL_INBOX": "nonsense"}, {"groups.W004"}),
        ({"EMAIL_INBOX": "a-very-long-name-of-a-mailbox@example.org"}, {"groups.W004"}),
        ({"EMAIL_INBOX": "*+*@example.org"}, {"groups.W004"}),
        ({"EMAIL_URL": ""}, {"groups.W005"}),
        ({"EMAIL_INBOX_SECRET": "short"}, {"groups.W006"}),
        ({"EMAIL_INBOX_URL": "pop://x"}, {"groups.W007"}),
        ({"EMAIL_INBOX_URL": "imap://u:p@mail.example.org"}, {"groups.W008"}),
        ({"EMAIL_INBOX_URL": "imap://u:p@127.0.0.1"}, set()),
    ],
)
def test_a_mailbox_that_is_set_by_half_is_named(
    settings: Any, changed: dict[str, str], warned: set[str]
) -> None:
    for name, value in (RIGHT | changed).items():
        setattr(settings, name, value)
    found = run_checks(tags=["mail"], include_deployment_checks=True)
    assert {message.id for message in found} == warned


def test_every_kind_of_address_has_its_function(settings: Any) -> None:
    for path in settings.INCOMING_MAIL.values():
        assert callable(inbox.import_string(path))
