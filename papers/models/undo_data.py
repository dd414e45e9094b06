"""The JSON that merges and imports keep in order to be undone."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def value_of(data: Mapping[str, Any], key: str) -> Any:
    """Return the value of a key, also where an earlier release wrote it under another name."""
    return data.get(key, data.get(settings.FORMER_KEYS.get(key, key)))
