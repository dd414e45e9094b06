"""What nobody needs any more is put away: `manage.py tidy`, once a day."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from groups.models import RequestKey

KEPT = timedelta(days=7)


class Command(BaseCommand):
    help = "Remove sessions that ended, tasks that were done, and request keys older than a week."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        call_command("prune_db_task_results", min_age_days=KEPT.days, verbosity=0)
        RequestKey.objects.older_than(KEPT).delete()
