"""Markdown within one line: its plain text, its first link, and text that it leaves alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token

from papers.formats.core.commonmark import simple_line
from papers.formats.core.commonmark.simple_line import InlinePiece
from papers.formats.core.text.repair import one_line

_MARKUP = re.compile(r"[\\`*_&<!\[\]$]")
# Harmless alone, not within a bracket.
_REACHES_OUT = re.compile(r"[\[\]$]|\\$")
_OF_TARGETS = re.compile(r"[\\()<>&]")
# No title nests deeper, and every level makes a line of nothing but brackets dearer.
_DEEPEST = 5
# A formula keeps its stars and backslashes; one dollar and the next price do not make one.
_MATH = re.compile(r"\$(?=[^\s$])(?:(?!\]\()[^$\n])*(?<=\S)\$(?!\d)")
# The tags of HTML that people put into a line. `<T>` or `<0.5MB` are text.
_TAG = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>br|a|img|b|strong|i|em|cite|sub|sup|span|p|font|center|u)"
    r"(?P<attributes>(?:\s[^<>]*)?)/?>",
    re.IGNORECASE | re.DOTALL,
)
_SIMPLE_LINK = re.compile(simple_line.LINK, re.ASCII)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_PAIRED = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em"}


@dataclass(frozen=True, slots=True)
class Parts:
    """A line, parted at its first link: the text before it and in it, its target, and the Markdown
    behind it. Without a link all text is before it."""

    before: str
    label: str = ""
    target: str = ""
    behind: str = ""
    has_link: bool = False


def plain(source: str) -> str:
    """Return the text that a reader sees of the source, in one line and without images."""
    if not _MARKUP.search(source):
        return one_line(source)
    if (simple := simple_line.pieces(source)) is not None:
        return one_line("".join(piece.text for piece in simple))
    return _seen(_tokens(source))


def link_parts(source: str) -> Parts:
    if not _MARKUP.search(source):
        return Parts(before=one_line(source))
    if (simple := simple_line.pieces(source)) is not None:
        return _simple_parts(simple, source)
    found = _tokens(source)
    opening = next((n for n, token in enumerate(found) if token.type == "link_open"), None)
    if opening is None:
        return Parts(before=_seen(found))
    after = enumerate(found[opening:], start=opening)
    closing = next((n for n, token in after if token.type == "link_close"), len(found) - 1)
    end = (found[closing].meta or {}).get("end", len(source))
    return Parts(
        before=_seen(found[:opening]),
        label=_seen(found[opening:closing]),
        target=str(found[opening].attrGet("href") or ""),
        behind=one_line(source[end:]),
        has_link=True,
    )


def _simple_parts(pieces: Sequence[InlinePiece], source: str) -> Parts:
    before = ""
    for piece in pieces:
        if piece.target is not None:
            behind = one_line(source[piece.end :])
            return Parts(one_line(before), one_line(piece.text), piece.target, behind, True)
        before += piece.text
    return Parts(before=one_line(before))


def _tokens(source: str) -> Sequence[Token]:
    """Return the parts of the line as the parser sees them."""
    return _PARSER.parseInline(source, {})[0].children or []


def escaped(text: str) -> str:
    """Markdown that reads as the text, with backslashes only where it would not otherwise."""
    is_harmless = plain(text) == one_line(text) and not _REACHES_OUT.search(text)
    return text if is_harmless else _MARKUP.sub(r"\\\g<0>", text)


def escaped_target(url: str) -> str:
    """Return the address as the target of a link."""
    return _OF_TARGETS.sub(r"\\\g<0>", url)


def _seen(found: Sequence[Token]) -> str:
    return one_line("".join(_text_of(token) for token in found))


def _text_of(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "image" else token.content


def _link_with_its_end(state: StateInline, silent: bool) -> bool:
    return _simple_link(state, silent) or (link(state, silent) and _noted(state, silent))


def _simple_link(state: StateInline, silent: bool) -> bool:
    """Return a link with nothing but text in it needs no second look: that takes most of the
    time.
    """
    found = _SIMPLE_LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": found[2]}
        state.push("text", "", 0).content = found[1]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return silent or _noted(state, silent)


def _autolink_with_its_end(state: StateInline, silent: bool) -> bool:
    return autolink(state, silent) and _noted(state, silent)


def _noted(state: StateInline, silent: bool) -> bool:
    """Note where in the source the link ends, which tokens within a line do not say."""
    if not silent:
        state.tokens[-1].meta = {"end": state.pos}
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    """Keep a formula as it is written."""
    found = _MATH.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    """Return the Markdown for a tag of HTML, or nothing."""
    found = _TAG.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if not found or not _is_meant(found, state.src):
        return False
    if not silent:
        _push(state, found)
    state.pos = found.end()
    if not silent and state.tokens and state.tokens[-1].type == "link_close":
        _noted(state, silent)
    return True


def _is_meant(tag: re.Match[str], source: str) -> bool:
    """Return whether the tag is one, not a word in angle brackets: a pair, or one with an
    attribute.
    """
    name = (tag["name"] or "").casefold()
    if not name or name in {"br", "img"} or tag["attributes"].strip():
        return True
    rest = source[: tag.start()] if tag["end"] else source[tag.end() :]
    return (f"<{name}" if tag["end"] else f"</{name}>") in rest.casefold()


def _push(state: StateInline, tag: re.Match[str]) -> None:
    name = (tag["name"] or "").casefold()
    turn = "close" if tag["end"] else "open"
    href = _HREF.search(tag["attributes"] or "")
    if name == "br":
        state.push("hardbreak", "br", 0)
    elif name in _PAIRED:
        state.push(f"{_PAIRED[name]}_{turn}", name, 0)
    elif name == "a" and tag["end"]:
        if state.env.pop(_IN_LINK, False):
            state.push("link_close", "a", 0)
    elif name == "a" and href:
        state.env[_IN_LINK] = True
        target = unescape(href[1] or href[2] or href[3] or "")
        state.push("link_open", "a", 0).attrs = {"href": target}


# In the environment of the parser, while a link of HTML is open.
_IN_LINK = "seminar-in-link"


def _parser() -> MarkdownIt:
    """CommonMark with link targets as written: this makes text, not HTML, so none can do harm."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable("html_inline")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.inline.ruler.at("link", _link_with_its_end)
    parser.inline.ruler.at("autolink", _autolink_with_its_end)
    parser.inline.ruler.before("link", "formula", _formula)
    parser.inline.ruler.after("autolink", "tag", _tag)
    return parser


_PARSER = _parser()
