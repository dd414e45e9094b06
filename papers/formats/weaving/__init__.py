"""A list back into the Markdown that it came from, with as few lines touched as can be.

What nobody edited comes back letter for letter, but for the ticks, which are of whoever reads it.
Whether the text then says what it is to say is seen by reading it. Where it does not, more of it is
written anew: the topics concerned, and at the very last all of it.
"""

from collections.abc import Sequence

from papers.formats import markdown
from papers.formats.reading_list import Entry, Path, ReadingList
from papers.formats.text import Refused
from papers.formats.weaving.papers import Expected, Papers
from papers.formats.weaving.sheet import Sheet
from papers.formats.weaving.source import Source
from papers.formats.weaving.topics import Topics
from papers.formats.weaving.wanted import WRITTEN, Heading, Place, Wanted, are_same

__all__ = ["Heading", "Place", "weave"]


def weave(
    text: str, reading: ReadingList, headings: Sequence[Heading], places: Sequence[Place]
) -> str:
    """The text with what the headings and places say now; `reading` is what is read of the text."""
    wanted = Wanted(reading, headings, places)
    source = Source(text, reading)
    rough: set[Path] = set()
    for _ in range(2):
        woven, expected = _woven(source, wanted, rough)
        if woven == text:
            return text
        try:
            found = markdown.read(woven)
        except Refused:  # it has grown too large to be read, which is for whoever reads it to say
            return woven
        failed = _failed(found, wanted, expected)
        if not failed:
            return woven
        if failed & rough or (() in failed and not expected[()]):
            break
        rough = failed
    return _written(source, wanted)


def _woven(
    source: Source, wanted: Wanted, rough: set[Path]
) -> tuple[str, dict[Path, list[Expected]]]:
    sheet = Sheet(source)
    papers = Papers(source, wanted, sheet, rough)
    papers.weave()
    topics = Topics(source, wanted, sheet, papers.of_topic)
    return sheet.text(topics.pieces()), papers.expected


def _failed(found: ReadingList, wanted: Wanted, expected: dict[Path, list[Expected]]) -> set[Path]:
    """The topics that would not be read as they are to be."""
    entries: dict[Path, list[Entry]] = {}
    for entry in found.entries:
        entries.setdefault(entry.topic, []).append(entry)
    paths = [path for path in ((), *wanted.paths) if expected[path]]
    failed = {path for path in paths if not _agree(entries.get(path, []), expected[path])}
    failed |= {path for path in entries if not expected.get(path)}
    if not failed and list(entries) != paths:
        return set(paths)
    return failed


def _agree(found: list[Entry], expected: list[Expected]) -> bool:
    return len(found) == len(expected) and all(map(_agrees, found, expected))


def _agrees(found: Entry, expected: Expected) -> bool:
    wanted = expected.entry
    if found.title != wanted.title or (found.checked and not wanted.checked):
        return False
    if expected.has_tick and bool(found.checked) != bool(wanted.checked):
        return False
    # A year that is not said may be that of the heading.
    said = [name for name in WRITTEN if getattr(wanted, name)]
    return not expected.is_new or all(
        are_same(name, getattr(found, name), getattr(wanted, name)) for name in said
    )


def _written(source: Source, wanted: Wanted) -> str:
    text = markdown.write(wanted.as_list()).replace("\n", source.end)
    return ("\ufeff" if source.has_mark else "") + text
