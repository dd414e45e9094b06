"""`manage.py make_operator ADDRESS`: who may run the site."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import User


def person_with(address: str) -> User:
    """Whom a command names. Raises CommandError."""
    user = User.objects.filter(email__iexact=address.strip()).first()
    if user is None:
        raise CommandError(f"Nobody has the address {address}. Nothing was changed.")
    return user


class Command(BaseCommand):
    help = "Make somebody who has signed up an operator of the site, who sees its /admin/."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="The person's e-mail address.")
        parser.add_argument(
            "--remove", action="store_true", help="Make them an ordinary person again."
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
            self.stdout.write(f"{user.name} is no operator any more.")
        else:
            self.stdout.write(f"{user.name} is no operator.")
