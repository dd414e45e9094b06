"""All that is stored about one person, for that person: counted, and as an archive."""

import io
import json
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from groups.models import User
from groups.web.csv_tables import csv_table
from papers.archives.personal_data import PARTS, PROFILE, PersonalDataRow
from papers.formats.core.commonmark.inline import escaped

# The heading of threads that are about no paper.
ABOUT_THE_GROUP = "About the group"


class PersonalArchive:
    def __init__(self, user: User) -> None:
        self.user = user
        self.parts = {name: part for name, part in PARTS.items() if part.is_kept}

    def counted(self) -> list[tuple[str, int]]:
        """Return the label and number of rows of each kind."""
        return [(part.label, part.rows(self.user).count()) for part in self.parts.values()]

    def as_zip(self) -> bytes:
        """Return everything as JSON, comments as Markdown too, and statuses as a table."""
        data = {name: part.of(self.user) for name, part in self.parts.items()}
        profile = {name: getattr(self.user, name) for name in PROFILE}
        everything = {"profile": profile, **data}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(
                "me.json",
                json.dumps(everything, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n",
            )
            file.writestr("comments.md", comments_as_markdown(data["comments"]))
            file.writestr("statuses.csv", statuses_as_csv(data["statuses"]))
        return packed.getvalue()


def comments_as_markdown(comments: list[PersonalDataRow]) -> str:
    """Return the comments that were not deleted, by group, paper and thread."""
    blocks = ["# My comments"]
    standing = [row for row in comments if not row["deleted_at"]]
    for group, in_group in groupby(standing, key=lambda row: row["group"]):
        blocks.append(f"## {escaped(group)}")
        for paper, on_paper in groupby(in_group, key=lambda row: row["paper"]):
            blocks.append(f"### {escaped(paper or ABOUT_THE_GROUP)}")
            for thread, said in groupby(on_paper, key=lambda row: row["thread"]):
                blocks += [f"#### {escaped(thread)}", *_said(said)]
    return "\n\n".join(blocks) + "\n"


def _said(comments: Iterator[PersonalDataRow]) -> Iterator[str]:
    for row in comments:
        yield f"{row['created_at']:%Y-%m-%d %H:%M} UTC"
        yield quoted(row["source"])


def quoted(source: str, depth: int = 1) -> str:
    """Quote a comment, so that its headings are not headings of the file."""
    quote = "> " * depth
    return "\n".join(f"{quote}{line}".rstrip() for line in source.splitlines())


def statuses_as_csv(statuses: list[PersonalDataRow]) -> str:
    header = ["group", "paper", "status", "set", "finished"]
    columns = ["group", "paper", "status", "set_at", "finished_at"]
    rows = ([_cell(row[column]) for column in columns] for row in statuses)
    return csv_table([header, *rows])


def _cell(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if hasattr(value, "isoformat") else value
