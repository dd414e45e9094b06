"""Delete expired rows: `manage.py tidy`, once a day."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from groups.accounts.mfa import encrypt_anew
from groups.mail.signed_addresses import LONGEST_USE
from groups.models import Group, IdempotencyKey, IncomingEmail, Invitation, OutgoingEmail, Tally
from groups.task_queue import persistently

KEPT = timedelta(days=7)
LONGEST_TASK = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Delete groups whose fourteen days are over; remove sessions that ended, tasks that were "
        "done, emails that were sent, idempotency keys older than a week, and what imports, "
        "merges and look-ups keep no longer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step by itself: what the database is too busy for now is done at the next run."""
        steps = [
            *(group.remove_if_due for group in Group.objects.due_for_deletion()),
            *(clear_sessions, renew_encryption, clear_tasks, clear_idempotency_keys, clear_tallies),
            *(Invitation.objects.forget_nonces, clear_emails),
            *(import_string(name) for name in settings.CLEANUP_ABOVE),
        ]
        if failed := [error for step in steps if (error := failure_of(step))]:
            reason = str(failed[0]).partition("\n")[0]
            raise CommandError(
                f"{len(failed)} of {len(steps)} steps were left for the next run: {reason}",
                returncode=os.EX_TEMPFAIL,
            )


def failure_of(step: Callable[[], object]) -> Exception | None:
    try:
        persistently(step)
    except (OperationalError, InterfaceError) as error:
        return error
    return None


def clear_sessions() -> None:
    call_command("clearsessions")


def renew_encryption() -> None:
    """Encrypt with today's key what an earlier one has encrypted, while that is still accepted."""
    if settings.SECRET_KEY_FALLBACKS:
        encrypt_anew()


def clear_tasks() -> None:
    """A task whose worker was killed, and that was put back in vain, would stay for ever."""
    started_by = timezone.now() - LONGEST_TASK
    DBTaskResult.objects.running().filter(started_at__lt=started_by).delete()
    call_command("prune_db_task_results", min_age_days=KEPT.days, verbosity=0)


def clear_idempotency_keys() -> None:
    IdempotencyKey.objects.older_than(KEPT).delete()


def clear_tallies() -> None:
    Tally.objects.forgotten().delete()


def clear_emails() -> None:
    OutgoingEmail.objects.done_before(timezone.now() - KEPT).delete()
    # Later the address that it was sent to is stale.
    IncomingEmail.objects.read_before(LONGEST_USE + KEPT).delete()
