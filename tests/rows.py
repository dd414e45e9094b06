"""All that stands in the database, to be compared before and after."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = {"sessions.Session", "papers.Visit"}
UNLIKE = {"password", "secret_hash", "key", "fingerprint", "session_data"}


def everything(ids: bool = True) -> dict[str, list[Any]]:
    """Every row of every table but sessions and what people have seen.

    Without `ids`, what differs between two runs of the same deed is told by its kind only.
    """
    found = {}
    for model in apps.get_models():
        if model._meta.label not in LEFT_OUT:
            rows = model._default_manager.order_by("pk").values()
            found[model._meta.label] = [
                tuple(row.items()) if ids else _alike(model, row) for row in rows
            ]
    return found


def _alike(model: type[models.Model], row: dict[str, Any]) -> list[Any]:
    return [
        (name, _kind(value) if isinstance(value, datetime) else value)
        for name, value in row.items()
        if name not in UNLIKE and name != model._meta.pk.attname and name != "thread_id"
    ]


def _kind(moment: datetime) -> str:
    return "long ago" if moment < datetime(2001, 1, 1, tzinfo=UTC) else "lately"
