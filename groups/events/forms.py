"""The form that filters a group's history."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from groups.events import registry
from groups.models import User


class Named(forms.ModelChoiceField[User]):
    def label_from_instance(self, person: User) -> str:
        """With the handle, since two people may have one name."""
        return f"{person.name} (@{person.handle})"


class HistoryFilterForm(forms.Form):
    """Whatever cannot be asked for is as if it were not there."""

    kind = forms.ChoiceField(
        label="What",
        choices=lambda: [("", "Everything"), *registry.event_choices()],
        required=False,
    )
    person = Named(User.objects.none(), label="Who", required=False, empty_label="Everybody")
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def __init__(
        self, people: QuerySet[User], asked: QueryDict | None = None, **options: Any
    ) -> None:
        super().__init__(asked, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
