"""A list may be in Org-mode, and papers are found by each of their numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0010_corrections")]

    operations = [
        migrations.AlterField(
            model_name="listimport",
            name="format",
            field=models.CharField(
                blank=True,
                choices=[
                    ("markdown", "Markdown"),
                    ("org", "Org-mode"),
                    ("bibtex", "BibTeX"),
                    ("ris", "RIS"),
                    ("web of science", "Web of Science"),
                    ("pubmed", "PubMed"),
                    ("csl_json", "CSL-JSON"),
                    ("csv", "CSV"),
                    ("rdf", "Zotero RDF"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex("paper", models.Index(fields=["pmid", "group"], name="papers_by_pmid")),
        migrations.AddIndex(
            "paper", models.Index(fields=["openalex", "group"], name="papers_by_openalex")
        ),
        migrations.AddIndex(
            "paper", models.Index(fields=["semantic_scholar", "group"], name="papers_by_scholar")
        ),
        migrations.AddIndex("paper", models.Index(fields=["group", "isbn"], name="papers_by_isbn")),
    ]
