"""Find the moment at which an email is written: after a pause, and not in quiet hours."""

from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone

from groups.models import User
from papers.models import Frequency
from papers.models.notifications import HELD

MORNING = time(8)
MONDAY = 0


def mail_at(
    now: datetime,
    frequency: str,
    zone: tzinfo,
    quiet: tuple[time, time] | None = None,
) -> datetime | None:
    """Return when to write the email; None for one that is never written.

    Digests are written in the morning where the reader is, weekly ones on a Monday. `quiet` is from
    when until when no email is sent, and may go past midnight.
    """
    match frequency:
        case Frequency.AT_ONCE:
            return _after_quiet(now + HELD, zone, quiet)
        case Frequency.DAILY:
            return _after_quiet(next_morning(now, zone), zone, quiet)
        case Frequency.WEEKLY:
            return _after_quiet(next_monday(now, zone), zone, quiet)
        case _:
            return None


def later(name: str, user: User) -> datetime:
    """Return the moment of one of the choices: tomorrow morning, or that of next Monday."""
    now = timezone.now()
    if name == "week":
        return next_monday(now, user.zone)
    # Not this morning for those who are up before it.
    return next_morning(now + timedelta(hours=8), user.zone)


def morning_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=zone)


def next_morning(now: datetime, zone: tzinfo) -> datetime:
    today = _local(now, zone, 0, MORNING)
    return today if today > now else _local(now, zone, 1, MORNING)


def next_monday(now: datetime, zone: tzinfo) -> datetime:
    morning = next_morning(now, zone)
    days = (MONDAY - morning.astimezone(zone).weekday()) % 7
    return _local(morning, zone, days, MORNING)


def _after_quiet(moment: datetime, zone: tzinfo, quiet: tuple[time, time] | None) -> datetime:
    if quiet is None:
        return moment
    begin, end = quiet
    clock = moment.astimezone(zone).time()
    if begin < end:
        return _local(moment, zone, 0, end) if begin <= clock < end else moment
    if begin > end and (clock >= begin or clock < end):
        return _local(moment, zone, 1 if clock >= begin else 0, end)
    return moment


def _local(moment: datetime, zone: tzinfo, days: int, clock: time) -> datetime:
    """Return the moment at which the clock shows that time, so many days after the moment's."""
    day = moment.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, clock, tzinfo=zone)
