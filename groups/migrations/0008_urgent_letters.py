"""Letters that somebody waits for, such as sign-in codes, go before others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0007_encryption"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="is_urgent",
            field=models.BooleanField(
                default=False, help_text="Somebody waits for it in front of a page."
            ),
        ),
    ]
