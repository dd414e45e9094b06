"""What is read without the parser is what the parser would read."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from papers.formats.core.commonmark import simple_line
from papers.formats.markdown.rules.lines import prose

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
REFERENCES = st.sampled_from(
    [None, {}, {"references": {"ONE": {"href": "https://example.org/one", "title": ""}}}]
)


@given(source=LINES, env=REFERENCES)
@example(source="[One](1) [[two](2)] *kept* (2020)", env=None)
@example(source="**strong**, and a_word", env=None)
def test_a_simple_line_is_read_as_the_parser_reads_it(
    source: str, env: dict[str, Any] | None
) -> None:
    assert prose.read(source, env) == prose.parsed(source, env)


@given(source=st.text(alphabet="ab1 *_[]()!&.$\\é\n", max_size=25))
def test_so_is_a_line_of_little_but_marks(source: str) -> None:
    assert prose.read(source) == prose.parsed(source)


def test_the_usual_lines_are_simple() -> None:
    for line in (
        "On sparse graphs",
        "[On sparse graphs](https://example.org/1.pdf) [[DOI](https://doi.org/10.1234/5)] (2020)",
        "[On sparse graphs](https://example.org/1.pdf) - *Lists* 2020, with **bold** words",
    ):
        assert simple_line.pieces(line) is not None


def test_what_may_be_a_reference_is_left_to_the_parser() -> None:
    assert simple_line.pieces("[one]", {"references": {"ONE": {}}}) is None
