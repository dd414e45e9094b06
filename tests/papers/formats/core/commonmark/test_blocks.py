"""The blocks of a document are those that its parser finds, whichever way they are found."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from papers.formats.core.commonmark import blocks

PARSER = MarkdownIt("commonmark").use(front_matter_plugin).disable("inline").enable("table")
LINES = st.sampled_from(
    [
        *(
            "- On lists",
            "- [One](a.pdf) (2020)",
            "- [ ] Two",
            "-  “Three”",
            "-     code",
            "- ",
            "-",
        ),
        *(
            "* On lists",
            "+ On lists",
            "- 1. In a list",
            "- 12 angry lists",
            "- [a]: https://b.c",
            "",
        ),
        *("", "  ", "## A topic", "##", "A topic", "---", "===", "- - -", "* * *", "1. One", "```"),
        *("  - below", "  - [Below](b.pdf)", "   - below", "    - far below", "    * other"),
        *("    - below that", "      - [below that](c.pdf)", "        - deep", "          - deep"),
        *("            - deeper", "              - deepest", "  + below", "-   wide"),
        *(
            " - in",
            "-    wider",
            "  goes on",
            "    further",
            "> quoted",
            "<div>",
            "| a | b |",
            "|---|---|",
        ),
        *("- a | b", "- > quoted", "- # Topic", "-\ttab", "- \u2003wide", "- wide\u2003", "- été"),
    ]
)


@given(lines=st.lists(LINES, max_size=10))
@example(lines=["- On lists", "- [ ] Two", "", "", "A topic"])
@example(lines=["- On lists", "", "- [ ] Two", ""])
def test_a_plain_list_is_found_as_the_parser_finds_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert blocks.parse_blocks(text, {}) == blocks.tree(PARSER.parse(text))


def test_each_item_knows_its_lines() -> None:
    (found,) = blocks.parse_blocks("- One\n- Two\n\n", {})
    assert [(item.map, item.children[0].content) for item in found.children] == [
        ((0, 1), "One"),
        ((1, 3), "Two"),
    ]
