"""Handles: what one types to call on somebody. No two may be taken for each other."""

import re

from django.core.exceptions import ValidationError

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?\Z")
# Whoever writes under such a name would be taken for the site or for everybody.
RESERVED = {
    "admin", "administrator", "abuse", "all", "anonymous", "api", "bot", "channel", "deleted",
    "everybody", "everyone", "former", "founder", "group", "groups", "help", "here", "info",
    "mail", "me", "member", "members", "moderator", "nobody", "none", "null", "official",
    "operator", "organizer", "organizers", "owner", "postmaster", "root", "security", "seminar",
    "somebody", "staff", "support", "system", "team", "undefined", "webmaster", "you",
}  # fmt: skip
# Signs that look alike in the typefaces that people read; each is compared as the last one.
ALIKE = [("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s")]


def shape_of(handle: str) -> str:
    """What a handle looks like at a glance: two handles of one shape are one to a reader."""
    shape = handle.lower().replace("-", "").replace("_", "")
    for sign, looks_like in ALIKE:
        shape = shape.replace(sign, looks_like)
    return shape


RESERVED_SHAPES = {shape_of(word) for word in RESERVED}


def is_reserved(handle: str) -> bool:
    return shape_of(handle) in RESERVED_SHAPES


def check_handle(handle: str) -> None:
    """Refuse what cannot be typed after an @, and what looks like somebody in office."""
    if not HANDLE.match(handle):
        raise ValidationError(
            "A handle has 1 to 40 small Latin letters, digits, hyphens or underscores, "
            "and begins and ends with a letter or digit.",
            code="handle",
        )
    if is_reserved(handle):
        raise ValidationError(
            f"“{handle}” could be taken for the site itself. Choose another one.", code="reserved"
        )
