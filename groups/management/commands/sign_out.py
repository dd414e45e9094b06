"""`manage.py sign_out ADDRESS`: end all sessions of a person, say after a device was lost."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from groups.accounts.signing_out import sign_out_everywhere
from groups.management.commands.make_operator import person_with


class Command(BaseCommand):
    help = "Sign a person out in every browser."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="The person's email.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_with(options["address"])
        ended = sign_out_everywhere(user)
        sessions = "1 session has" if ended == 1 else f"{ended} sessions have"
        self.stdout.write(f"{user.name} is signed out everywhere: {sessions} ended.")
