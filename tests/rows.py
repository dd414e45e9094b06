"""All rows of the database, to be compared before and after."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = {"sessions.Session", "groups.Tally", "papers.Visit"}
# What is another one each time the same is done.
UNLIKE = {
    "password",
    "secret_hash",
    "key",
    "fingerprint",
    "session_data",
    "session_key",
    "message_id",
    "nonce",
    "sealed",
    # They tell of new rows by their ids.
    "effects",
    "headings",
    "places",
}
IN_AN_ADDRESS = re.compile(r"(?<=[a-z])/\d+/")
Rows = dict[str, list[dict[str, Any]]]


def everything() -> Rows:
    """Every row of every table but sessions and what people have seen."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in LEFT_OUT
    }


def written_since(before: Rows) -> Rows:
    """Every row as it is now; what differs between two runs of one action is told by its kind only.

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
            for row in model._base_manager.order_by("pk").values()
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
    if isinstance(value, dict):  # a letter, in which addresses stand
        return IN_AN_ADDRESS.sub("/a row/", json.dumps(value))
    return value


# The rows of one group


# What belongs to no group: the site's own, and what people have at it.
OF_NO_GROUP = {
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "django_tasks_database.DBTaskResult",
    "groups.Policy",
    "groups.Tally",
    "papers.ProviderResponse",
    "papers.ProviderSlot",
    "sessions.Session",
    "socialaccount.SocialApp",
}


def way_to_group(model: type[models.Model]) -> str | None:
    """The shortest way from a row to its group over what it refers to; if there is none, over a
    person to the groups that they are in.
    """
    return _way(model, "groups.Group", "pk") or _way(model, "groups.User", "memberships__group")


def _way(model: type[models.Model], goal: str, end: str) -> str | None:
    waiting: list[tuple[type[models.Model], list[str]]] = [(model, [])]
    seen = {model}
    for here, way in waiting:
        if here._meta.label == goal:
            return "__".join(way) or end if end == "pk" else "__".join([*way, end])
        for field in here._meta.concrete_fields:
            to = field.related_model
            if isinstance(to, type) and issubclass(to, models.Model) and to not in seen:
                seen.add(to)
                waiting.append((to, [*way, field.name]))
    return None


def is_of_a_group(model: type[models.Model]) -> bool:
    return model._meta.label not in OF_NO_GROUP


def rows_in(model: type[models.Model], group: models.Model) -> models.QuerySet[Any]:
    """Its rows of the group, each once. A model that belongs to none has to be named above."""
    way = way_to_group(model)
    assert way, f"{model._meta.label} has no way to a group"
    found = model._base_manager.filter(**{way: group.pk}).values("pk")
    return model._base_manager.filter(pk__in=found).order_by("pk")


def everything_in(group: models.Model) -> Rows:
    """Every row of one group, and of its people."""
    return {
        model._meta.label: list(rows_in(model, group).values())
        for model in apps.get_models()
        if is_of_a_group(model) and model._meta.label not in LEFT_OUT
    }
