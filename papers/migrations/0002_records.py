"""Papers get a column for all that a record says of a work, and can be put aside."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import papers.models.papers
from groups.validators import validate_one_line


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_handles"),
        ("papers", "0001_start"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="editors",
            field=models.CharField(blank=True, max_length=2000, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="further",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What else a record says: pairs of a name and a text.",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="imported",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="What the imported list said of it, the title as it stood there as `original`.",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="isbn",
            field=models.CharField(blank=True, max_length=60, verbose_name="ISBN"),
        ),
        migrations.AddField(
            model_name="paper",
            name="issn",
            field=models.CharField(blank=True, max_length=60, verbose_name="ISSN"),
        ),
        migrations.AddField(
            model_name="paper",
            name="issue",
            field=models.CharField(blank=True, max_length=60, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="citation_key",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[validate_one_line],
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="keywords",
            field=models.CharField(blank=True, max_length=2000, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("article-journal", "Article in a journal"),
                    ("paper-conference", "Conference paper"),
                    ("article", "Preprint"),
                    ("chapter", "Chapter of a book"),
                    ("book", "Book"),
                    ("thesis", "Thesis"),
                    ("report", "Report"),
                    ("article-magazine", "Article in a magazine"),
                    ("article-newspaper", "Article in a newspaper"),
                    ("webpage", "Web page"),
                    ("post-weblog", "Blog post"),
                    ("entry", "Entry in a reference work"),
                    ("speech", "Talk"),
                    ("motion_picture", "Video"),
                    ("dataset", "Data set"),
                    ("software", "Software"),
                    ("patent", "Patent"),
                    ("legislation", "Law"),
                    ("manuscript", "Manuscript"),
                    ("document", "Something else"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="language",
            field=models.CharField(blank=True, max_length=60, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merged_papers",
                to="papers.paper",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="openalex",
            field=models.CharField(blank=True, max_length=20, verbose_name="OpenAlex number"),
        ),
        migrations.AddField(
            model_name="paper",
            name="pages",
            field=models.CharField(blank=True, max_length=100, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="pmid",
            field=models.CharField(blank=True, max_length=12, verbose_name="PubMed number"),
        ),
        migrations.AddField(
            model_name="paper",
            name="published",
            field=models.CharField(
                blank=True, max_length=10, validators=[papers.models.papers.some_day]
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="publisher",
            field=models.CharField(blank=True, max_length=300, validators=[validate_one_line]),
        ),
        migrations.AddField(
            model_name="paper",
            name="removed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="removed_papers",
                to="papers.listimport",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="semantic_scholar",
            field=models.CharField(
                blank=True, max_length=40, verbose_name="Semantic Scholar number"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="volume",
            field=models.CharField(blank=True, max_length=60, validators=[validate_one_line]),
        ),
        migrations.AlterField(
            model_name="paper",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="papers",
                to="groups.group",
            ),
        ),
    ]
