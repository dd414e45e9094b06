"""What a link lets people do."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from groups.models import Group, Invitation, Membership, User


class InvitationForm(forms.Form):
    DAYS = {1: "1 day", 7: "7 days", 30: "30 days"}

    role = forms.ChoiceField(choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    days = forms.TypedChoiceField(
        label="The link works for", choices=DAYS.items(), coerce=int, initial=7
    )
    uses_allowed = forms.IntegerField(
        label="How many people may use it", min_value=1, max_value=500, initial=20
    )

    def issue(self, group: Group, organizer: User) -> tuple[Invitation, str]:
        return Invitation.objects.issue(
            group,
            organizer,
            role=self.cleaned_data["role"],
            expires_at=timezone.now() + timedelta(days=self.cleaned_data["days"]),
            uses_allowed=self.cleaned_data["uses_allowed"],
        )
