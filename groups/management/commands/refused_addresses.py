"""`manage.py refused_addresses`: show to whom no mail can be delivered, or try it again."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from groups.management.commands.make_operator import person_with
from groups.models import User


class Command(BaseCommand):
    help = "Show the addresses to which no mail can be delivered, or send mail to them again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "addresses", nargs="*", metavar="address", help="Send mail to these again."
        )
        parser.add_argument("--all", action="store_true", help="Send mail to all of them again.")

    def handle(self, *args: Any, **options: Any) -> None:
        again = [person_with(address) for address in options["addresses"]]
        if options["all"]:
            again = list(User.objects.refused())
        for user in again:
            user.try_mail_again()
            self.stdout.write(f"Mail is sent to {user.email} again.")
        if again or options["all"]:
            return
        found = list(User.objects.refused())
        for user in found:
            when = f"{user.refused_at:%Y-%m-%d}"
            self.stdout.write(f"{when}  {user.refused_status:8}  {user.refused_email}")
        if not found:
            self.stdout.write("Mail can be delivered to everyone, as far as is known.")
