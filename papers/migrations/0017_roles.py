"""What an assignment asks of a member is its role."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0016_renderer_of_comments")]

    operations = [
        migrations.RemoveConstraint("Assignment", "one_assignment_per_paper_part_and_person"),
        migrations.RemoveConstraint("Assignment", "part_is_known"),
        migrations.RenameField("Assignment", "part", "role"),
        migrations.AddConstraint(
            "Assignment",
            models.UniqueConstraint(
                fields=["paper", "role", "member"],
                name="one_assignment_per_paper_role_and_person",
                violation_error_message="This member already has that role.",
            ),
        ),
        migrations.AddConstraint(
            "Assignment",
            models.CheckConstraint(
                condition=models.Q(role__in=["presenter", "reader", "scribe"]),
                name="assignment_role_is_known",
            ),
        ),
    ]
