"""Emails: mail that waits to be sent, and what became of it.

An email is written in the transaction of the fact that asks for it, so neither is there without
the other. It is tried until it is sent or given up; its words are kept only as long as that, and
encrypted, since a code or a link among them lets someone in.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailMessage
from django.db import models
from django.db.models import F
from django.utils import timezone

from groups.encryption import Unreadable, decrypt, derive, derive_all, encrypt, hash_of
from groups.models.people import User

if TYPE_CHECKING:
    from groups.models.groups import Group

MOST_TRIES = 12
# No other worker tries an email while one is at it, for so long.
SECONDS_TO_SEND = 120
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
# A new email has a task of its own, which comes first.
GRACE = timedelta(seconds=30)
# The place in an email's words where the link with its secret goes when it is sent.
SECRET = "~~secret~~"  # noqa: S105
# What its words are encrypted for, and its secret is derived for.
PURPOSE = "groups.letters"


class Audience(models.TextChoices):
    """Whom an e-mail is for; `groups.audience` answers who belongs to it at the moment."""

    ACCOUNT = "account", "The owner of an account or address; about no group"
    MEMBERS = "members", "Members of the group"
    ORGANIZERS = "organizers", "Organizers of the group"
    APPLICANTS = "applicants", "People who asked to join the group and are not in it"
    INVITED = "invited", "An address that is invited to the group"


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def waiting(self) -> Self:
        """Those that may be tried now."""
        return self.filter(next_try_at__lte=timezone.now())

    def overdue(self) -> Self:
        """Those that should have been tried a while ago: they failed, or a worker was killed.

        Urgent ones come first, then those that wait longest.
        """
        overdue = self.filter(next_try_at__lte=timezone.now() - GRACE)
        return overdue.order_by("-is_urgent", "next_try_at", "pk")

    def done_before(self, moment: datetime) -> Self:
        return self.filter(next_try_at=None, created_at__lt=moment)

    def to_or_about(self, user: User, addresses: Iterable[str] = ()) -> Self:
        theirs = models.Q(about=user) | models.Q(reader=user)
        for address in {user.email, *addresses}:
            theirs |= models.Q(recipient__iexact=address)
        return self.filter(theirs)

    def forget(self, user: User, addresses: Iterable[str] = ()) -> None:
        """Remove what goes to a person or tells of them, and what names them from other emails.

        What is attached to those may name many, as the discussions of a group do; the email itself
        says where its reader finds it anew.
        """
        self.to_or_about(user, addresses).delete()
        for email in self.filter(next_try_at__isnull=False):
            email.detach({user.name, user.handle, user.email, *addresses})

    def withdraw_invitations(self, group: "Group", address: str) -> None:
        """Remove unsent invitations to an address, whose links no longer work."""
        waiting = self.filter(audience=Audience.INVITED, group=group, next_try_at__isnull=False)
        waiting.filter(recipient__iexact=address).delete()

    def forget_group(self, path: str) -> None:
        """Remove what leads to a deleted group, where the row itself does not name the group.

        An earlier release queued such rows; the others are deleted with their group.
        """
        words = path.lower()
        about = [
            email.pk
            for email in self.filter(next_try_at__isnull=False, group=None).iterator()
            if words in email.content.get("body", "").lower()
        ]
        self.filter(pk__in=about).delete()

    def post(
        self,
        message: EmailMessage,
        recipient: str,
        *,
        audience: Audience,
        group: "Group | None" = None,
        reader: User | None = None,
        about: User | None = None,
        is_urgent: bool = False,
    ) -> "OutgoingEmail":
        """Write an email down. Raises BadHeaderError where a header would become two."""
        message.message()
        message_id = message.extra_headers.get("Message-ID") or new_message_id()
        return self.create(
            recipient=recipient,
            audience=audience,
            group=group,
            reader=reader,
            about=about,
            is_urgent=is_urgent,
            message_id=message_id,
            sealed=seal(
                {
                    "subject": message.subject,
                    "body": message.body,
                    "from_email": message.from_email,
                    "reply_to": message.reply_to,
                    "headers": message.extra_headers,
                    "alternatives": [
                        [str(content), str(kind)]
                        for content, kind in getattr(message, "alternatives", [])
                    ],
                    "attachments": message.attachments,
                    "secret_hash": hash_of(secret_of(message_id)),
                }
            ),
        )

    def post_to_no_one(self, message: EmailMessage) -> "OutgoingEmail":
        """Store an email that counts as sent at once; it costs as much time as a real one."""
        message.message()
        return self.create(
            message_id=new_message_id(),
            audience=Audience.ACCOUNT,
            sealed="",
            next_try_at=None,
            is_urgent=True,
        )

    def claim(self, pk: int) -> "OutgoingEmail | None":
        """Take an email in hand; None where it was sent, given up, or is in other hands."""
        until = timezone.now() + timedelta(seconds=SECONDS_TO_SEND)
        taken = self.waiting().filter(pk=pk).update(next_try_at=until, tries=F("tries") + 1)
        # Deleting its group or its reader may have deleted the row meanwhile.
        return self.select_related("group", "reader").filter(pk=pk).first() if taken else None


def new_message_id() -> str:
    return make_msgid(domain=urlsplit(settings.SITE_URL).hostname)


def secret_of(message_id: str) -> str:
    """Return the secret that replaces SECRET in the email with this id when it is sent."""
    return derive(PURPOSE, message_id)


def seal(content: dict[str, Any]) -> str:
    """Return the words of an email as the database has them."""
    return encrypt(json.dumps(content).encode(), PURPOSE) if content else ""


class OutgoingEmail(models.Model):
    """`next_try_at` is there exactly as long as there is something left to do."""

    recipient = models.EmailField()
    audience = models.CharField(max_length=10, choices=Audience)
    group = models.ForeignKey(
        "groups.Group", models.CASCADE, null=True, related_name="outgoing_emails"
    )
    reader = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        related_name="outgoing_emails",
        help_text="The person who gets it, at the address they have when it is sent.",
    )
    about = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        related_name="letters_about",
        help_text="Whom it tells of: it is forgotten with them.",
    )
    message_id = models.CharField(max_length=255, unique=True)
    sealed = models.TextField(help_text="The words, encrypted.")
    is_urgent = models.BooleanField(
        default=False, help_text="Somebody waits for it in front of a page."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience=Audience.ACCOUNT, group=None)
                | models.Q(audience=Audience.INVITED, group__isnull=False, reader=None)
                | models.Q(
                    audience__in=[Audience.MEMBERS, Audience.ORGANIZERS, Audience.APPLICANTS],
                    group__isnull=False,
                    reader__isnull=False,
                ),
                name="email_about_a_group_says_for_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"OutgoingEmail {self.pk}"

    @property
    def address(self) -> str:
        """Return the address to send to: the reader may have changed theirs since."""
        return self.reader.email if self.reader else self.recipient

    @property
    def content(self) -> dict[str, Any]:
        """The words; empty when they are not needed any more, or the key to them is gone."""
        try:
            words = decrypt(self.sealed, PURPOSE) if self.sealed else b"{}"
        except Unreadable:
            return {}
        content: dict[str, Any] = json.loads(words)
        return content

    @content.setter
    def content(self, content: dict[str, Any]) -> None:
        self.sealed = seal(content)

    @property
    def secret(self) -> str:
        """The secret of a link in it: derived from its id, by the key that it was written with."""
        known = self.content.get("secret_hash")
        made = derive_all(PURPOSE, self.message_id)
        return next((secret for secret in made if hash_of(secret) == known), made[0])

    def message(self, connection: Any) -> EmailMultiAlternatives:
        """Return the email as it goes out. Each try has the same Message-ID, to be known again by.

        Raises Unreadable where the key that it was encrypted with is gone.
        """
        content = self.content
        if not content:
            raise Unreadable
        alternatives = content.pop("alternatives")
        content.pop("secret_hash", None)
        content["body"] = content["body"].replace(SECRET, self.secret)
        content["headers"] = {**content["headers"], "Message-ID": self.message_id}
        mail = EmailMultiAlternatives(**content, to=[self.address], connection=connection)
        for text, kind in alternatives:
            mail.attach_alternative(text, kind)
        return mail

    def detach(self, words: Iterable[str]) -> None:
        """Remove the attachments that contain one of the words."""
        content = self.content
        attached = content.get("attachments", [])
        kept = [part for part in attached if not any(word in _plain(part[1]) for word in words)]
        if len(kept) < len(attached):
            self.content = {**content, "attachments": kept}
            self._change(sealed=self.sealed)

    @property
    def is_stopped(self) -> bool:
        """Return whether it is not sent, since no mail can be delivered to its reader.

        What is about an account is tried: without a code some could not come in to say another
        address.
        """
        is_about_account = self.audience == Audience.ACCOUNT
        return self.reader is not None and self.reader.is_unreachable and not is_about_account

    def note_refused(self, status: str) -> None:
        """Drop the words: the server takes no mail for the address, now or later."""
        User.objects.note_refused(self.address, status)
        self.withhold()

    def note_sent(self) -> None:
        """Keep the address that it was sent to, by which a later report is understood."""
        now = timezone.now()
        self._change(sealed="", sent_at=now, next_try_at=None, recipient=self.address)

    def withhold(self) -> None:
        """Drop the words unsent: the reader may not be told any more."""
        self._change(sealed="", next_try_at=None)

    def note_failure(self) -> None:
        """Try again after a pause that doubles, or give up."""
        if self.tries >= MOST_TRIES:
            self._change(sealed="", next_try_at=None)
            return
        pause = min(SHORTEST_PAUSE * 2 ** (self.tries - 1), LONGEST_PAUSE)
        self._change(next_try_at=timezone.now() + pause)

    def _change(self, **changes: Any) -> None:
        OutgoingEmail.objects.filter(pk=self.pk).update(**changes)


def _plain(attached: object) -> str:
    """Markdown without the marks that keep a name from being Markdown."""
    return str(attached).replace("\\", "")
