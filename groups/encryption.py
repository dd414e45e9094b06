"""Encryption of what is kept in the database and would open something to a reader of it.

Keys are derived from `SECRET_KEY`, one for each purpose, so a copy of the database alone opens
nothing. What was encrypted with one of `SECRET_KEY_FALLBACKS` is still read, which is how the key
is changed.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

SECRET_BYTES = 24
# How every token of Fernet begins: its version, and a time before the year 2106.
TOKEN_START = "gAAAA"  # noqa: S105


class Unreadable(Exception):
    """The data is no token, was changed, or was encrypted with a key that is gone."""


def encrypt(data: bytes, purpose: str) -> str:
    """Return a token of URL-safe base64, four thirds of the data and 76 characters long."""
    return _fernet(purpose, site_keys()).encrypt(data).decode()


def decrypt(token: str | bytes, purpose: str) -> bytes:
    """Return what was encrypted for the purpose. Raises Unreadable."""
    try:
        return _fernet(purpose, site_keys()).decrypt(token)
    except (InvalidToken, TypeError) as error:
        raise Unreadable from error


def derive(purpose: str, value: str) -> str:
    """Return a secret that only someone with the site's key can compute from `value`."""
    return next(_derived(purpose, value, site_keys()))


def derive_all(purpose: str, value: str) -> list[str]:
    """Return the value derived with each key that is still accepted, the current one first."""
    return list(_derived(purpose, value, site_keys()))


def hash_of(secret: str) -> str:
    """SHA-256 of a secret that is long and random, so that it needs neither salt nor rounds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def site_keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _derived(purpose: str, value: str, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        made = salted_hmac(purpose, value, secret=key, algorithm="sha256").digest()
        yield base64.urlsafe_b64encode(made[:SECRET_BYTES]).decode()


@lru_cache(maxsize=64)
def _fernet(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(purpose, key)) for key in keys])


def _key(purpose: str, key: str) -> bytes:
    made = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
    return base64.urlsafe_b64encode(made)
