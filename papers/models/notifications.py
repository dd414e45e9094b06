"""Notifications: what a person is told, with the reason why; and how they want to be told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from groups.audience import told_now
from groups.models import Audience, Group, JoinRequest, User
from papers.models.assignments import Assignment
from papers.models.discussion import Comment, SeenComments, Thread
from papers.models.on_list import on_a_list
from papers.models.papers import Paper

# An email waits so long, so that what is edited or deleted at once is not sent; and a burst in one
# thread is waited for until it ends, so long at most.
HELD = timedelta(minutes=3)
LONGEST_BURST = timedelta(minutes=15)


class Reason(models.TextChoices):
    """The reasons why somebody is told; `papers.notifications.reasons` has a row for each."""

    MENTIONED = "mentioned", "Somebody mentions you"
    REPLIED = "replied", "Somebody replies to you"
    FOLLOWED = "followed", "There is a new comment in what you follow"
    ASSIGNED = "assigned", "You are assigned to a paper"
    REASSIGNED = "reassigned", "Your assignment is changed"
    UNASSIGNED = "unassigned", "Your assignment is taken back"
    REMOVED = "removed", "What you wrote is removed"
    SLOT = "slot", "A slot is open in what you follow"
    PAPER = "paper", "There is a new paper in what you follow"
    ASKED = "asked", "Somebody asks to join a group of yours"
    ACCEPTED = "accepted", "Your request to join is accepted"
    DECLINED = "declined", "Your request to join is declined"
    INVITED = "invited", "You are invited to a group"
    ARCHIVED = "archived", "A group is archived"
    REOPENED = "reopened", "A group is open again"
    DELETION = "deletion", "A group is to be deleted"
    KEPT = "kept", "A group is kept after all"

    @property
    def audience(self) -> Audience:
        """Return whom it is for; who belongs to these is asked whenever it is shown or sent."""
        return _NOT_FOR_MEMBERS.get(self, Audience.MEMBERS)


_NOT_FOR_MEMBERS = {
    Reason.ASKED: Audience.ORGANIZERS,
    Reason.DECLINED: Audience.APPLICANTS,
    Reason.INVITED: Audience.INVITED,
}


class Frequency(models.TextChoices):
    """The time that an email takes to be sent."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    NEVER = "never", "Never"


def _told_now() -> Q:
    """Match those whose reader belongs at this moment to whom the reason is for."""
    told = told_now(Audience.MEMBERS) & ~Q(reason__in=_NOT_FOR_MEMBERS)
    for reason, audience in _NOT_FOR_MEMBERS.items():
        told |= told_now(audience) & Q(reason=reason)
    asked = JoinRequest.objects.open().filter(group=OuterRef("group"), user=OuterRef("actor"))
    return told & (~Q(reason=Reason.ASKED) | Q(Exists(asked)))


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def readable(self) -> Self:
        """Those whose reader may be told at this moment: a member of the group, with an account
        that is open, of something that is still there."""
        return self.filter(
            Q(comment=None) | Q(comment__deleted_at=None),
            Q(paper=None) | on_a_list(),
            _told_now(),
        )

    def about(self, seen: Mapping[Thread, SeenComments]) -> Self:
        """Those about comments that a person has seen, by thread."""
        within = Q(pk=None)
        for thread, comments in seen.items():
            upto = Q(comment__lte=comments.comment_id) | Q(comment__in=comments.also)
            within |= Q(thread=thread) & upto
        return self.filter(within)

    def waiting(self) -> Self:
        """Those that are neither done nor put off to later."""
        return self.filter(Q(later_until=None) | Q(later_until__lte=Now()), done_at=None)

    def put_off(self) -> Self:
        return self.filter(done_at=None, later_until__gt=Now())

    def unseen(self) -> Self:
        return self.waiting().filter(seen_at=None)

    def due_by_mail(self) -> Self:
        """Those whose email should be written now, the oldest first."""
        return self.filter(mail_at__lte=timezone.now()).order_by("mail_at", "pk")

    def without_bursts(self) -> Self:
        """Without those about a thread in which there was more a moment ago: its email waits for
        that, but not for long."""
        more = Notification.objects.filter(
            user=OuterRef("user"),
            thread=OuterRef("thread"),
            frequency=Frequency.AT_ONCE,
            mail_at__gt=timezone.now(),
            mail_at__lte=timezone.now() + HELD,
        )
        is_old = Q(created_at__lte=timezone.now() - LONGEST_BURST)
        return self.filter(~Exists(more) | is_old | ~Q(frequency=Frequency.AT_ONCE))

    def for_page(self) -> Self:
        """With all that leads to what they tell of, the newest first."""
        places = ("thread__group", "thread__paper", "paper__group", "comment__thread__group")
        return self.select_related("actor", "group", *places).order_by("-pk")

    def note_seen(self) -> int:
        return self.filter(seen_at=None).update(seen_at=timezone.now())

    def note_unseen(self) -> int:
        return self.filter(done_at=None).update(seen_at=None)

    def note_done(self) -> int:
        now = timezone.now()
        return self.filter(done_at=None).update(done_at=now, seen_at=now, mail_at=None)

    def note_later(self, until: datetime) -> int:
        return self.filter(done_at=None).update(later_until=until, seen_at=None)

    def add_missing(self, notifications: Iterable["Notification"]) -> None:
        """Write them, in statements of a bounded size; one for a person and a cause."""
        self.bulk_create(notifications, batch_size=500, ignore_conflicts=True)


