"""Forms that check the promises of the database before it has to keep them itself."""

from typing import TypeVar

from django import forms
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class PromisingForm(forms.ModelForm[Row]):
    """Checks constraints also over fields that the view has set and the form does not show."""

    given: tuple[str, ...] = ("group",)

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - set(self.given)
