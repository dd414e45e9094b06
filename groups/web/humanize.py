"""Moments as people read them, made once and cheaply: a long thread shows hundreds."""

import math
from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was; after a week, the reader's date. Never negative."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return _counted(minutes, "minute")
    if minutes < 24 * 60:
        return _counted(minutes // 60, "hour")
    if minutes < 7 * 24 * 60:
        return _counted(minutes // (24 * 60), "day")
    moment = timezone.localtime(moment)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def time_tag(moment: datetime, now: datetime) -> SafeString:
    """Return the moment in words as a `<time>` element: in UTC for machines, in local time on
    hovering.
    """
    exact = moment.astimezone(UTC).isoformat(timespec="minutes")
    hover = f"{timezone.localtime(moment):%Y-%m-%d %H:%M} {timezone.get_current_timezone_name()}"
    words = ago(moment, now)
    return SafeString(f'<time datetime="{exact}" title="{hover}">{words}</time>')


def day(date: date) -> str:
    """Return a day of these months, without its year."""
    return f"{date.day} {MONTHS[date.month - 1]}"


def duration(seconds: float) -> str:
    """Return a length of time in whole seconds, minutes, hours or days, rounded up."""
    whole = math.ceil(seconds)
    units = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
    size, unit = next(((size, unit) for size, unit in units if whole >= size), (1, "second"))
    return _number_of(math.ceil(whole / size), unit)


def _counted(number: int, unit: str) -> str:
    return f"{_number_of(number, unit)} ago"


def _number_of(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
