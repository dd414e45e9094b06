"""Give papers the lines that are below their items or headings and belong to it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from papers.formats.core.reading_list import Entry
from papers.formats.markdown.lines import Line

_ASIDE = {"code", "comment", "rule"}
_TAB = 4
# What is longer is no note on a paper.
_LONGEST_NOTE, _MOST_LINES = 2_500, 200


def with_lines_below(entries: Sequence[Entry], lines: Sequence[Line]) -> list[Entry]:
    """Return the papers with the lines that are indented below them, or are below their heading:
    where none is understood otherwise, they are their notes. Boxes are papers of their own."""
    starts = {entry.lines[0] for entry in entries}
    claimed = {number for entry in entries for number in entry.lines}
    found = []
    for entry in entries:
        line = lines[entry.lines[0] - 1]
        below = list(_below(line, lines, starts)) if line.is_item or line.kind == "heading" else []
        own = [line.number for line in below if line.number not in claimed]
        note = _note(entry.note, [line for line in below if line.number in own])
        claimed.update(own)
        if own:
            entry = replace(entry, note=note, lines=tuple(sorted({*entry.lines, *own})))
        found.append(entry)
    return found


def _below(line: Line, lines: Sequence[Line], starts: Collection[int]) -> Iterator[Line]:
    """Yield the lines below the item or heading but those of other papers."""
    # Deeper than this is below another paper.
    indent_of_other: int | None = None
    for below in lines[line.number : line.number + _MOST_LINES]:
        if below.kind == "blank":
            continue
        if line.kind == "heading" and below.kind == "heading":
            return
        if line.kind != "heading" and not _is_deeper(below, line):
            return
        if indent_of_other is not None and below.indent > indent_of_other:
            continue
        is_other = below.number in starts or below.box is not None
        indent_of_other = below.indent if is_other and below.is_item else None
        if not is_other:
            yield below


def _is_deeper(below: Line, line: Line) -> bool:
    """Return whether the line is indented as what belongs to the item is."""
    indent = below.text[: below.indent].expandtabs(_TAB)
    return below.kind != "heading" and len(indent) > line.indent + 1


def _note(note: str, below: Sequence[Line]) -> str:
    """Return the note with the text of the lines."""
    notes = [note]
    for line in below:
        text = "" if line.kind in _ASIDE else line.content.strip()
        if len(" ".join(notes)) + len(text) > _LONGEST_NOTE:
            break
        notes.append(text)
    return " ".join(filter(None, notes))
