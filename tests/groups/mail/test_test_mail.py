"""An operator finds out whether mail leaves the site, and what to check where it does not."""

import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from groups.models import OutgoingEmail
from tests.mailbox import Mailbox, mailbox

SENDER = "Readers <readers@example.org>"


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    """A mail server, and the settings of a site that sends by it."""
    with mailbox() as server:
        settings.EMAIL_URL = server.url
        settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 2
        settings.DEFAULT_FROM_EMAIL = SENDER
        yield server


def send(address: str = "mina@example.org") -> str:
    out = StringIO()
    call_command("send_test_mail", address, stdout=out)
    return out.getvalue()


def refusal(address: str = "mina@example.org") -> str:
    """What it says with exit code 1."""
    with pytest.raises(CommandError) as raised:
        send(address)
    assert raised.value.returncode == 1
    return str(raised.value)


class TestSending:
    @pytest.mark.django_db
    def test_it_is_sent_at_once_and_said_so(self, server: Mailbox, settings: Any) -> None:
        words = send(" mina@example.org ")
        assert f"127.0.0.1:{settings.EMAIL_PORT} took the mail to mina@example.org" in words
        letter = server.letter_to("mina@example.org")
        assert letter["Subject"] == "Test mail from http://testserver"
        assert letter["From"] == SENDER
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["Message-ID"].endswith("@testserver>")
        assert "It arrived" in letter.get_content()
        assert not OutgoingEmail.objects.exists()

    def test_a_sender_at_localhost_is_named(self, server: Mailbox, settings: Any) -> None:
        assert "localhost" not in send()
        settings.DEFAULT_FROM_EMAIL = "Seminar <seminar@localhost>"
        assert "Most mail servers refuse this sender." in send()

    def test_without_a_server_nothing_is_sent(self) -> None:
        assert refusal().startswith("EMAIL_URL is not set")

    @pytest.mark.parametrize("address", ["", "mina", "a@b@c", "mina@example.org\nBcc: x@y.org"])
    def test_no_address_is_refused(self, server: Mailbox, address: str) -> None:
        assert "is no email address" in refusal(address)
        assert not server.letters


class TestRefusals:
    @pytest.mark.parametrize(
        ("command", "answer", "advice"),
        [
            ("MAIL", "553 not your address", "Check EMAIL_FROM"),
            ("RCPT", "550 no relaying", "Check the address, and whether"),
            ("DATA", "554 looks like spam", "Read the server's own log"),
        ],
    )
    def test_the_words_of_the_server_are_told(
        self, server: Mailbox, command: str, answer: str, advice: str
    ) -> None:
        server.answers[command] = answer
        words = refusal()
        assert f"It answered “{answer}”." in words
        assert advice in words
        assert not server.letters

    def test_a_wrong_password_is_told_but_not_shown(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "mina", "wrong-secret"
        server.answers = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 unknown user"}
        words = refusal()
        assert "It answered “535 unknown user”." in words
        assert "Check the user and the password" in words
        assert "wrong-secret" not in words

    def test_a_server_that_lets_no_one_sign_in(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "mina", "secret"
        assert "how EMAIL_URL begins" in refusal()

    def test_a_server_without_starttls(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_USE_TLS = True
        assert "smtp+tls://" in refusal()

    def test_a_server_that_speaks_no_tls(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_USE_SSL = True
        assert "smtp+ssl:// for TLS from the start" in refusal()

    def test_a_server_that_is_away(self, server: Mailbox) -> None:
        server.is_away = True
        assert "It answered “421 away”." in refusal()

    def test_no_server_at_the_port(self, server: Mailbox, settings: Any) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            settings.EMAIL_PORT = unused.getsockname()[1]
            assert "Check the port in EMAIL_URL" in refusal()

    def test_a_server_that_says_nothing(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_TIMEOUT = 0.2
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.EMAIL_PORT = silent.getsockname()[1]
            assert "how EMAIL_URL begins" in refusal()

    def test_no_host_of_that_name(self, server: Mailbox, settings: Any) -> None:
        settings.EMAIL_HOST = "nowhere.invalid"
        assert "Check the name of the host" in refusal()

    def test_a_sender_that_is_no_address(self, server: Mailbox, settings: Any) -> None:
        settings.DEFAULT_FROM_EMAIL = "a@example.org\nBcc: mina@example.org"
        assert "Check EMAIL_FROM" in refusal()


class TestCheckOfTheSender:
    def messages(self, *, deploy: bool = True) -> list[str]:
        found = run_checks(tags=["mail"], include_deployment_checks=deploy)
        return [message.id for message in found]

    @pytest.mark.parametrize(
        ("url", "sender", "expected"),
        [
            ("smtp://mail.example.org", "Seminar <seminar@localhost>", ["groups.W001"]),
            ("smtp://mail.example.org", "seminar@LOCALHOST", ["groups.W001"]),
            ("smtp://mail.example.org", "Readers", ["groups.W001"]),
            ("smtp://mail.example.org", SENDER, []),
            ("", "Seminar <seminar@localhost>", []),
        ],
    )
    def test_a_sender_at_localhost_is_named(
        self, settings: Any, url: str, sender: str, expected: list[str]
    ) -> None:
        settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = url, sender
        assert self.messages() == expected

    def test_it_is_for_deployment_alone(self, settings: Any) -> None:
        settings.EMAIL_URL = "smtp://mail.example.org"
        settings.DEFAULT_FROM_EMAIL = "Seminar <seminar@localhost>"
        with pytest.raises(CommandError, match='no system check with the "mail" tag'):
            call_command("check", tags=["mail"])
        assert self.messages(deploy=False) == []
