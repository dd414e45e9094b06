"""Reading lists in Markdown.

The document is read as a tree. Headings are topics; items, rows of tables, paragraphs or headings
are papers, by what most of their neighbours are. Every line that no title, topic or paper lays
claim to is reported as not understood, so nothing is dropped in silence.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from papers.formats import document, item, selection, topics
from papers.formats.document import Document
from papers.formats.inline import escaped
from papers.formats.reading_list import Entry, Line, Path, ReadingList, Topic, outline
from papers.formats.repair import one_line
from papers.formats.text import LARGEST_TEXT, refuse_large, refuse_many

_DEEPEST_HEADING = 6
# Each of them is looked at for papers, and a paper may have notes and links below it.
_MOST_ITEMS = 20_000
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])(?=\s)", re.MULTILINE)


def read(text: str) -> ReadingList:
    """The list that the Markdown holds. Raises TooLarge for more than one may be, nothing else."""
    refuse_too_long(text)
    parsed = document.parse(text)
    _refuse_many_items(parsed.item_count)
    selection.find(parsed)
    refuse_many(sum(len(section.found) for section in parsed.sections), "papers")
    refuse_many(len(parsed.sections), "topics")
    title = topics.arrange(parsed)
    return _reading_list(parsed, title)


def refuse_too_long(text: str) -> None:
    """Raise TooLarge before the text is parsed, which would take long."""
    refuse_large(len(text.encode(errors="surrogatepass")), LARGEST_TEXT, "A list in Markdown")
    _refuse_many_items(sum(1 for _ in _ITEM.finditer(text)))


def _refuse_many_items(count: int) -> None:
    refuse_many(count, "items", _MOST_ITEMS)


def write(reading_list: ReadingList, written: Callable[[Entry], str] = item.write) -> str:
    """The list as Markdown, such that reading it gives the list again.

    Markdown knows six levels of heading: topics below the last are written on the last. Papers
    without a topic, in a list with a title and no topics at all, come back under the title.
    `written` is how an entry is written, for whoever writes one list many times.
    """
    entries: dict[Path, list[Entry]] = {(): []}
    for entry in reading_list.entries:
        entries.setdefault(entry.topic, []).append(entry)
    paths = outline([*(topic.path for topic in reading_list.topics), *entries])
    above = _levels_above(reading_list, paths)
    title = [_heading(1, reading_list.title)] if reading_list.title else []
    blocks = [*title, "\n".join(_items(entries[()], written))]
    blocks += [
        "\n".join([_heading(len(path) + above, path[-1]), *_items(entries.get(path, []), written)])
        for path in paths
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _reading_list(parsed: Document, title: str) -> ReadingList:
    lines: dict[Path, list[int]] = {}
    entries: dict[Path, list[Entry]] = {(): []}
    for section in parsed.sections:
        lines.setdefault(section.path, []).extend(section.lines)
        entries.setdefault(section.path, [])
        for entry in section.entries:
            entries.setdefault(section.path + entry.topic, []).append(entry)
    paths = outline(entries)
    placed = tuple(replace(entry, topic=path) for path in ((), *paths) for entry in entries[path])
    claimed = {number for section in parsed.sections for number in section.lines}
    claimed.update(number for entry in placed for number in entry.lines)
    return ReadingList(
        title=title,
        title_lines=tuple(lines[()]),
        topics=tuple(Topic(path, tuple(lines.get(path, ()))) for path in paths),
        entries=placed,
        not_understood=tuple(
            Line(number, line)
            for number, line in enumerate(parsed.lines, start=1)
            if line.strip() and number not in claimed
        ),
    )


def _levels_above(reading_list: ReadingList, paths: Iterable[Path]) -> int:
    """How many levels stay above the topics: the first is the title's, even if there is none."""
    needed = max(map(len, paths), default=0)
    return 0 if needed == _DEEPEST_HEADING and not reading_list.title else 1


def _heading(level: int, name: str) -> str:
    name = escaped(one_line(name))
    if name.endswith("#"):  # a heading may close with its own marks
        name = rf"{name[:-1]}\#"
    return f"{'#' * min(level, _DEEPEST_HEADING)} {name}"


def _items(entries: Iterable[Entry], written: Callable[[Entry], str]) -> list[str]:
    return [f"- {written(entry)}" for entry in entries]
