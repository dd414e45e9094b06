"""A list as Markdown, such that reading it gives the list again."""

import re
from collections.abc import Callable, Iterable

from papers.formats.core.commonmark.inline import escaped
from papers.formats.core.reading_list import Entry, Path, ReadingList, outline
from papers.formats.core.text import LARGEST_TEXT, refuse_large, refuse_many
from papers.formats.core.text.repair import one_line
from papers.formats.markdown import item

_DEEPEST_HEADING = 6
# Each of them is looked at for papers, and a paper may have notes and links below it.
_MOST_ITEMS = 20_000
# Each takes memory, were it but a blank one.
_MOST_LINES = 200_000
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])(?=\s)", re.MULTILINE)


def refuse_too_long(text: str) -> None:
    """Raise TooLarge before the text is parsed, which would take long."""
    refuse_large(len(text.encode(errors="surrogatepass")), LARGEST_TEXT, "A list in Markdown")
    refuse_many(text.count("\n"), "lines", _MOST_LINES)
    refuse_many_items(sum(1 for _ in _ITEM.finditer(text)))


def refuse_many_items(count: int) -> None:
    refuse_many(count, "items", _MOST_ITEMS)


def write(reading_list: ReadingList, written: Callable[[Entry], str] = item.write) -> str:
    """Return the list as Markdown, such that reading it gives the list again.

    Markdown knows six levels of heading: topics below the last are written on the last. Papers
    without a topic, in a list with a title and no topics at all, come back under the title.
    `written` is how an entry is written, where one list is written many times.
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


def _levels_above(reading_list: ReadingList, paths: Iterable[Path]) -> int:
    """Return how many levels stay above the topics: the first is the title's, even if there is
    none."""
    needed = max(map(len, paths), default=0)
    return 0 if needed == _DEEPEST_HEADING and not reading_list.title else 1


def _heading(level: int, name: str) -> str:
    name = escaped(one_line(name))
    if name.endswith("#"):  # a heading may close with its own marks
        name = rf"{name[:-1]}\#"
    return f"{'#' * min(level, _DEEPEST_HEADING)} {name}"


def _items(entries: Iterable[Entry], written: Callable[[Entry], str]) -> list[str]:
    return [f"- {written(entry)}" for entry in entries]
