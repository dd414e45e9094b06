"""An address that takes no mail gets none but what lets its owner in; they and operators see it."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from groups.mail import outbox
from groups.mail.imap import read_mailbox
from groups.mail.inbox import take_in
from groups.mail.outbox import send_overdue
from groups.mail.refusal_codes import status_of
from groups.mail.signed_addresses import BOUNCE, address_for
from groups.models import OutgoingEmail, User
from papers.archives import group_deletion
from tests.factories import Room, browser_of, make_room, make_user
from tests.imap import imap_server
from tests.mailbox import Mailbox, mailbox
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return make_room("Readers")


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    with mailbox() as server:
        settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
        settings.EMAIL_URL = server.url
        settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        settings.DEFAULT_FROM_EMAIL = "Seminar <seminar@example.org>"
        yield server


def tell_the_group(room: Room) -> None:
    group_deletion.ask_deletion(room.group, room.organizer)
    group_deletion.withdraw_deletion(room.group, room.organizer)


def refused(user: User) -> str:
    user.refresh_from_db()
    return user.refused_status if user.is_unreachable else ""


# What a server answers at once

REFUSED_FOR_GOOD = [
    ("RCPT", "550 5.1.1 <x>: no such user", "5.1.1"),
    ("RCPT", "550 5.1.10 recipient not found", "5.1.10"),
    ("RCPT", "552 5.2.2 mailbox full", "5.2.2"),
    ("RCPT", "550 5.2.1 mailbox disabled", "5.2.1"),
    ("RCPT", "550 no such user here", "550"),
    ("RCPT", "553 unknown mailbox", "553"),
    ("DATA", "550 5.1.1 user unknown", "5.1.1"),
]
NOT_ABOUT_THE_ADDRESS = [
    ("RCPT", "450 4.2.1 try again later"),
    ("RCPT", "451 greylisted"),
    ("RCPT", "550 5.7.1 relaying denied"),
    ("RCPT", "554 5.7.1 blocked, see https://example.net/5.1.1"),
    ("RCPT", "550 relay not permitted"),
    ("RCPT", "550 blocked as spam"),
    ("RCPT", "553 5.1.8 sender's domain does not exist"),
    ("RCPT", "503 5.5.1 bad order"),
    ("DATA", "554 this looks like spam"),
    ("DATA", "550 no"),
    ("DATA", "452 4.3.1 full"),
    ("MAIL", "550 5.1.1 who are you"),
]


@pytest.mark.parametrize(("command", "answer", "status"), REFUSED_FOR_GOOD)
def test_what_is_refused_for_good_stops_mail_about_groups(
    room: Room, server: Mailbox, command: str, answer: str, status: str
) -> None:
    server.answers = {command: answer}
    group_deletion.ask_deletion(room.group, room.organizer)
    assert refused(room.member) == status
    letter = OutgoingEmail.objects.get(reader=room.member)
    assert (letter.tries, letter.next_try_at, letter.sealed) == (1, None, "")
    server.answers = {}
    group_deletion.withdraw_deletion(room.group, room.organizer)
    assert not server.letters_to(room.member.email)


@pytest.mark.parametrize(("command", "answer"), NOT_ABOUT_THE_ADDRESS)
def test_what_may_pass_or_is_about_something_else_is_tried_again(
    room: Room, server: Mailbox, command: str, answer: str
) -> None:
    server.answers = {command: answer}
    group_deletion.ask_deletion(room.group, room.organizer)
    assert refused(room.member) == ""
    server.answers = {}
    minutes_ago = timezone.now() - timedelta(minutes=2)
    OutgoingEmail.objects.filter(next_try_at__isnull=False).update(next_try_at=minutes_ago)
    send_overdue()
    assert len(server.letters_to(room.member.email)) == 1


def test_it_is_the_address_of_one_person(room: Room, server: Mailbox) -> None:
    User.objects.note_refused(room.member.email.upper(), "5.1.1")
    assert refused(room.member) == "5.1.1"
    tell_the_group(room)
    assert not server.letters_to(room.member.email)
    assert len(server.letters_to(room.author.email)) == 2


def test_what_lets_the_owner_in_is_sent_all_the_same(room: Room, server: Mailbox) -> None:
    User.objects.note_refused(room.member.email, "5.1.1")
    browser_of().post("/accounts/login/code/", {"email": room.member.email})
    assert len(server.letters_to(room.member.email)) == 1
    assert refused(room.member) == "5.1.1"


def test_a_refused_code_is_tried_once(room: Room, server: Mailbox) -> None:
    server.answers = {"RCPT": "550 5.1.1 no such user"}
    browser_of().post("/accounts/login/code/", {"email": room.member.email})
    letter = OutgoingEmail.objects.get()
    assert (letter.tries, letter.next_try_at, letter.sealed) == (1, None, "")
    assert refused(room.member) == "5.1.1"


def test_an_address_that_is_no_persons_is_noted_of_no_one(room: Room, server: Mailbox) -> None:
    server.answers = {"RCPT": "550 5.1.1 no such user"}
    send_mail("Hello", "text", None, ["nobody@example.net"])
    assert not User.objects.refused().exists()


def test_errors_of_other_kinds_say_nothing() -> None:
    assert status_of(TimeoutError()) == ""
    assert status_of(smtplib.SMTPServerDisconnected("550 5.1.1")) == ""
    assert status_of(smtplib.SMTPRecipientsRefused({})) == ""


# What is reported later


def report(
    letter: OutgoingEmail, status: str = "5.1.1", action: str = "failed", to: str = ""
) -> bytes:
    """A report as mail servers write it (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@example.net\nTo: {to or address_for(BOUNCE, letter.pk)}\n"
        f"Return-Path: <>\nMessage-ID: <{status}.{action}.{letter.pk}@example.net>\n"
        "Auto-Submitted: auto-replied\nContent-Type: multipart/report; "
        'report-type=delivery-status; boundary="b"\n\n'
        "--b\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {letter.recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} <x>\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {letter.message_id}\n\nwords\n--b--\n"
    ).encode()


