"""Links made of addresses that are written without markup, in time linear in the text.

`linkify-it-py` tells what an address is. Its expressions take quadratic time and worse where a
word has hundreds of dots, schemes or brackets, which no address has, so it sees no such word.
"""

import re
from collections.abc import Iterator

from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST_ADDRESS = 2000
LONGEST_HOST = 100
MOST_DOTS = 12
MOST_MARKS = 4
# Of a comment, among those without a scheme. Each costs as much as twenty words.
MOST_LINKS = 1_000

_linkify = LinkifyIt()
_word = re.compile(r"\S+")
_between = re.compile(r"[/?#]")
_scheme = re.compile(r"(?:^|[^a-z0-9.+-])(https?|ftp)$", re.IGNORECASE)
_longest_scheme = len("https") + 1


def is_address(word: str) -> bool:
    """Return whether the word may be an address, or have one in it, judged by its shape alone."""
    return (
        len(word) <= LONGEST_ADDRESS
        and ("." in word or ":" in word)
        and word.count("//") + word.count("@") + word.lower().count("mailto:") <= MOST_MARKS
        and all(_may_be_host(part) for part in _between.split(word))
    )


def _may_be_host(part: str) -> bool:
    """Return a part between slashes, of which each is tried as a host."""
    return "." not in part or (len(part) <= LONGEST_HOST and part.count(".") <= MOST_DOTS)


def _has_host(address: str) -> bool:
    """Return whether an address with a scheme may have one; behind it anything may follow."""
    host = _between.split(address.partition("://")[2], maxsplit=1)[0]
    return address.count("//") <= MOST_MARKS and _may_be_host(host)


def links_in(text: str) -> list[Match]:
    """Return the addresses in the text, in order."""

    def seen(word: re.Match[str]) -> str:
        return word[0] if is_address(word[0]) else " " * len(word[0])

    shown = _word.sub(seen, text)
    return (_linkify.match(shown) or []) if shown.strip() else []


def autolink(address: str, target: str, level: int) -> list[Token]:
    """Return an address as a link, with the words that were written."""
    opening = Token("link_open", "a", 1, {"href": target}, level=level)
    words = Token("text", "", 0, content=address, level=level + 1)
    return [opening, words, Token("link_close", "a", -1, level=level)]


def link_with_scheme(state: StateInline, silent: bool) -> bool:
    """Return the rule for `https://`, which comes before those for what may be within an address.

    It takes the place of the library's, which copies the rest of the text for each `://`.
    """
    start = state.pos
    if state.linkLevel or not state.src.startswith("://", start):
        return False
    scheme = _scheme.search(state.src[max(0, start - _longest_scheme) : start])
    if not scheme or not state.pending.endswith(scheme[1]):
        return False
    word = _word.match(state.src, start - len(scheme[1]), start + LONGEST_ADDRESS)
    if not word or not _has_host(word[0]):
        return False
    found = _linkify.match_at_start(word[0])
    address = found.url.rstrip("*") if found else ""
    target = state.md.normalizeLink(address)
    if not address or not state.md.validateLink(target):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        if state.pending:
            state.pushPending()
        state.tokens += autolink(address, target, state.level)
    state.pos += len(address) - len(scheme[1])
    return True


def link_words(state: StateCore) -> None:
    """The rule for addresses in what is otherwise plain text, as many as MOST_LINKS.

    It takes the place of the library's, which copies all tokens of a paragraph for each link.
    """
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_with_links(state, block.children))


def _with_links(state: StateCore, tokens: list[Token]) -> Iterator[Token]:
    links_open, before = 0, ""
    for token in tokens:
        links_open += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or links_open or state.env["links"] >= MOST_LINKS:
            yield token
        else:
            yield from _split(state, token, is_escaped=before == "text_special")
        before = token.type


def _split(state: StateCore, token: Token, *, is_escaped: bool) -> Iterator[Token]:
    """The text with its addresses as links; not one right behind what was escaped (`http\\://`)."""
    text, end = token.content, 0
    for found in links_in(text)[: MOST_LINKS - state.env["links"]]:
        state.env["links"] += 1
        target = state.md.normalizeLink(found.url)
        if (is_escaped and found.index == 0) or not state.md.validateLink(target):
            continue
        if found.index > end:
            yield Token("text", "", 0, content=text[end : found.index], level=token.level)
        yield from autolink(found.raw, target, token.level)
        end = found.last_index
    if end < len(text):
        yield Token("text", "", 0, content=text[end:], level=token.level)
