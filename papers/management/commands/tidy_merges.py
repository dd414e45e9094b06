"""`manage.py tidy_merges`: what cannot be undone any more is not kept. `tidy` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from papers.models import PaperMerge


class Command(BaseCommand):
    help = "Delete for good the papers that were merged into others more than thirty days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        PaperMerge.objects.past_undoing().forget()