@pytest.fixture
def sent(room: Room, settings: Any) -> OutgoingEmail:
    """An email to the member that was sent, on a site that has a mailbox."""
    settings.EMAIL_INBOX, settings.EMAIL_INBOX_SECRET = "inbox@example.org", "a secret"
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    group_deletion.ask_deletion(room.group, room.organizer)
    mail.outbox.clear()
    return OutgoingEmail.objects.get(reader=room.member)


class TestBounces:
    def test_each_email_has_an_address_for_reports_of_it(
        self, room: Room, server: Mailbox, settings: Any, monkeypatch: Any
    ) -> None:
        settings.EMAIL_INBOX, settings.EMAIL_INBOX_SECRET = "inbox@example.org", "a secret"
        senders = []
        send = smtplib.SMTP.sendmail

        def noted(self: Any, sender: str, *rest: Any) -> Any:
            senders.append(sender)
            return send(self, sender, *rest)

        monkeypatch.setattr(smtplib.SMTP, "sendmail", noted)
        group_deletion.ask_deletion(room.group, room.organizer)
        letters = OutgoingEmail.objects.order_by("pk")
        assert senders == [address_for(BOUNCE, letter.pk) for letter in letters]
        assert {letter["From"] for letter in server.letters} == {"Seminar <seminar@example.org>"}

    def test_without_a_mailbox_the_sender_is_as_it_was(self, room: Room, server: Mailbox) -> None:
        with outbox.get_connection("django.core.mail.backends.locmem.EmailBackend") as connection:
            letter = OutgoingEmail.objects.post(
                mail.EmailMessage("a", "b"), "a@example.org", audience="account"
            )
            assert letter.message(connection).from_email == "Seminar <seminar@example.org>"

    def test_an_operator_may_have_it_stay_as_it_was_and_a_test_mail_tries_it(
        self, room: Room, server: Mailbox, settings: Any, monkeypatch: Any
    ) -> None:
        settings.EMAIL_INBOX, settings.EMAIL_INBOX_SECRET = "inbox@example.org", "a secret"
        server.answers = {"MAIL": "553 5.7.1 not your address"}
        with pytest.raises(CommandError, match="EMAIL_BOUNCES=no"):
            call_command("send_test_mail", "a@example.net")
        server.answers = {}
        senders = []
        send = smtplib.SMTP.sendmail

        def noted(self: Any, sender: str, *rest: Any) -> Any:
            senders.append(sender)
            return send(self, sender, *rest)

        monkeypatch.setattr(smtplib.SMTP, "sendmail", noted)
        call_command("send_test_mail", "a@example.net", stdout=StringIO())
        settings.EMAIL_BOUNCES = False
        call_command("send_test_mail", "a@example.net", stdout=StringIO())
        assert senders == [address_for(BOUNCE, 0), "Seminar <seminar@example.org>"]

    @pytest.mark.parametrize("status", ["5.1.1", "5.2.2", "5.1.10"])
    def test_a_report_stops_mail_once(self, room: Room, sent: OutgoingEmail, status: str) -> None:
        assert take_in(report(sent, status)) == "taken"
        assert refused(room.member) == status
        room.member.try_mail_again()
        assert take_in(report(sent, status)) == "taken"
        assert refused(room.member) == ""
        assert not mail.outbox

    @pytest.mark.parametrize(
        ("status", "action"),
        [("4.2.2", "failed"), ("4.4.7", "failed"), ("5.1.1", "delayed"), ("5.7.1", "failed"),
         ("5.1.8", "failed"), ("2.1.5", "delivered"), ("nonsense", "failed"), ("", "")],
    )  # fmt: skip
    def test_what_is_not_for_good_or_not_about_the_address_stops_nothing(
        self, room: Room, sent: OutgoingEmail, status: str, action: str
    ) -> None:
        assert take_in(report(sent, status, action)) == "ignored"
        assert refused(room.member) == ""

    def test_an_absence_note_to_that_address_stops_nothing(
        self, room: Room, sent: OutgoingEmail
    ) -> None:
        note = EmailMessage()
        note["To"], note["From"] = address_for(BOUNCE, sent.pk), room.member.email
        note["Auto-Submitted"] = "auto-replied"
        note.set_content("I am away. 550 5.1.1")
        assert take_in(note.as_bytes()) == "ignored"
        assert refused(room.member) == ""
        assert not mail.outbox

    def test_a_forged_report_stops_nothing(self, room: Room, sent: OutgoingEmail) -> None:
        forged = address_for(BOUNCE, sent.pk).replace("@", "a@")
        assert take_in(report(sent, to=forged)) is None
        assert take_in(report(sent, to=address_for(BOUNCE, 2**40))) == "ignored"
        assert take_in(report(sent, to="inbox@example.org")) is None
        assert not User.objects.refused().exists()

    def test_a_report_about_an_earlier_address_is_not_about_the_present_one(
        self, room: Room, sent: OutgoingEmail
    ) -> None:
        User.objects.filter(pk=room.member.pk).update(email="new@example.org")
        assert take_in(report(sent)) == "taken"
        assert refused(room.member) == ""

    def test_it_is_read_over_imap(self, room: Room, sent: OutgoingEmail, settings: Any) -> None:
        with imap_server() as inbox:
            settings.EMAIL_INBOX_URL = inbox.url
            inbox.add(report(sent))
            assert read_mailbox() == {"taken": 1}
        assert refused(room.member) == "5.1.1"


