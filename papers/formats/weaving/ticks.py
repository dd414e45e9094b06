"""Boxes and marks: the one thing in a list that every reader has of their own."""

import re

from papers.formats.reading_list import Entry
from papers.formats.weaving.grid import Grids
from papers.formats.weaving.sheet import Sheet
from papers.formats.weaving.source import ITEM, ROW, Node

# What may stand before the box of an item: it is indented, and may begin on the line of another.
_BOX = re.compile(r"^(?:\s|[-*+]\s|\d{1,9}[.)]\s)*\[([ xX])\](?=\s|$)")


def write(sheet: Sheet, grids: Grids, node: Node, is_read: bool) -> None:
    """Set the tick of the paper, where there is room for one. What is right stays as it is."""
    if node.kind == ITEM:
        number = node.own.start
        sheet.replaced[number] = boxed(sheet.line(number), is_read).split("\n")
    elif node.kind == ROW and grids.of(node).has_ticks:
        sheet.replaced[node.start] = [grids.of(node).ticked(sheet.line(node.start), is_read)]


def boxed(line: str, is_read: bool) -> str:
    """The first line of an item with its box, if it has one, ticked or not."""
    found = _BOX.match(line)
    if not found or (found[1] in "xX") == is_read:
        return line
    return line[: found.start(1)] + ("x" if is_read else " ") + line[found.end(1) :]


def has_place(grids: Grids, node: Node, entry: Entry) -> bool:
    if node.kind == ROW:
        return grids.of(node).has_ticks and grids.of(node).may_tick(node.start)
    return node.kind == ITEM and entry.checked is not None
