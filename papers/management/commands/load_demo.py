"""`manage.py load_demo`: the demonstration's people and their group, where there is no one yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import User
from papers.demo.people import CAST, PASSWORD
from papers.demo.story import tell


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There are people in the database already. Nothing was written.")
        group = tell()
        self.stdout.write(f"The group “{group}” was started.")
        for person in CAST:
            self.stdout.write(f"{person.email}  {PASSWORD}  {person.role}")
