"""`manage.py work`: the worker. It does what waits on the network, and looks what is overdue."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils.module_loading import import_string

SECONDS_BETWEEN_LOOKS = 30
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the tasks that are waiting, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=look_around, daemon=True).start()
        call_command("db_worker", queue_name="*")


def look_around() -> None:
    """Every now and then take up what a worker was killed over or that failed before."""
    deeds = [import_string(name) for name in settings.TAKEN_UP_AGAIN]
    ended = threading.Event()
    while True:
        try:
            close_old_connections()
            for take_up in deeds:
                take_up()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Could not look for what is overdue: %s", error)
        ended.wait(SECONDS_BETWEEN_LOOKS)
