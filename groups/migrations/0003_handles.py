"""What each handle looks like; of two that look alike the later one is told apart by its number."""

from django.db import migrations, models

from groups.handles import shape_of


def fill(apps, schema_editor):
    seen = set()
    for user in apps.get_model("groups", "User").objects.order_by("pk"):
        if shape_of(user.handle) in seen:
            user.handle = f"{user.handle[:30]}-{user.pk}"
        user.handle_shape = shape_of(user.handle)
        seen.add(user.handle_shape)
        user.save(update_fields=["handle", "handle_shape"])


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_doors")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                fields=("handle_shape",),
                name="one_person_per_shape_of_a_handle",
                violation_error_message="This handle looks like somebody else's. Choose another one.",
            ),
        ),
    ]
