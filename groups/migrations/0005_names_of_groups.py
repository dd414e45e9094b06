"""Several groups may have one name: otherwise a private group is betrayed by its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_merged_events")]

    operations = [migrations.RemoveConstraint(model_name="group", name="one_group_per_name")]
