"""Papers are found by index. PostgreSQL makes none in the transaction that wrote the keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0008_what_papers_are_found_by")]

    operations = [
        migrations.AddIndex(
            "paper", models.Index(fields=["title_key", "group"], name="papers_by_title")
        ),
        migrations.AddIndex(
            "paper", models.Index(fields=["page_key", "group"], name="papers_by_page")
        ),
        migrations.AddIndex(
            "paper", models.Index(fields=["imported_key", "group"], name="papers_by_imported_title")
        ),
        migrations.AddIndex(
            "paper", models.Index(fields=["arxiv", "group"], name="papers_by_arxiv")
        ),
    ]
