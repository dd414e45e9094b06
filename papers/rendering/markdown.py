"""From what people write to what others read: Markdown with math, made safe.

The pipeline has three parts, and each is needed: Markdown that knows no HTML, an allow-list that
cleans what it made, and in the templates `hx-disable` around the result. The page's policy on
content alone does not stop attributes that HTMX acts on.

Its work and what it makes are bounded, in steps and not in seconds, so that a text always gives
the same HTML. A text beyond a bound is shown as it was written, and so is a table or a formula.

Rendered when it is written, never when it is read; a change here that shows needs a new RENDERER.
"""

import re
from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar

from papers.rendering.autolinks import link_with_scheme, link_words
from papers.rendering.mentions import mentions_plugin

RENDERER = 5

# Steps of the parser: one for each place of the text where a rule is tried, and each line.
MOST_STEPS = 12_000
# Quotes and lists in each other; of a list both it and its item count.
DEEPEST_BLOCKS = 30
# Times as long as the source, beside a floor for short ones.
LARGEST_HTML = 20
SMALLEST_BOUND = 2_000  # characters
LARGEST_COMMENT = 150_000  # characters of HTML
MOST_COLUMNS = 40
MOST_CELLS = 3_000
# Of a comment. config/static/js/math.js has bounds of its own, on what is made of a formula.
MOST_FORMULAS = 300
LONGEST_FORMULA = 2_000  # characters
DEEPEST_FORMULA = 20

BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "li", "hr", "h3", "h4", "h5", "h6", "div"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
INLINE = {"a", "em", "strong", "code", "br", "del", "s", "sup", "sub", "span"}

# A heading inside a comment ranks below those of the page.
DEMOTED = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}

_cleaner = nh3.Cleaner(
    tags=BLOCKS | TABLES | INLINE,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    allowed_classes={
        "span": {"math", "math--block", "mention", "paper-mention"},
        "div": {"math", "math--block"},
    },
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer ugc",
)


class TooMuch(Exception):
    """The text goes beyond a bound of the renderer."""


def render(source: str) -> str:
    """Return the safe HTML of a comment, at most LARGEST_HTML times as long."""
    most = min(max(SMALLEST_BOUND, LARGEST_HTML * len(source)), LARGEST_COMMENT)
    try:
        html = _cleaner.clean(_marked_up(source, most))
    except TooMuch:
        return as_written(source)
    return html if len(html) <= most else as_written(source)


def as_written(source: str) -> str:
    return f"<pre><code>{escape(source)}</code></pre>\n"


def _marked_up(source: str, most: int) -> str:
    env: dict[str, Any] = {"steps": 0, "cells": 0, "formulas": 0, "links": 0, "unclosed": set()}
    env["mentions"] = env["paper_mentions"] = 0
    tokens = _markdown.parse(source, env)
    if sum(_length(token) for token in tokens) > most:
        raise TooMuch
    return str(_markdown.renderer.render(tokens, _markdown.options, env))


def _length(token: Token) -> int:
    """About how long the HTML of a token will be. An address counts wherever it is repeated."""
    attributes = sum(len(str(value)) for value in token.attrs.values())
    within = sum(_length(child) for child in token.children or ())
    return attributes + (within or len(token.content))


# Bounds on the parser


def _count(state: StateInline | StateBlock, steps: int = 1) -> None:
    state.env["steps"] += steps
    if state.env["steps"] > MOST_STEPS:
        raise TooMuch


def _count_inline(state: StateInline, silent: bool) -> bool:
    _count(state)
    return False


def _count_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Count lines, which cost more the deeper they are.

    Of what is deeper than its bound the parser would leave out the words.
    """
    _count(state, 1 + state.level // 8)
    if state.level >= DEEPEST_BLOCKS:
        raise TooMuch
    return False


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Return a table of bounded size; a larger one is shown as it was written."""
    if silent or not table(state, start, end, True):
        return table(state, start, end, silent)
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    text = state.getLines(start, last, state.blkIndent, False)
    columns = len([part for part in text.split("\n")[1].split("|") if part.strip()])
    cells = columns * (last - start)
    state.env["cells"] += cells
    if columns <= MOST_COLUMNS and cells <= len(text) and state.env["cells"] <= MOST_CELLS:
        return table(state, start, end, silent)
    state.env["cells"] -= cells
    token = state.push("code_block", "code", 0)
    token.content = text
    token.map = [start, last]
    state.line = last
    return True


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Return the library's rule, which looks for the end in all lines below: once, where there is
    none.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    block = (state.level, end)
    if not line.startswith("$$") or block in state.env["unclosed"]:
        return False
    is_found = bool(_math_to_its_end(state, start, end, silent))
    if not is_found and not state.is_code_block(start) and "$$" not in line[2:]:
        state.env["unclosed"].add(block)
    return is_found


