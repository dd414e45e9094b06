"""The forms of invitations: a link, and emails."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from groups.mail.joining_mail import MOST_INVITATIONS_A_DAY, TooManyInvitations, invite
from groups.models import Group, Invitation, Membership, User
from groups.validators import validate_one_line


class InvitationForm(forms.Form):
    """Make a link for anyone who has it."""

    DAYS = {1: "1 day", 3: "3 days", 7: "7 days"}

    role = forms.ChoiceField(choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    days = forms.TypedChoiceField(
        label="The link works for", choices=DAYS.items(), coerce=int, initial=7
    )
    uses_allowed = forms.IntegerField(
        label="How many people may use it", min_value=1, max_value=500, initial=20
    )
    note = forms.CharField(
        required=False,
        max_length=300,
        validators=[validate_one_line],
        help_text="What it is for. Those who open the link read it.",
    )

    @property
    def expires_at(self) -> datetime:
        return timezone.now() + timedelta(days=self.cleaned_data["days"])

    def issue(self, group: Group, organizer: User) -> tuple[Invitation, str]:
        return Invitation.objects.issue(
            group,
            organizer,
            role=self.cleaned_data["role"],
            expires_at=self.expires_at,
            uses_allowed=self.cleaned_data["uses_allowed"],
            note=self.cleaned_data["note"],
        )


class MailedInvitationForm(InvitationForm):
    """Make a link for each of some email addresses, which only that person can use."""

    uses_allowed = None  # type: ignore[assignment]
    emails = forms.CharField(
        label="Email addresses",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"}),
        help_text="One per line. Each gets a message with its own link.",
    )
    field_order = ["emails", "role", "days", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = "It is part of the message."

    def clean_emails(self) -> list[str]:
        emails = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").split("\n")
        found = [email.strip() for email in emails if email.strip()]
        if len(found) > MOST_INVITATIONS_A_DAY:
            raise ValidationError(
                f"At most {MOST_INVITATIONS_A_DAY} email addresses a day; these are {len(found)}. "
                "A link can be given to as many people as you like."
            )
        for email in found:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    f"“{email}” is not an email address. Nothing was sent."
                ) from None
        return found

    def send(self, group: Group, organizer: User) -> list[Invitation]:
        """Send them, or say on the form why none was sent."""
        try:
            return invite(
                group,
                organizer,
                self.cleaned_data["emails"],
                role=self.cleaned_data["role"],
                expires_at=self.expires_at,
                note=self.cleaned_data["note"],
            )
        except TooManyInvitations as refused:
            self.add_error("emails", str(refused))
            return []
