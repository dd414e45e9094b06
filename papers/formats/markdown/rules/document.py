"""A Markdown document as sections: a heading, and the blocks below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from papers.formats.core.commonmark import blocks
from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env, plain
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown.rules.lines.candidate import Candidate

LISTS = {"bullet_list", "ordered_list"}
# `##Title`, which was meant as a heading. One mark alone may be a hashtag.
_GLUED = re.compile(r"^ {0,3}#{2,6}(?=[^#\s\\])")
_LONGEST_LABEL = 80
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
# A box, or a link called by more than one word.
_A_PAPER = re.compile(r"\[[ xX]\] |\[[^\[\]]+\s[^\[\]]+\]\(")
_MARKED = re.compile(r"(\*{1,3}|_{1,3})[^*_\n]+\1")


@dataclass(slots=True)
class Section:
    """A heading with what is below it. Level 0 is what is above the first heading."""

    level: int = 0
    name: str = ""
    lines: tuple[int, ...] = ()
    path: Path = ()
    blocks: list[Block] = field(default_factory=list)
    found: list[Candidate] = field(default_factory=list)
    # What may be papers but for its neighbours.
    left_out: list[Candidate] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    is_paper: bool = False

    @property
    def is_blank(self) -> bool:
        return all(block.type == "hr" for block in self.blocks)


@dataclass(slots=True)
class Document:
    lines: list[str]
    sections: list[Section]
    env: Env

    @property
    def item_count(self) -> int:
        """How many items all lists have."""
        count = 0
        waiting = [block for section in self.sections for block in section.blocks]
        while waiting:
            block = waiting.pop()
            count += block.type == "list_item"
            waiting += block.children
        return count


def parse(text: str, env: Env | None = None) -> Document:
    """The document; the text is counted in lines as the parser sees them.

    `env` has the link reference definitions of a longer text that this one is a part of.
    """
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    env = {} if env is None else env
    lines = text.split("\n")
    # A line of control characters or foreign spaces looks blank, so it separates its neighbours.
    source_lines = [_GLUED.sub(r"\g<0> ", line) if line.strip() else "" for line in lines]
    source = "\n".join(source_lines)
    sections = [Section()]
    for block in blocks.parse_blocks(source, env):
        name = plain(block.content, env) if block.type == "heading" else ""
        if name:
            sections.append(_section(block, name, source_lines))
        else:
            sections[-1].blocks.append(block)
    return Document(lines, list(_with_labels(sections, env)), env)


def lines_of(block: Block) -> tuple[int, ...]:
    first, after = block.map or (0, 0)
    return tuple(range(first + 1, after + 1))


def _section(heading: Block, name: str, lines: list[str]) -> Section:
    numbers = lines_of(heading)
    is_label = lines[numbers[-1] - 1].strip() == "-" and name.endswith((":", "："))
    if is_label:  # and below it an empty item, which Markdown takes for an underline
        return Section(1, name.rstrip(":： "), numbers)
    return Section(int(heading.tag[1]), name, numbers)


def _with_labels(sections: list[Section], env: Env) -> Iterator[Section]:
    """The sections; where there are no headings but a title, `January 26:` or `**Week 1**` above a
    list is one."""
    if len(sections) > 2 or (len(sections) == 2 and sections[1].level > 1):
        yield from sections
        return
    for section in sections:
        found, section.blocks = section.blocks, []
        yield section
        current = section
        for block, after in zip_longest(found, found[1:]):
            name = _label(block, after, env)
            if name:
                current = Section(section.level + 1, name, lines_of(block))
                yield current
            else:
                current.blocks.append(block)


def _label(block: Block, after: Block | None, env: Env) -> str:
    if block.type != "paragraph" or not after or after.type not in LISTS | {"table"}:
        return ""
    source = block.content
    if len(source) > _LONGEST_LABEL or "](" in source:
        return ""
    text = plain(source, env)
    is_marked = _MARKED.fullmatch(source.strip()) and _holds_papers(after)
    is_label = is_marked or text.endswith((":", "："))
    name = text.rstrip(":： ")
    in_brackets = _IN_BRACKETS.fullmatch(name)
    return (in_brackets[1] if in_brackets else name) if is_label else ""


def _holds_papers(block: Block) -> bool:
    """Whether it is sure that a list has papers, and not what is said of one above it."""
    items = block.children if block.type in LISTS else []
    firsts = [item.children[0].content for item in items if item.children]
    return bool(firsts) and all(map(_A_PAPER.match, firsts))