# Who sees it


class TestPages:
    NOTE = "We could not deliver mail to"

    def test_its_owner_sees_it_and_tries_again_by_a_press(self, room: Room) -> None:
        User.objects.note_refused(room.member.email, "5.1.1")
        browser = browser_of(room.member)
        for page in ("/", room.group.get_absolute_url(), "/notifications/settings/"):
            words = words_of(text_of(browser.get(page))).replace(" :", ":")
            assert f"{self.NOTE} {room.member.email}: there is no such mailbox (5.1.1)." in words
        answer = browser.post("/accounts/email/try-again/", follow=True)
        assert f"Emails are sent to {room.member.email} again." in text_of(answer)
        assert self.NOTE not in text_of(browser.get("/"))
        assert refused(room.member) == ""

    def test_others_do_not_see_it(self, room: Room) -> None:
        User.objects.note_refused(room.member.email, "5.1.1")
        members = f"/groups/{room.group.slug}/members/"
        for visitor in (room.organizer, room.author):
            for page in ("/", members):
                text = text_of(browser_of(visitor).get(page))
                assert self.NOTE not in text
                assert "5.1.1" not in text

    def test_another_address_is_not_refused(self, room: Room) -> None:
        User.objects.note_refused(room.member.email, "5.1.1")
        User.objects.filter(pk=room.member.pk).update(email="new@example.org")
        room.member.refresh_from_db()
        assert not room.member.is_unreachable
        assert self.NOTE not in text_of(browser_of(room.member).get("/"))

    def test_operators_see_whom_it_is_about_and_have_it_tried_again(self, room: Room) -> None:
        User.objects.note_refused(room.member.email, "5.1.1")
        operator = make_user("Opal", is_staff=True, is_superuser=True)
        page = text_of(browser_of(operator).get("/admin/groups/user/?refused_at__isempty=0"))
        assert room.member.email in page
        assert room.author.email not in page
        out = StringIO()
        call_command("refused_addresses", stdout=out)
        assert f"{timezone.now():%Y-%m-%d}  5.1.1     {room.member.email}" in out.getvalue()
        call_command("refused_addresses", room.member.email, stdout=out)
        assert refused(room.member) == ""
        User.objects.note_refused(room.author.email, "550")
        call_command("refused_addresses", "--all", stdout=out)
        assert not User.objects.refused().exists()
        call_command("refused_addresses", stdout=out)
        assert "Mail can be delivered to everyone" in out.getvalue()
