"""Groups: the people who read together. Everything else belongs to exactly one."""

import zoneinfo
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from groups.event_listeners import announce
from groups.models.idempotency_keys import IdempotencyKey
from groups.models.outgoing_emails import OutgoingEmail
from groups.models.people import User
from groups.time_zones import known_time_zone
from groups.validators import validate_one_line

if TYPE_CHECKING:
    from groups.models.invitations import Invitation
    from groups.models.memberships import Membership

# At the end of a slug: nothing that is read as something else when it is copied by hand.
TAIL, LENGTH_OF_TAIL = "abcdefghjkmnpqrstuvwxyz23456789", 6
MOST_SEATS = 1000
# How long a group that is to be deleted can still be kept.
DAYS_BEFORE_DELETION = 14


class GroupFull(Exception):
    """All seats of the group are taken; the message says how many there are."""


class GroupQuerySet(models.QuerySet["Group"]):
    def of(self, user: User) -> Self:
        return self.filter(memberships__user=user)

    def in_directory(self) -> Self:
        """Those that anyone may learn of, and that are still at work."""
        return self.exclude(visibility=Group.Visibility.PRIVATE).at_work()

    def at_work(self) -> Self:
        """Those in which something can still change."""
        return self.filter(archived_at=None, deletion_asked_at=None)

    def matching(self, words: str) -> Self:
        """Those whose name or description contains all of these words."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(Q(name__icontains=word) | Q(about__icontains=word))
        return found

    def with_member_count(self) -> Self:
        """Annotate with `member_count`, and with `organizer_count`: those who can sign in."""
        organizers = Q(memberships__role="organizer", memberships__user__is_active=True)
        return self.annotate(
            member_count=Count("memberships"),
            organizer_count=Count("memberships", filter=organizers),
        )

    def for_directory(self, user: User) -> Self:
        """Annotate with `member_count`, and for the person with `is_mine` and `is_asked`."""
        asked = Q(join_requests__user=user, join_requests__decided_at=None)
        return self.annotate(
            member_count=Count("memberships", distinct=True),
            is_mine=Count("memberships", filter=Q(memberships__user=user)),
            is_asked=Count("join_requests", filter=asked),
        )

    def public(self) -> Self:
        return self.filter(visibility=Group.Visibility.PUBLIC)

    def due_for_deletion(self) -> Self:
        asked_by = timezone.now() - timedelta(days=DAYS_BEFORE_DELETION)
        return self.filter(deletion_asked_at__lte=asked_by)

    def held(self) -> Self:
        """Hold them all as `Group.lock` holds one, in one order always."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    @transaction.atomic
    def start(self, name: str, organizer: User, time_zone: str = "UTC", slug: str = "") -> "Group":
        """Make a group and its first organizer.

        Raises IntegrityError where another group has the slug, if one is asked for.
        """
        group = self.create(name=name, slug=slug or new_slug(name), time_zone=time_zone)
        group.memberships.create(user=organizer, role="organizer")
        group.tell("started", organizer)
        return group


def new_slug(name: str) -> str:
    """Return a slug made from the name, with a random tail.

    Whether another group has this name makes no difference to it: the other one may be private.
    """
    start = slugify(name)[:60].strip("-_") or "group"
    return f"{start}-{get_random_string(LENGTH_OF_TAIL, TAIL)}"


