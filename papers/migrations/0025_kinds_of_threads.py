"""Threads have a kind, are answered, pinned and closed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0013_emails_without_text"),
        ("papers", "0024_threads_of_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="answered_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="closed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="threads_closed",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[("discussion", "Discussion"), ("question", "Question"), ("note", "Note")],
                default="discussion",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="pinned_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                condition=models.Q(("answered_at", None), ("kind", "question")),
                fields=["group"],
                name="open_questions",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["discussion", "question", "note"])),
                name="kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), ("kind", "question"), _connector="OR"),
                name="only_a_question_is_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_by", None), ("closed_at__isnull", False), _connector="OR"
                ),
                name="who_closed_it_closed_it",
            ),
        ),
    ]
