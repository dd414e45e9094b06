"""Tries are counted by account and place, with delays that grow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0005_names_of_groups")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("level", models.FloatField(default=0)),
                ("counted_at", models.FloatField(default=0)),
                ("free_at", models.FloatField(default=0)),
                ("forget_at", models.FloatField(db_index=True, default=0)),
            ],
        ),
    ]
