"""What a paper that was set aside says is checked. PostgreSQL does not in the transaction before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0011_kinds_of_event"),
        ("papers", "0013_set_aside"),
    ]

    operations = [
        migrations.AlterField(
            "Paper",
            "group",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="papers",
                to="groups.group",
            ),
        ),
        migrations.AddIndex(
            "Paper", models.Index(fields=["identity", "group"], name="papers_by_identity")
        ),
        migrations.AddConstraint(
            "Paper",
            models.UniqueConstraint(
                condition=models.Q(set_aside_at=None),
                fields=["group", "identity"],
                name="one_paper_per_identity_in_a_group",
                violation_error_message="This paper is already on the list.",
            ),
        ),
        migrations.AddConstraint(
            "Paper",
            models.CheckConstraint(
                condition=models.Q(set_aside_at=None, removed_by=None, merged_into=None)
                | models.Q(set_aside_at__isnull=False)
                & (models.Q(removed_by__isnull=False) | models.Q(merged_into__isnull=False)),
                name="what_is_set_aside_says_when_and_why",
            ),
        ),
        migrations.AlterField(
            "ListImport",
            "corrections",
            models.JSONField(
                default=dict, help_text="What people said of the reading: see papers.corrections."
            ),
        ),
    ]
