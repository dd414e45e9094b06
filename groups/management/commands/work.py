"""`manage.py work`: the worker. It does what waits on the network, and looks what is overdue."""

import signal
import sys
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from groups.task_queue import LANES, LaneWorker, survive

SECONDS_BETWEEN_LOOKS = 30


class Command(BaseCommand):
    help = "Do the tasks that are waiting, until told to stop."
    # They load all pages, and have been done when the site was prepared.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        told_to_stop = threading.Event()
        workers = [LaneWorker(lane, told_to_stop) for lane in LANES]

        def stop(number: int, frame: FrameType | None) -> None:
            """Finish what is at hand; the second time drop it."""
            if told_to_stop.is_set():
                sys.exit(1)
            told_to_stop.set()
            for worker in workers:
                worker.stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        for name in settings.TAKEN_UP_AGAIN:
            # Each in a thread of its own: mail does not wait behind look-ups here, either.
            threading.Thread(target=look_around, args=(name, told_to_stop), daemon=True).start()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


def look_around(name: str, told_to_stop: threading.Event) -> None:
    """Every now and then take up what a worker was killed over or that failed before."""
    take_up = import_string(name)
    while not told_to_stop.is_set():
        survive(take_up, told_to_stop)
        told_to_stop.wait(SECONDS_BETWEEN_LOOKS)
