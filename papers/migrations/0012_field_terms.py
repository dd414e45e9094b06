from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0011_org_mode_and_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Answer", "ProviderResponse"),
        migrations.RenameModel("Turn", "ProviderSlot"),
        migrations.RenameModel("Distinction", "NotDuplicate"),
        migrations.AlterField(
            "NotDuplicate",
            "said_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                null=True,
                on_delete=models.SET_NULL,
                related_name="not_duplicates",
            ),
        ),
        migrations.RemoveConstraint("ReadingStatus", "state_is_known"),
        migrations.RemoveConstraint("ReadingStatus", "finished_exactly_when_read"),
        migrations.RemoveIndex("ReadingStatus", "statuses_of_a_person"),
        migrations.RenameField("ReadingStatus", "state", "status"),
        migrations.RenameField("ReadingStatus", "marked_at", "set_at"),
        migrations.AddIndex(
            "ReadingStatus", models.Index("user", "status", name="statuses_of_a_person")
        ),
        migrations.AddConstraint(
            "ReadingStatus",
            models.CheckConstraint(
                condition=models.Q(status__in=["to_read", "reading", "skimmed", "read", "skipped"]),
                name="status_is_known",
            ),
        ),
        migrations.AddConstraint(
            "ReadingStatus",
            models.CheckConstraint(
                condition=models.Q(status="read", finished_at__isnull=False)
                | ~models.Q(status="read") & models.Q(finished_at=None),
                name="finished_exactly_when_read",
            ),
        ),
        # Labels only: nothing changes in the database.
        migrations.AlterField(
            "Paper", "arxiv", models.CharField("arXiv ID", blank=True, max_length=40)
        ),
        migrations.AlterField("Paper", "pmid", models.CharField("PMID", blank=True, max_length=12)),
        migrations.AlterField(
            "Paper", "openalex", models.CharField("OpenAlex ID", blank=True, max_length=20)
        ),
        migrations.AlterField(
            "Paper",
            "semantic_scholar",
            models.CharField("Semantic Scholar ID", blank=True, max_length=40),
        ),
        migrations.AlterField(
            "Lookup",
            "failure",
            models.CharField(
                blank=True,
                choices=[
                    ("network", "No network"),
                    ("busy", "Too many requests"),
                    ("garbled", "Answer not understood"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            "Lookup",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting for an answer"),
                    ("found", "Found"),
                    ("proposed", "Found, waits for an answer"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("nothing", "Nothing found"),
                    ("failed", "Not answered"),
                ],
                default="waiting",
                max_length=20,
            ),
        ),
        migrations.AlterConstraint(
            "Assignment",
            "one_assignment_per_paper_part_and_person",
            models.UniqueConstraint(
                fields=["paper", "part", "member"],
                name="one_assignment_per_paper_part_and_person",
                violation_error_message="This member already has that role.",
            ),
        ),
    ]
