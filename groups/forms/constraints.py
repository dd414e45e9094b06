"""Forms that check the promises of the database before it has to keep them itself."""

from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from groups.models import Overtaken

ModelRow = TypeVar("ModelRow", bound=models.Model)


class ConstraintForm(forms.ModelForm[ModelRow]):
    """Checks constraints also over fields that the view has set and the form does not show."""

    given: tuple[str, ...] = ("group",)

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - set(self.given)

    def _update_errors(self, errors: ValidationError) -> None:
        """Raise Overtaken where a row that the view has set was deleted since it was found."""
        if gone := set(self.given).intersection(errors.error_dict) - set(self.fields):
            raise Overtaken(f"deleted in the meantime: {', '.join(sorted(gone))}")
        super()._update_errors(errors)  # type: ignore[misc]
