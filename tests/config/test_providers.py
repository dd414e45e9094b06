"""Which accounts elsewhere one can sign in with is said in the environment."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.providers import for_allauth, openid, well_known


def told_by_a_site(**environment: str) -> dict[str, list[Any]]:
    """What a fresh process with these settings has of buttons, addresses and its policy."""
    program = """
import json, django
django.setup()
from django.conf import settings
from django.urls import get_resolver
from groups.accounts.providers import providers_context
print(json.dumps({
    "ways": [[way.name, way.url] for way in providers_context(None)["sign_in_providers"]],
    "names": [name for name in get_resolver().reverse_dict if isinstance(name, str)],
    "form-action": settings.SECURE_CSP["form-action"],
}))
"""
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "x",
            "DATA_DIR": "/tmp",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[Any]] = json.loads(result.stdout)
    return found


def test_without_a_setting_there_is_neither_a_button_nor_an_address():
    site = told_by_a_site()
    assert site["ways"] == []
    assert site["form-action"] == ["'self'"]
    names = site["names"]
    assert "account_login" in names
    assert not [name for name in names if "socialaccount" in name or "_callback" in name]


def test_with_a_setting_there_are_both_and_the_policy_lets_one_go_there():
    site = told_by_a_site(
        GITHUB_SIGN_IN="id:secret", OPENID_SIGN_IN="Our Uni|https://id.uni.example/realm|id|secret"
    )
    assert site["ways"] == [
        ["GitHub", "/accounts/with/github/login/"],
        ["Our Uni", "/accounts/with/our-uni/login/"],
    ]
    assert site["form-action"] == ["'self'", "https://github.com", "https://id.uni.example"]
    names = site["names"]
    assert "socialaccount_connections" in names
    assert "github_callback" in names
    assert "google_login" not in names


def test_all_four_can_stand_beside_each_other():
    site = told_by_a_site(
        GOOGLE_SIGN_IN="id:secret",
        GITHUB_SIGN_IN="id:secret",
        ORCID_SIGN_IN="id:secret",
        OPENID_SIGN_IN="A|https://a.example|id|secret; B|https://b.example|id|secret",
    )
    ways = site["ways"]
    assert [name for name, _ in ways] == ["Google", "GitHub", "ORCID", "A", "B"]


def test_a_provider_that_asks_elsewhere_names_that_place():
    [one] = openid("Uni|https://id.example|id|secret|https://login.example/start")
    assert one.origins == ("https://id.example", "https://login.example")


def test_allauth_is_told_each_client_once():
    settings = for_allauth(
        [*well_known("google", "id:se:cret"), *openid("A|https://a.example|i|s")]
    )
    assert settings["google"]["APPS"] == [{"client_id": "id", "secret": "se:cret"}]
    assert settings["openid_connect"]["APPS"][0]["provider_id"] == "a"


@pytest.mark.parametrize(
    "setting",
    [
        "Uni",
        "Uni|id.example|id|secret",
        "Uni|https://id.example|id|",
        "|https://id.example|id|secret",
        "Google|https://id.example|id|secret",
    ],
)
def test_a_setting_that_says_too_little_is_refused_at_the_start(setting):
    with pytest.raises(ImproperlyConfigured, match="OPENID_SIGN_IN"):
        openid(setting)


def test_a_client_without_a_secret_is_refused_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="GITHUB_SIGN_IN"):
        well_known("github", "only-an-id")
