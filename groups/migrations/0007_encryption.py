"""Nothing in the database opens anything: words of letters, sessions and second steps are encrypted.

Letters that wait are still sent and sessions go on. Kept pages are forgotten: they may show a link.
"""

import base64
import json
import zlib

from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.db import migrations, models
from django.utils.crypto import salted_hmac

from groups.encryption import TOKEN_START, encrypt, hash_of

AT_A_TIME = 500


def seal_letters(apps, schema_editor):
    letters = apps.get_model("groups", "Letter").objects
    for letter in letters.filter(next_try_at__isnull=False).iterator(AT_A_TIME):
        made = salted_hmac("groups.letters", letter.message_id, algorithm="sha256").digest()
        secret = base64.urlsafe_b64encode(made[:24]).decode()
        if letter.content:
            content = {**letter.content, "secret_hash": hash_of(secret)}
            sealed = encrypt(json.dumps(content).encode(), "groups.letters")
            letters.filter(pk=letter.pk).update(sealed=sealed)


def forget_pages(apps, schema_editor):
    kept = apps.get_model("groups", "RequestKey").objects
    without_page = kept.filter(body=zlib.compress(b"", level=1))
    without_page.update(body=b"")
    kept.exclude(body=b"").update(status=0, headers={}, body=b"")


def hide_sessions(apps, schema_editor):
    """Replace each by one under the hash of its key; the cookies stay as they are."""
    sessions = apps.get_model("sessions", "Session").objects
    browsers = apps.get_model("usersessions", "UserSession").objects
    for browser in browsers.iterator(AT_A_TIME):
        browsers.filter(pk=browser.pk).update(session_key=hash_of(browser.session_key)[:40])
    for old in list(sessions.values_list("pk", flat=True)):
        session = sessions.get(pk=old)
        try:
            held = signing.loads(
                session.session_data,
                salt="django.contrib.sessions.SessionStore",
                serializer=JSONSerializer,
            )
        except (signing.BadSignature, ValueError):
            held = None
        sessions.filter(pk=old).delete()
        if held is not None:
            packed = zlib.compress(JSONSerializer().dumps(held), level=1)
            session.session_key = hash_of(old)[:40]
            session.session_data = encrypt(packed, "groups.sessions")
            session.save(force_insert=True)


def encrypt_second_steps(apps, schema_editor):
    steps = apps.get_model("mfa", "Authenticator").objects
    for step in steps.filter(type__in=["totp", "recovery_codes"]):
        for name in ("secret", "seed"):
            if (text := step.data.get(name)) and not text.startswith(TOKEN_START):
                step.data[name] = encrypt(text.encode(), "groups.second_step")
        step.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0006_tallies"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="sealed",
            field=models.TextField(default="", help_text="The words, encrypted."),
            preserve_default=False,
        ),
        migrations.RunPython(seal_letters, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="letter",
            name="content",
        ),
        migrations.AddField(
            model_name="invitation",
            name="nonce",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What the secret was derived from, for a while.",
                max_length=32,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="requestkey",
            name="fingerprint",
            field=models.CharField(
                help_text="What was sent, and where to, hashed with the site's key.", max_length=64
            ),
        ),
        migrations.AlterField(
            model_name="requestkey",
            name="body",
            field=models.BinaryField(default=b"", help_text="Compressed and encrypted."),
        ),
        migrations.RunPython(forget_pages, migrations.RunPython.noop),
        migrations.RunPython(hide_sessions, migrations.RunPython.noop),
        migrations.RunPython(encrypt_second_steps, migrations.RunPython.noop),
    ]
