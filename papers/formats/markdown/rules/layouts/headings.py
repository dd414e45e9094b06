"""Papers as headings, with an address, people or an abstract below and no papers of their own."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env
from papers.formats.markdown.rules.document import Document, Section
from papers.formats.markdown.rules.layouts import below_papers
from papers.formats.markdown.rules.lines import candidate, mention, names, prose, reference
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.citation import Citation
from papers.formats.markdown.rules.lines.item import LONGEST_ITEM
from papers.formats.markdown.rules.lines.mention import Mention
from papers.formats.markdown.rules.lines.title import TitleEvidence

_FEWEST_PEOPLE = 4


def read(document: Document) -> None:
    """Turn headings into papers of the section above them, where most of their siblings are."""
    sections = document.sections
    for group in _siblings(sections):
        papers = [n for n in group if _looks_like_a_paper(sections, n, document.env)]
        if len(papers) * 2 > len(group):
            for number in papers:
                sections[number].is_paper = True
    topic = sections[0]
    for section in sections:
        if section.is_paper:
            topic.found.extend(filter(None, [_paper(section, document.env)]))
        else:
            topic = section
    document.sections = [section for section in sections if not section.is_paper]


def _siblings(sections: list[Section]) -> Iterable[list[int]]:
    """The numbers of the headings of one level below one heading."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    ancestors: list[int] = []
    for number, section in enumerate(sections):
        while ancestors and sections[ancestors[-1]].level >= section.level:
            ancestors.pop()
        groups[(ancestors[-1] if ancestors else -1, section.level)].append(number)
        ancestors.append(number)
    return groups.values()


def _looks_like_a_paper(sections: list[Section], number: int, env: Env) -> bool:
    section = sections[number]
    after = sections[number + 1] if number + 1 < len(sections) else None
    if section.level == 0 or section.found or (after and after.level > section.level):
        return False
    if not section.blocks:  # two titles above one address
        is_twin = after and after.level == section.level and bool(after.blocks)
        return bool(is_twin and _looks_like_a_paper(sections, number + 1, env))
    return _is_of_a_paper(section.blocks[0], env)


def _is_of_a_paper(block: Block, env: Env) -> bool:
    """An abstract, an address, or a link called `pdf` or the like."""
    if block.type == "blockquote":
        return True
    if block.type != "paragraph" or len(block.content) > LONGEST_ITEM:
        return False
    text = prose.read(block.content, env)
    cited = reference.behind(text, text.text).cited
    if cited.authors and (cited.year or cited.venue):
        return True
    first = text.links[0] if text.links else None
    if not first or not first.leads_somewhere:
        return False
    words = text.plain(text.text.partition(chr(0xF0000))[0]).strip(" [(|:-")
    is_first = not words or len(words.split()) <= 4 or names.are_names(words)
    return is_first and (first.is_bare or first.is_label) and not first.is_picture


def _paper(section: Section, env: Env) -> Candidate | None:
    title, _ = mention.without_presenter(section.name)
    title, people = _parted(title)
    found = candidate.of(Mention(title, TitleEvidence.REFERENCE, Citation(authors=people)))
    if not found:
        return None
    return below_papers.with_children(found.with_lines(section.lines), section.blocks, env)


def _parted(title: str) -> tuple[str, str]:
    """The title without the people who are named directly behind it, and these."""
    first, *others = title.split(", ")
    words = first.split()
    people = [" ".join(words[-2:]), *(other.removeprefix("and ") for other in others)]
    is_list = len(people) >= _FEWEST_PEOPLE and others[-1].startswith("and ")
    if not is_list or len(words) < 3 or any(len(name.split()) not in {2, 3} for name in people):
        return title, ""
    last = Counter(name.split()[-1] for name in people)
    if not names.are_names(", ".join(people)) or max(last.values()) > 1:
        return title, ""
    return " ".join(words[:-2]), ", ".join([people[0], *others])
