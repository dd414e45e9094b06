"""What is below a paper and belongs to it: people, links, a note."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from papers.formats.core import identifiers
from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env
from papers.formats.core.reading_list import Entry
from papers.formats.markdown.rules.document import LISTS, lines_of
from papers.formats.markdown.rules.lines import names, prose, reference
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.item import LONGEST_ITEM
from papers.formats.markdown.rules.lines.links import Link, is_label
from papers.formats.markdown.rules.lines.prose import LINK, Prose

_A_LINK = re.compile(LINK)
_LONGEST_NOTE = 2_500
_MOST_PARAGRAPHS = 200


def with_children(candidate: Candidate, blocks: Iterable[Block], env: Env) -> Candidate:
    """The paper with all that its children say. Boxes among them are papers of their own."""
    entry, links = candidate.entry, list(candidate.links)
    for number, (block, source) in enumerate(_paragraphs(blocks)):
        if number > _MOST_PARAGRAPHS or len(entry.note) + len(source) > _LONGEST_NOTE:
            break
        text = _keyed(prose.read(source, env))
        if links or not _is_the_paper(text):  # otherwise it is the address of the paper
            entry = _with_paragraph(entry, text)
        links += text.links
        entry = replace(entry, lines=tuple(sorted({*entry.lines, *lines_of(block)})))
    entry = _with_address(entry, links)
    if entry is candidate.entry:
        return candidate
    return replace(candidate, entry=entry, links=tuple(links))


def says_who(block: Block, env: Env) -> bool:
    """Whether a list below an item names the authors of the one paper, or where it is found."""
    sources = [source for _, source in _paragraphs([block])][:2]
    texts = [_keyed(prose.read(source, env)) for source in sources if len(source) <= LONGEST_ITEM]
    return any(map(_is_of_a_paper, texts)) or sum(map(_is_the_paper, texts)) == 1


def is_boxed(item: Block) -> bool:
    first = item.children[0] if item.children else None
    text = first.content if first and first.type == "paragraph" else ""
    return text[:4] in {"[ ] ", "[x] ", "[X] "}


def _is_of_a_paper(text: Prose) -> bool:
    if _people_of(text):
        return True
    said = reference.behind(text, text.text).cited
    is_said = said.authors and (said.year or said.venue)
    return bool(is_said) or any(link.is_label and link.is_a_paper for link in text.links)


def _is_the_paper(text: Prose) -> bool:
    """Whether it is the address of a paper and nothing else."""
    is_alone = len(text.links) == 1 and not text.plain(_A_LINK.sub("", text.text)).strip()
    return is_alone and text.links[0].is_bare and text.links[0].is_a_paper


def _paragraphs(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """The paragraphs of the blocks, those of nested lists among them, as Markdown."""
    for block in blocks:
        if block.type == "paragraph":
            yield block, block.content
        elif block.type in LISTS:
            for node in block.children:
                if not is_boxed(node):
                    yield from _paragraphs(node.children)
        elif block.type == "blockquote":
            yield from _paragraphs(block.children)


def _people_of(text: Prose) -> str:
    """`Authors: Lena Day, Xi Li`"""
    key, colon, value = text.plain().partition(":")
    return names.cleaned(value) if colon and key.casefold() in {"author", "authors", "by"} else ""


def _with_paragraph(entry: Entry, text: Prose) -> Entry:
    people = _people_of(text)
    if people and not entry.authors:
        return replace(entry, authors=people)
    said = reference.behind(text, text.text)
    cited = said.cited
    if not (cited.authors or (cited.venue and cited.year)) or entry.authors:
        return replace(entry, note=_joined(entry.note, text.markdown(text.text)))
    return replace(
        entry,
        authors=cited.authors,
        venue=entry.venue or cited.venue,
        year=entry.year or cited.year,
        note=_joined(entry.note, text.markdown(said.rest)),
    )


def _with_address(entry: Entry, links: list[Link]) -> Entry:
    """The entry with its numbers and, unless it has one, the first address that may be its."""
    if not (entry.url or entry.file):
        found = next((link for link in links if link.may_be_the_paper), None)
        entry = replace(entry, url=found.url, file=found.file) if found else entry
    doi = entry.doi or identifiers.doi_of(entry.url)
    arxiv = entry.arxiv or identifiers.arxiv_of(entry.url)
    if (doi, arxiv) == (entry.doi, entry.arxiv):
        return entry
    return replace(entry, doi=doi, arxiv=arxiv)


def _keyed(text: Prose) -> Prose:
    """`arXiv: <https://…>` as a link that is called `arXiv`."""
    text = replace(text, text=text.text.replace("：", ": "))
    key, colon, rest = text.text.partition(":")
    if colon and len(text.links) == 1 and is_label(text.plain(key)):
        return Prose(rest, (replace(text.links[0], label=text.plain(key)),))
    return text


def _joined(*notes: str) -> str:
    return " ".join(filter(None, (note.strip() for note in notes)))
