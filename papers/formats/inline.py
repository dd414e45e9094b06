"""Markdown within one line: its plain text, its first link, and text that it leaves alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token

from papers.formats.repair import one_line

# Link reference definitions of the document, as the parser hands them on.
Env = dict[str, Any]

_MARKUP = re.compile(r"[\\`*_&<!\[\]]")
# Harmless alone, not within a bracket.
_REACHES_OUT = re.compile(r"[\[\]]|\\$")
# No title nests deeper, and every level makes a line of nothing but brackets dearer.
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """A line, parted at its first link: the text before it and in it, its target, and the Markdown
    behind it. Without a link all text is before it."""

    before: str
    label: str = ""
    target: str = ""
    behind: str = ""
    has_link: bool = False


def plain(source: str, env: Env | None = None) -> str:
    """What a reader sees of the source, in one line. Pictures are left out."""
    if not _MARKUP.search(source):
        return one_line(source)
    return _seen(_tokens(source, env))


def parted(source: str, env: Env | None = None) -> Parts:
    if not _MARKUP.search(source):
        return Parts(before=one_line(source))
    tokens = _tokens(source, env)
    opening = next((n for n, token in enumerate(tokens) if token.type == "link_open"), None)
    if opening is None:
        return Parts(before=_seen(tokens))
    after = enumerate(tokens[opening:], start=opening)
    closing = next(n for n, token in after if token.type == "link_close")
    return Parts(
        before=_seen(tokens[:opening]),
        label=_seen(tokens[opening:closing]),
        target=str(tokens[opening].attrGet("href") or ""),
        behind=one_line(source[tokens[closing].meta["end"] :]),
        has_link=True,
    )


def escaped(text: str) -> str:
    """Markdown that reads as the text, with backslashes only where it would not otherwise."""
    is_harmless = plain(text) == one_line(text) and not _REACHES_OUT.search(text)
    return text if is_harmless else _MARKUP.sub(r"\\\g<0>", text)


def escaped_target(url: str) -> str:
    """The address as the target of a link."""
    return re.sub(r"[\\()<>&]", r"\\\g<0>", url)


def _tokens(source: str, env: Env | None) -> Sequence[Token]:
    return _PARSER.parseInline(source, {} if env is None else env)[0].children or []


def _seen(tokens: Sequence[Token]) -> str:
    return one_line("".join(_text_of(token) for token in tokens))


def _text_of(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "image" else token.content


def _link_with_its_end(state: StateInline, silent: bool) -> bool:
    return link(state, silent) and _noted(state, silent)


def _autolink_with_its_end(state: StateInline, silent: bool) -> bool:
    return autolink(state, silent) and _noted(state, silent)


def _noted(state: StateInline, silent: bool) -> bool:
    """Note where in the source the link ends, which tokens within a line do not say."""
    if not silent:
        state.tokens[-1].meta = {"end": state.pos}
    return True


def _parser() -> MarkdownIt:
    """CommonMark with link targets as written: this makes text, not HTML, so none can do harm."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable("html_inline")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.inline.ruler.at("link", _link_with_its_end)
    parser.inline.ruler.at("autolink", _autolink_with_its_end)
    return parser


_PARSER = _parser()
