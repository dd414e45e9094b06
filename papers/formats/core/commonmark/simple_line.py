"""Lines of Markdown that need no parser: words, links called by words, and words in stars.

Most lines of most lists are of this kind, while a parser asks a dozen rules about every character
that might mean something. What is read here is what the parser would read; where that is not plain
to see, nothing is.
"""

import re
from typing import NamedTuple

# A link with nothing but words in it, and a target that is what it looks like.
LINK = r"\[(?P<label>[^\[\]\\`*_<&!$\n]+)\]\((?P<target>[^\s()<>\\&\x00-\x1f\x7f]*)\)"
# A character that means nothing, anywhere or beside such as these.
_OF_WORDS = r"[^\\`*_<&!\[\]$\n\r\0]|!(?!\[)|&(?=\s)"
_INSIDE_A_WORD = r"(?<=[a-zA-Z0-9])_(?=[a-zA-Z0-9])"
# Between a blank and a letter stars can but open, between a letter and a blank they can but close.
_IN_STARS = (
    rf"(?<![^ ])(?P<stars>\*\*?)(?=[a-zA-Z0-9])(?P<marked>(?:{_OF_WORDS})++)"
    r"(?<=[a-zA-Z0-9])(?P=stars)(?![^ .,;:)])"
)
_PIECE = re.compile(
    rf"(?P<words>(?:{_OF_WORDS}|{_INSIDE_A_WORD})++)|{LINK}|{_IN_STARS}|(?P<bracket>[\[\]](?!\())",
    re.ASCII,
)


class InlinePiece(NamedTuple):
    """A text and where it ends in the line; with a target if it is a link."""

    text: str
    end: int
    target: str | None = None


def pieces(source: str) -> list[InlinePiece] | None:
    """Return the inline pieces of the line, or None if it takes a parser to tell."""
    found: list[InlinePiece] = []
    at, end = 0, len(source)
    while at < end:
        piece = _PIECE.match(source, at)
        if piece is None:
            return None
        at = piece.end()
        text = piece["label"] or piece["marked"] or piece[0]
        found.append(InlinePiece(text, at, piece["target"]))
    return found
