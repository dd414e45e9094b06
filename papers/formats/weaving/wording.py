"""The lines of one paper, changed where it now says something else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise, product

from papers.formats import document, identifiers, selection
from papers.formats.carriers import items, paragraphs, tables
from papers.formats.document import Document
from papers.formats.inline import escaped, escaped_target
from papers.formats.item import settled
from papers.formats.reading_list import Entry
from papers.formats.weaving.grid import Grids
from papers.formats.weaving.source import HEADING, ITEM, PARAGRAPH, ROW, Node, Source
from papers.formats.weaving.wanted import WRITTEN, are_same

_MOST_ATTEMPTS = 12
_NUMBERED = {"doi": identifiers.doi_of, "arxiv": identifiers.arxiv_of}


def reworded(
    source: Source,
    grids: Grids,
    node: Node,
    lines: list[str],
    changes: dict[int, dict[str, object]],
) -> list[str] | None:
    """The lines with only what changed replaced; None where they would not be read so.

    `changes` has, of each entry of the node that changed, its details as they are to be.
    """
    before = said(source, grids, node, lines)
    if len(before) != len(node.entries):
        return None
    wanted = [
        replace(one, **changes.get(number, {}))  # type: ignore[arg-type]
        for one, number in zip(before, node.entries, strict=True)
    ]
    for attempt in islice(_attempts(source, node, lines, changes), _MOST_ATTEMPTS):
        found = said(source, grids, node, attempt)
        if len(found) == len(wanted) and all(map(_say_the_same, found, wanted)):
            return attempt
    return None


def said(source: Source, grids: Grids, node: Node, lines: list[str]) -> list[Entry]:
    """What the lines say by themselves of the papers of the node."""
    if node.kind == ROW:
        head = [source.lines[number] for number in grids.of(node).head]
        lines = [*head, *lines]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    text = "\n".join(line[indent:] if line[:indent].isspace() else line for line in lines)
    parsed = document.parse(text, dict(source.parsed.env))
    return [settled(one) for one in islice(_entries(node.kind, parsed), len(node.entries))]


def _entries(kind: str, parsed: Document) -> Iterator[Entry]:
    if kind == HEADING:
        selection.find(parsed)
        yield from (one.entry for section in parsed.sections for one in section.found)
        return
    for section in parsed.sections:
        if kind == PARAGRAPH:
            yield from (one.entry for one in paragraphs.read(section.blocks, parsed.env))
            continue
        for block in section.blocks:
            read = {ITEM: items.read, ROW: tables.read}.get(kind)
            yield from (one.entry for one in (read(block, parsed.env) if read else ()))


def _say_the_same(found: Entry, wanted: Entry) -> bool:
    same = all(are_same(name, getattr(found, name), getattr(wanted, name)) for name in WRITTEN)
    return same and found.note == wanted.note and found.checked == wanted.checked


def _attempts(
    source: Source, node: Node, lines: list[str], changes: dict[int, dict[str, object]]
) -> Iterator[list[str]]:
    """The lines with each changed detail replaced, at one or another of the places that hold it."""
    text = "\n".join(lines)
    places: list[list[tuple[int, int, str]]] = []
    for number, details in changes.items():
        entry = source.reading.entries[number]
        for name, value in details.items():
            if name in _NUMBERED and value == _NUMBERED[name](str(details.get("url", entry.url))):
                continue
            places.append(list(_places(text, entry, name, value, is_row=node.kind == ROW)))
    if not all(places):
        return
    for chosen in product(*places):
        ordered = sorted(chosen)
        if all(one[1] <= other[0] for one, other in pairwise(ordered)):
            yield _with(text, ordered).split("\n")


def _with(text: str, replaced: Iterable[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, stop, new in replaced:
        pieces += [text[at:start], new]
        at = stop
    return "".join([*pieces, text[at:]])


def _places(
    text: str, entry: Entry, name: str, value: object, is_row: bool
) -> Iterator[tuple[int, int, str]]:
    """Where the text says the detail, and what it is to say there."""
    old, new = str(getattr(entry, name) or ""), str(value or "")
    if not old or not new:
        return
    spellings = [old, escaped(old), escaped_target(old)]
    spellings += [entry.original] if name == "title" and entry.original else []
    written = escaped_target(new) if name == "url" else escaped(new)
    written = re.sub(r"(?<!\\)\|", r"\|", written) if is_row else written
    seen: set[int] = set()
    for spelling in dict.fromkeys(spellings):
        pattern = r"\s+".join(map(re.escape, spelling.split()))
        flags = re.IGNORECASE if name in _NUMBERED else 0
        found = [*re.finditer(rf"(?<!\w){pattern}(?!\w)", text, flags)]
        for one in reversed(found) if name == "year" else found:
            if one.start() not in seen:
                seen.add(one.start())
                yield one.start(), one.end(), written
