"""The forms of what one is told, and how soon by email."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from groups.models import User
from papers.models import EmailChoice, Frequency, Level, NotificationSettings
from papers.notifications.reasons import CHOSEN
from papers.notifications.timing import later, morning_of

_ONE_OF_TWO = "Give both times, or none."


class NotificationSettingsForm(forms.ModelForm[NotificationSettings]):
    """Choose how soon an email comes for each reason, and the hours in which none does."""

    class Meta:
        model = NotificationSettings
        fields = ["quiet_from", "quiet_until"]
        widgets = {name: forms.TimeInput(format="%H:%M", attrs={"type": "time"}) for name in fields}

    def __init__(self, user: User, data: Any = None) -> None:
        found = NotificationSettings.objects.filter(user=user).first()
        super().__init__(data, instance=found or NotificationSettings(user=user))
        self.user = user
        chosen = EmailChoice.objects.of([user])
        for reason, row in CHOSEN.items():
            self.fields[reason] = forms.ChoiceField(
                label=row.label,
                choices=Frequency.choices,
                initial=chosen.get((user.pk, reason), row.frequency),
                widget=forms.Select(attrs={"class": "input"}),
            )

    def reasons(self) -> Iterator[forms.BoundField]:
        return (self[reason] for reason in CHOSEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_until") is None):
            self.add_error("quiet_until", _ONE_OF_TWO)
        return cleaned

    def keep(self) -> NotificationSettings:
        EmailChoice.objects.choose(self.user, {one: self.cleaned_data[one] for one in CHOSEN})
        return self.save()


class LevelForm(forms.Form):
    level = forms.ChoiceField(choices=Level.choices)


class LaterForm(forms.Form):
    """Until when a notification is put off: one of two choices, or the morning of a day."""

    until = forms.ChoiceField(choices=[("day", "Tomorrow"), ("week", "Next week")], required=False)
    day = forms.DateField(required=False)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("until") or cleaned.get("day")):
            raise forms.ValidationError("Choose a day.")
        if self.moment <= timezone.now():
            raise forms.ValidationError("This day is over. Choose a later one.")
        return cleaned

    @property
    def reason(self) -> str:
        """Return why it is not valid, as a sentence."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def moment(self) -> datetime:
        """Return the moment at which it is new again."""
        day: date | None = self.cleaned_data.get("day")
        return (
            morning_of(day, self.user.zone) if day else later(self.cleaned_data["until"], self.user)
        )


class ShownForm(forms.Form):
    """From which notification to which a page showed them."""

    oldest = forms.IntegerField(min_value=0, max_value=2**62)
    newest = forms.IntegerField(min_value=0, max_value=2**62)
