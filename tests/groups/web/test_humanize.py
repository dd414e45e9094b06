"""Moments and lengths of time as people read them."""

from datetime import date

import pytest

from groups.web.humanize import day, duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (1, "1 second"),
        (59, "59 seconds"),
        (59.2, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3599, "60 minutes"),
        (3600, "1 hour"),
        (3601, "2 hours"),
        (7200, "2 hours"),
        (86_400, "1 day"),
        (86_401, "2 days"),
    ],
)
def test_a_length_of_time_is_in_whole_units_rounded_up(seconds, words):
    assert duration(seconds) == words


def test_a_day_is_without_its_year():
    assert day(date(2026, 3, 9)) == "9 Mar"
