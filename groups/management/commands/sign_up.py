"""`manage.py sign_up [open|invited|closed]`: who may make an account."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import Policy


class Command(BaseCommand):
    help = "Say who can sign up, or change it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "state",
            nargs="*",
            help="open: anyone; invited: only people invited to a group; closed: no one.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The state may be said in two words, as in `invited only`."""
        wanted = " ".join(options["state"]).lower().removesuffix(" only")
        if wanted and wanted not in Policy.SignUp.values:
            known = ", ".join(Policy.SignUp.values)
            raise CommandError(f"“{wanted}” is not one of {known}. Nothing was changed.")
        if wanted:
            Policy.objects.decide(sign_up=wanted)
        policy = Policy.objects.now()
        self.stdout.write(f"{policy.sign_up}: {policy.get_sign_up_display()}.")
