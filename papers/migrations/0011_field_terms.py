from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0010_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Answer", "ProviderResponse"),
        migrations.RenameModel("Turn", "ProviderSlot"),
        migrations.RenameModel("Distinction", "NotDuplicate"),
        migrations.AlterField(
            "NotDuplicate",
            "said_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                null=True,
                on_delete=models.SET_NULL,
                related_name="not_duplicates",
            ),
        ),
    ]
