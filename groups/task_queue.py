"""Work through the task queue in several lanes, so that no task waits behind a kind that is slower.

Each lane is a `Worker` of django_tasks_db in a thread of its own: one for mail that someone is
waiting for, such as sign-in codes, one for all mail, one for what asks other sites, and one for
everything else. Several processes and hosts may work at once; a task is claimed by one of them.

A lane outlives its database. While the database is away or locked it pauses and tries again. A task
that was interrupted is put back in the queue, so tasks must bear being done twice.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, TypeVar

from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
)
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

# Names of queues. What an earlier version queued under "default" is done all the same.
URGENT_MAIL, MAIL = "urgent mail", "mail"
# For tasks that wait on others than our own mail server, for minutes where these take their time.
OUTSIDE = "outside"
URGENT = 50

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_AN_OUTAGE = 3.0
# A task that has been at work for longer has lost its worker.
LONGEST_TASK = timedelta(minutes=5)
# A task that was interrupted so often may be what ends its workers.
MOST_ATTEMPTS = 5
OUTAGES = [f"django.db.utils.{error.__name__}" for error in (OperationalError, InterfaceError)]

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Lane(NamedTuple):
    """The queues that a lane takes from; "*" are all but the excluded."""

    name: str
    queues: tuple[str, ...]
    excluded: tuple[str, ...] = ()


LANES = [
    Lane("urgent mail", (URGENT_MAIL,)),
    # Urgent mail has the higher priority, and so a second sender where the first one is held up.
    Lane("mail", (URGENT_MAIL, MAIL)),
    Lane("outside", (OUTSIDE,)),
    Lane("everything else", ("*",), (URGENT_MAIL, MAIL, OUTSIDE)),
]


class LaneWorker(threading.Thread):
    """Do a lane's tasks until `told_to_stop`. The task at hand is finished first."""

    def __init__(self, lane: Lane, told_to_stop: threading.Event) -> None:
        super().__init__(name=lane.name, daemon=True)
        self.lane = lane
        self.told_to_stop = told_to_stop
        self.worker = Worker(
            queue_names=list(lane.queues),
            excluded_queue_names=list(lane.excluded),
            interval=SECONDS_BETWEEN_LOOKS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run(self) -> None:
        while not self.told_to_stop.is_set():
            survive(self.do_what_waits, self.told_to_stop)
            self.told_to_stop.wait(SECONDS_BETWEEN_LOOKS)
        connections.close_all()

    def do_what_waits(self) -> None:
        """Ask without a transaction first: on SQLite claiming takes the only write lock."""
        if waiting_in(self.lane).exists():
            self.worker.run()

    def stop(self) -> None:
        self.worker.running = False


def waiting_in(lane: Lane) -> DBTaskResultQuerySet:
    waiting = DBTaskResult.objects.ready().filter(backend_name="default")
    if "*" not in lane.queues:
        waiting = waiting.filter(queue_name__in=lane.queues)
    return waiting.exclude(queue_name__in=lane.excluded)


def survive(action: Callable[[], object], told_to_stop: threading.Event) -> None:
    """Do something that will be tried again anyway; after a failure log it and pause.

    That the database is away or busy is one line, which the log's filter of outages thins out.
    """
    try:
        close_old_connections()
        action()
    except (OperationalError, InterfaceError) as error:
        reason = str(error).partition("\n")[0]
        logger.warning("The worker waits for the database: %s", reason, extra={"status_code": 503})
        told_to_stop.wait(SECONDS_AFTER_AN_OUTAGE)
    except Exception:
        logger.exception("The worker failed and goes on")
        told_to_stop.wait(SECONDS_AFTER_AN_OUTAGE)


def persistently(action: Callable[[], Result], tries: int = 5, pause: float = 2) -> Result:
    """Do something that must not be left undone because the database is busy or away for a moment,
    or because someone else wrote a row that hangs on one that it deletes.

    Raises the last error when it is away for longer. Not for use inside a transaction.
    """
    for _ in range(tries - 1):
        try:
            return action()
        except (OperationalError, InterfaceError, IntegrityError):
            time.sleep(pause)
            close_old_connections()
    return action()


def put_back_interrupted() -> int:
    """Queue the tasks again that a killed worker or an outage ended; return how many there were."""
    lost = Q(status="RUNNING", started_at__lt=timezone.now() - LONGEST_TASK)
    failed = Q(status="FAILED", exception_class_path__in=OUTAGES)
    ended = DBTaskResult.objects.filter(lost | failed)
    return sum(
        DBTaskResult.objects.filter(pk=pk, status=status, started_at=started_at).update(
            status="READY", finished_at=None
        )
        for pk, status, started_at, workers in ended.values_list(
            "pk", "status", "started_at", "worker_ids"
        )
        if len(workers) < MOST_ATTEMPTS
    )
