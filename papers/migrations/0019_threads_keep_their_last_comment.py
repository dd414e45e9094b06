"""Threads keep their group, how many comments they have, and which is the last one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce


def keep(apps, schema_editor):
    papers = apps.get_model("papers", "Paper")._base_manager.filter(pk=OuterRef("paper"))
    comments = apps.get_model("papers", "Comment").objects.filter(
        thread=OuterRef("pk"), deleted_at=None
    )

    def of_thread(made):
        return Subquery(comments.order_by().values("thread").annotate(n=made).values("n"))

    apps.get_model("papers", "Thread").objects.update(
        group=Subquery(papers.values("group")),
        comment_count=Coalesce(of_thread(Count("pk")), 0),
        last_comment_id=Coalesce(of_thread(Max("pk")), 0),
        last_comment_at=of_thread(Max("created_at")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0012_related_names"),
        ("papers", "0018_help_texts"),
    ]

    operations = [
        migrations.AddField(
            "Thread",
            "group",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="threads",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            "Thread", "comment_count", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "Thread", "last_comment_id", models.BigIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "Thread", "last_comment_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
