"""The renderer of earlier releases: the same Markdown without bounds."""

from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin


def render(source: str) -> str:
    return str(_markdown.render(source))


def _made() -> MarkdownIt:
    options: dict[str, Any] = {"html": False, "linkify": True}
    markdown = MarkdownIt("gfm-like", options).disable("image")
    return markdown.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
    )


_markdown = _made()
