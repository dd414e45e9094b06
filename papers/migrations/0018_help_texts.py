"""Help texts only: nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0017_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="listimport",
            name="has_mark",
            field=models.BooleanField(
                default=False, help_text="Whether it began with a byte-order mark."
            ),
        ),
        migrations.AlterField(
            model_name="paper",
            name="imported",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="What the imported list said of it, with the title as written as `original`.",
            ),
        ),
        migrations.AlterField(
            model_name="papermerge",
            name="kept",
            field=models.JSONField(
                default=dict,
                help_text="Rows by their ids, and their values before. Names no people.",
            ),
        ),
    ]
