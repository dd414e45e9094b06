"""Papers have the keys that they are found by, and are known by today's rules of what tells one work from another."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models

from papers.formats.core.identity import identity, page_key, title_key

AT_ONCE = 2_000
# What the keys are made of.
SAID = (
    *("title", "authors", "venue", "year", "volume", "issue", "pages", "isbn", "kind"),
    *("doi", "arxiv", "url", "imported", "identity"),
)


def take_keys(apps: Apps, schema_editor: Any) -> None:
    """Give each paper its keys.

    Two papers of a group that were told apart by earlier rules may be one by today's. Both are
    kept: the older one is known by today's rules, the other by what it was known by before. They
    are among the duplicates, where somebody may merge them. What was taken for one paper before
    comes apart when its list is imported again.

    Groups are gone through one by one, so that no more than one is held in memory.
    """
    papers = apps.get_model("papers", "Paper").objects.only(*SAID)
    for group in list(papers.order_by().values_list("group", flat=True).distinct()):
        pks = list(papers.filter(group=group).order_by("pk").values_list("pk", flat=True))
        known = {} if group is None else _kept_apart(papers, pks)
        for rows in _some(papers, pks):
            _write(schema_editor, [_row(paper, known) for paper in rows])


def forget_keys(apps: Apps, schema_editor: Any) -> None:
    """What papers are known by stays; earlier releases make it anew when they write one."""


def _some(papers: Any, pks: list[int]) -> Iterator[list[Any]]:
    """The papers, so many at once, read to the end before any of them is written."""
    for start in range(0, len(pks), AT_ONCE):
        yield list(papers.filter(pk__in=pks[start : start + AT_ONCE]).order_by("pk"))


def _kept_apart(papers: Any, pks: list[int]) -> dict[int, str]:
    """What papers are known by that are one with an older one by today's rules.

    A paper whose old name is another's new one is called by its key until it gets its own, as no
    two may be known by the same at any moment.
    """
    before: dict[str, int] = {}
    first: dict[str, int] = {}
    late: dict[int, str] = {}
    for rows in _some(papers, pks):
        for paper in rows:
            before[paper.identity] = paper.pk
            if first.setdefault(_identity(paper), paper.pk) != paper.pk:
                late[paper.pk] = paper.identity
    for pk, name in late.items():
        if name in first:
            late[pk] = f"kept:{pk}"
    in_the_way = [before[name] for name, pk in first.items() if before.get(name, pk) != pk]
    for pk in in_the_way:
        papers.filter(pk=pk).update(identity=f"moving:{pk}")
    return late


def _identity(paper: Any) -> str:
    return identity(paper) if paper.title else paper.identity


def _row(paper: Any, known: dict[int, str]) -> tuple[str, str, str, str, int]:
    told, came = title_key(paper.title), title_key(paper.imported.get("title", ""))
    is_known_by = known.get(paper.pk) or _identity(paper)
    return is_known_by, told, page_key(paper.url), came if came != told else "", paper.pk


def _write(schema_editor: Any, rows: list[tuple[str, str, str, str, int]]) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE papers_paper SET identity = %s, title_key = %s, page_key = %s,"
            " imported_key = %s WHERE id = %s",
            rows,
        )


def _key() -> Any:
    return models.CharField(blank=True, default="", editable=False, max_length=255)


class Migration(migrations.Migration):
    dependencies = [("papers", "0007_comment_sizes")]

    operations = [
        migrations.AddField("paper", "title_key", _key()),
        migrations.AddField("paper", "page_key", _key()),
        migrations.AddField("paper", "imported_key", _key()),
        migrations.RunPython(take_keys, forget_keys),
    ]