class Notification(models.Model):
    """One thing that one person is told of.

    It goes when what it tells of goes, and is not shown while its reader may not read that.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    group = models.ForeignKey(Group, models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=12, choices=Reason)
    # What it tells of, such as `comment:12`: of each a person is told once.
    cause = models.CharField(max_length=60)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.CASCADE, null=True, related_name="notifications")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="notifications")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="notifications")
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, related_name="notifications"
    )
    # Words about what is gone or has changed since, as `role` and `due_on` of an assignment.
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    later_until = models.DateTimeField(null=True)
    # When an email about it is to be written; None where none is, or it was written.
    mail_at = models.DateTimeField(null=True)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.NEVER)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cause"], name="one_notification_per_person_and_cause"
            ),
            models.CheckConstraint(
                condition=Q(
                    reason__in=[
                        *("mentioned", "replied", "followed", "assigned", "reassigned"),
                        *("unassigned", "slot", "paper", "asked", "accepted", "declined"),
                        *("invited", "archived", "reopened", "deletion", "kept", "removed"),
                    ]
                ),
                name="reason_is_known",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=["at_once", "daily", "weekly", "never"]),
                name="frequency_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "seen_at", "later_until"],
                condition=Q(done_at=None),
                name="notifications_waiting",
            ),
            models.Index(
                fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notifications_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_reason_display()}"

    @property
    def conversation(self) -> str:
        """Return a name for what it belongs together with: its thread, or else itself alone."""
        return f"thread-{self.thread_id}" if self.thread_id else self.cause.replace(":", "-")


class NotificationSettings(models.Model):
    """The hours in which a person wants no email, by the clock of their own zone."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notification_settings")
    quiet_from = models.TimeField("no emails from", null=True, blank=True)
    quiet_until = models.TimeField("until", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"Settings of {self.user}"


class EmailChoiceManager(models.Manager["EmailChoice"]):
    def of(self, users: Iterable[User]) -> dict[tuple[int, str], str]:
        """Return the frequency that each person chose for a reason, by the keys of both."""
        rows = self.filter(user__in=users).values_list("user", "reason", "frequency")
        return {(user, reason): frequency for user, reason, frequency in rows}

    def choose(self, user: User, chosen: dict[str, str]) -> None:
        rows = [EmailChoice(user=user, reason=r, frequency=f) for r, f in chosen.items()]
        options: dict[str, Any] = {"unique_fields": ["user", "reason"]}
        self.bulk_create(rows, update_conflicts=True, update_fields=["frequency"], **options)


class EmailChoice(models.Model):
    """The frequency that a person chose for a reason, instead of that in the table of reasons."""

    user = models.ForeignKey(User, models.CASCADE, related_name="email_choices")
    reason = models.CharField(max_length=12, choices=Reason)
    frequency = models.CharField(max_length=8, choices=Frequency)

    objects = EmailChoiceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "reason"], name="one_choice_per_person_and_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_reason_display()}, {self.get_frequency_display()}"
