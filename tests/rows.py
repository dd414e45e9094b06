"""All that stands in the database, to be compared before and after."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = {"sessions.Session", "papers.Visit"}
# What is another one each time the same is done.
UNLIKE = {"password", "secret_hash", "key", "fingerprint", "session_data"}
Rows = dict[str, list[dict[str, Any]]]


def everything() -> Rows:
    """Every row of every table but sessions and what people have seen."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in LEFT_OUT
    }


def written_since(before: Rows) -> Rows:
    """Every row as it is now; what differs between two runs of one deed is told by its kind only.

    New rows have other ids each time, and refer to each other by them.
    """
    known = {label: {row.get("id") for row in rows} for label, rows in before.items()}
    return {
        model._meta.label: [
            {
                field.attname: _alike(field, row[field.attname], known)
                for field in model._meta.concrete_fields
                if field.name not in UNLIKE
            }
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in apps.get_models()
        if model._meta.label not in LEFT_OUT
    }


def _alike(field: models.Field[Any, Any], value: Any, known: dict[str, set[Any]]) -> Any:
    referred = field.model if field.primary_key else field.related_model
    if isinstance(referred, type) and issubclass(referred, models.Model) and value is not None:
        return value if value in known.get(referred._meta.label, set()) else "a new row"
    if isinstance(value, datetime):
        return "long ago" if value < datetime(2001, 1, 1, tzinfo=UTC) else "lately"
    return value
