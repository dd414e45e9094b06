"""New lines in the manner of those beside them: their bullets, boxes, bars and blank lines."""

import re
from dataclasses import dataclass, replace

from papers.formats import citation, item
from papers.formats.citation import Citation
from papers.formats.inline import escaped, escaped_target
from papers.formats.reading_list import Entry
from papers.formats.weaving.grid import Grids
from papers.formats.weaving.source import HEADING, ITEM, PARAGRAPH, ROW, Node, Source

_BULLET = r"(?:[-*+]|\d{1,9}[.)])"
_PREFIX = re.compile(rf"^((?:\s*{_BULLET}[ \t]+)*)(\s*)({_BULLET})([ \t]+|$)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Bullet:
    """What stands before the text of an item."""

    indent: str = ""
    mark: str = "-"
    blanks: str = " "

    @property
    def width(self) -> int:
        return len(self.indent) + len(self.mark) + len(self.blanks)

    def __str__(self) -> str:
        return f"{self.indent}{self.mark}{self.blanks}"

    def counted(self, by: int) -> "Bullet":
        """The bullet of the item that is so many further on."""
        found = _NUMBER.search(self.mark)
        if not found:
            return self
        return replace(self, mark=f"{int(found[0]) + by}{self.mark[found.end() :]}")


def bullet_of(line: str) -> Bullet | None:
    """The bullet of the innermost item that begins on the line."""
    found = _PREFIX.match(line)
    if not found:
        return None
    return Bullet(" " * len(found[1]) + found[2], found[3], found[4] or " ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How papers are written at one place of the text."""

    kind: str = ITEM
    bullet: Bullet = Bullet()
    has_boxes: bool = True
    is_loose: bool = False
    # The row or heading to take as a pattern.
    like: Node | None = None
    # Items in a list of numbers that are all alike are not counted.
    is_counted: bool = False


class Fitter:
    """Writes papers in the manner of their neighbours."""

    def __init__(self, source: Source, grids: Grids) -> None:
        self.source = source
        self.grids = grids

    def manner_of(self, node: Node) -> Manner:
        if node.kind != ITEM:
            return Manner(node.kind, is_loose=node.kind in (PARAGRAPH, HEADING), like=node)
        bullet = bullet_of(self.source.lines[node.start]) or Bullet()
        checked = self.source.reading.entries[node.entries[0]].checked
        marks = self._marks(node)
        return Manner(
            ITEM,
            bullet,
            has_boxes=checked is not None,
            is_loose=self._is_loose(node),
            like=node,
            is_counted=len(set(marks)) > 1 or len(marks) == 1,
        )

    def written(self, manner: Manner, entry: Entry, count: int = 1) -> list[str]:
        """The lines of a new paper, the count-th after the one whose manner it is."""
        if manner.kind == ROW and manner.like:
            like = self.source.lines[manner.like.start]
            return [self.grids.of(manner.like).row(entry, like)]
        if manner.kind == PARAGRAPH:
            return [paragraph(entry)]
        if manner.kind == HEADING and manner.like:
            return self._heading(entry, manner.like)
        bullet = manner.bullet.counted(count) if manner.is_counted else manner.bullet
        checked = bool(entry.checked) if manner.has_boxes else None
        return [f"{bullet}{item.write(replace(entry, checked=checked))}"]

    def moved(self, manner: Manner, lines: list[str], count: int = 1) -> list[str]:
        """The lines of an item with the bullet and the indentation of its new place."""
        old = bullet_of(lines[0])
        if not old:
            return lines
        new = manner.bullet.counted(count) if manner.is_counted else manner.bullet
        return [
            f"{new}{lines[0][old.width :]}",
            *(shifted(line, new.width - old.width) for line in lines[1:]),
        ]

    def may_move(self, manner: Manner, node: Node) -> bool:
        """Whether the lines of the paper fit in as they are, but for their bullet."""
        if manner.kind != node.kind or node.kind not in (ITEM, PARAGRAPH, ROW, HEADING):
            return False
        if node.kind == ITEM:
            has_box = self.source.reading.entries[node.entries[0]].checked is not None
            return has_box == manner.has_boxes or has_box
        if node.kind == ROW and manner.like:
            return self._header(node) == self._header(manner.like)
        if node.kind == HEADING and manner.like:
            return self._level(node) == self._level(manner.like)
        return True

    def _header(self, node: Node) -> list[str]:
        grid = self.grids.of(node)
        return [self.source.lines[grid.head.start].strip(), str(grid.width)]

    def _level(self, node: Node) -> int:
        return next(chunk.level for chunk in self.source.chunks if chunk.start == node.start)

    def _heading(self, entry: Entry, like: Node) -> list[str]:
        url = [f"<{entry.url}>"] if entry.url else []
        cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
        said = " ".join([*url, *([cited] if cited else [])])
        return [f"{'#' * self._level(like)} {escaped(entry.title)}", *(["", said] if said else [])]

    def _marks(self, node: Node) -> list[str]:
        children = node.block.children if node.block else []
        starts = [child.map[0] for child in children if child.map]
        found = [bullet_of(self.source.lines[start]) for start in starts]
        return [bullet.mark for bullet in found if bullet]

    def _is_loose(self, node: Node) -> bool:
        """Whether blank lines part the items of the list."""
        children = node.block.children if node.block else []
        starts = [child.map[0] for child in children if child.map][1:]
        return bool(starts) and all(self.source.is_blank(start - 1) for start in starts)


def paragraph(entry: Entry) -> str:
    title, url = escaped(entry.title), entry.url or entry.file
    title = f"[{title}]({escaped_target(url)})" if url else f"**{title}**"
    cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
    return f"{title} {cited}".strip()


def shifted(line: str, by: int) -> str:
    """The line, indented more or less."""
    if not line.strip() or not by:
        return line
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return (indent + " " * by if by > 0 else indent[: max(0, len(indent) + by)]) + bare
