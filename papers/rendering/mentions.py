"""`@handle` and `[[title]]` in what people write. Which member or paper it is, if any, is asked
when it is posted.

In code, links and addresses they are text, as is what comes beyond MOST_MENTIONS of a comment.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MOST_MENTIONS = 20
_HANDLE = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?)(?![\w@/]|\.\w)")
# A title may have brackets of its own.
_TITLE = re.compile(r"\[\[((?:(?!\]\](?!\])|\[\[)[^\n]){1,300})\]\](?!\])")


def mentions_plugin(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.before("link", "mention", _mention)
    markdown.inline.ruler.before("link", "paper_mention", _paper_mention)
    markdown.add_render_rule("mention", _shown)
    markdown.add_render_rule("paper_mention", _shown_paper)


def _mention(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "@" or state.linkLevel or _is_within_word(state.src, start):
        return False
    found = _HANDLE.match(state.src, start, state.posMax)
    if not found or state.env["mentions"] >= MOST_MENTIONS:
        return False
    if not silent:
        state.env["mentions"] += 1
        state.push("mention", "span", 0).content = found[1]
    state.pos = found.end()
    return True


def _is_within_word(source: str, at: int) -> bool:
    """Return whether the sign goes on with a word, as in an email address."""
    before = source[at - 1] if at else " "
    return before.isalnum() or before in "_@/.+-"


def _shown(renderer: RendererProtocol, tokens: Sequence[Token], i: int, *rest: Any) -> str:
    return f'<span class="mention">@{escape(tokens[i].content)}</span>'


def _paper_mention(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not state.src.startswith("[[", state.pos):
        return False
    found = _TITLE.match(state.src, state.pos, state.posMax)
    if not found or state.env["paper_mentions"] >= MOST_MENTIONS:
        return False
    if not silent:
        state.env["paper_mentions"] += 1
        state.push("paper_mention", "span", 0).content = found[1]
    state.pos = found.end()
    return True


def _shown_paper(renderer: RendererProtocol, tokens: Sequence[Token], i: int, *rest: Any) -> str:
    return f'<span class="paper-mention">[[{escape(tokens[i].content)}]]</span>'
