"""What an organizer sets for the whole group."""

from typing import Any

from django import forms

from groups.models import Group, User
from groups.time_zones import ZoneSelect


class GroupForm(forms.ModelForm[Group]):
    class Meta:
        model = Group
        fields = [
            "name",
            "about",
            "time_zone",
            "visibility",
            "opens_threads",
            "may_be_indexed",
            "seats",
        ]
        widgets = {"visibility": forms.RadioSelect}
        labels = {
            "about": "What it is about",
            "visibility": "Who can see the group",
            "opens_threads": "Anybody can read its threads, too",
            "may_be_indexed": "Search engines may show it",
            "seats": "Members at most",
        }
        help_texts = {
            "about": "A sentence for those who do not know the group yet.",
            "time_zone": "A due date ends when the day ends there.",
            "visibility": "Whatever you choose: what somebody has read is nobody's business "
            "outside the group.",
            "opens_threads": "With the names of those who wrote. Only in a public group.",
            "may_be_indexed": "Otherwise they are asked not to. Only in a public group.",
            "seats": "Leave it empty to let in as many as come.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = ZoneSelect()
        self.fields["visibility"].required = False  # what is not said stays as it is

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
