"""Papers as paragraphs: a bold, quoted or linked title, with links or people beside or below it."""

from collections.abc import Iterator

from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env
from papers.formats.markdown.rules.document import LISTS, lines_of
from papers.formats.markdown.rules.layouts import below_papers
from papers.formats.markdown.rules.lines import candidate, citation, mention, names, prose
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.item import LONGEST_ITEM
from papers.formats.markdown.rules.lines.title import TitleEvidence

# What is longer is prose about papers, not a paper.
_LONGEST = 600


def read(blocks: list[Block], env: Env) -> Iterator[Candidate]:
    """The papers of a section, each with the lists below it."""
    found: Candidate | None = None
    below: list[Block] = []
    for block in blocks:
        paper = _paper(block, env) if block.type == "paragraph" else None
        if paper:
            yield from _complete(found, below, env)
            found, below = paper, []
        elif found and _belongs(block, below, env):
            below.append(block)
    yield from _complete(found, below, env)


def _complete(found: Candidate | None, below: list[Block], env: Env) -> Iterator[Candidate]:
    paper = below_papers.with_children(found, below, env) if found else None
    if not paper:
        return
    is_marked = paper.evidence is TitleEvidence.MARKS and bool(below)
    is_marked = is_marked and any(link.leads_somewhere for link in paper.links)
    if paper.is_documented or paper.has_paper_link or is_marked:
        yield paper


def _belongs(block: Block, below: list[Block], env: Env) -> bool:
    """A list, or one paragraph with the people."""
    if block.type in LISTS:
        return True
    if block.type != "paragraph" or below or len(block.content) > LONGEST_ITEM:
        return False
    return names.are_names(prose.read(block.content, env).plain())


def _paper(block: Block, env: Env) -> Candidate | None:
    source = block.content
    if len(source) > LONGEST_ITEM:
        return None
    cut = citation.cut(source)
    text = prose.read(cut.source, env)
    if len(text.plain()) > _LONGEST or names.are_surely_names(text.plain()):
        return None
    found = [candidate.of(one, cut.citation) for one in mention.read(text)]
    first = found[0] if len(found) == 1 else None
    if not first or first.has_lead or first.evidence is TitleEvidence.WORDS:
        return None
    if first.entry.note[:1].islower() or first.entry.title.endswith((":", "：", ")")):
        return None
    return first.with_lines(lines_of(block))
