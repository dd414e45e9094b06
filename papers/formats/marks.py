"""What people write into a column of a table to say that a paper is read, or that it is not."""

import re

_DONE = re.compile(
    r"^\s*(?:\[x\]|✅|✔️?|☑️?|:white_check_mark:|x|yes|done|read|finished|是|ja)\s*$", re.IGNORECASE
)
_LEFT = re.compile(r"^\s*(?:\[ \]|❌|☐|⬜|:x:|no|todo|to read|unread|nein|否)\s*$", re.IGNORECASE)


def is_done(text: str) -> bool:
    """Whether the cell says that the paper is read."""
    return bool(_DONE.match(text))


def is_left(text: str) -> bool:
    """Whether the cell says that the paper is to be read."""
    return bool(_LEFT.match(text))
