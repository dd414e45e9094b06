from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0008_urgent_letters")]

    operations = [
        migrations.RenameModel("Letter", "OutgoingEmail"),
        migrations.RenameModel("RequestKey", "IdempotencyKey"),
        migrations.AlterField(
            "IdempotencyKey",
            "user",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                on_delete=models.CASCADE,
                related_name="idempotency_keys",
            ),
        ),
    ]
