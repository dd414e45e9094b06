"""Lines of Markdown that need no parser: words, links called by words, and words in stars.

Most lines of most lists are of this kind, while a parser asks a dozen rules about every character
that might mean something. What is read here is what the parser would read; where that is not plain
to see, nothing is.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

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
    """A text with what is around it: a target if it is a link, or one star or two."""

    text: str
    target: str | None = None
    stars: str = ""


def pieces(source: str, env: Mapping[str, Any] | None = None) -> list[InlinePiece] | None:
    """What the line is made of, neighbouring words as one; None where a parser must say so."""
    found: list[InlinePiece] = []
    words, at, end = "", 0, len(source)
    while at < end:
        piece = _PIECE.match(source, at)
        if piece is None or (piece["bracket"] and env and env.get("references")):
            return None
        at = piece.end()
        if piece.lastgroup in {"words", "bracket"}:
            words += piece[0]
            continue
        if words:
            found.append(InlinePiece(words))
            words = ""
        if piece["stars"]:
            found.append(InlinePiece(piece["marked"], stars=piece["stars"]))
        else:
            found.append(InlinePiece(piece["label"], piece["target"]))
    if words:
        found.append(InlinePiece(words))
    return found
