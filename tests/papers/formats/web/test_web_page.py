"""Lists out of web pages and rich editors become Markdown, with their links and nothing hidden."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.text import Refused
from papers.formats.registry import recognition
from papers.formats.web import web_page
from papers.formats.web.web_page import page_as_markdown

LINK = '<a href="https://example.org/a">Counting bees</a>'
AS_MARKDOWN = "[Counting bees](https://example.org/a)"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (f"<ul><li>{LINK}, Stein</ul>", "- [Counting bees](https://example.org/a), Stein\n"),
        (f"<ol><li><p>{LINK}</p><ul><li>a note</ul></ol>",
         "- [Counting bees](https://example.org/a)\n  - a note\n"),
        ("<h2>Week <b>1</b></h2><p>Some <i> slanted </i>words",
         "## Week **1**\n\nSome *slanted* words\n"),
        ('<b style="font-weight:normal"><ul><li>Bees</li></ul></b>', "- Bees\n"),
        ("<li><input type=checkbox checked> Bees [1]", "- [x] Bees \\[1\\]\n"),
        (
            f"<table><tr><th>Day<th>Paper<tr><td rowspan=2>1<td>{LINK}<tr><td>a|b</table>",
            f"| Day | Paper |\n| --- | --- |\n| 1 | {AS_MARKDOWN} |\n| 1 | a\\|b |\n",
        ),
        ("<table><tr><td><table><tr><td>Bees</table></table>", "- Bees\n"),
        ("<dl><dt>Bees<dd>count", "- Bees\ncount\n"),
        ('<base href="https://x.org/"><a href="p.pdf">Bees</a>', "[Bees](https://x.org/p.pdf)\n"),
        ('<a href="javascript:alert(1)">Bees</a>', "Bees\n"),
        ("<script>evil()</script><style>b{}</style><p hidden>no</p><p>Bees", "Bees\n"),
        ("<!-- no --><?php no ?><p>1 < 2 &amp; 3", "1 < 2 & 3\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_page_holds_becomes_markdown(html, markdown):
    assert page_as_markdown(html) == markdown


@given(st.text(alphabet="<>/=\"' abultrdh1-!&;x\0\n", max_size=200))
def test_any_text_becomes_markdown_without_scripts(text):
    assert "<script" not in page_as_markdown(text)


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<ul><li>x", "<table><tr><td>x", "<b>", "<!--", "<a href='", "</", "<", "<![CDATA["],
)
def test_what_repeats_without_end_is_read_or_refused_with_a_sentence(piece):
    with suppress(Refused):
        assert page_as_markdown(piece * 30_000).count(piece) <= 30_000


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("<!doctype html><p>x<ul><li>Bees</ul>", True),
        ("<meta charset='utf-8'><ul><li>Bees</li></ul>", True),
        ("<p align=center>Readme</p>\n\n- [ ] Bees\n", False),
        ("- [ ] <a href='https://x.org'>Bees</a>", False),
        ("<details>\n\n## Bees\n- [ ] <b>Bees</b>\n</details>", False),
        ("<!doctype html><title>Lists</title>", False),
        ("TY  - JOUR", False),
    ],
)
def test_markdown_that_holds_some_html_is_no_page(text, is_one):
    assert web_page.is_web_page(text) is is_one


def test_a_table_of_a_page_is_read_with_its_links():
    rows = "".join(
        f"<tr><td>{n} May</td><td><a href='https://x.org/{n}'>Bees and {word} hives</a></td></tr>"
        for n, word in enumerate(("small", "large", "old"))
    )
    html = f"<html><table><tr><th>Date</th><th>Paper</th></tr>{rows}</table></html>"
    entries = recognition.read(page_as_markdown(html)).entries
    assert [(entry.title, entry.url) for entry in entries][1] == (
        "Bees and large hives",
        "https://x.org/1",
    )


SHEET = (
    "<google-sheets-html-origin><table><tr><td colspan=3>Fall 2023</td></tr>"
    "<tr><td>Date</td><td>Paper</td><td>Presenter</td></tr>"
    "<tr><td rowspan=2>9/12</td><td><a href='https://x.org/a'>Counting bees</a></td><td>Ada</td>"
    "</tr><tr><td data-sheets-hyperlink='https://x.org/b'>Hives</td><td>Bo</td></tr>"
    "<tr><td colspan=3>Spring 2024</td></tr>"
    "<tr><td>Date</td><td>Paper</td><td>Presenter</td></tr>"
    "<tr><td>1/12</td><td>Wasps</td><td>Cy</td></tr></table>"
)


def test_a_sheet_of_several_terms_is_read_as_its_rows():
    text = web_page.text_of(SHEET)
    assert recognition.recognised(text).name == "csv"
    found = recognition.read(text)
    assert [(one.title, one.url, one.date, one.topic) for one in found.entries] == [
        ("Counting bees", "https://x.org/a", "9/12", ("Fall 2023",)),
        ("Hives", "https://x.org/b", "9/12", ("Fall 2023",)),
        ("Wasps", "", "1/12", ("Spring 2024",)),
    ]


def test_a_sheet_with_more_than_texts_and_links_is_a_table_of_markdown():
    text = web_page.text_of(SHEET.replace("Wasps", "Wasps, see <a href='https://x.org/c'>c</a>"))
    assert text.startswith("## Fall 2023\n\n| Date | Paper | Presenter |\n| --- | --- | --- |\n")
    assert "\n## Spring 2024\n\n| Date | Paper | Presenter |\n" in text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            (
                "<table><tr><th rowspan=2>Week<th colspan=2>Reading<tr><th>Paper<th>Who"
                "<tr><td>1<td>Bees<td>Ada</table>"
            ),
            "| Week | Paper | Who |\n| --- | --- | --- |\n| 1 | Bees | Ada |\n",
        ),
        (
            (
                "<h2>Air</h2><table><tr><td>Title<td>Who<tr><td>Bees<td>Ada<tr><td colspan=2>Theory"
                "<tr><td>Hives<td>Bo</table>"
            ),
            (
                "## Air\n\n| Title | Who |\n| --- | --- |\n| Bees | Ada |\n\n### Theory\n\n"
                "| Title | Who |\n| --- | --- |\n| Hives | Bo |\n"
            ),
        ),
        (
            "<table><tr><td>a<td colspan=2>b<tr><td colspan=2>c<td>d</table>",
            "| a | b |  |\n| --- | --- | --- |\n| c |  | d |\n",
        ),
        ("<table><tr><th>Title<th>Who</table>", "| Title | Who |\n| --- | --- |\n"),
        ("<table><tr><td rowspan=9999999 colspan=9>x</table>", None),
    ],
)
def test_cells_that_span_several_stand_where_they_are_meant(html, markdown):
    found = page_as_markdown(html)
    assert markdown is None or found == markdown
