"""What two witnesses say of one paper: nothing is said twice of it."""

import pytest

from papers.formats.core.reading_list import Entry
from papers.formats.markdown.details import together


@pytest.mark.parametrize(
    ("title", "said", "is_kept"),
    [
        ("Of Lamps 11", {"date": "Of Lamps 11"}, False),
        ("Of Lamps 11", {"date": "11 Nov"}, True),
        ("Counting Bees with Ada Marsh", {"authors": "Ada Marsh"}, False),
        ("Ligatures of Light", {"authors": "Li"}, True),
        ("Annotated Bees", {"presenters": "Ann"}, True),
        ("\u6df1\u5ea6\u5b66\u4e60\u7efc\u8ff0", {"authors": "\u7efc\u8ff0"}, False),
    ],
)
def test_words_of_the_title_say_nothing_else(
    title: str, said: dict[str, str], is_kept: bool
) -> None:
    (name,) = said
    both = together(Entry(title), Entry(title, **said))
    assert getattr(both, name) == (said[name] if is_kept else "")


def test_the_authors_do_not_present_besides() -> None:
    both = together(Entry("Bees", authors="Ann Weaver"), Entry("Bees", presenters="Ann Weaver"))
    assert (both.authors, both.presenters) == ("Ann Weaver", "")