class Group(models.Model):
    """The people who read together. Several groups may have one name: the slug tells them apart."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Private: only its members know of it"
        LISTED = "listed", "Listed: anybody can find it and ask to join"
        PUBLIC = "public", "Public: listed, and anybody can read its list and schedule"

    name = models.CharField(max_length=80, validators=[validate_one_line])
    slug = models.SlugField(max_length=80, unique=True)
    about = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])
    visibility = models.CharField(max_length=7, choices=Visibility, default=Visibility.PRIVATE)
    opens_threads = models.BooleanField("anybody can read its threads, too", default=False)
    may_be_indexed = models.BooleanField("search engines may show it", default=False)
    emails_without_text = models.BooleanField("emails have no text of comments", default=False)
    seats = models.PositiveSmallIntegerField(
        "members at most",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
    )
    archived_at = models.DateTimeField(null=True, editable=False)
    deletion_asked_at = models.DateTimeField(null=True, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["private", "listed", "public"]),
                name="visibility_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the group's front page, which the settings name."""
        return reverse(settings.GROUP_FRONT_PAGE, args=[self.slug])

    @property
    def export_url(self) -> str:
        """The address of the export of everything, which papers serves."""
        return reverse(settings.GROUP_EXPORT, args=[self.slug])

    @property
    def deletion_url(self) -> str:
        return reverse(settings.GROUP_DELETION_PAGE, args=[self.slug])

    def today(self) -> date:
        """Return the day it is where the group meets; what is overdue is counted from it."""
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.time_zone))

    # What it lets be seen

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC

    @property
    def shows_threads(self) -> bool:
        """Return whether anyone who may read the list may also read the discussions."""
        return self.is_public and self.opens_threads

    @transaction.atomic
    def change_settings(self, by: User, **settings: object) -> None:
        """Write what differs, and nothing else: what others do to the group meanwhile stays.

        Raises IntegrityError where more people are in than there would be seats.
        """
        self.lock()
        standing = Group.objects.values(*settings).get(pk=self.pk)
        changed = {name: value for name, value in settings.items() if standing[name] != value}
        seats = changed.get("seats")
        if isinstance(seats, int) and self.memberships.count() > seats:
            raise IntegrityError("More people are in the group than it would have seats.")
        if changed:
            Group.objects.filter(pk=self.pk).update(**changed)
            self.tell("settings_changed", by, fields=sorted(changed))

    # Whether it is at work

    @property
    def is_frozen(self) -> bool:
        """Return whether it can be read only: it is archived, or about to be deleted."""
        return bool(self.archived_at or self.deletion_asked_at)

    @property
    def deleted_from(self) -> datetime | None:
        """The moment from which it goes for good, if that was asked for."""
        if self.deletion_asked_at is None:
            return None
        return self.deletion_asked_at + timedelta(days=DAYS_BEFORE_DELETION)

    @transaction.atomic
    def archive(self, by: User) -> None:
        """Let it be read only. Doing it twice is doing it once, as with the three below."""
        if self._set(archived_at=None, to={"archived_at": timezone.now()}):
            self.tell("archived", by)

    @transaction.atomic
    def reopen(self, by: User) -> None:
        if self._set(archived_at__isnull=False, to={"archived_at": None}):
            self.tell("reopened", by)

    @transaction.atomic
    def ask_deletion(self, by: User) -> bool:
        """Have it deleted in fourteen days; True for the one who asked first."""
        asked = self._set(deletion_asked_at=None, to={"deletion_asked_at": timezone.now()})
        if asked:
            self.tell("deletion_asked", by)
        return asked

    @transaction.atomic
    def withdraw_deletion(self, by: User) -> bool:
        kept = self._set(deletion_asked_at__isnull=False, to={"deletion_asked_at": None})
        if kept:
            self.tell("deletion_withdrawn", by)
        return kept

    @transaction.atomic
    def remove_if_due(self) -> bool:
        """Delete it if its days are over and it was not kept at this very moment."""
        due = Group.objects.due_for_deletion().filter(pk=self.pk)
        is_due = bool(due.held())
        if is_due:
            self.remove()
        return is_due

    @transaction.atomic
    def remove(self) -> None:
        """Delete it with all that is in it, and what emails and kept answers say of it.

        It may be done again where the transaction fails at its end.
        """
        self.lock()
        path = self.get_absolute_url()
        OutgoingEmail.objects.forget_group(path)
        IdempotencyKey.objects.forget_group(path)
        Group.objects.filter(pk=self.pk).delete()

    def _set(self, to: dict[str, datetime | None], **state: object) -> bool:
        """Change columns if they are still as stated, in one statement; whether it did."""
        changed = Group.objects.filter(pk=self.pk, **state).update(**to)
        self.refresh_from_db(fields=list(to))
        return bool(changed)

    # Who is in it

    def lock(self) -> None:
        """Lock the memberships of the group until the transaction ends.

        An action that locks does so before it writes, or two of them wait for each other; and rows
        that only name their group are let through (`no_key`). On SQLite every transaction that
        writes has the only write lock already.
        """
        Group.objects.select_for_update(no_key=True).get(pk=self.pk)

    @transaction.atomic
    def admit(
        self, user: User, role: str, *, by: User | None, invitation: "Invitation | None" = None
    ) -> "Membership":
        """Let a person in; who is in already stays as they are. Raises GroupFull.

        A request to join that they have open is answered by that.
        """
        self.lock()
        if already := self.memberships.filter(user=user).first():
            return already
        self.refresh_from_db(fields=["seats"])
        if self.seats is not None and self.memberships.count() >= self.seats:
            raise GroupFull(f"The group is full ({self.seats}).")
        membership = self.memberships.create(user=user, role=role, invitation=invitation)
        self.join_requests.filter(user=user, decided_at=None).update(
            decided_at=timezone.now(), decided_by=by, is_accepted=True
        )
        self.tell("joined", by or user, person=user, invitation=invitation, role=role)
        return membership

    # What happened

    def tell(
        self,
        kind: str,
        actor: User | None,
        *,
        person: User | None = None,
        invitation: "Invitation | None" = None,
        **details: object,
    ) -> None:
        """Write a line of the group's history, in the transaction of the action that it records,
        and announce it to what listens.

        `details` name no people: who they were is in `actor` and `person`, which can be forgotten.
        """
        event = self.events.create(
            kind=kind, actor=actor, person=person, invitation=invitation, details=details
        )
        announce(event)
