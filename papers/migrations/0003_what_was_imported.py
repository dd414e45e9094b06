"""What a list said of a paper is kept whole, and papers are known by more than their title."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models

from papers.formats.core.identity import identity
from papers.formats.core.reading_list import Entry

KNOWN = ("title", "authors", "venue", "year", "url", "doi", "arxiv", "abstract")


def keep_what_was_imported(apps: Apps, schema_editor: Any) -> None:
    """A paper is known by more than its title now, and by what its list said of it.

    No paper takes an identity that another of its group has or had: identifiers are read by other
    rules than in earlier releases, so two papers that were told apart then may be one paper now.
    Both stay, the later one under its earlier identity.
    """
    papers = apps.get_model("papers", "Paper").objects
    taken = set(papers.values_list("group", "identity"))
    for paper in papers.order_by("pk").iterator():
        said = {name: getattr(paper, name) for name in KNOWN if getattr(paper, name)}
        wanted = identity(Entry(**said))
        if (paper.group_id, wanted) not in taken:
            taken.add((paper.group_id, wanted))
            paper.identity = wanted
        if paper.imported_title:
            paper.imported = said | {"original": paper.imported_title}
            if paper.version > 1:
                paper.imported["title"] = paper.imported_title
        paper.save(update_fields=["identity", "imported"])


def keep_the_title(apps: Apps, schema_editor: Any) -> None:
    for paper in apps.get_model("papers", "Paper").objects.iterator():
        paper.imported_title = paper.imported.get("original", "")
        paper.save(update_fields=["imported_title"])


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_records")]

    operations = [
        migrations.RunPython(keep_what_was_imported, keep_the_title),
        migrations.RemoveField(model_name="paper", name="imported_title"),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group__isnull", False),
                    ("removed_by__isnull", False),
                    ("merged_into__isnull", False),
                    _connector="OR",
                ),
                name="a_paper_is_on_a_list_or_put_aside",
            ),
        ),
    ]
