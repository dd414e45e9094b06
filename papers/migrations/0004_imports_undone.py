"""Imports are chosen from, written by the worker where they are long, and taken back."""

from django.conf import settings
from django.db import migrations, models

import groups.validators


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_handles"),
        ("papers", "0003_what_was_imported"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="listimport",
            name="asked_at",
            field=models.DateTimeField(
                help_text="When somebody said that it is to be written.", null=True
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="choices",
            field=models.JSONField(
                default=dict,
                help_text="What is taken or left where somebody chose otherwise than usual.",
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="effects",
            field=models.JSONField(
                help_text="What was written, so that it can be undone.", null=True
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="encoding",
            field=models.CharField(
                default="utf-8",
                help_text="Of the file, so that it can be written again.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="format",
            field=models.CharField(
                blank=True,
                choices=[
                    ("markdown", "Markdown"),
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
        migrations.AddField(
            model_name="listimport",
            name="has_mark",
            field=models.BooleanField(
                default=False, help_text="Whether a byte-order mark stood before it."
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="headings",
            field=models.JSONField(default=list, help_text="The topic that each heading became."),
        ),
        migrations.AddField(
            model_name="listimport",
            name="name",
            field=models.CharField(
                blank=True,
                help_text="Of the file, if it was one.",
                max_length=200,
                validators=[groups.validators.validate_one_line],
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="places",
            field=models.JSONField(
                default=list, help_text="The topic and the paper that each entry became."
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="read_as",
            field=models.JSONField(help_text="What was read in it.", null=True),
        ),
        migrations.AddField(
            model_name="listimport",
            name="refused",
            field=models.TextField(blank=True, help_text="Why nothing could be read in it."),
        ),
        migrations.AddField(
            model_name="listimport",
            name="topic",
            field=models.CharField(
                blank=True,
                help_text="Where papers go that name no topic themselves.",
                max_length=200,
                validators=[groups.validators.validate_one_line],
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="listimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at", None), ("applied_at__isnull", False), _connector="OR"
                ),
                name="only_what_was_written_is_undone",
            ),
        ),
    ]
