"""Validate names: anything that people can read on one line."""

import unicodedata

from django.core.exceptions import ValidationError

# They show nothing. A text of them alone looks empty; inside a word some scripts need them.
INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x3164, 0xFFA0]
)
# Overrides and embeddings, which can make a name read as another one.
DIRECTION = {chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]}


def is_blank(text: str) -> bool:
    """Return whether a reader would see nothing."""
    return not text.translate(INVISIBLE).strip()


def validate_one_line(text: str) -> None:
    """Refuse what would break a line, hide, or turn the text around it."""
    if is_blank(text):
        raise ValidationError("Write something first.", code="nothing")
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in DIRECTION for char in text):
        raise ValidationError(
            "This cannot contain line breaks or characters that change the direction of text.",
            code="control",
        )


def some_text(text: str) -> None:
    """Refuse a text in which there is nothing to read."""
    if is_blank(text):
        raise ValidationError("Write something first.", code="nothing")


def as_one_line(text: str, most: int) -> str:
    """Return the text as one line of at most so many characters, valid by `validate_one_line`."""
    shown = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if char not in DIRECTION
    )
    line = " ".join(shown.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
