"""A letter is tried until it is sent or given up, and its words are kept no longer."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.core.management import call_command
from django.utils import timezone

from groups.mail.outbox import deliver, send_overdue, write_email
from groups.models import Audience, OutgoingEmail
from groups.models.outgoing_emails import MOST_TRIES, SECRET
from tests.factories import make_user
from tests.searching import found_in_tables

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"


class Broken:
    """A mail server that is away."""

    def __init__(self):
        self.is_away = True
        self.seen = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def send_messages(self, messages):
        self.seen += messages
        if self.is_away:
            raise SMTPServerDisconnected("nina@example.org: away")
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    server = Broken()
    monkeypatch.setattr("groups.mail.outbox.get_connection", lambda name: server)
    return server


def later(**time):
    """As if so much time had passed for every letter."""
    for letter in OutgoingEmail.objects.all():
        moment = letter.next_try_at
        if moment:
            OutgoingEmail.objects.filter(pk=letter.pk).update(
                next_try_at=moment - timedelta(**time)
            )


def test_what_was_sent_is_sent_once_and_its_words_are_forgotten():
    send_mail("Hello", "your code is 1234", None, ["nina@example.org"])
    letter = OutgoingEmail.objects.get()
    assert letter.sent_at
    assert letter.content == {}
    deliver.call(letter.pk)
    assert send_overdue() == 0
    assert len(mail.outbox) == 1


def test_while_the_server_is_away_nothing_is_lost_and_afterwards_all_is_sent_once(server):
    for number in range(5):
        send_mail("Hello", f"text {number}", None, [f"person{number}@example.org"])
    assert mail.outbox == []
    for _ in range(6):
        later(hours=2)
        send_overdue()
    assert mail.outbox == []
    server.is_away = False
    later(hours=2)
    assert send_overdue() == 5
    later(hours=2)
    assert send_overdue() == 0
    assert sorted(letter.body for letter in mail.outbox) == [f"text {n}" for n in range(5)]


def test_every_try_is_the_same_letter(server):
    send_mail("Hello", "text", None, ["nina@example.org"])
    later(hours=2)
    send_overdue()
    assert len(server.seen) == 2
    assert len({message.message()["Message-ID"] for message in server.seen}) == 1


def test_the_pauses_grow_to_an_hour(server):
    send_mail("Hello", "text", None, ["nina@example.org"])
    pauses = []
    for _ in range(8):
        letter = OutgoingEmail.objects.get()
        assert letter.next_try_at
        pauses.append(round((letter.next_try_at - timezone.now()).total_seconds() / 60))
        later(hours=2)
        send_overdue()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_letter_that_cannot_be_sent_is_given_up(server):
    send_mail("Hello", "a secret", None, ["nina@example.org"])
    for _ in range(MOST_TRIES + 3):
        later(hours=2)
        send_overdue()
    letter = OutgoingEmail.objects.get()
    assert (letter.tries, letter.sent_at, letter.next_try_at) == (MOST_TRIES, None, None)
    assert letter.content == {}
    assert len(server.seen) == MOST_TRIES


def test_a_letter_in_one_pair_of_hands_is_not_taken_by_another():
    letter = OutgoingEmail.objects.post(
        mail.EmailMessage("Hello", "text"), "nina@example.org", audience=Audience.ACCOUNT
    )
    assert OutgoingEmail.objects.claim(letter.pk)
    assert OutgoingEmail.objects.claim(letter.pk) is None
    later(seconds=121)
    again = OutgoingEmail.objects.claim(letter.pk)
    assert again
    assert again.tries == 2


def test_the_log_names_no_address(server, caplog):
    send_mail("Hello", "text", None, ["nina@example.org"])
    assert "was not sent: SMTPServerDisconnected" in caplog.text
    assert "nina" not in caplog.text


def test_a_secret_is_made_when_the_letter_is_sent_and_is_the_same_each_time(server):
    send_mail("Hello", f"open {SECRET}", None, ["nina@example.org"])
    letter = OutgoingEmail.objects.get()
    assert letter.secret not in str(letter.content)
    later(hours=2)
    send_overdue()
    assert [message.body for message in server.seen] == [f"open {letter.secret}"] * 2
    assert len(letter.secret) == 32


def test_a_letter_that_waits_is_not_read_in_the_database(server):
    send_mail("Hello", "your code is BCDF-GHJK", None, ["nina@example.org"])
    assert not found_in_tables(re.compile(b"BCDF-GHJK"))
    assert "BCDF-GHJK" in OutgoingEmail.objects.get().content["body"]


def test_a_letter_is_sent_after_the_site_has_a_new_key_with_the_same_secret(server, settings):
    send_mail("Hello", f"open {SECRET}", None, ["nina@example.org"])
    secret = OutgoingEmail.objects.get().secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
    later(hours=2)
    send_overdue()
    assert [message.body for message in server.seen] == [f"open {secret}"] * 2


def test_a_letter_whose_key_is_gone_is_given_up_and_is_in_nobodys_way(server, settings):
    send_mail("Hello", "text", None, ["nina@example.org"])
    settings.SECRET_KEY = "the next one, without the old one"
    for _ in range(MOST_TRIES + 1):
        later(hours=2)
        send_overdue()
    assert len(server.seen) == 1
    letter = OutgoingEmail.objects.get()
    assert (letter.sent_at, letter.next_try_at) == (None, None)
    OutgoingEmail.objects.forget(make_user())
    OutgoingEmail.objects.forget_group("/groups/readers/")


def test_a_letter_about_somebody_goes_with_them(server):
    someone = make_user("Nora")
    write_email(
        "mina@example.org",
        "groups/mail/join_request.txt",
        {"request": {"user": someone, "group": {"name": "Readers"}}, "to": someone, "link": ""},
        audience=Audience.ACCOUNT,
        group=None,
        about=someone,
    )
    assert "Nora" in OutgoingEmail.objects.get().content["body"]
    someone.delete()
    assert not OutgoingEmail.objects.exists()


def test_old_letters_are_put_away(server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    server.is_away = False
    send_mail("Hello", "text", None, ["nina@example.org"])
    deliver.call(OutgoingEmail.objects.get().pk)
    OutgoingEmail.objects.update(created_at=timezone.now() - timedelta(days=8))
    server.is_away = True
    send_mail("Hello", "waits", None, ["nina@example.org"])
    OutgoingEmail.objects.filter(sent_at=None).update(created_at=timezone.now() - timedelta(days=8))
    call_command("tidy")
    assert OutgoingEmail.objects.get().content["body"] == "waits"
