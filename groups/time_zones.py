"""Time zones, by the names that everyone uses for them."""

import zoneinfo
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Select
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@cache
def all_zones() -> frozenset[str]:
    """Return the names of all of them. They are files, and each is opened to be found."""
    return frozenset(zoneinfo.available_timezones())


def known_time_zone(name: str) -> None:
    if name not in all_zones():
        raise ValidationError(f"“{name}” is not a time zone.", code="time_zone")


class ZoneSelect(Select):
    """A list of all of them to choose from.

    Django writes each option by a template of its own, which for these takes a fifth of a second.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = format_html_join(
            "\n",
            "<option{}>{}</option>",
            (
                (flatatt({"value": zone, "selected": zone == value}), zone)
                for zone in sorted(all_zones())
            ),
        )
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", given, options)
