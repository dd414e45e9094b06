"""Kinds of event are registered by the applications; the database checks the shape of their names."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("groups", "0010_audiences")]

    operations = [
        migrations.RemoveConstraint("Event", "kind_of_event_is_known"),
        migrations.AlterField("Event", "kind", models.CharField(max_length=20)),
        migrations.AddConstraint(
            "Event",
            models.CheckConstraint(
                condition=models.Q(kind=Lower("kind"))
                & ~models.Q(kind="")
                & ~models.Q(kind__contains=" "),
                name="kind_of_event_is_one_word",
            ),
        ),
    ]
