"""Recognise what people write to say that a paper is read, or that it is not."""

import re

_DONE = re.compile(
    r"^\s*(?:\[x\]|✅|✔️?|✓|☑️?|☒|❎|:white_check_mark:|:heavy_check_mark:|:ballot_box_with_check:"
    r"|x|yes|y|done|read|finished|是|已读|ja|gelesen|lu|oui|leído|sí)\s*$",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"^\s*(?:\[ \]|❌|☐|⬜️?|⬛️?|◻️?|◽️?|🔲|🔳|:x:|:white_large_square:|no|n|todo|to do|to read"
    r"|not read|unread|nein|否|未读|ungelesen|non|non lu|no leído)\s*$",
    re.IGNORECASE,
)
# A sign for what is read, and the one for what is not.
_PAIRS = (
    ("[x]", "[ ]"),
    ("☑", "☐"),
    ("✅", "⬜"),
    ("✔", "☐"),
    ("☒", "☐"),
    ("✅", "❌"),
    (":white_check_mark:", ":white_large_square:"),
    (":white_check_mark:", ":x:"),
)
_COUNTERPARTS = {
    **{left: done for done, left in reversed(_PAIRS)},
    **dict(reversed(_PAIRS)),
}
# Behind a sign it asks for a picture in colours.
_IN_COLOURS = "\ufe0f"


def is_done(text: str) -> bool:
    """Return whether the text says that the paper is read."""
    return bool(_DONE.match(text))


def is_left(text: str) -> bool:
    """Return whether the text says that the paper is to be read."""
    return bool(_LEFT.match(text))


def counterpart(sign: str) -> str:
    """Return the sign that says the opposite; empty where there is none."""
    return _COUNTERPARTS.get(sign.rstrip(_IN_COLOURS).casefold(), "")
