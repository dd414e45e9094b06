"""What the browser button of a reference manager reads in a row, field by field."""

from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.people import Name, People
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.kinds import KINDS
from papers.library.citations import coins

ARTICLE = Entry(
    title="On Maps & “Nets” <100% of them>",
    authors="Muster, Ada; van Beispiel, Jean-Luc; Example Consortium",
    venue="Journal of Invented Results",
    year=2016,
    published="2016-04-21",
    volume="12",
    issue="3",
    pages="1-10",
    publisher="Example Press",
    issn="03785955",
    doi="10.1000/182",
    pmid="123",
    arxiv="1706.03762",
    kind="article-journal",
    language="en",
)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)
NAMES = st.from_regex(r"[A-Z][a-zäöüß&=+%]{1,9}( [A-Z][a-z]{1,9})?", fullmatch=True)


class Spans(HTMLParser):
    """The titles of the spans that a reference manager looks for."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "span" and given.get("class") == "Z3988":
            self.found.append(given.get("title") or "")


def read(entry: Entry) -> dict[str, list[str]]:
    html = f'<span class="Z3988" title="{escape(coins.context_object(entry))}"></span>'
    (title,) = Spans(html).found
    return parse_qs(title, strict_parsing=True, keep_blank_values=True)


def test_an_article_is_read_field_by_field():
    assert read(ARTICLE) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
        "rft.genre": ["article"],
        "rft.atitle": ["On Maps & “Nets” <100% of them>"],
        "rft.jtitle": ["Journal of Invented Results"],
        "rft.date": ["2016-04-21"],
        "rft.volume": ["12"],
        "rft.issue": ["3"],
        "rft.spage": ["1"],
        "rft.epage": ["10"],
        "rft.pages": ["1-10"],
        "rft.pub": ["Example Press"],
        "rft.language": ["en"],
        "rft.au": ["Muster, Ada", "van Beispiel, Jean-Luc", "Example Consortium"],
        "rft.issn": ["03785955"],
        "rft_id": [
            "info:doi/10.1000/182",
            "info:pmid/123",
            "info:arxiv/1706.03762",
            "https://doi.org/10.1000/182",
        ],
    }


@pytest.mark.parametrize(
    ("kind", "form", "genre", "title", "venue"),
    [
        ("article-journal", "journal", "article", "atitle", "jtitle"),
        ("paper-conference", "journal", "proceeding", "atitle", "jtitle"),
        ("article", "journal", "preprint", "atitle", "jtitle"),
        ("chapter", "book", "bookitem", "atitle", "btitle"),
        ("book", "book", "book", "btitle", "series"),
        ("report", "book", "report", "btitle", "series"),
        ("thesis", "dissertation", None, "title", "inst"),
        ("webpage", "dc", None, "title", "source"),
        ("dataset", "dc", None, "title", "source"),
    ],
)
def test_each_kind_of_work_has_its_form(kind, form, genre, title, venue):
    said = read(Entry(title="A title", venue="A venue", kind=kind))
    assert said["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert said.get("rft.genre") == ([genre] if genre else None)
    assert (said[f"rft.{title}"], said[f"rft.{venue}"]) == (["A title"], ["A venue"])


@pytest.mark.parametrize(
    ("said", "genre"),
    [
        ({"venue": "Journal of Invented Results"}, "article"),
        ({"arxiv": "1706.03762"}, "preprint"),
        ({"isbn": "9783161484100"}, "book"),
        ({}, "article"),
    ],
)
def test_of_no_kind_what_else_is_known_tells(said, genre):
    assert read(Entry(title="A title", **said))["rft.genre"] == [genre]


def test_the_link_is_where_it_is_found():
    assert read(Entry(title="A", url="https://example.org/a?b=1&c=2"))["rft_id"] == [
        "https://example.org/a?b=1&c=2"
    ]


@given(LINES, LINES, st.lists(NAMES, min_size=2, max_size=4), st.sampled_from(["", *KINDS]))
def test_any_title_and_any_names_come_back(title, venue, families, kind):
    people = People(tuple(Name(family, "Ada Eva") for family in families))
    said = read(Entry(title=title, venue=venue, authors=str(people), kind=kind))
    assert [title] in (said.get("rft.atitle"), said.get("rft.btitle"), said.get("rft.title"))
    assert [venue] in said.values()
    assert said.get("rft.au", []) == [f"{family}, Ada Eva" for family in families]
