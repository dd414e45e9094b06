"""`manage.py make_organizer GROUP ADDRESS`: the way out where a group has no organizer any more."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.management.commands.make_operator import person_with
from groups.models import CannotAppoint, Membership


class Command(BaseCommand):
    help = (
        "Make a member an organizer, in a group that has none who can sign in, say after an "
        "account was closed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("group", help="The slug of the group, as in its URL: /groups/GROUP/.")
        parser.add_argument("address", help="The member's email.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = person_with(options["address"])
        found = Membership.objects.of(user).filter(group__slug=options["group"])
        membership = found.select_related("group", "user").first()
        if membership is None:
            raise CommandError(
                f"{user.email} is in no group with the URL /groups/{options['group']}/. "
                "Nothing was changed."
            )
        try:
            membership.appoint()
        except CannotAppoint as refused:
            raise CommandError(f"{refused} Nothing was changed.") from None
        self.stdout.write(f"{user.name} is an organizer of {membership.group.name} now.")
