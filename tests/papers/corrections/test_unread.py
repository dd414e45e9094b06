"""What a line that was not understood would be called as a paper."""

import pytest

from papers.corrections import unread
from papers.formats.core.reading_list import ReportedLine


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        (
            "** TODO [#A] Deep [[https://x.org/a][compression of bees]]  :cs:paper:",
            "Deep compression of bees",
            "https://x.org/a",
        ),
        ("* DONE Bees in the air", "Bees in the air", ""),
        ("** Bees in the air", "Bees in the air", ""),
        ("* BERT: bees", "BERT: bees", ""),
        ("- [[papers/Bees in the air]]", "Bees in the air", ""),
        ("- [[marsh2019|Bees]] in the air", "Bees in the air", ""),
        ("**Bees** in the air", "Bees in the air", ""),
        ("* [x](https://x.org/a) Bees", "x Bees", "https://x.org/a"),
        ("- [[pdf]](https://x.org/a.pdf) Bees", "pdf Bees", "https://x.org/a.pdf"),
        ("- [x] Bees", "Bees", ""),
    ],
)
def test_a_line_is_called_by_what_a_reader_sees_of_it(text: str, title: str, url: str) -> None:
    entry = unread.entry_of_line(ReportedLine(1, text), ())
    assert entry is not None
    assert (entry.title, entry.url) == (title, url)


@pytest.mark.parametrize("text", ["---", "| | 12 |", "- [[https://x.org/a]]", "** "])
def test_a_line_without_words_is_none(text: str) -> None:
    assert unread.entry_of_line(ReportedLine(1, text), ()) is None
