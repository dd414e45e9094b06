"""Every format that a list can be written in."""

import pytest

from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList
from papers.formats.markdown import writing
from papers.formats.registry import BY_EXTENSION, BY_NAME, MARKDOWN, WRITTEN
from tests.papers.library.citations.test_coins import ARTICLE

LIST = ReadingList(
    title="Readers",
    topics=(ListedTopic(("Maps",)), ListedTopic(("Maps", "Nets"))),
    entries=(
        Entry(title="A plain title", topic=("Maps",), checked=True),
        Entry(title="Ünïcode, {braces} & $x_1$ \\ “quotes”", topic=("Maps", "Nets"), year=1999),
    ),
)
EACH = pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)


@EACH
def test_a_format_names_each_paper(written):
    text = written.write(LIST)
    assert "A plain title" in text
    assert "1999" in text
    assert ARTICLE.doi in written.write(ReadingList(entries=(ARTICLE,)))


@EACH
def test_a_format_writes_a_list_without_papers(written):
    assert isinstance(written.write(ReadingList()), str)


@EACH
def test_a_format_is_found_by_its_name_and_by_its_files(written):
    assert BY_NAME[written.name] is BY_EXTENSION[written.extension] is written
    assert written.file_name("readers") == f"readers.{written.extension}"
    assert written.media_type.endswith("; charset=utf-8")


def test_markdown_is_not_spoilt_by_what_it_cannot_say():
    """What only other formats say of a paper leaves its line as pleasant as it is without."""
    entry = Entry(title="A plain title", authors="Muster", venue="ICX", year=1999, checked=False)
    full = Entry(
        title="A plain title",
        authors="Muster",
        venue="ICX",
        year=1999,
        checked=False,
        abstract="Long",
        kind="book",
        further=(("edition", "2"),),
    )
    text = MARKDOWN.write(ReadingList(entries=(full,)))
    assert (
        text
        == MARKDOWN.write(ReadingList(entries=(entry,)))
        == writing.write(ReadingList(entries=(entry,)))
    )
    assert text == "- [ ] A plain title [Muster, ICX 1999]\n"
