"""What an organizer sets for the whole group."""

from typing import Any

from django import forms

from groups.models import Group, User
from groups.zones import zone_select


class GroupForm(forms.ModelForm[Group]):
    class Meta:
        model = Group
        fields = ["name", "time_zone"]
        help_texts = {"time_zone": "A due date ends when the day ends there."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = zone_select()

    def save_for(self, organizer: User) -> Group:
        return self.instance.change_settings(organizer, **self.cleaned_data)
