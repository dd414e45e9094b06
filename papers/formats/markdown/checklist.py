"""Markdown as a format of its own: the group's list as a checklist."""

from dataclasses import replace

from papers.formats.core.format import Format
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.details import names_where
from papers.formats.core.text import LARGEST_TEXT
from papers.formats.markdown import reading, writing

# What a line of Markdown says of a paper; what is more than that would only spoil it.
_ON_A_LINE = (
    *names_where(lambda one: one.is_on_a_line),
    *("topic", "file", "checked", "note"),
)


def said_in_markdown(reading_list: ReadingList) -> ReadingList:
    """Return the list without what a line of Markdown does not say, each entry in its place."""
    entries = tuple(
        Entry(**{name: getattr(entry, name) for name in _ON_A_LINE})
        for entry in reading_list.entries
    )
    return replace(reading_list, entries=entries)


def write(reading_list: ReadingList) -> str:
    return writing.write(said_in_markdown(reading_list))


FORMAT = Format(
    "markdown",
    "Markdown",
    reads=reading.read,
    is_one=lambda sample: True,
    turn=9,
    suffixes=("md", "markdown", "txt"),
    yields_to_names=True,
    largest=LARGEST_TEXT,
    refuses_long=writing.refuse_too_long,
    is_kept_by_hand=True,
    writes=write,
    use="a checklist with headings, to read and to import again",
    extension="md",
    media_type="text/markdown; charset=utf-8",
    has_ticks=True,
)
