"""What each handle looks like; of two that look alike the later one is told apart by its number."""

from django.db import migrations, models
from django.utils.text import slugify

from groups.handles import HANDLE, shape_of

AT_A_TIME = 500


def fill(apps, schema_editor):
    people = apps.get_model("groups", "User").objects
    taken, unique, others = set(), [], []
    for user in people.order_by("pk"):
        shape = shape_of(user.handle)
        is_first = shape not in taken
        taken.add(shape)
        (unique if is_first and HANDLE.match(user.handle) else others).append(user)
    # `taken` now has the shape of every handle in the table, so no new one is another person's.
    for user in others:
        user.handle = free_handle(user, taken)
        taken.add(shape_of(user.handle))
    for user in unique + others:
        user.handle_shape = shape_of(user.handle)
    people.bulk_update(unique + others, ["handle", "handle_shape"], batch_size=AT_A_TIME)


def free_handle(user, taken):
    """Return a handle like the user's that has none of the shapes `taken`.

    It ends with the user's number, and where that is still taken, with a count behind it.
    """
    wanted = slugify(user.handle)[:20].strip("-_") or "reader"
    handle, count = f"{wanted}-{user.pk}", 1
    while shape_of(handle) in taken:
        count += 1
        handle = f"{wanted}-{user.pk}-{count}"
    return handle


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
