"""Asking to type a name before something goes for good."""

import unicodedata
from typing import Any

from django import forms


class ConfirmationForm(forms.Form):
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
