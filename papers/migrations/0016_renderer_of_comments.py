from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0015_formats")]

    operations = [
        migrations.AlterField(
            "Comment", "renderer", models.PositiveSmallIntegerField(default=3, editable=False)
        ),
    ]
