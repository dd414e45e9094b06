"""`manage.py sync_list GROUP FILE`: a list that lives in a file, such as one in a repository.

What changed in the file comes to the group, what changed in the group goes to the file. What both
changed stays as the group has it, and so do papers that the file dropped, unless it is said
otherwise.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import Group, User
from papers.exports.source_text import Source
from papers.formats.core import text
from papers.imports import workflow
from papers.management.commands.import_list import found_group, found_person
from papers.models import ListImport


class Command(BaseCommand):
    help = "Synchronize a Markdown file with a group's list, in both directions."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("group", help="The slug of the group, as in its URL.")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--for", dest="email", help="Email of the member whose statuses the boxes are."
        )
        parser.add_argument(
            "--remove",
            action="store_true",
            help="Remove papers from the list that are not in the file any more.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        group = found_group(options["group"])
        person = found_person(group, options["email"])
        data = _bytes(options["file"])
        brought = _brought(group, data, person if options["email"] else None)
        leading = ListImport.objects.leading(group)
        if leading and leading.text == brought.text:
            self.stdout.write("The file has not changed since the last run.")
        else:
            leading = self._bring(brought, person, options)
        if leading is None or options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        source = Source(leading, person) if options["email"] else Source(leading, keeps_boxes=True)
        now = source.as_bytes()
        if source.warning:
            self.stdout.write(source.warning)
        if now == data:
            self.stdout.write("The file shows the list as it is.")
            return
        _write(options["file"], now)
        self.stdout.write(f"{options['file']} was brought up to date.")

    def _bring(
        self, brought: ListImport, person: User, options: dict[str, Any]
    ) -> ListImport | None:
        found = workflow.compare(brought, person)
        if options["remove"]:
            brought.choices = {f"remove-{paper.pk}": True for paper in found.removable_papers}
            found = workflow.compare(brought, person)
        if not options["dry_run"]:
            brought.save()
            workflow.apply(brought, person)
        self.stdout.write(
            f"To the group: {len(found.new_topics)} new topics, {len(found.new_papers)} new "
            f"papers, {len(found.moved_from)} moves, {len(found.changes)} changes, "
            f"{len(found.removed_papers)} removals."
        )
        for paper in found.removable_papers:
            if paper not in found.removed_papers:
                self.stdout.write(f"No longer in the file, and kept: {paper.title}")
        return None if options["dry_run"] else ListImport.objects.leading(brought.group)


def _brought(group: Group, data: bytes, ticker: User | None) -> ListImport:
    """Return the file as a list to import. Its ticks are statuses of `ticker`, if there is one."""
    try:
        decoded = text.decode(data)
        brought = ListImport(group=group, imported_by=ticker, text=decoded.text, name="sync_list")
        brought.encoding, brought.has_mark = decoded.encoding, decoded.has_mark
        brought.read()
        brought.recall()
    except text.Refused as refused:
        raise CommandError(str(refused)) from None
    if brought.refused:
        raise CommandError(brought.refused)
    if brought.format != "markdown":
        raise CommandError("Only a list in Markdown can be synchronized with a file.")
    return brought


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}.") from None


def _write(file: Path, data: bytes) -> None:
    """Replace the file in one step, so that no one finds half of it."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as beside:
        beside.write(data)
    Path(beside.name).chmod(file.stat().st_mode & 0o777)
    Path(beside.name).replace(file)
