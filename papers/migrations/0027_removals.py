"""Comments that somebody else deleted say so, and why."""

from django.conf import settings
from django.db import migrations, models

import groups.validators


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0013_emails_without_text"),
        ("papers", "0026_reactions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notification",
            name="reason_is_known",
        ),
        migrations.AddField(
            model_name="comment",
            name="is_removed",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="removal_reason",
            field=models.CharField(
                blank=True,
                default="",
                max_length=200,
                validators=[groups.validators.validate_one_line],
            ),
        ),
        migrations.AlterField(
            model_name="emailchoice",
            name="reason",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions you"),
                    ("replied", "Somebody replies to you"),
                    ("followed", "There is a new comment in what you follow"),
                    ("assigned", "You are assigned to a paper"),
                    ("reassigned", "Your assignment is changed"),
                    ("unassigned", "Your assignment is taken back"),
                    ("removed", "What you wrote is removed"),
                    ("slot", "A slot is open in what you follow"),
                    ("paper", "There is a new paper in what you follow"),
                    ("asked", "Somebody asks to join a group of yours"),
                    ("accepted", "Your request to join is accepted"),
                    ("declined", "Your request to join is declined"),
                    ("invited", "You are invited to a group"),
                    ("archived", "A group is archived"),
                    ("reopened", "A group is open again"),
                    ("deletion", "A group is to be deleted"),
                    ("kept", "A group is kept after all"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="reason",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions you"),
                    ("replied", "Somebody replies to you"),
                    ("followed", "There is a new comment in what you follow"),
                    ("assigned", "You are assigned to a paper"),
                    ("reassigned", "Your assignment is changed"),
                    ("unassigned", "Your assignment is taken back"),
                    ("removed", "What you wrote is removed"),
                    ("slot", "A slot is open in what you follow"),
                    ("paper", "There is a new paper in what you follow"),
                    ("asked", "Somebody asks to join a group of yours"),
                    ("accepted", "Your request to join is accepted"),
                    ("declined", "Your request to join is declined"),
                    ("invited", "You are invited to a group"),
                    ("archived", "A group is archived"),
                    ("reopened", "A group is open again"),
                    ("deletion", "A group is to be deleted"),
                    ("kept", "A group is kept after all"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "mentioned",
                            "replied",
                            "followed",
                            "assigned",
                            "reassigned",
                            "unassigned",
                            "slot",
                            "paper",
                            "asked",
                            "accepted",
                            "declined",
                            "invited",
                            "archived",
                            "reopened",
                            "deletion",
                            "kept",
                            "removed",
                        ],
                    )
                ),
                name="reason_is_known",
            ),
        ),
    ]
