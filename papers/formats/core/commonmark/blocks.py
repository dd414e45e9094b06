"""A Markdown document as a tree of its blocks, and no further: the text of a line is parsed
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
# An item in one line whose text opens no block of its own: no quote, no code, no definition.
_ITEM = re.compile(r"( *)([-*+]) {1,4}(?!\d{1,9}[.)]|\[[^\n]*\]:)((?:[^\W_]|[\[\"'“(])[^\n]*)")
_HEADING = re.compile(r"#{1,6}(?:[ \n]|$)")
_PLAIN_LIST = "plain_list"
# Lists in lists; what lies deeper is left to the parser, which has its own limit.
_DEEPEST = 6


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


@dataclass(slots=True)
class _List:
    """A list to which the next line may belong: its mark, and where that and the text stand."""

    block: Block
    mark: str
    indent: int
    inner: int = 0

    def add(self, text: str, number: int, inner: int) -> None:
        if self.block.children:
            self._end_item(number)
        lines = (number, number + 1)
        paragraph = Block("paragraph", lines, "p", text)
        self.block.children.append(Block("list_item", lines, "li", children=[paragraph]))
        self.inner = inner

    def end(self, number: int) -> None:
        self._end_item(number)
        first, _ = self.block.map or (0, 0)
        self.block.map = (first, number)

    def _end_item(self, number: int) -> None:
        last = self.block.children[-1]
        first, _ = last.map or (0, 0)
        last.map = (first, number)


def parse_blocks(source: str, env: dict[str, Any]) -> list[Block]:
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
        block: Block = token.meta["list"]
        return block
    return Block(token.type.removesuffix("_open"), lines, token.tag, token.content)


def _plain_list(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A list of items of one line each, and such lists in it. Most are, and to ask every rule of
    Markdown about every item takes most of the time that blocks take."""
    if silent or state.level or state.blkIndent or state.sCount[first]:
        return False
    lists: list[_List] = []
    number = first
    while number < end and not state.isEmpty(number):
        found = _ITEM.match(state.src, state.bMarks[number])
        if not found or not _is_added(lists, found, number):
            break
        number += 1
    if not lists or not _ends_at(state, number, end):
        return False
    state.line = state.skipEmptyLines(number)
    for one in lists:
        one.end(state.line)
    token = state.push(_PLAIN_LIST, "ul", 0)
    token.meta = {"list": lists[0].block}
    return True


def _is_added(lists: list[_List], found: re.Match[str], number: int) -> bool:
    """Whether the item of that line has a place in the lists that are open: it goes on with one of
    them, or begins one below the last item."""
    indent = len(found[1])
    is_below = not lists or lists[-1].inner <= indent <= lists[-1].inner + 3
    if is_below and len(lists) < _DEEPEST:
        block = Block("bullet_list", (number, number), "ul")
        if lists:
            lists[-1].block.children[-1].children.append(block)
        lists.append(_List(block, found[2], indent))
    while lists[-1].indent > indent:
        lists.pop().end(number)
    if (lists[-1].indent, lists[-1].mark) != (indent, found[2]):
        return False
    lists[-1].add(mdTrim(found[3]), number, inner=found.start(3) - found.start())
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
