"""The tags of HTML, found in one pass, whatever is in it.

Python's own parser takes a time that grows with the square of what hostile pages repeat.
"""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})"
    r"(?P<said>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_SAID = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_LONGEST_TAG = 4_000
# Signs that begin no tag are text; a text of nothing else is no HTML.
_MOST_BROKEN_TAGS = 20_000


class NoHtml(Exception):
    """The text has more signs of tags than tags."""


def tags_and_text(html: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of a page, each with its attributes, an end tag with its stroke; and between
    them, without a tag, what is text. Raises NoHtml.
    """
    at, broken = 0, 0
    while at < len(html):
        opening = html.find("<", at)
        if opening != at:
            opening = len(html) if opening < 0 else opening
            yield "", html[at:opening]
            at = opening
        elif html.startswith(("<!", "<?"), at):
            closing = "-->" if html.startswith("<!--", at) else ">"
            found = html.find(closing, at)
            at = found + len(closing) if found >= 0 else len(html)
        elif tag := _TAG.match(html, at, at + _LONGEST_TAG):
            yield f"{tag['end']}{tag['name'].lower()}", tag["said"]
            at = tag.end()
        else:
            broken += 1
            if broken > _MOST_BROKEN_TAGS:
                raise NoHtml
            yield "", "<"
            at += 1


def attributes_of(said: str) -> dict[str, str]:
    found = (one.groups() for one in _SAID.finditer(said)) if said.strip() else ()
    return {name.lower(): unescape(a or b or c or "") for name, a, b, c in found}
