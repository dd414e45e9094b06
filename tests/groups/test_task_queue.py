"""Tasks are done in lanes: urgent mail waits behind nothing, and an outage ends no lane."""

import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import send_mail
from django.db import OperationalError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from groups import task_queue
from groups.mail.outbox import deliver, post_to_no_one, send_overdue, write_email
from groups.models import Audience, OutgoingEmail
from groups.task_queue import (
    LANES,
    MOST_ATTEMPTS,
    LaneWorker,
    persistently,
    put_back_interrupted,
    waiting_in,
)
from papers.imports.tasks import read_list
from papers.lookups.tasks import look_up
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
URGENT, MAIL, OUTSIDE, REST = LANES
OURS = ("config.", "groups.", "papers.")


@pytest.fixture(autouse=True)
def queue(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def worker(monkeypatch):
    """A lane's worker that stops when nothing waits."""
    monkeypatch.setattr(task_queue, "SECONDS_AFTER_AN_OUTAGE", 0.01)
    monkeypatch.setattr(task_queue, "SECONDS_BETWEEN_LOOKS", 0.01)

    def work(lane):
        told_to_stop = threading.Event()
        worker = LaneWorker(lane, told_to_stop)
        worker.start()
        given_up_at = timezone.now() + timedelta(seconds=20)
        while waiting_in(lane).exists() and timezone.now() < given_up_at:
            told_to_stop.wait(0.02)
        told_to_stop.set()
        worker.join()

    return work


def write_a_letter(to="reader@example.org"):
    mina = make_user("Mina")
    context = {"request": {"user": mina, "group": {"name": "Readers"}}, "to": mina, "link": ""}
    return write_email(
        to, "groups/mail/join_request.txt", context, audience=Audience.ACCOUNT, group=None
    )


def send_a_code(to="code@example.org"):
    send_mail("Your code", "1234", None, [to])


def test_mail_has_lanes_of_its_own_and_urgent_mail_has_two():
    send_a_code()
    write_a_letter()
    read_list.enqueue(1)
    look_up.enqueue(1)
    deliver.using(queue_name="default").enqueue(1)  # as it was queued by an earlier version
    paths = {lane: sorted(row.task_path for row in waiting_in(lane)) for lane in LANES}
    assert paths[URGENT] == ["groups.mail.outbox.deliver"]
    assert paths[MAIL] == ["groups.mail.outbox.deliver"] * 2
    assert paths[OUTSIDE] == ["papers.lookups.tasks.look_up"]
    assert paths[REST] == ["groups.mail.outbox.deliver", "papers.imports.tasks.read_list"]


def test_every_queue_is_worked_through():
    for name in ("default", "mail", "urgent mail", "outside", "a queue of tomorrow"):
        deliver.using(queue_name=name).enqueue(1)
    taken = {row.pk for lane in LANES for row in waiting_in(lane)}
    assert taken == set(DBTaskResult.objects.values_list("pk", flat=True))


def test_a_code_goes_before_letters_that_were_written_first(worker):
    for number in range(5):
        write_a_letter(f"reader{number}@example.org")
    send_a_code()
    worker(MAIL)
    assert mail.outbox[0].to == ["code@example.org"]
    assert len(mail.outbox) == 6


def test_of_overdue_letters_a_code_is_sent_first():
    for number in range(3):
        write_a_letter(f"reader{number}@example.org")
    send_a_code()
    OutgoingEmail.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    assert send_overdue() == 4
    assert mail.outbox[0].to == ["code@example.org"]


def test_a_letter_to_no_one_is_as_urgent_as_the_one_it_is_for():
    send_a_code()
    post_to_no_one(mail.EmailMessage("Your code", "1234"))
    real, unknown = DBTaskResult.objects.order_by("enqueued_at")
    assert (real.queue_name, real.priority) == (unknown.queue_name, unknown.priority)
    assert all(letter.is_urgent for letter in OutgoingEmail.objects.all())


# Outages


def test_a_lane_survives_a_database_that_is_locked_and_loses_no_task(worker, monkeypatch, caplog):
    send_a_code()
    claim, tries = DBTaskResult.claim, []

    def locked(*args):
        tries.append(args)
        if len(tries) < 4:
            raise OperationalError("the connection is lost")
        claim(*args)

    monkeypatch.setattr(DBTaskResult, "claim", locked)
    worker(URGENT)
    assert len(tries) == 4
    assert [letter.to for letter in mail.outbox] == [["code@example.org"]]
    records = [record for record in caplog.records if record.name == "groups.task_queue"]
    assert {record.status_code for record in records} == {503}  # thinned out by the log's filter
    assert not any(record.exc_info for record in records)


def test_a_lane_survives_what_no_one_thought_of(worker, monkeypatch, caplog):
    send_a_code()
    claim, tries = DBTaskResult.claim, []

    def broken(*args):
        tries.append(args)
        if len(tries) < 2:
            raise RuntimeError("odd")
        claim(*args)

    monkeypatch.setattr(DBTaskResult, "claim", broken)
    worker(URGENT)
    assert len(mail.outbox) == 1
    assert "The worker failed and goes on" in caplog.text


@pytest.mark.parametrize(
    ("status", "minutes", "reason", "is_put_back"),
    [
        ("RUNNING", 6, "", True),
        ("RUNNING", 1, "", False),
        ("FAILED", 1, "django.db.utils.OperationalError", True),
        ("FAILED", 1, "django.db.utils.InterfaceError", True),
        ("FAILED", 1, "builtins.ValueError", False),
        ("SUCCESSFUL", 60, "", False),
    ],
)
def test_a_task_that_was_interrupted_is_put_back(status, minutes, reason, is_put_back):
    read_list.enqueue(1)
    DBTaskResult.objects.update(
        status=status,
        started_at=timezone.now() - timedelta(minutes=minutes),
        exception_class_path=reason,
        worker_ids=["somebody"],
    )
    assert put_back_interrupted() == is_put_back
    assert waiting_in(REST).exists() == is_put_back


def test_a_task_that_ends_its_workers_is_not_put_back_for_ever():
    read_list.enqueue(1)
    DBTaskResult.objects.update(
        status="RUNNING",
        started_at=timezone.now() - timedelta(hours=1),
        worker_ids=["somebody"] * MOST_ATTEMPTS,
    )
    assert put_back_interrupted() == 0


def test_what_was_sent_is_noted_though_the_database_is_away_for_a_moment(monkeypatch):
    letter = OutgoingEmail.objects.post(
        mail.EmailMessage("Hello", "text"), "nina@example.org", audience=Audience.ACCOUNT
    )
    note_sent, tries = OutgoingEmail.note_sent, []

    def away(self):
        tries.append(self)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        note_sent(self)

    monkeypatch.setattr(OutgoingEmail, "note_sent", away)
    monkeypatch.setattr(task_queue.time, "sleep", lambda seconds: None)
    deliver.call(letter.pk)
    letter.refresh_from_db()
    assert letter.sent_at
    assert len(mail.outbox) == 1


def test_what_stays_away_is_told(monkeypatch):
    monkeypatch.setattr(task_queue.time, "sleep", lambda seconds: None)

    def away():
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        persistently(away)


def test_the_names_of_tasks_are_kept():
    """A queue holds them, so the former name of a renamed task is listed in FORMER_TASKS."""
    named = {task.module_path for module in modules_of_ours() for task in tasks_in(module)}
    assert named == {
        "groups.mail.outbox.deliver",
        "papers.imports.tasks.read_list",
        "papers.imports.tasks.write_list",
        "papers.lookups.tasks.look_up",
        "papers.notifications.group_events.tell_of_event",
        "papers.notifications.telling.tell_of_comment",
        "papers.notifications.telling.tell_of_papers",
        "papers.notifications.telling.tell_of_slot",
    }


def modules_of_ours():
    return [module for name, module in list(sys.modules.items()) if name.startswith(OURS)]


def tasks_in(module):
    return [value for value in vars(module).values() if isinstance(value, Task)]


@pytest.mark.parametrize(("former", "name"), settings.FORMER_TASKS.items())
def test_a_task_is_found_under_its_former_name(former, name):
    assert import_string(former) is import_string(name)


def test_what_an_earlier_release_queued_is_done(worker):
    letter = OutgoingEmail.objects.post(
        mail.EmailMessage("Hello", "text"), "nina@example.org", audience=Audience.ACCOUNT
    )
    deliver.enqueue(letter.pk)
    DBTaskResult.objects.update(task_path="groups.mail.deliver")
    worker(MAIL)
    assert [sent.to for sent in mail.outbox] == [["nina@example.org"]]
