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
    ]
