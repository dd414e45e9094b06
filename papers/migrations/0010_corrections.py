"""What people say of a reading is kept beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0009_papers_by_keys")]

    operations = [
        migrations.AddField(
            model_name="listimport",
            name="corrections",
            field=models.JSONField(
                default=dict,
                help_text="What people said of the reading: see papers.imports.corrections.",
            ),
        ),
    ]
