"""Time zones, by the names that everybody uses for them."""

import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.forms import Select


@cache
def all_zones() -> frozenset[str]:
    """The names of all of them. They are files, and each is opened to be found."""
    return frozenset(zoneinfo.available_timezones())


def known_time_zone(name: str) -> None:
    if name not in all_zones():
        raise ValidationError(f"“{name}” is not a time zone.", code="time_zone")


def zone_select() -> Select:
    """A list of all of them to choose from."""
    return Select(choices=[(zone, zone) for zone in sorted(all_zones())])
