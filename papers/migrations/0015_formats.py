from django.db import migrations, models

import papers.formats.registry


class Migration(migrations.Migration):
    dependencies = [("papers", "0014_set_aside_says_why")]

    operations = [
        migrations.AlterField(
            "ListImport",
            "format",
            models.CharField(blank=True, choices=papers.formats.registry.choices, max_length=20),
        ),
    ]
