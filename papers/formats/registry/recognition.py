"""Recognise the format of a text by its content.

People call a file what they like, so its name is not asked, but for one thing: a short list in
Org-mode may be one in Markdown as well. In doubt a text is Markdown: a list in Markdown that is
taken for something else is lost, while anything else that is taken for Markdown has no papers, and
the importer is told so.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from papers.formats.core import doubts
from papers.formats.core.format import Format, Sample
from papers.formats.core.reading_list import ReadingList, ReportedLine
from papers.formats.core.text import Refused, foreign, refuse_large
from papers.formats.registry import READ

BY_TURN = sorted(READ, key=lambda one: one.turn)


def read(text: str, known: Format | None = None) -> ReadingList:
    """Return the list that the text holds, whichever its format. Raises Refused for what holds
    none.

    `known` is the format where it was recognised before.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    if sentence := foreign.page(text):
        raise Refused(sentence)
    found = _on_a_fresh_stack(_reader(known or recognised(text), text).read, text)
    doubtful = doubts.doubts_of(text)
    return with_remarks(found, doubtful) if doubtful else found


def _reader(found: Format, text: str) -> Format:
    """Return the format that reads a text of which another one was found or chosen."""
    return next((one for one in BY_TURN if one.is_taken_for(found, text)), found)


def with_remarks(reading_list: ReadingList, remarks: Iterable[ReportedLine]) -> ReadingList:
    """Return the list with further remarks, each in the place of its line."""
    every = sorted([*remarks, *reading_list.remarks], key=lambda line: line.number)
    return replace(reading_list, remarks=tuple(every))


def _on_a_fresh_stack(reader: Callable[[str], ReadingList], text: str) -> ReadingList:
    """Read in a thread that does nothing else, so that it takes as long wherever it is called from.

    Python keeps its stack in pieces. Where a call begins a new one, 3.11 fetches the memory and
    gives it back each time: a parser whose innermost calls are there takes ten times as long.
    """
    with ThreadPoolExecutor(max_workers=1) as thread, _uncollected():
        return thread.submit(reader, text).result()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do not search for circles of objects, as Python does whenever it has made many: a list makes
    a million, and hardly a circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def recognised(text: str, name: str = "") -> Format:
    """Return the format of the text; `name` is that of its file, if it was one."""
    sample = Sample(text)
    found = next(one for one in BY_TURN if one.is_one and one.is_one(sample))
    if not found.yields_to_names:
        return found
    return next((one for one in BY_TURN if one.is_decided_by(name)), found)


def refuse_too_long_format(text: str, name: str = "") -> None:
    """Raise TooLarge at once for what would be refused when it is read."""
    if refuse := recognised(text, name).refuses_long:
        refuse(text)
