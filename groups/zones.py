"""Time zones, by the names that everybody uses for them."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.forms import Select


def known_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone.", code="time_zone")


def zone_select() -> Select:
    """A list of all of them to choose from."""
    return Select(choices=[(zone, zone) for zone in sorted(zoneinfo.available_timezones())])
