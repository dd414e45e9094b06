"""`manage.py make_operator ADDRESS`: who may run the site."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import User


def person_with(address: str) -> User:
    """Whom a command names. Raises CommandError."""
    user = User.objects.filter(email__iexact=address.strip()).first()
    if user is None:
        raise CommandError(f"No one has the email {address}. Nothing was changed.")
    return user


class Command(BaseCommand):
    help = "Make a person who has signed up an operator, who can use /admin/."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="The person's email.")
        parser.add_argument(
            "--remove", action="store_true", help="Take the role of operator from them."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_with(options["address"])
        if not options["remove"]:
            if not user.is_active:
                raise CommandError(f"The account of {user.email} is closed. Nothing was changed.")
            user.appoint()
            self.stdout.write(f"{user.name} is an operator now.")
        elif user.is_staff or user.is_superuser:
            user.dismiss()
            self.stdout.write(f"{user.name} is not an operator any more.")
        else:
            self.stdout.write(f"{user.name} is not an operator.")
