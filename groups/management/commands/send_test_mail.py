"""`manage.py send_test_mail ADDRESS`: find out whether the site's mail leaves it."""

import argparse
import smtplib
import socket
import ssl
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from groups.mail.checks import SET_SENDER, has_own_sender
from groups.mail.outbox import send_test_email

# What to check, by the error; the first that fits counts.
SIGN_IN = """\
Check the user and the password in EMAIL_URL; `@`, `:`, `/` and `%` in them are written %40, %3A, \
%2F and %25."""
RECIPIENT = """\
Check the address, and whether the server passes mail on for you: many want a user and a password \
in EMAIL_URL."""
SENDER = """\
Check EMAIL_FROM: it has to be an address that this server sends for. With EMAIL_INBOX it has to \
send for addresses of that, too; if it does not, set EMAIL_BOUNCES=no."""
TLS = """\
Check the port and how EMAIL_URL begins: smtp+tls:// is for STARTTLS, mostly on port 587, \
smtp+ssl:// for TLS from the start, mostly on 465. Without TLS many servers let no one sign in."""
WAY = """\
Check the host and the port in EMAIL_URL, and that no firewall is between; many hosters block port \
25."""
ADVICE: list[tuple[type[Exception], str]] = [
    (smtplib.SMTPAuthenticationError, SIGN_IN),
    (smtplib.SMTPRecipientsRefused, RECIPIENT),
    (smtplib.SMTPSenderRefused, SENDER),
    (smtplib.SMTPNotSupportedError, TLS),
    (smtplib.SMTPServerDisconnected, TLS),
    (smtplib.SMTPException, "Read the server's own log, and check EMAIL_URL and EMAIL_FROM."),
    (socket.gaierror, "Check the name of the host in EMAIL_URL."),
    (ssl.SSLCertVerificationError, "Check that EMAIL_URL names the host as its certificate does."),
    (ssl.SSLError, TLS),
    (ConnectionRefusedError, "Check the port in EMAIL_URL, and that the server runs."),
    (OSError, WAY),
    (ValueError, "Check EMAIL_FROM: it is `Name <address>` or an address."),
]


class Command(BaseCommand):
    help = "Send a test mail right now, without the queue, and say what became of it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="Where to send it.")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"].strip()
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"“{address}” is no email address. Nothing was sent.") from None
        if not settings.EMAIL_URL:
            raise CommandError(
                "EMAIL_URL is not set, so the worker prints mail, and none is sent. Nothing was "
                "sent now."
            )
        server = server_name()
        try:
            send_test_email(address)
        except (OSError, ValueError) as error:  # those of smtplib are kinds of OSError
            raise CommandError(
                f"The mail was not sent by {server}: {reason_of(error)}\n{advice_on(error)}"
            ) from None
        sender = settings.DEFAULT_FROM_EMAIL
        self.stdout.write(f"{server} took the mail to {address}, sent from {sender}.")
        self.stdout.write("If it does not arrive, look into the spam folder and the server's log.")
        if not has_own_sender():
            self.stdout.write(f"Most mail servers refuse this sender. {SET_SENDER}")


def server_name() -> str:
    """Return the host with its port, as far as EMAIL_URL names them."""
    host = settings.EMAIL_HOST or settings.EMAIL_URL.partition(":")[0]
    return f"{host}:{settings.EMAIL_PORT}" if settings.EMAIL_PORT else host


def reason_of(error: Exception) -> str:
    """Return what went wrong, in the server's own words where it said some."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answered(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    words = error.strerror if isinstance(error, OSError) else None
    return f"{words or str(error) or type(error).__name__}."


def _answered(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"It answered “{code} {' '.join(text.split())}”."


def advice_on(error: Exception) -> str:
    return next(advice for kind, advice in ADVICE if isinstance(error, kind))
