"""What search engines and reference managers read in the head of a paper's page."""

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.reading_list import Entry
from papers.library.citations import meta_tags
from tests.papers.library.citations.test_coins import ARTICLE, LINES, NAMES


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (given.get("name") or "").startswith("citation_"):
            self.found.append((given["name"] or "", given.get("content") or ""))


def read(entry: Entry) -> list[tuple[str, str]]:
    tags = [f'<meta name="{n}" content="{escape(c)}">' for n, c in meta_tags.citation_tags(entry)]
    return Tags("".join(tags)).found


def test_an_article_is_read_field_by_field():
    assert read(ARTICLE) == [
        ("citation_title", "On Maps & “Nets” <100% of them>"),
        ("citation_author", "Muster, Ada"),
        ("citation_author", "van Beispiel, Jean-Luc"),
        ("citation_author", "Example Consortium"),
        ("citation_publication_date", "2016/04/21"),
        ("citation_journal_title", "Journal of Invented Results"),
        ("citation_publisher", "Example Press"),
        ("citation_volume", "12"),
        ("citation_issue", "3"),
        ("citation_firstpage", "1"),
        ("citation_lastpage", "10"),
        ("citation_language", "en"),
        ("citation_doi", "10.1000/182"),
        ("citation_arxiv_id", "1706.03762"),
        ("citation_pmid", "123"),
        ("citation_issn", "0378-5955"),
        ("citation_abstract_html_url", "https://doi.org/10.1000/182"),
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("paper-conference", "citation_conference_title"),
        ("article-journal", "citation_journal_title"),
        ("", "citation_journal_title"),
        ("chapter", "citation_inbook_title"),
        ("thesis", "citation_dissertation_institution"),
    ],
)
def test_the_venue_is_called_by_the_kind_of_work(kind, name):
    assert (name, "A venue") in read(Entry(title="A", venue="A venue", kind=kind))


def test_a_link_to_a_file_is_told_as_one():
    tags = dict(read(Entry(title="A", url="https://example.org/a.PDF?x=1", arxiv="1706.03762")))
    assert tags["citation_pdf_url"] == "https://example.org/a.PDF?x=1"
    assert tags["citation_abstract_html_url"] == "https://arxiv.org/abs/1706.03762"
    alone = dict(read(Entry(title="A", url="https://example.org/a.pdf")))
    assert "citation_abstract_html_url" not in alone
    page = dict(read(Entry(title="A", url="https://example.org/a")))
    assert page["citation_abstract_html_url"] == "https://example.org/a"
    assert "citation_pdf_url" not in page


def test_books_are_told_by_their_numbers():
    tags = read(Entry(title="A", isbn="9783161484100 9780306406157", year=1999, kind="book"))
    assert [content for name, content in tags if name == "citation_isbn"] == [
        "9783161484100",
        "9780306406157",
    ]
    assert ("citation_publication_date", "1999") in tags


@given(LINES, st.lists(NAMES, min_size=2, max_size=4))
def test_any_title_and_any_names_come_back(title, families):
    tags = read(Entry(title=title, authors="; ".join(f"{name}, Ada" for name in families)))
    assert ("citation_title", title) in tags
    authors = [content for name, content in tags if name == "citation_author"]
    assert authors == [f"{name}, Ada" for name in families]
