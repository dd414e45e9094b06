"""The demonstration: people whose password everyone knows, so every page says so."""

from functools import partial

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from groups.models import User

REMEMBERED = 60  # seconds


def has_demo_people() -> bool:
    look = partial(User.objects.filter(is_demo=True).exists)
    return bool(caches["process"].get_or_set("has_demo_people", look, REMEMBERED))


def demo_context(request: HttpRequest) -> dict[str, object]:
    return {"demo": SimpleLazyObject(has_demo_people)}
