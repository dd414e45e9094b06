"""Secret addresses of feeds: one for each membership, by which programs read without signing in.

The secret is derived from the membership and its nonce, so that it can be shown again and a copy of
the database opens none. A new nonce ends the old addresses; with the membership all of them end.

On a page that is compressed the secret is masked anew each time, as the tokens of forms are: how
well such a page compresses would else tell of it to somebody whose words are on it.
"""

import base64
import binascii
import re
import secrets

from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from groups.encryption import SECRET_BYTES, derive, derive_all
from groups.models import Membership

PURPOSE = "papers.feeds"
_TOKEN = re.compile(r"([0-9a-z]{1,12})-([\w-]{32}|[\w-]{64})", re.ASCII)


def feed_path(membership: Membership, *, paper: int = 0, thread: int = 0) -> str:
    """Return the path of the feed of a group, or of a paper or a thread in it."""
    return _path(token_of(membership), paper, thread)


def masked_feed_path(membership: Membership, *, paper: int = 0, thread: int = 0) -> str:
    """Return a path of the same feed that is another one each time."""
    secret = base64.urlsafe_b64decode(derive(PURPOSE, _about(membership)))
    mask = secrets.token_bytes(SECRET_BYTES)
    masked = base64.urlsafe_b64encode(mask + _with_mask(secret, mask)).decode()
    return _path(f"{int_to_base36(membership.pk)}-{masked}", paper, thread)


def token_of(membership: Membership) -> str:
    return f"{int_to_base36(membership.pk)}-{derive(PURPOSE, _about(membership))}"


def membership_of(token: str) -> Membership | None:
    """Return the membership whose token it is, masked or not, while its account is open."""
    found = _TOKEN.fullmatch(token)
    membership = Membership.objects.for_feeds(base36_to_int(found[1])) if found else None
    if found is None or membership is None:
        return None
    secret = _unmasked(found[2])
    made = derive_all(PURPOSE, _about(membership))
    return membership if any(constant_time_compare(secret, one) for one in made) else None


def _about(membership: Membership) -> str:
    return f"{membership.pk}-{membership.feed_nonce}"


def _path(token: str, paper: int, thread: int) -> str:
    if paper:
        return reverse("papers:paper_feed", args=[token, paper])
    if thread:
        return reverse("papers:thread_feed", args=[token, thread])
    return reverse("papers:group_feed", args=[token])


def _unmasked(secret: str) -> str:
    try:
        said = base64.urlsafe_b64decode(secret)
    except (binascii.Error, ValueError):
        return ""
    if len(said) == 2 * SECRET_BYTES:
        said = _with_mask(said[SECRET_BYTES:], said[:SECRET_BYTES])
    return base64.urlsafe_b64encode(said).decode()


def _with_mask(secret: bytes, mask: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(secret, mask, strict=True))
