"""`manage.py export_list GROUP`: a group's list in any of the formats."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from papers.exports.reading_list import as_markdown, reading_list
from papers.formats.registry import BY_OPTION, MARKDOWN
from papers.management.commands.import_list import found_group, found_person


class Command(BaseCommand):
    help = "Print a group's list, as Markdown unless another format is named."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("group", help="The slug of the group, as in its URL.")
        parser.add_argument(
            "--for", dest="email", help="Email of the member whose statuses are the ticks."
        )
        parser.add_argument("--format", choices=BY_OPTION, default=MARKDOWN.name)

    def handle(self, *args: Any, **options: Any) -> None:
        group = found_group(options["group"])
        reader = found_person(group, options["email"]) if options["email"] else None
        written = BY_OPTION[options["format"]]
        if written is not MARKDOWN:
            self.stdout.write(written.write(reading_list(group, reader)), ending="")
            return
        file = as_markdown(group, reader)
        self.stdout.write(file.text, ending="")
        if file.warning:
            self.stderr.write(file.warning)
