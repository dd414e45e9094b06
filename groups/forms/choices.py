"""Narrow the choices of a form to the rows of one group."""

from typing import Any

from django import forms
from django.db.models import QuerySet


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField[Any]:
    """Offer these rows in a field, and no others: one that is not among them is refused."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} does not offer rows.")
    field.queryset = rows
    return field
