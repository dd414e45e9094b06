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
        if wrong and not options["repair"]:
            numbers = ", ".join(map(str, wrong[:20])) + (" …" if len(wrong) > 20 else "")
            raise CommandError(f"{len(wrong)} threads keep something wrong: {numbers}")
        with transaction.atomic():
            held = Thread.objects.filter(pk__in=wrong).order_by("pk")
            list(held.select_for_update(no_key=True).values_list("pk"))
            held.order_by().keep_anew()
        repaired = f"{len(wrong)} threads were repaired." if wrong else "All threads are right."
        self.stdout.write(repaired)
