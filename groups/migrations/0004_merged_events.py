"""The history tells of merged duplicates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_handles"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="event",
            name="kind_of_event_is_known",
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Started the group"),
                    ("invited", "Invited"),
                    ("revoked", "Revoked an invitation"),
                    ("asked", "Asked to join"),
                    ("declined", "Declined a request"),
                    ("joined", "Joined"),
                    ("left", "Left"),
                    ("removed", "Removed somebody"),
                    ("role_changed", "Changed a role"),
                    ("settings_changed", "Changed the settings"),
                    ("imported", "Imported a list"),
                    ("deleted", "Deleted something"),
                    ("merged", "Merged duplicates"),
                    ("archived", "Archived the group"),
                    ("reopened", "Opened the group again"),
                    ("deletion_asked", "Asked to delete the group"),
                    ("deletion_withdrawn", "Kept the group"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "started",
                            "invited",
                            "revoked",
                            "asked",
                            "declined",
                            "joined",
                            "left",
                            "removed",
                            "role_changed",
                            "settings_changed",
                            "imported",
                            "deleted",
                            "merged",
                            "archived",
                            "reopened",
                            "deletion_asked",
                            "deletion_withdrawn",
                        ],
                    )
                ),
                name="kind_of_event_is_known",
            ),
        ),
    ]
