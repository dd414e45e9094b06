"""A Markdown document as a tree of its blocks, and no further: what stands in a line is parsed
where it turns out to carry a paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

# A text with more of them holds no list of papers, and each cell costs memory.
_MOST_CELLS = 60_000
# One item in one line whose text opens no block of its own: no quote, no code, no definition.
_ITEM = re.compile(r"([-*+]) {1,4}(?!\d{1,9}[.)]|\[[^\n]*\]:)((?:[^\W_]|[\[\"'“(])[^\n]*)")
_HEADING = re.compile(r"#{1,6}(?:[ \n]|$)")
_PLAIN_LIST = "plain_list"


@dataclass(slots=True)
class Block:
    """A block of Markdown, called as its parser calls it.

    The content is that of a paragraph, a heading, a cell or a block of HTML; the lines are counted
    from zero, and the second is the one behind the block.
    """

    type: str
    map: tuple[int, int] | None = None
    tag: str = ""
    content: str = ""
    children: list["Block"] = field(default_factory=list)


def parse(source: str, env: dict[str, Any]) -> list[Block]:
    parser = _PARSER if source.count("|") <= _MOST_CELLS else _WITHOUT_TABLES
    return tree(parser.parse(source, env))


def tree(tokens: Iterable[Token]) -> list[Block]:
    """The blocks that the tokens open and close."""
    root = Block("root")
    above = [root]
    for token in tokens:
        if token.type == "inline":
            above[-1].content = token.content
        elif token.nesting < 0:
            above.pop()
        else:
            block = _block(token)
            above[-1].children.append(block)
            if token.nesting:
                above.append(block)
    return root.children


def _block(token: Token) -> Block:
    first, after = token.map or (0, 0)
    lines = (first, after) if token.map else None
    if token.type == _PLAIN_LIST:
        return Block("bullet_list", lines, token.tag, children=token.meta["items"])
    return Block(token.type.removesuffix("_open"), lines, token.tag, token.content)


def _plain_list(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A list of items of one line each. Most are, and to ask every rule of Markdown about every
    item takes most of the time that blocks take."""
    if silent or state.level or state.blkIndent:
        return False
    items: list[Block] = []
    mark = state.src[state.bMarks[first] : state.bMarks[first] + 1]
    number = first
    while number < end and not state.isEmpty(number):
        found = _ITEM.match(state.src, state.bMarks[number])
        if not found or found[1] != mark:
            break
        paragraph = Block("paragraph", (number, number + 1), "p", mdTrim(found[2]))
        items.append(Block("list_item", (number, number + 1), "li", children=[paragraph]))
        number += 1
    if not items or not _ends_at(state, number, end):
        return False
    state.line = state.skipEmptyLines(number)
    items[-1].map = (number - 1, state.line)
    token = state.push(_PLAIN_LIST, "ul", 0)
    token.map = [first, state.line]
    token.meta = {"items": items}
    return True


def _ends_at(state: StateBlock, number: int, end: int) -> bool:
    """Whether no list goes on at that line: there is none, a heading, or a text after a blank."""
    after = state.skipEmptyLines(number)
    if after >= end:
        return True
    start = state.bMarks[after]
    if after == number:
        return bool(_HEADING.match(state.src, start))
    return state.src[start] not in "-*+ \t"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").use(front_matter_plugin).disable("inline")
    parser.block.ruler.before("list", _PLAIN_LIST, _plain_list)
    return parser


_WITHOUT_TABLES = _parser()
_PARSER = _parser().enable("table")
