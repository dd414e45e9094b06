"""Read from the environment which providers one can sign in with.

    GOOGLE_SIGN_IN=client-id:secret
    GITHUB_SIGN_IN=client-id:secret
    ORCID_SIGN_IN=client-id:secret
    OPENID_SIGN_IN=Name|https://issuer|client-id|secret

A provider that is not named has no button and no address. Several OpenID Connect providers are in
one setting with semicolons between them.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify

OPENID = "openid_connect"


@dataclass(frozen=True)
class SignInProvider:
    """`kind` is allauth's word for it, `key` is in URLs, `origins` is where it asks."""

    kind: str
    key: str
    name: str
    client_id: str
    secret: str
    origins: tuple[str, ...]
    issuer: str = ""

    @property
    def app(self) -> dict[str, Any]:
        app: dict[str, Any] = {"client_id": self.client_id, "secret": self.secret}
        if self.kind == OPENID:
            app |= {
                "name": self.name,
                "provider_id": self.key,
                "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
            }
        return app


KNOWN = {
    "google": ("Google", "https://accounts.google.com"),
    "github": ("GitHub", "https://github.com"),
    "orcid": ("ORCID", "https://orcid.org"),
}
SETTINGS: dict[str, dict[str, Any]] = {
    "google": {"SCOPE": ["profile", "email"], "OAUTH_PKCE_ENABLED": True},
    "github": {"SCOPE": ["read:user", "user:email"]},
    "orcid": {"BASE_DOMAIN": "orcid.org", "MEMBER_API": False},
    OPENID: {},
}


def well_known(key: str, setting: str) -> list[SignInProvider]:
    """Google, GitHub or ORCID, if the setting names a client."""
    if not setting:
        return []
    client_id, _, secret = setting.partition(":")
    if not (client_id and secret):
        raise ImproperlyConfigured(f"{key.upper()}_SIGN_IN is client-id:secret.")
    name, origin = KNOWN[key]
    return [SignInProvider(key, key, name, client_id, secret, (origin,))]


def openid(setting: str) -> list[SignInProvider]:
    """OpenID Connect providers. A fifth part names where they ask, if that is elsewhere."""
    return [_openid(one.strip()) for one in setting.split(";") if one.strip()]


def _openid(setting: str) -> SignInProvider:
    name, issuer, client_id, secret, *elsewhere = [
        part.strip() for part in [*setting.split("|"), *[""] * 4][: max(4, setting.count("|") + 1)]
    ]
    key = slugify(name)
    if not (key and client_id and secret and re.match(r"https?://[^/]", issuer)):
        raise ImproperlyConfigured("OPENID_SIGN_IN is Name|https://issuer|client-id|secret.")
    if key in KNOWN:
        raise ImproperlyConfigured(f"OPENID_SIGN_IN: {name} has a setting of its own.")
    origins = tuple(dict.fromkeys(origin_of(url) for url in (issuer, *elsewhere)))
    return SignInProvider(OPENID, key, name, client_id, secret, origins, issuer.rstrip("/"))


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def for_allauth(providers: list[SignInProvider]) -> dict[str, dict[str, Any]]:
    """Return the value of SOCIALACCOUNT_PROVIDERS."""
    kinds = dict.fromkeys(provider.kind for provider in providers)
    return {
        kind: SETTINGS[kind] | {"APPS": [one.app for one in providers if one.kind == kind]}
        for kind in kinds
    }
