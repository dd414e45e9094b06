"""Indexes for what lists count and ask. PostgreSQL does not in the transaction before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0019_threads_keep_their_last_comment"),
    ]

    operations = [
        migrations.AlterField(
            "Thread",
            "group",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="threads",
                to="groups.group",
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(fields=["group", "last_comment_id"], name="threads_by_last_comment"),
        ),
        migrations.AddIndex(
            "Comment", models.Index(fields=["thread", "id"], name="comments_of_a_thread")
        ),
        migrations.AddIndex(
            "Paper",
            models.Index(
                fields=["group"], condition=models.Q(set_aside_at=None), name="papers_on_a_list"
            ),
        ),
        migrations.AddIndex(
            "ReadingStatus",
            models.Index(
                models.F("paper"),
                models.F("user"),
                condition=models.Q(status="read"),
                name="readers_of_a_paper",
            ),
        ),
        migrations.AddIndex(
            "Topic", models.Index(fields=["group", "position"], name="topics_in_order")
        ),
        migrations.AlterField(
            "Topic",
            "group",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="topics",
                to="groups.group",
            ),
        ),
        migrations.AlterField(
            "Comment",
            "thread",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="papers.thread",
            ),
        ),
    ]
