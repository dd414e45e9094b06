"""Links made of addresses that are written without markup, in time linear in the text.

`linkify-it-py` tells what an address is. Its expressions take quadratic time and worse where a
word has hundreds of dots, schemes or brackets, which no address has, so it sees no such word.
"""

import re

from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it.rules_inline import StateInline

LONGEST_ADDRESS = 2000
LONGEST_HOST = 100
MOST_DOTS = 12
MOST_MARKS = 4

_word = re.compile(r"\S+")
_between = re.compile(r"[/?#]")
_scheme = re.compile(r"(?:^|[^a-z0-9.+-])(https?|ftp)$", re.IGNORECASE)
_longest_scheme = len("https") + 1


def is_address(word: str) -> bool:
    """Whether the word may be an address, or have one in it, judged by its shape alone."""
    return (
        len(word) <= LONGEST_ADDRESS
        and ("." in word or ":" in word)
        and word.count("//") + word.count("@") + word.lower().count("mailto:") <= MOST_MARKS
        and all(_may_be_host(part) for part in _between.split(word))
    )


def _may_be_host(part: str) -> bool:
    """A part between slashes, of which each is tried as a host."""
    return "." not in part or (len(part) <= LONGEST_HOST and part.count(".") <= MOST_DOTS)


def _has_host(address: str) -> bool:
    """Whether an address with a scheme may have one; behind it anything may follow."""
    host = _between.split(address.partition("://")[2], maxsplit=1)[0]
    return address.count("//") <= MOST_MARKS and _may_be_host(host)


class Autolinks(LinkifyIt):
    """`LinkifyIt` that sees the words that may be addresses, and blanks for the others."""

    def pretest(self, text: str) -> bool:
        return True

    def test(self, text: str) -> bool:
        """Markdown asks before each call of `match`, which finds it out in one go."""
        return any(is_address(word) for word in _word.findall(text))

    def match(self, text: str) -> list[Match] | None:
        def seen(word: re.Match[str]) -> str:
            return word[0] if is_address(word[0]) else " " * len(word[0])

        shown = _word.sub(seen, text)
        return super().match(shown) if shown.strip() else None


def autolink(state: StateInline, silent: bool) -> bool:
    """The rule for `https://`, which comes before those for what may be within an address.

    It takes the place of the library's, which copies the rest of the text for each `://`.
    """
    start = state.pos
    if state.linkLevel or not state.src.startswith("://", start):
        return False
    scheme = _scheme.search(state.src[max(0, start - _longest_scheme) : start])
    if not scheme or not state.pending.endswith(scheme[1]):
        return False
    word = _word.match(state.src, start - len(scheme[1]), start + LONGEST_ADDRESS)
    if not word or not _has_host(word[0]) or not state.md.linkify:
        return False
    link = state.md.linkify.match_at_start(word[0])
    address = link.url.rstrip("*") if link else ""
    target = state.md.normalizeLink(address)
    if not address or not state.md.validateLink(target):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme[1])
    return True
