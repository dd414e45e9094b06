"""Drafts of what people are writing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0013_emails_without_text"),
        ("papers", "0028_paper_mentions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscussionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thread", "A comment in a thread"),
                            ("reply", "A reply to a comment"),
                            ("edit", "An edit of a comment"),
                            ("paper", "A thread about a paper"),
                            ("group", "A thread about the group"),
                        ],
                        max_length=8,
                    ),
                ),
                ("target", models.BigIntegerField()),
                ("words", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(db_index=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="groups.group",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind", "target"), name="one_draft_per_person_and_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["thread", "reply", "edit", "paper", "group"])
                        ),
                        name="draft_is_of_a_known_form",
                    ),
                ],
            },
        ),
    ]
