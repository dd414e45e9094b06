"""`manage.py check_threads`: whether what threads keep of their comments is right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from papers.models import Thread


class Command(BaseCommand):
    help = "Check what threads keep of their comments: their number, the last one and its moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="and keep anew what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = list(Thread.objects.kept_wrongly().order_by("pk").values_list("pk", flat=True))
        ids = ", ".join(map(str, wrong))
        if not wrong:
            self.stdout.write("All threads are right.")
        elif not options["repair"]:
            raise CommandError(f"Wrong in the threads with these ids: {ids}")
        else:
            repair(wrong)
            self.stdout.write(f"Repaired in the threads with these ids: {ids}")


@transaction.atomic
def repair(wrong: list[int]) -> None:
    """Hold the threads first, so that what is said in one meanwhile comes before or after."""
    held = Thread.objects.filter(pk__in=wrong).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))
    held.order_by().keep_anew()
