"""The forms of the ground floor."""

import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from groups.models import Group, Invitation, Membership, User
from groups.zones import zone_select


class GroupForm(forms.ModelForm[Group]):
    class Meta:
        model = Group
        fields = ["name", "time_zone"]
        help_texts = {"time_zone": "A due date ends when the day ends there."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = zone_select()


class TypedForm(forms.Form):
    """Asks to type a name before something goes for good."""

    typed = forms.CharField(
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, expected: str, label: str, otherwise: str, *args: Any) -> None:
        super().__init__(*args)
        self.expected, self.otherwise = expected, otherwise
        self.fields["typed"].label = label

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if _as_compared(typed) != _as_compared(self.expected):
            raise forms.ValidationError(self.otherwise)
        return typed


def _as_compared(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).casefold()


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role.choices)


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
