"""Where a hole of the site is reported."""

import re

import pytest

from tests.factories import browser_of
from tests.pages import text_of

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("setting", "contact"),
    [
        ("holes@seminar.example", "mailto:holes@seminar.example"),
        ("https://seminar.example/report", "https://seminar.example/report"),
    ],
)
def test_it_names_the_operators_contact(settings, setting, contact):
    settings.SECURITY_CONTACT = setting
    answer = browser_of().get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Contact: {contact}\n" in text_of(answer)
    assert re.search(r"^Expires: 20\d\d-\d\d-\d\dT00:00:00Z$", text_of(answer), re.MULTILINE)
    assert f"Canonical: {settings.SITE_URL}{ADDRESS}\n" in text_of(answer)


@pytest.mark.django_db
def test_without_a_contact_there_is_none(settings):
    assert browser_of().get(ADDRESS).status_code == 404
