"""Threads are read in pages: comments know how long they are, and visits what was seen of them."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0006_lookups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="html_length",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Length("html"),
                output_field=models.PositiveIntegerField(),
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="renderer",
            field=models.PositiveSmallIntegerField(default=2, editable=False),
        ),
        migrations.AddField(
            model_name="visit",
            name="also_seen",
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["thread", "deleted_at", "parent", "author", "created_at", "html_length"],
                name="comments_in_outline",
            ),
        ),
    ]
