"""What we write in a format is recognised as that, read back equal, and written again the same."""

import pytest
from hypothesis import given

from papers.formats.core.format import Format
from papers.formats.core.reading_list import Entry, Path, ReadingList
from papers.formats.core.reading_list.details import DETAILS
from papers.formats.registry import MARKDOWN, WRITTEN, recognition
from tests.papers.formats.whole_libraries import libraries

RECORDS = [one for one in WRITTEN if one.reads and one is not MARKDOWN]


def summary(reading_list: ReadingList) -> list[tuple[dict[str, object], set[Path]]]:
    """What a list says of each work, and its topics."""
    return [
        (details(paper.said), {entry.topic for entry in paper.entries})
        for paper in reading_list.papers
    ]


def details(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in DETAILS}


@pytest.mark.parametrize("written", RECORDS, ids=lambda one: one.name)
@given(library=libraries())
def test_a_library_comes_back_equal(written: Format, library: ReadingList) -> None:
    text = written.write(library)
    found = recognition.read(text)
    assert recognition.recognised(text) is written
    assert not found.not_understood
    assert sorted(map(str, summary(found))) == sorted(map(str, summary(library)))
    assert written.write(found) == text
