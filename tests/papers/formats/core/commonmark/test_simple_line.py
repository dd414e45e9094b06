"""What is read without the parser is what the parser would read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.formats.core.commonmark import inline, simple_line
from papers.formats.core.commonmark.inline import Parts

WORDS = st.sampled_from(
    [
        *(
            "Sorting",
            "a_list",
            "2020",
            "R&D",
            " & ",
            "Why!",
            "~x~",
            "et al.",
            "über",
            "x^2",
            "-",
            "|",
        ),
        *("https://example.org/a", "(", ")", "[", "]", "[[DOI]", "]]", "(2020)", ":", ",", "\t"),
        *("[Lists](https://example.org/1)", "[[pdf](a.pdf)]", "[a](b c)", "[](x)", "[a]()"),
        *("*kept*", "**strong**", "*two words*", "*", "**", "_", "$", "!", "&amp;", "<b>", "`"),
        *("\\", "\n", "\ue000", "[one]", "[one][two]", "![a](b)", "*[a](b)*", "***", "“", "”"),
    ]
)
LINES = st.lists(st.one_of(WORDS, st.just(" ")), max_size=12).map("".join)


def by_the_parser(source: str) -> tuple[str, Parts]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simple_line, "pieces", lambda source: None)
        return inline.plain(source), inline.link_parts(source)


@given(source=LINES)
@example(source="[One](1) [[two](2)] *kept* (2020)")
@example(source="**strong**, and a_word")
def test_a_simple_line_is_read_as_the_parser_reads_it(source: str) -> None:
    assert (inline.plain(source), inline.link_parts(source)) == by_the_parser(source)


@given(source=st.text(alphabet="ab1 *_[]()!&.$\\é\n", max_size=25))
def test_so_is_a_line_of_little_but_marks(source: str) -> None:
    assert (inline.plain(source), inline.link_parts(source)) == by_the_parser(source)


def test_the_usual_lines_are_simple() -> None:
    for line in (
        "On sparse graphs",
        "[On sparse graphs](https://example.org/1.pdf) [[DOI](https://doi.org/10.1234/5)] (2020)",
        "[On sparse graphs](https://example.org/1.pdf) - *Lists* 2020, with **bold** words",
    ):
        assert simple_line.pieces(line) is not None
