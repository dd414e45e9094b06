"""From what people write to what others read: Markdown with math, made safe.

The pipeline has three parts, and each is needed: Markdown that knows no HTML, an allow-list that
cleans what it made, and in the templates `hx-disable` around the result. The page's policy on
content alone does not stop attributes that HTMX acts on.

Rendered when it is written, never when it is read; a change here that shows needs a new RENDERER.
"""

from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

RENDERER = 1

BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "li", "hr", "h3", "h4", "h5", "h6", "div"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
INLINE = {"a", "em", "strong", "code", "br", "del", "s", "sup", "sub", "span"}

# A heading inside a comment stands below those of the page.
DEMOTED = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}

_cleaner = nh3.Cleaner(
    tags=BLOCKS | TABLES | INLINE,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    allowed_classes={"span": {"math", "math--block"}, "div": {"math", "math--block"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer ugc",
)


def render(source: str) -> str:
    """Return the safe HTML of a comment."""
    return _cleaner.clean(_markdown.render(source))


def _demote(renderer: RendererProtocol, tokens: Sequence[Token], i: int, *rest: Any) -> str:
    tokens[i].tag = DEMOTED[tokens[i].tag]
    return str(renderer.renderToken(tokens, i, *rest))  # type: ignore[attr-defined]


def _math(renderer: RendererProtocol, tokens: Sequence[Token], i: int, *rest: Any) -> str:
    """The TeX as it was written: the browser sets it, and without JavaScript it can be read."""
    if tokens[i].type == "math_block":
        return f'<div class="math math--block">{escape(tokens[i].content.strip())}</div>'
    classes = "math math--block" if tokens[i].type == "math_inline_double" else "math"
    return f'<span class="{classes}">{escape(tokens[i].content)}</span>'


def _made() -> MarkdownIt:
    markdown = MarkdownIt("gfm-like", {"html": False, "linkify": True}).disable("image")
    markdown.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
    )
    for rule in ("heading_open", "heading_close"):
        markdown.add_render_rule(rule, _demote)
    for rule in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(rule, _math)
    return markdown


_markdown = _made()
