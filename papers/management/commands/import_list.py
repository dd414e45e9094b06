"""`manage.py import_list GROUP FILE`: import a list into a group."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.models import Group, Membership, User
from groups.validators import as_one_line
from papers.formats.core import text
from papers.formats.web import web_page
from papers.imports import workflow
from papers.models import ListImport


class Command(BaseCommand):
    help = "Read a list in any format and write what is new in it to a group's list."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("group", help="The slug of the group, as in its URL.")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be new.")
        parser.add_argument(
            "--as", dest="email", help="Email of the member whose statuses the ticked boxes set."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        group = found_group(options["group"])
        person = found_person(group, options["email"])
        decoded = _decoded(options["file"])
        name = as_one_line(options["file"].name, 200)
        imported = ListImport(group=group, imported_by=person, text=decoded.text, name=name)
        imported.encoding, imported.has_mark = decoded.encoding, decoded.has_mark
        imported.read()
        if imported.refused:
            raise CommandError(imported.refused)
        imported.recall()
        done = workflow.compare(imported, person)
        if not options["dry_run"]:
            imported.save()
            done = workflow.apply(imported, person) or done
        self.stdout.write(
            f"Read {len(imported.reading.topics)} topics, {len(done.papers)} papers and "
            f"{len(imported.reading.duplicates)} duplicates."
        )
        self.stdout.write(f"New: {len(done.new_topics)} topics and {len(done.new_papers)} papers.")
        for line in imported.reading.not_understood:
            self.stdout.write(f"Not understood, line {line.number}: {line.text.strip()}")
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")


def found_group(slug: str) -> Group:
    if group := Group.objects.filter(slug=slug).first():
        return group
    raise CommandError(f"There is no group “{slug}”.")


def found_person(group: Group, email: str | None) -> User:
    """Return the member with that address; without one, the organizer who has been in it
    longest.
    """
    memberships = Membership.objects.in_group(group)
    if email is None:
        memberships = memberships.organizers()
    else:
        memberships = memberships.filter(user__email__iexact=email)
    if found := memberships.select_related("user").order_by("pk").first():
        return found.user
    if email is None:
        raise CommandError("The group has no organizer who can sign in. Name one of its members.")
    raise CommandError(f"No member of the group has the email {email}.")


def _decoded(file: Path) -> text.Decoded:
    try:
        decoded = text.decode(file.read_bytes())
        return replace(decoded, text=web_page.text_of(decoded.text))
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}.") from None
    except text.Refused as refused:
        raise CommandError(str(refused)) from None
