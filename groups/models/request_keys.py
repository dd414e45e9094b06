"""Request keys: a form that is sent twice is done once."""

import zlib
from datetime import timedelta
from typing import Self

from django.db import models
from django.http import HttpResponse
from django.utils import timezone

from groups.models.people import User

# The headers of an answer that a browser acts on.
KEPT_HEADERS = ["Content-Type", "Location", "HX-Redirect", "HX-Trigger", "HX-Retarget", "HX-Reswap"]


class RequestKeyQuerySet(models.QuerySet["RequestKey"]):
    def older_than(self, age: timedelta) -> Self:
        return self.filter(created_at__lt=timezone.now() - age)


class RequestKey(models.Model):
    """One sending of one form by one person, and what was answered to it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="request_keys")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of what was sent, and where to."
    )
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"", help_text="Compressed by zlib.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = RequestKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_person_and_key"),
        ]

    def __str__(self) -> str:
        return self.key

    def keep(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        self.body = zlib.compress(response.content, level=1)
        self.save(update_fields=["status", "headers", "body"])

    def answer(self) -> HttpResponse:
        """What the first sending was answered, letter for letter."""
        return HttpResponse(zlib.decompress(self.body), status=self.status, headers=self.headers)
