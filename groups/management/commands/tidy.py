"""What nobody needs any more is put away: `manage.py tidy`, once a day."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from groups.models import Group, Invitation, Letter, RequestKey, Tally
from groups.second_step import encrypt_anew

KEPT = timedelta(days=7)
LONGEST_TASK = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Delete groups whose fourteen days are over; remove sessions that ended, tasks that were "
        "done, letters that were sent, request keys older than a week, and what the rooms above "
        "have put away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for group in Group.objects.due_for_deletion():
            group.remove_if_due()
        call_command("clearsessions")
        if settings.SECRET_KEY_FALLBACKS:
            encrypt_anew()
        # A task whose worker was killed stays at work for ever; what it was for is taken up anew.
        started_by = timezone.now() - LONGEST_TASK
        DBTaskResult.objects.running().filter(started_at__lt=started_by).delete()
        call_command("prune_db_task_results", min_age_days=KEPT.days, verbosity=0)
        RequestKey.objects.older_than(KEPT).delete()
        Tally.objects.forgotten().delete()
        Invitation.objects.forget_nonces()
        Letter.objects.done_before(timezone.now() - KEPT).delete()
        for name in settings.PUT_AWAY_ABOVE:
            import_string(name)()
