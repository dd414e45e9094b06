"""The settings form of a group."""

from itertools import groupby
from typing import Any

from django import forms

from groups.models import Group, User
from groups.models.group_settings import SETTINGS
from groups.time_zones import ZoneSelect


class GroupForm(forms.ModelForm[Group]):
    class Meta:
        model = Group
        fields = [*SETTINGS]
        labels = {name: setting.label for name, setting in SETTINGS.items()}
        help_texts = {name: setting.help_text for name, setting in SETTINGS.items()}
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = ZoneSelect()
        self.fields["visibility"].required = False  # what is not said stays as it is

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        parted = groupby(SETTINGS.items(), lambda item: item[1].section)
        return [(section, [self[name] for name, _ in items]) for section, items in parted]

    def clean_seats(self) -> int | None:
        seats: int | None = self.cleaned_data["seats"]
        present = self.instance.memberships.count()
        if seats is not None and seats < present:
            raise forms.ValidationError(
                f"{present} people are in the group. Let it have at least as many seats."
            )
        return seats

    def save_for(self, organizer: User) -> Group:
        """Write what was changed. Raises IntegrityError where it no longer fits."""
        settings = {name: getattr(self.instance, name) for name in self.fields}
        self.instance.change_settings(organizer, **settings)
        return self.instance
