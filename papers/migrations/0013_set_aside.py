"""A paper that was set aside keeps its group, and says when it was set aside."""

from django.db import migrations, models
from django.utils import timezone


def give_groups_back(apps, schema_editor):
    """Find the group and the moment by what set it aside: an import, or a merge."""
    now = timezone.now()
    papers = apps.get_model("papers", "Paper").objects
    merges = apps.get_model("papers", "PaperMerge").objects.filter(undone_at=None)
    merged = {row.merged_id: row for row in merges.defer("kept")}
    found = {}
    aside = {paper.pk: paper for paper in papers.filter(group=None).select_related("removed_by")}
    for paper in aside.values():
        if paper.removed_by:
            found[paper.pk] = (paper.removed_by.group_id, paper.removed_by.applied_at or now)
        elif merge := merged.get(paper.pk):
            found[paper.pk] = (merge.group_id, merge.merged_at)
    for paper in aside.values():
        if paper.pk not in found:
            group = group_of_survivor(papers, paper, found)
            found[paper.pk] = (group, now)
    papers.exclude(group=None).exclude(removed_by=None).update(removed_by=None)
    papers.exclude(group=None).exclude(merged_into=None).update(merged_into=None)
    for pk, (group, moment) in found.items():
        papers.filter(pk=pk).update(group=group, set_aside_at=moment)


def group_of_survivor(papers, paper, found):
    seen = set()
    while paper.group_id is None and paper.pk not in seen:
        if paper.pk in found:
            return found[paper.pk][0]
        seen.add(paper.pk)
        paper = papers.get(pk=paper.merged_into_id)
    return paper.group_id


def take_groups_away(apps, schema_editor):
    apps.get_model("papers", "Paper").objects.exclude(set_aside_at=None).update(group=None)


class Migration(migrations.Migration):
    dependencies = [("papers", "0012_field_terms")]

    operations = [
        migrations.AddField(
            "Paper", "set_aside_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.RemoveConstraint("Paper", "one_paper_per_identity_in_a_group"),
        migrations.RemoveConstraint("Paper", "a_paper_is_on_a_list_or_put_aside"),
        migrations.RunPython(give_groups_back, take_groups_away),
    ]
