"""Emails that came in: a line for each that was read, so that it is read once.

Of its words nothing is kept. The line outlives the address that the email was sent to, so an email
that comes again is known, or its address is stale.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from groups.models.people import User


class Outcome(models.TextChoices):
    """The thing that became of an email."""

    TAKEN = "taken", "Taken in"
    REFUSED = "refused", "Refused, and its sender told why"
    IGNORED = "ignored", "Written by a program, or by somebody else"


class IncomingEmailQuerySet(models.QuerySet["IncomingEmail"]):
    def note(self, key: str, outcome: Outcome, user: User | None = None, reason: str = "") -> bool:
        """Note what becomes of an email, in the transaction in which it does; return whether it was
        noted now. Where it was before, nothing must be done with it again.
        """
        try:
            with transaction.atomic():
                self.create(key=key, outcome=outcome, user=user, reason=reason)
        except IntegrityError:
            return False
        return True

    def outcome_of(self, key: str) -> Outcome | None:
        found = self.filter(key=key).values_list("outcome", flat=True).first()
        return Outcome(found) if found else None

    def refused_since(self, user: User, moment: datetime) -> int:
        return self.filter(user=user, outcome=Outcome.REFUSED, read_at__gte=moment).count()

    def read_before(self, age: timedelta) -> models.QuerySet["IncomingEmail"]:
        return self.filter(read_at__lt=timezone.now() - age)


class IncomingEmail(models.Model):
    key = models.CharField(max_length=64, help_text="SHA-256 of its Message-ID and address.")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=20, blank=True, help_text="Why it was refused.")
    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        related_name="incoming_emails",
        help_text="The person to whose address it was sent.",
    )
    read_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = IncomingEmailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="each_email_is_read_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["taken", "refused", "ignored"]),
                name="outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"IncomingEmail {self.pk}"
