"""Which candidates are papers, judged by their neighbours.

A section is read as what most of its blocks are. One whose entries say less than papers do in the
same document (bare words where those are marked, items where those are rows) holds rules, tools or
links to other lists.
"""

from collections.abc import Iterator
from dataclasses import replace

from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown.rules.document import LISTS, Document, Section
from papers.formats.markdown.rules.layouts import headings, items, paragraphs, tables
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.reference import year_of
from papers.formats.markdown.rules.lines.title import TitleEvidence

# fmt: off
_NO_PAPERS = frozenset({
    "acknowledgement", "acknowledgements", "acknowledgment", "acknowledgments", "changelog",
    "cited", "citing", "competition", "competitions", "content", "contents", "contribute",
    "contributing", "contribution", "contributions", "contributor", "contributors", "credits",
    "faq", "grading", "license", "licence", "maintainers", "news", "people", "sponsors", "toolbox",
    "toolboxes", "toc", "update", "updates", "更新", "目录", "贡献", "致谢", "许可", "danksagung",
    "inhalt", "lizenz", "licencia", "remerciements",
})
# fmt: on
# "Contributing" is such a name, "Tools and toolboxes for generation" may be a topic.
_LONGEST_NAME = 3


def find(document: Document) -> None:
    """Give each section the candidates that it carries."""
    for section in document.sections:
        section.found = _of_section(section, document)
    headings.read(document)
    _leave_out_the_rest(document.sections)


def with_years_of_headings(placed: dict[Path, list[Entry]]) -> dict[Path, list[Entry]]:
    """Where most topics are years, a paper that states none was published in its topic's."""
    years = {path: _year(path) for path in placed}
    if sum(map(bool, years.values())) * 2 <= len(years):
        return placed
    return {path: [_dated(one, years[path]) for one in entries] for path, entries in placed.items()}


def _of_section(section: Section, document: Document) -> list[Candidate]:
    """The papers of a section: its items and rows, else its paragraphs."""
    env = document.env
    listed = [one for block in section.blocks for one in items.read(block, env)]
    rows = list(_rows(section.blocks, document))
    if rows and not any(one.is_documented for one in listed):
        listed = []
    if rows or any(one.is_convincing for one in listed):
        return sorted([*rows, *listed], key=lambda one: one.entry.lines)
    return list(paragraphs.read(section.blocks, env)) or listed


def _rows(blocks: list[Block], document: Document) -> Iterator[Candidate]:
    """The rows of tables. A table in HTML ends with its last tag, blank lines or not."""
    env: Env = document.env
    end = 0
    for block in blocks:
        first, after = block.map or (0, 0)
        if block.type == "html_block" and first >= end and "<table" in block.content.casefold():
            end = _end_of_table(document.lines, first, after)
            yield from tables.read_html("\n".join(document.lines[first:end]), first + 1)
        elif first >= end:
            yield from tables.read(block, env)
    _drop(blocks, end)


def _end_of_table(lines: list[str], first: int, after: int) -> int:
    return next(
        (n + 1 for n in range(first, len(lines)) if "</table" in lines[n].casefold()), after
    )


def _drop(blocks: list[Block], end: int) -> None:
    """Leave out what the parser took for blocks inside of a table in HTML."""
    if end:
        blocks[:] = [
            block for block in blocks if (block.map or (0, 0))[0] >= end or not _inner(block)
        ]


def _inner(block: Block) -> bool:
    return block.type in {*LISTS, "paragraph", "code_block"}


def _year(path: Path) -> int | None:
    name = path[-1].strip("[]() ") if path else ""
    return year_of(name) if len(name) == 4 else None


def _dated(entry: Entry, year: int | None) -> Entry:
    """The entry with the year of its topic, unless it has one, or that may be the one in which a
    group reads the paper."""
    is_read_then = entry.checked is not None or entry.date
    return entry if entry.year or not year or is_read_then else replace(entry, year=year)


def _leave_out_the_rest(sections: list[Section]) -> None:
    """Take the candidates from sections that say less than papers do in this document."""
    documented = [one for section in sections for one in section.found if one.is_documented]
    has_marks = _are_most([one.evidence is not TitleEvidence.WORDS for one in documented])
    has_rows = _are_most([one.is_row for one in documented])
    for section in sections:
        found = section.found
        is_of_items = has_rows and not any(one.is_row for one in found)
        sure = [one.is_documented for one in found]
        if all(sure) or (_are_most(sure) and not is_of_items):
            continue
        is_of_words = has_marks and _are_most(
            [one.evidence is TitleEvidence.WORDS for one in found]
        )
        if is_of_words or is_of_items or _names_no_papers(section.name):
            section.left_out, section.found = section.found, []


def _are_most(answers: list[bool]) -> bool:
    return bool(answers) and sum(answers) * 2 >= len(answers)


def _names_no_papers(name: str) -> bool:
    words = name.casefold().replace("_", " ").replace("-", " ").split()
    return len(words) <= _LONGEST_NAME and bool(set(words) & _NO_PAPERS)
