"""`manage.py work`: the worker. It does what waits on the network, and looks what is overdue."""

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from groups.mail import send_overdue

SECONDS_BETWEEN_LOOKS = 30
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the tasks that are waiting, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=look_around, daemon=True).start()
        call_command("db_worker", queue_name="*")


def look_around() -> None:
    """Every now and then take up letters that a worker was killed over or that failed before."""
    ended = threading.Event()
    while True:
        try:
            close_old_connections()
            send_overdue()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Could not look for overdue letters: %s", error)
        ended.wait(SECONDS_BETWEEN_LOOKS)
