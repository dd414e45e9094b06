"""The log of a site keeps no secret that opens anything."""

import logging

import pytest

from config.redaction import WithoutSecrets, without_secrets
from tests.factories import browser_of

TOLD = {
    "Not Found: /join/s3cr3t-of-a-link/": "Not Found: /join/…/",
    "GET '/join/s3cr3t/' failed": "GET '/join/…/' failed",
    "/accounts/password/reset/key/2-abc-def/": "/accounts/password/reset/key/…/",
    "/accounts/confirm-email/MQ:1w:sig/": "/accounts/confirm-email/…/",
    "/accounts/with/uni/login/callback/?code=abc&state=def": "/accounts/with/uni/login/callback/"
    "?code=…&state=…",
    "/groups/readers/?topic=3": "/groups/readers/?topic=3",
}


@pytest.mark.parametrize(("told", "kept"), TOLD.items())
def test_a_secret_in_an_address_is_left_out(told, kept):
    assert without_secrets(told) == kept


def test_a_line_is_told_without_its_secret():
    record = logging.LogRecord("a", logging.WARNING, "", 0, "%s: %s", ("No", "/join/s3cr3t/"), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "No: /join/…/"


@pytest.mark.django_db
def test_what_is_not_found_is_logged_without_its_secret(monkeypatch):
    handler = next(h for h in logging.getLogger().handlers if h.get_name() == "stderr")
    told: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: told.append(record.getMessage()))
    browser_of().get("/accounts/password/reset/key/1-s3cr3t/no/such/address/")
    browser_of().get("/join/s3cr3t/and/more/")
    assert [line for line in told if "…" in line]
    assert not [line for line in told if "s3cr3t" in line]
