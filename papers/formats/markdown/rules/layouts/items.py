"""Papers as the items of a list."""

from collections.abc import Iterator

from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env
from papers.formats.markdown.rules.document import LISTS, lines_of
from papers.formats.markdown.rules.layouts import below_papers
from papers.formats.markdown.rules.lines import item
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.title import TitleEvidence

# What a list hangs from. Below a topic any item may be a paper, below the label of a list only one
# that looks like it, below a paper only one with a box.
_TOPIC, _LABEL, _PAPER = "topic", "label", "paper"


def read(block: Block, env: Env) -> Iterator[Candidate]:
    if block.type in LISTS:
        yield from _read(block, env, below=_TOPIC)


def _read(block: Block, env: Env, below: str) -> Iterator[Candidate]:
    for node in block.children:
        lists = [child for child in node.children if child.type in LISTS]
        found = _papers(node, lists, env, below)
        if found:
            *before, last = found
            yield from before
            yield below_papers.with_children(last, node.children[1:], env)
        for child in lists:
            yield from _read(child, env, _PAPER if found else _LABEL)


def _papers(node: Block, lists: list[Block], env: Env, below: str) -> list[Candidate]:
    if not node.children or node.children[0].type != "paragraph":
        return []
    found = item.read(node.children[0].content, env, lines_of(node.children[0]))
    return [one for one in found if _is_accepted(one, lists, env, below)]


def _is_accepted(one: Candidate, lists: list[Block], env: Env, below: str) -> bool:
    if one.is_boxed or below == _PAPER:
        return one.is_boxed
    if one.evidence is not TitleEvidence.WORDS:
        return one.evidence is TitleEvidence.LINK or below == _TOPIC or one.is_documented
    is_label = one.entry.title.endswith((":", "：")) or not any(map(str.isalnum, one.entry.title))
    if is_label or (below == _LABEL and not one.has_paper_link):
        return False
    return (
        not lists or one.has_paper_link or any(below_papers.says_who(child, env) for child in lists)
    )
