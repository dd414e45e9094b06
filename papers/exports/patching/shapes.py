"""New lines in the shape of those beside them: their bullets, boxes, bars and blank lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from papers.exports.patching.passages import (
    DASH,
    Bullet,
    Kind,
    Passage,
    SourceText,
    are_parted,
    bullet_of,
)
from papers.exports.patching.rows import Tables
from papers.formats.core import identifiers
from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import citation, item
from papers.formats.markdown.citation import Citation

_BOX = re.compile(r"^(?:\s|[>*+-]\s|\d{1,9}[.)]\s)*\[([ xX])\](?=\s|$)")
_MOST_NEIGHBOURS = 50


@dataclass(frozen=True, slots=True)
class Shape:
    """The way papers are written at one place of the text."""

    kind: Kind = Kind.ITEM
    bullet: Bullet = DASH
    has_boxes: bool = True
    is_loose: bool = False
    # The row or heading to take as a pattern.
    like: Passage | None = None
    # Items in a list of numbers that are all alike are not counted.
    is_counted: bool = False


class Shapes:
    """Writes papers in the shape of their neighbours."""

    def __init__(self, source: SourceText, tables: Tables) -> None:
        self.source, self.tables = source, tables
        self._index = {id(one): number for number, one in enumerate(source.passages)}

    def of(self, passage: Passage) -> Shape:
        if passage.kind in {Kind.PARAGRAPH, Kind.HEADING}:
            return Shape(passage.kind, is_loose=True, like=passage)
        if passage.kind is not Kind.ITEM:
            return Shape(passage.kind, like=passage)
        neighbours = self._neighbours(passage)
        marks = [bullet.mark for one in neighbours if (bullet := self.bullet(one))]
        return Shape(
            Kind.ITEM,
            self.bullet(passage) or Bullet(),
            has_boxes=box_of(self.source.lines[passage.start]) is not None,
            is_loose=are_parted(self.source, neighbours),
            like=passage,
            is_counted=len(set(marks)) > 1 or len(marks) == 1,
        )

    def usual(self) -> Shape:
        """Return the way most papers of the text are written, at the left margin."""
        kinds = [one.kind for one in self.source.passages]
        entries = self.source.reading.entries
        has_boxes = any(entry.checked is not None for entry in entries) or not entries
        if not kinds:
            return Shape(has_boxes=has_boxes)
        most = max(dict.fromkeys(kinds), key=kinds.count)
        if most in {Kind.PARAGRAPH, Kind.ROW}:
            return self.of(self.source.passages[kinds.index(most)])
        if Kind.ITEM not in kinds:
            return Shape(has_boxes=has_boxes)
        shape = self.of(self.source.passages[kinds.index(Kind.ITEM)])
        mark = re.sub(r"\d+", "1", shape.bullet.mark)
        return replace(shape, bullet=Bullet("", mark, shape.bullet.blanks), like=None)

    def bullet(self, passage: Passage) -> Bullet | None:
        return bullet_of(self.source.lines[passage.start])

    def written(self, shape: Shape, entry: Entry, count: int = 1) -> Iterator[list[str]]:
        """Ways to write a new paper, the count-th after the one whose shape it has."""
        if shape.like and shape.kind in {Kind.ROW, Kind.HTML_ROW}:
            yield from self._rows(shape.like, entry)
        elif shape.kind is Kind.PARAGRAPH:
            if shape.like and len(shape.like.lines) > 1:
                yield from self._with_lines_below(shape.like, entry)
            yield [paragraph(entry, "**")]
            yield [paragraph(entry)]
        elif shape.kind is Kind.HEADING and shape.like:
            yield from self._headings(shape.like, entry)
        else:
            bullet = shape.bullet.counted(count) if shape.is_counted else shape.bullet
            checked = bool(entry.checked) if shape.has_boxes else None
            yield [f"{bullet}{item.write(replace(entry, checked=checked))}"]
            box = {True: "[x] ", False: "[ ] ", None: ""}[checked]
            yield [f"{bullet}{box}{paragraph(entry, '**')}"]
            yield [f"{bullet}{box}{paragraph(entry)}"]

    def moved(
        self, shape: Shape, passage: Passage, lines: list[str], count: int, is_read: bool
    ) -> list[str] | None:
        """Return the lines of a paper as they are at their new place: only the bullet and the
        indentation change, and a box comes where the others have one. None where they do not fit in
        there.
        """
        if shape.kind is not passage.kind or not shape.like:
            return lines if shape.kind is passage.kind is Kind.ITEM else None
        if shape.kind is Kind.HEADING:
            here, there = (self.source.levels.get(one.start) for one in (passage, shape.like))
            if not here or not there:
                return lines if here == there else None
            return [lines[0].replace("#" * here, "#" * there, 1), *lines[1:]]
        if shape.kind in {Kind.ROW, Kind.HTML_ROW}:
            heads = (self.tables.of(one).head[:1] for one in (passage, shape.like))
            return lines if next(heads) == next(heads) else None
        old = bullet_of(lines[0])
        if shape.kind is not Kind.ITEM or not old:
            return lines
        if self._are_in_one_list(passage, shape.like):
            return lines
        new = shape.bullet.counted(count) if shape.is_counted else shape.bullet
        box = ("[x] " if is_read else "[ ] ") * (shape.has_boxes and box_of(lines[0]) is None)
        return [
            f"{new}{box}{lines[0][old.width :]}",
            *(shifted(line, new.width - old.width) for line in lines[1:]),
        ]

    def _are_in_one_list(self, one: Passage, other: Passage) -> bool:
        topics = {self.source.entries(passage)[0].topic for passage in (one, other)}
        return len(topics) == 1 and self._indent(one) == self._indent(other)

    def _neighbours(self, passage: Passage) -> list[Passage]:
        """Return the items of the list, as far as they are papers of one topic."""
        at, passages = self._index[id(passage)], self.source.passages
        first, last = at, at
        while (
            first > 0 and at - first < _MOST_NEIGHBOURS and self._goes_on(passages, first - 1, at)
        ):
            first -= 1
        while last + 1 < len(passages) and last - at < _MOST_NEIGHBOURS and self._goes_on(
            passages, last + 1, at
        ):  # fmt: skip
            last += 1
        indent = self._indent(passage)
        return [one for one in passages[first : last + 1] if self._indent(one) == indent]

    def _goes_on(self, passages: list[Passage], number: int, at: int) -> bool:
        one, other = passages[number], passages[at]
        topics = {self.source.entries(passage)[0].topic for passage in (one, other)}
        is_item = one.kind is Kind.ITEM and len(topics) == 1
        return is_item and len(self._indent(one)) >= len(self._indent(other))

    def _indent(self, passage: Passage) -> str:
        bullet = self.bullet(passage)
        return bullet.indent if bullet else ""

    def _rows(self, like: Passage, entry: Entry) -> Iterator[list[str]]:
        table = self.tables.of(like)
        if "title" not in table.roles:
            return
        address = _address(entry)
        title = table.written(entry.title)
        forms = [f"**{title}**", title] if not table.is_html else [f"<b>{title}</b>", title]
        if address and table.roles.get("url", table.roles["title"]) == table.roles["title"]:
            forms = [table.linked(title, address), *forms]
        elif not address:
            forms.reverse()
        left = Citation(
            "" if "authors" in table.roles else entry.authors,
            "" if "venue" in table.roles else entry.venue,
            None if "year" in table.roles else entry.year,
        )
        for form in forms:
            entry = replace(entry, url=address)
            yield table.row(entry, self.source.texts(like.lines), form, citation.write(left))

    def _with_lines_below(self, like: Passage, entry: Entry) -> Iterator[list[str]]:
        """Yield a title with the link on a line below it, which may be an item."""
        address = _address(entry)
        cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
        if address and (bullet := bullet_of(self.source.lines[like.lines[1]])):
            label = "arXiv" if identifiers.arxiv_of(address) else "pdf"
            link = f"[{label}]({escaped_target(address)})"
            yield [escaped(entry.title), f"{bullet}{link} {cited}".rstrip()]
        elif address:
            yield [f"{escaped(entry.title)} {cited}".rstrip(), address]

    def _headings(self, like: Passage, entry: Entry) -> Iterator[list[str]]:
        level = self.source.levels.get(like.start, 2)
        address = _address(entry)
        cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
        heading = f"{'#' * level} {escaped(entry.title)}"
        below = [address, *(["", cited[1:-1]] if address and cited else [cited[1:-1]])]
        yield [heading, *(below if address or cited else [])]
        yield [heading, *filter(None, [f"<{address}>" if address else "", cited])]
        yield [heading, f"- [pdf]({escaped_target(address)}) {cited}".strip()]


def paragraph(entry: Entry, stars: str = "") -> str:
    title, address = escaped(entry.title), _address(entry)
    cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
    target = f"({escaped_target(address)})"
    if not address:
        return f"**{title}** {cited}".strip()
    if stars:
        return f"{stars}{title}{stars} [[pdf]]{target} {cited}".strip()
    return f"[{title}]{target} {cited}".strip()


def is_a_box(line: str, other: str) -> bool:
    """Return whether the lines differ by nothing but the box before an item, or not at all."""
    return boxed(line, is_read=True) == boxed(other, is_read=True)


def _address(entry: Entry) -> str:
    numbered = entry.doi and identifiers.doi_address(entry.doi)
    numbered = numbered or (entry.arxiv and f"https://arxiv.org/abs/{entry.arxiv}")
    return entry.url or entry.file or numbered


def box_of(line: str) -> bool | None:
    """Return whether the box before the text of the item is ticked; None where there is no box."""
    found = _BOX.match(line)
    return found[1] in "xX" if found else None


def boxed(line: str, is_read: bool) -> str:
    """Return the first line of an item with its box, if it has one, ticked or not."""
    found = _BOX.match(line)
    if not found or (found[1] in "xX") == is_read:
        return line
    return line[: found.start(1)] + ("x" if is_read else " ") + line[found.end(1) :]


def shifted(line: str, by: int) -> str:
    """Return the line, indented more or less."""
    if not line.strip() or not by:
        return line
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return (indent + " " * by if by > 0 else indent[: max(0, len(indent) + by)]) + bare
