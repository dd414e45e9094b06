"""`manage.py export_list GROUP`: a group's list as Markdown."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from papers.exporting import as_markdown
from papers.management.commands.import_list import found_group, found_person


class Command(BaseCommand):
    help = "Print a group's list as Markdown."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("group", help="The group as its address has it.")
        parser.add_argument(
            "--for", dest="email", help="The member whose marks are the ticks, by address."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        group = found_group(options["group"])
        reader = found_person(group, options["email"]) if options["email"] else None
        self.stdout.write(as_markdown(group, reader), ending="")
