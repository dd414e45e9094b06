"""Mail is written down with the fact that asks for it, and sent by the worker."""

import re
import subprocess
import sys

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from groups.mail.outbox import deliver
from tests.factories import browser_of, make_user

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def queue(settings, transactional_db):
    """The queue of the site itself, which has no worker during the test."""
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    settings.TASKS = QUEUE
    return DBTaskResult.objects


def work_through(queue) -> None:
    for result in queue.all():
        deliver.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])


@pytest.fixture
def queued(settings, db):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(queued):
    letter = EmailMultiAlternatives(
        "Grüße", "plain", "Seminar <a@example.org>", ["b@example.org"], reply_to=["c@example.org"]
    )
    letter.extra_headers = {"Message-ID": "<1@example.org>"}
    letter.attach_alternative("<p>rich</p>", "text/html")
    assert letter.send() == 1
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.from_email) == (
        "Grüße",
        "plain",
        "Seminar <a@example.org>",
    )
    assert (sent.to, sent.reply_to) == (["b@example.org"], ["c@example.org"])
    assert isinstance(sent, EmailMultiAlternatives)
    assert sent.extra_headers["Message-ID"] == "<1@example.org>"
    assert [tuple(part) for part in sent.alternatives] == [("<p>rich</p>", "text/html")]


def test_a_mail_is_written_down_in_the_open_transaction(queue):
    with transaction.atomic():
        send_mail("Hello", "text", None, ["b@example.org"])
        assert queue.count() == 1
        transaction.set_rollback(True)
    assert queue.count() == 0
    assert mail.outbox == []


def test_a_reset_is_written_down_and_delivered_by_the_worker(queue):
    user = make_user(email="mina@example.org")
    answer = browser_of().post("/accounts/password/reset/", {"email": user.email})
    assert answer.status_code == 302
    assert mail.outbox == []
    assert queue.count() == 1
    work_through(queue)
    [letter] = mail.outbox
    assert letter.to == ["mina@example.org"]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)
    assert link
    browser = browser_of()
    form = browser.get(link[1], follow=True)
    chosen = {"password1": "quite another one", "password2": "quite another one"}
    browser.post(form.redirect_chain[-1][0], chosen)
    user.refresh_from_db()
    assert user.check_password("quite another one")


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["Hello\nBcc: evil@example.org", "Hello\r\nX: y", "Hello\rX"])
def test_no_header_is_slipped_in(queued, subject):
    EmailMessage(subject, "text", None, ["b@example.org"]).send()
    [sent] = mail.outbox
    assert sent.message()["Bcc"] is None
    assert sent.message()["X"] is None
    assert sent.subject == " ".join(subject.split())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a@example.org\nBcc: evil@example.org", "a\r\n@example.org"])
def test_an_address_with_a_line_break_gets_no_mail(queued, address):
    answer = browser_of().post("/accounts/password/reset/", {"email": address})
    assert answer.status_code in (200, 422)
    assert mail.outbox == []


def told_by_settings(url: str) -> list[str]:
    """What the settings of a fresh process say about mail, for an EMAIL_URL."""
    program = (
        "from config import settings as s;"
        "print(s.MAIL_DELIVERY, s.EMAIL_HOST, s.ACCOUNT_EMAIL_VERIFICATION, s.EMAIL_BACKEND)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={"EMAIL_URL": url, "SECRET_KEY": "x", "DATA_DIR": "/tmp"},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.split()


def test_without_a_mail_server_mail_is_shown_on_the_console():
    delivery, *_, verification, backend = told_by_settings("")
    assert delivery == "django.core.mail.backends.console.EmailBackend"
    assert verification == "none"
    assert backend == "groups.mail.outbox.QueuedBackend"


def test_with_a_mail_server_mail_goes_there_and_addresses_are_verified():
    delivery, host, verification, _ = told_by_settings("smtp://mail.example.org:25")
    assert delivery == "django.core.mail.backends.smtp.EmailBackend"
    assert (host, verification) == ("mail.example.org", "mandatory")


@pytest.mark.django_db
def test_on_the_console_a_letter_can_be_read(queued, settings, capsys):
    settings.MAIL_DELIVERY = "django.core.mail.backends.console.EmailBackend"
    send_mail("Hello", "Your link is here.", None, ["b@example.org"])
    assert "Your link is here." in capsys.readouterr().out
