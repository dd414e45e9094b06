"""Handles: what one types to call on someone. No two may be taken for each other."""

import re

from django.core.exceptions import ValidationError

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?\Z")
# Under such a name one would be taken for the site or for everyone.
RESERVED = {
    "abuse", "all", "anonymous", "api", "bot", "channel", "deleted", "everybody", "everyone",
    "former", "founder", "group", "groups", "help", "here", "info", "mail", "me", "member",
    "members", "nobody", "none", "null", "owner", "somebody", "team", "undefined", "you",
}  # fmt: skip
# The same, also as one word of several: `seminar-support` and `admin_2` are refused.
OFFICES = {
    "admin", "administrator", "administrators", "admins", "mod", "moderator", "moderators", "mods",
    "official", "operator", "operators", "organizer", "organizers", "postmaster", "root",
    "security", "seminar", "staff", "support", "sysadmin", "system", "webmaster",
}  # fmt: skip
# Signs that look alike in the typefaces that people read, each with what it is compared as; the
# single ones first, so that of `cl`, `c1` and `ci` each reads as `d`.
ALIKE = [
    ("0", "o"), ("1", "l"), ("i", "l"), ("2", "z"), ("3", "e"), ("4", "a"), ("5", "s"), ("6", "b"),
    ("8", "b"), ("7", "t"), ("9", "g"), ("q", "g"), ("w", "vv"), ("vv", "w"), ("rn", "m"),
    ("cl", "d"),
]  # fmt: skip


def shape_of(handle: str) -> str:
    """Return the shape of a handle: two handles of one shape look the same to a reader."""
    shape = handle.lower().replace("-", "").replace("_", "")
    for sign, looks_like in ALIKE:
        shape = shape.replace(sign, looks_like)
    return shape


RESERVED_SHAPES = {shape_of(word) for word in RESERVED | OFFICES}
OFFICE_SHAPES = {shape_of(word) for word in OFFICES}


def is_reserved(handle: str) -> bool:
    words = re.split(r"[-_]+", handle)
    return shape_of(handle) in RESERVED_SHAPES or any(shape_of(w) in OFFICE_SHAPES for w in words)


def check_handle(handle: str) -> None:
    """Refuse what cannot be typed after an @, and what looks like someone in office."""
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
