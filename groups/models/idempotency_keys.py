"""Request keys: a form that is sent twice is done once.

What was answered is encrypted: a page carries the token that its forms are sent with, and the words
of a group.
"""

import zlib
from datetime import timedelta
from typing import Self

from django.db import connection, models
from django.http import HttpResponse
from django.utils import timezone

from groups.encryption import Unreadable, decrypt, encrypt
from groups.models.people import User

# The headers of an answer that a browser acts on.
KEPT_HEADERS = ["Content-Type", "Location", "HX-Redirect", "HX-Trigger", "HX-Retarget", "HX-Reswap"]
PURPOSE = "groups.request_keys"


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def older_than(self, age: timedelta) -> Self:
        return self.filter(created_at__lt=timezone.now() - age)

    def forget_pages(self) -> None:
        """Keep that the forms were sent, but not the pages they were answered with.

        A page may name anyone, so when someone is to be forgotten all of them go. They are
        changed in one order and by the thousand, so that no statement takes long.
        """
        pages = self.filter(status__gt=0).exclude(body=b"").order_by("pk")
        keys = list(pages.values_list("pk", flat=True))
        for begin in range(0, len(keys), 1000):
            self.filter(pk__in=keys[begin : begin + 1000]).update(status=0, headers={}, body=b"")

    def forget_group(self, path: str) -> None:
        """Forget also the answers that led to a group."""
        self.forget_pages()
        led = self.filter(headers__Location__icontains=path)
        led.update(status=0, headers={}, body=b"")


class IdempotencyKey(models.Model):
    """One sending of one form by one person, and what was answered to it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(
        max_length=64, help_text="What was sent, and where to, hashed with the site's key."
    )
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"", help_text="Compressed and encrypted.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_person_and_key"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_forgotten(self) -> bool:
        """Return whether it is known only that the form was taken, and not any more what was
        answered.
        """
        return not self.status

    @property
    def has_page(self) -> bool:
        """Return whether the answer shows something, and did not only lead elsewhere."""
        return bool(self.body)

    def claim(self) -> bool:
        """Insert it unless the person has sent this key before; return whether it is new."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            # One statement tells a first sending from a repeat, the same on SQLite and PostgreSQL.
            # It waits for the transaction of a first sending that is still being answered.
            cursor.execute(
                """
                INSERT INTO groups_idempotencykey
                    (user_id, key, fingerprint, status, headers, body, created_at)
                VALUES (%s, %s, %s, 0, '{}', %s, %s)
                ON CONFLICT (user_id, key) DO NOTHING
                """,
                [self.user_id, self.key, self.fingerprint, b"", now],
            )
            return bool(cursor.rowcount)

    def keep(self, response: HttpResponse) -> None:
        """Keep the answer; where the person went with this very form there is nothing to keep."""
        page = zlib.compress(response.content, level=1) if response.content else b""
        IdempotencyKey.objects.filter(user_id=self.user_id, key=self.key).update(
            status=response.status_code,
            headers={name: response[name] for name in KEPT_HEADERS if name in response},
            body=encrypt(page, PURPOSE).encode() if page else b"",
        )

    def answer(self) -> HttpResponse | None:
        """Return the response to the first request, byte for byte; None if it is not kept."""
        if self.is_forgotten:
            return None
        try:
            page = zlib.decompress(decrypt(bytes(self.body), PURPOSE)) if self.has_page else b""
        except Unreadable:
            return None
        return HttpResponse(page, status=self.status, headers=self.headers)
