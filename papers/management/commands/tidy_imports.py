"""`manage.py tidy_imports`: what cannot be taken back any more goes. `tidy` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from papers.models import ListImport


class Command(BaseCommand):
    help = (
        "Delete the papers that imports took off a list more than thirty days ago, what these "
        "imports would need to be taken back, and lists that nobody wrote in thirty days."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ListImport.objects.put_away(timezone.now())
