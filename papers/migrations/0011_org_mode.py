"""A list may be in Org-mode."""

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
    ]
