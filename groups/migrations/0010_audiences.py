"""Each e-mail about a group says which, and for whom, so that it can be asked again when it is sent.

E-mails of earlier releases that wait are told apart by their links. One that names no group in this
way is sent as before.
"""

import json
import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from groups.encryption import Unreadable, decrypt

# A link on a line of its own; what people wrote begins with other words.
LINK = re.compile(r"^\S+/groups/([-\w]+)/(\S*)$", re.MULTILINE)


def say_for_whom(apps, schema_editor):
    emails = apps.get_model("groups", "OutgoingEmail").objects
    waiting = emails.filter(next_try_at__isnull=False, is_urgent=False).exclude(sealed="")
    for email in list(waiting.only("recipient", "sealed")):
        try:
            content = json.loads(decrypt(email.sealed, "groups.letters"))
        except Unreadable:
            continue
        if found := _invited(apps, content) or _told(apps, email.recipient, content):
            emails.filter(pk=email.pk).update(**found)


def _invited(apps, content):
    invitations = apps.get_model("groups", "Invitation").objects
    secret_hash = content.get("secret_hash", "")
    invitation = invitations.filter(secret_hash=secret_hash).exclude(email="").first()
    return invitation and {"audience": "invited", "group_id": invitation.group_id}


def _told(apps, recipient, content):
    links = LINK.findall(content.get("body") or "")
    reader = apps.get_model("groups", "User").objects.filter(email__iexact=recipient).first()
    if not links or not reader:
        return None
    slug, rest = links[-1]
    group = apps.get_model("groups", "Group").objects.filter(slug=slug).first()
    audience = "organizers" if rest.startswith("ask/") else "members"
    return group and {"audience": audience, "group_id": group.pk, "reader_id": reader.pk}


class Migration(migrations.Migration):
    dependencies = [("groups", "0009_field_terms")]

    operations = [
        migrations.AddField(
            "OutgoingEmail",
            "audience",
            models.CharField(
                choices=[
                    ("account", "The owner of an account or address; about no group"),
                    ("members", "Members of the group"),
                    ("organizers", "Organizers of the group"),
                    ("applicants", "People who asked to join the group and are not in it"),
                    ("invited", "An address that is invited to the group"),
                ],
                default="account",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "OutgoingEmail",
            "group",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outgoing_emails",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            "OutgoingEmail",
            "reader",
            models.ForeignKey(
                help_text="The person who gets it, at the address they have when it is sent.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outgoing_emails",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "OutgoingEmail",
            models.CheckConstraint(
                condition=models.Q(audience="account", group=None)
                | models.Q(audience="invited", group__isnull=False, reader=None)
                | models.Q(
                    audience__in=["members", "organizers", "applicants"],
                    group__isnull=False,
                    reader__isnull=False,
                ),
                name="email_about_a_group_says_for_whom",
            ),
        ),
        migrations.RunPython(say_for_whom, migrations.RunPython.noop),
    ]
