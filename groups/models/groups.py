"""Groups: the people who read together. Everything else belongs to exactly one."""

import zoneinfo
from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from groups.models.people import User
from groups.text import one_line

# What stands where a group's slug would stand.
RESERVED_SLUGS = {"new"}


def known_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone.", code="time_zone")


class GroupQuerySet(models.QuerySet["Group"]):
    def of(self, user: User) -> Self:
        return self.filter(memberships__user=user)

    def named(self, name: str) -> Self:
        return self.filter(name__iexact=name)

    @transaction.atomic
    def start(self, name: str, organizer: User, time_zone: str = "UTC") -> "Group":
        """Make a group and its first organizer."""
        group = self.create(name=name, slug=self.free_slug(name), time_zone=time_zone)
        group.memberships.create(user=organizer, role="organizer")
        return group

    def free_slug(self, name: str) -> str:
        slug = slugify(name)[:60].strip("-")
        if not slug or slug in RESERVED_SLUGS or self.filter(slug=slug).exists():
            slug = f"{slug or 'group'}-{get_random_string(6).lower()}"
        return slug


class Group(models.Model):
    name = models.CharField(max_length=80, validators=[one_line])
    slug = models.SlugField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_group_per_name",
                violation_error_message="Another group has this name. Choose another one.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The group's front page is a room above, so the roof says where it is."""
        return reverse(settings.GROUP_FRONT_PAGE, args=[self.slug])

    def today(self) -> date:
        """The day it is where the group meets; what is overdue is counted from it."""
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.time_zone))

    def lock(self) -> None:
        """Let nobody else change who is in the group until the transaction ends.

        A deed that locks does so before it writes, or two of them wait for each other; and rows
        that only name their group are let through (`no_key`). On SQLite every transaction that
        writes has the only write lock already.
        """
        Group.objects.select_for_update(no_key=True).get(pk=self.pk)
