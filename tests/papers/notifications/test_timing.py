"""When emails are written."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Frequency
from papers.notifications.timing import HELD, mail_at

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = (time(22), time(7))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "frequency", "quiet", "wanted"),
    [
        ("2026-05-04 12:00", "at_once", None, "2026-05-04 12:03"),
        ("2026-05-04 23:00", "at_once", NIGHT, "2026-05-05 07:00"),
        ("2026-05-05 06:00", "at_once", NIGHT, "2026-05-05 07:00"),
        ("2026-05-04 21:58", "at_once", NIGHT, "2026-05-05 07:00"),
        ("2026-05-04 12:30", "at_once", (time(12), time(13)), "2026-05-04 13:00"),
        ("2026-05-04 07:59", "daily", None, "2026-05-04 08:00"),
        ("2026-05-04 08:00", "daily", None, "2026-05-05 08:00"),
        ("2026-05-05 12:00", "weekly", None, "2026-05-11 08:00"),
        ("2026-05-04 07:00", "weekly", None, "2026-05-04 08:00"),
        ("2026-03-28 12:00", "daily", None, "2026-03-29 08:00"),  # the clock goes forward
        ("2026-05-04 12:00", "daily", (time(0), time(9)), "2026-05-05 09:00"),
    ],
)
def test_an_email_is_written_at(
    now: str, frequency: str, quiet: tuple[time, time] | None, wanted: str
) -> None:
    assert mail_at(at(now), frequency, BERLIN, quiet) == at(wanted)


def test_never_is_never() -> None:
    assert mail_at(at("2026-05-04 12:00"), Frequency.NEVER, BERLIN) is None


@given(MOMENTS, st.sampled_from(["at_once", "daily", "weekly"]), st.times(), st.times())
def test_it_is_never_in_quiet_hours_nor_much_too_late(
    now: datetime, frequency: str, begin: time, end: time
) -> None:
    found = mail_at(now, frequency, BERLIN, (begin, end))
    assert found is not None
    assert now + (HELD if frequency == "at_once" else timedelta()) <= found
    assert found - now < timedelta(days=9)
    clock = found.astimezone(BERLIN).time()
    is_quiet = begin <= clock < end if begin < end else begin != end and not end <= clock < begin
    is_skipped = found.astimezone(BERLIN) != found.astimezone(UTC).astimezone(BERLIN)
    assert not is_quiet or is_skipped or clock == end