_math_to_its_end = math_block_dollar(allow_labels=False)


# What is shown otherwise than Markdown does


def _demote(renderer: RendererProtocol, tokens: Sequence[Token], i: int, *rest: Any) -> str:
    tokens[i].tag = DEMOTED[tokens[i].tag]
    return str(renderer.renderToken(tokens, i, *rest))  # type: ignore[attr-defined]


def _math(
    renderer: RendererProtocol, tokens: Sequence[Token], i: int, options: Any, env: Any
) -> str:
    """The TeX as it was written: the browser sets it, and without JavaScript it can be read."""
    tex, mark = tokens[i].content, tokens[i].markup
    env["formulas"] += 1
    is_set = env["formulas"] <= MOST_FORMULAS and can_be_set(tex)
    if tokens[i].type == "math_block":
        if not is_set:
            return as_written(f"{mark}{tex}{mark}")
        return f'<div class="math math--block">{escape(tex.strip())}</div>'
    if not is_set:
        return f"<code>{escape(f'{mark}{tex}{mark}')}</code>"
    classes = "math math--block" if tokens[i].type == "math_inline_double" else "math"
    return f'<span class="{classes}">{escape(tex)}</span>'


def can_be_set(tex: str) -> bool:
    """Return whether a formula is short and shallow enough to be set.

    Tells most of those that are not; the browser measures what is made of the rest.
    """
    return len(tex) <= LONGEST_FORMULA and depth_of(tex) <= DEEPEST_FORMULA


def depth_of(tex: str) -> int:
    """Return how deep groups are nested. What holds to the end of a group is one, too."""
    deepest, depth = 0, 0
    held: list[int] = [0]
    for part in _structure.findall(tex):
        if part in OPENING:
            held.append(0)
            depth += 1
        elif part in CLOSING and len(held) > 1:
            depth -= held.pop() + 1
        elif part in HOLDING:
            held[-1] += 1
            depth += 1
        elif part in CELL:
            depth -= held[-1]
            held[-1] = 0
        deepest = max(deepest, depth)
    return deepest


OPENING = {"{", r"\left", r"\begin", r"\begingroup", r"\bgroup"}
CLOSING = {"}", r"\right", r"\end", r"\endgroup", r"\egroup"}
CELL = {"&", r"\\", r"\cr"}
SIZES = "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
STYLES = "displaystyle textstyle scriptstyle scriptscriptstyle rm sf tt bf it cal color"
HOLDING = {f"\\{name}" for name in f"{SIZES} {STYLES}".split()}
_structure = re.compile(r"\\(?:[A-Za-z]+|.)|[{}&]", re.DOTALL)


# The parser


def _made() -> MarkdownIt:
    options = {"html": False, "linkify": False, "maxNesting": DEEPEST_BLOCKS + 1}
    markdown = MarkdownIt("gfm-like", options).disable(["image"])
    markdown.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
    )
    markdown.use(mentions_plugin)
    markdown.inline.ruler.at("linkify", link_with_scheme)
    markdown.core.ruler.at("linkify", link_words)
    markdown.inline.ruler.before("text", "count", _count_inline)
    markdown.block.ruler.at("math_block", _math_block)
    interrupting = ["paragraph", "reference", "blockquote", "list"]
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.before("table", "count", _count_block, {"alt": interrupting})
    for rule in ("heading_open", "heading_close"):
        markdown.add_render_rule(rule, _demote)
    for rule in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(rule, _math)
    return markdown


_markdown = _made()
# An address is shown as it was written, also where taking it apart would lose some of it.
_markdown.normalizeLinkText = str  # type: ignore[method-assign, assignment]
