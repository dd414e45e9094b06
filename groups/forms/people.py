"""The form of a profile."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from groups.handles import check_handle
from groups.models import User
from groups.time_zones import ZoneSelect

COLOURS = [
    "Blue", "Plum", "Green", "Rust", "Indigo", "Teal",
    "Red", "Olive", "Violet", "Ochre", "Slate", "Orchid",
]  # fmt: skip


class HandleField(forms.CharField):
    """Accept a handle as people type it: with capitals, or with an @ before it."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        # Some letters of other scripts turn into Latin ones when they are made small.
        return typed.removeprefix("@").lower() if typed.isascii() else typed


class PersonForm(forms.ModelForm[User]):
    handle = HandleField(
        max_length=40,
        validators=[check_handle],
        help_text="What others type after an @ to mention you. Small letters, digits, hyphens.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)
    chosen_colour = forms.TypedChoiceField(
        label="Colour",
        choices=[("", "Automatic"), *((str(n), name) for n, name in enumerate(COLOURS))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="The colour of the circle with your initials.",
        error_messages={"invalid_choice": "There is no such colour. Choose one of these."},
    )

    class Meta:
        model = User
        fields = ["name", "handle", "time_zone", "language", "chosen_colour"]
        help_texts = {
            "name": "As the others in your groups know you.",
            "time_zone": "Times are shown in this zone. "
            "A due date ends with the day in the group's time zone.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["time_zone"].widget = ZoneSelect()
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"]
        if User.objects.with_handle_like(handle).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "This handle, or one that looks like it, is taken. Choose another one.",
                code="taken",
            )
        return handle

    def keep(self) -> User:
        """Save what the form asks and nothing else of the person."""
        self.instance.describe(**self.cleaned_data)
        return self.instance
