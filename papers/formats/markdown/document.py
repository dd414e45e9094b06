"""A Markdown document as sections: a heading, and the lines below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from papers.formats.core.commonmark import references
from papers.formats.core.commonmark.inline import plain
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown import lines
from papers.formats.markdown.lines import Line

_BLANK = {"blank", "rule"}
# `#Title` may be a hashtag, `##Title` is meant as a heading.
_HASHTAG = re.compile(r"\s{0,3}#[^\s#]")
_CLOSING = re.compile(r"(?:^|(?<!\s)\s+)#+\s*$")
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
    # The numbers of the heading's lines.
    lines: tuple[int, ...] = ()
    path: Path = ()
    entries: list[Entry] = field(default_factory=list)
    # Whether there is nothing below it but other headings.
    is_blank: bool = True


@dataclass(slots=True)
class Document:
    texts: Sequence[str]
    lines: list[Line]
    sections: list[Section]

    @property
    def item_count(self) -> int:
        """Return how many items all lists have."""
        return sum(line.is_item for line in self.lines)


def parse_document(text: str) -> Document:
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    texts = text.split("\n")
    # A line of control characters or foreign spaces looks blank, so it separates its neighbours.
    parsed = lines.parse_lines(references.resolved([one if one.strip() else "" for one in texts]))
    return Document(texts, parsed, _sections(parsed))


def _sections(parsed: Sequence[Line]) -> list[Section]:
    """Return the sections; where there are no headings but a title, `January 26:` or `**Week 1**`
    above a list is one."""
    headings = {line.number: one for line in parsed if (one := _heading(line, parsed))}
    levels = [one.level for one in headings.values()]
    if not levels or levels == [1]:
        labels = {line.number: _label(line, parsed) for line in parsed if line.kind == "text"}
        headings |= {
            number: Section(1 + any(above < number for above in headings), name, (number,))
            for number, name in labels.items()
            if name
        }
    sections = [Section()]
    for line in parsed:
        if heading := headings.get(line.number):
            sections.append(heading)
        elif line.kind not in _BLANK:
            sections[-1].is_blank = False
    return sections


def _heading(line: Line, parsed: Sequence[Line]) -> Section | None:
    if line.kind != "heading" or line.is_quoted or _HASHTAG.match(line.text):
        return None
    name = plain(_CLOSING.sub("", line.content))
    is_underlined = not line.content or not line.text.lstrip().startswith("#")
    numbers = (line.number, line.number + 1) if is_underlined else (line.number,)
    return Section(line.level, name, numbers) if name else None


def _label(line: Line, parsed: Sequence[Line]) -> str:
    """Return the name of the line if it is alone above a list or a table, and is written as the
    name of what follows; else empty."""
    source = line.content.strip()
    below = _list_below(line, parsed)
    if not line.is_after_blank or not below or len(source) > _LONGEST_LABEL or "](" in source:
        return ""
    text = plain(source)
    is_marked = _MARKED.fullmatch(source) and _are_papers(below)
    is_label = is_marked or text.endswith((":", "："))
    name = text.rstrip(":： ")
    in_brackets = _IN_BRACKETS.fullmatch(name)
    return (in_brackets[1] if in_brackets else name) if is_label else ""


def _list_below(line: Line, parsed: Sequence[Line]) -> list[Line]:
    """Return the items or the head of a table that follow; nothing if something else does."""
    found: list[Line] = []
    for below in _not_blank(parsed, line.number):
        if below.kind == "head" and not found:
            return [below]
        if not below.is_item:
            if not found or not below.indent:
                break
            continue
        if not found or below.indent <= found[0].indent:
            found.append(below)
    return found


def _not_blank(parsed: Sequence[Line], start: int) -> Iterator[Line]:
    return (parsed[at] for at in range(start, len(parsed)) if parsed[at].kind != "blank")


def _are_papers(below: Sequence[Line]) -> bool:
    """Return whether it is sure that a list has papers, and not what is said of one above it."""
    starts = [line.text.lstrip()[len(line.mark) :].lstrip() for line in below]
    return all(line.is_item for line in below) and all(map(_A_PAPER.match, starts))
