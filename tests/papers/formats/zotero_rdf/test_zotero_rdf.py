"""Zotero's RDF: items among notes, attachments, journals and collections."""

import pytest

from papers.formats import zotero_rdf
from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList
from papers.formats.core.records.untitled import NO_TITLE
from papers.formats.core.text import Refused, TooLarge

NAMESPACES = """
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
"""
ARTICLE = """
<bib:Article rdf:about="https://example.org/lists">
  <z:itemType>journalArticle</z:itemType>
  <dcterms:isPartOf rdf:resource="urn:issn:1234-567X"/>
  <bib:authors><rdf:Seq>
    <rdf:li><foaf:Person>
      <foaf:surname>Roe</foaf:surname><foaf:givenName>Jane</foaf:givenName>
    </foaf:Person></rdf:li>
    <rdf:li><foaf:Person><foaf:surname>The List Group</foaf:surname></foaf:Person></rdf:li>
  </rdf:Seq></bib:authors>
  <dcterms:isReferencedBy rdf:resource="#item_2"/>
  <link:link rdf:resource="#item_3"/>
  <dc:subject>lists</dc:subject>
  <dc:subject><z:AutomaticTag><rdf:value>order</rdf:value></z:AutomaticTag></dc:subject>
  <dc:title>An E ffi cient List &amp; More</dc:title>
  <dcterms:abstract>One.

Two.</dcterms:abstract>
  <dc:date>2020-07-15</dc:date>
  <z:language>en</z:language>
  <z:shortTitle>Lists</z:shortTitle>
  <z:libraryCatalog>example.org</z:libraryCatalog>
  <dc:identifier><dcterms:URI><rdf:value>https://example.org/a</rdf:value></dcterms:URI></dc:identifier>
  <dcterms:dateSubmitted>2021-01-01</dcterms:dateSubmitted>
  <dc:description>arXiv: 2007.00001
Citation Key: roe20</dc:description>
  <bib:pages>1–12</bib:pages>
</bib:Article>
<bib:Journal rdf:about="urn:issn:1234-567X">
  <prism:volume>8</prism:volume>
  <prism:number>3</prism:number>
  <dc:title>Journal of Lists</dc:title>
  <dc:identifier>DOI 10.1234/LISTS</dc:identifier>
  <dc:identifier>ISSN 1234-567X</dc:identifier>
</bib:Journal>
<bib:Memo rdf:about="#item_2">
  <rdf:value>&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt; first&lt;/p&gt;</rdf:value>
</bib:Memo>
<z:Attachment rdf:about="#item_3">
  <z:itemType>attachment</z:itemType><dc:title>Full Text PDF</dc:title>
</z:Attachment>
"""


def item(title: str, about: str = "#item_9", more: str = "", kind: str = "book") -> str:
    return (
        f'<bib:Book rdf:about="{about}"><z:itemType>{kind}</z:itemType>'
        f"<dc:title>{title}</dc:title>{more}</bib:Book>"
    )


def collection(about: str, title: str, *parts: str) -> str:
    held = "".join(f'<dcterms:hasPart rdf:resource="{part}"/>' for part in parts)
    return f'<z:Collection rdf:about="{about}"><dc:title>{title}</dc:title>{held}</z:Collection>'


def read(*elements: str, head: str = "") -> ReadingList:
    return zotero_rdf.read(f"{head}<rdf:RDF{NAMESPACES}>{''.join(elements)}</rdf:RDF>")


def test_an_article_has_what_it_and_its_journal_say() -> None:
    found = read(ARTICLE, head='<?xml version="1.0" encoding="UTF-16"?>\n')
    (entry,) = found.entries
    assert not found.not_understood
    assert entry == Entry(
        "An Efficient List & More",
        authors="Roe, Jane; The List Group",
        venue="Journal of Lists",
        year=2020,
        published="2020-07-15",
        url="https://example.org/a",
        doi="10.1234/lists",
        arxiv="2007.00001",
        kind="article-journal",
        volume="8",
        issue="3",
        pages="1-12",
        issn="1234567X",
        language="en",
        keywords="lists; order",
        abstract="One.\n\nTwo.",
        citation_key="roe20",
        note="Read this first",
        further=(("shortTitle", "Lists"),),
    )
    assert entry.original == "An E ffi cient List & More"


def test_a_part_of_a_book_has_it_as_its_venue_and_the_series_beside() -> None:
    more = """
      <dcterms:isPartOf><bib:Book>
        <dc:title>Handbook of Lists</dc:title><dc:identifier>ISBN 978-3-16-148410-0</dc:identifier>
      </bib:Book></dcterms:isPartOf>
      <dcterms:isPartOf><bib:Series>
        <dc:title>Notes on Lists</dc:title>
      </bib:Series></dcterms:isPartOf>
      <dc:publisher><foaf:Organization><foaf:name>List Press</foaf:name><vcard:adr><vcard:Address>
        <vcard:locality>Ghent</vcard:locality>
      </vcard:Address></vcard:adr></foaf:Organization></dc:publisher>
      <bib:editors><rdf:Seq><rdf:li><foaf:Person>
        <foaf:surname>Poe</foaf:surname><foaf:givenname>Ann</foaf:givenname>
      </foaf:Person></rdf:li></rdf:Seq></bib:editors>"""
    (entry,) = read(item("On Lists", more=more, kind="bookSection")).entries
    assert entry == Entry(
        "On Lists",
        venue="Handbook of Lists",
        kind="chapter",
        isbn="9783161484100",
        publisher="List Press",
        editors="Poe, Ann",
        further=(("series", "Notes on Lists"), ("place", "Ghent")),
    )


def test_a_talk_is_by_anyone_who_gave_it_at_its_conference() -> None:
    more = """
      <bib:presentedAt><bib:Conference><dc:title>ListConf</dc:title></bib:Conference></bib:presentedAt>
      <z:presenters><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname></foaf:Person>
      </rdf:li></rdf:Seq></z:presenters>"""
    (entry,) = read(item("On Lists", more=more, kind="presentation")).entries
    assert (entry.authors, entry.venue, entry.kind) == ("Roe", "ListConf", "speech")


def test_collections_are_topics_nested_as_they_are() -> None:
    found = read(
        item("A", "#a"),
        item("B", "#b"),
        item("C", "#c"),
        collection("#1", "Outer", "#2", "#a"),
        collection("#2", "Inner", "#a", "#b"),
        collection("#3", "Empty"),
    )
    assert found.topics == (
        ListedTopic(("Outer",)),
        ListedTopic(("Outer", "Inner")),
        ListedTopic(("Empty",)),
    )
    assert [(entry.title, entry.topic) for entry in found.entries] == [
        ("A", ("Outer",)),
        ("A", ("Outer", "Inner")),
        ("B", ("Outer", "Inner")),
        ("C", ()),
    ]
    assert len(found.papers) == 3


def test_collections_that_hold_each_other_come_to_an_end() -> None:
    found = read(item("A", "#a"), collection("#1", "X", "#2", "#a"), collection("#2", "Y", "#1"))
    assert {entry.title for entry in found.entries} == {"A"}


def test_an_item_without_a_title_and_a_number_is_reported() -> None:
    found = read(item("On Lists"), "\n", item("  "))
    assert len(found.entries) == 1
    assert [line.reason for line in found.not_understood] == [NO_TITLE]


def test_an_address_that_is_none_is_not_taken() -> None:
    stated = "<dcterms:URI><rdf:value>javascript:alert(1)</rdf:value></dcterms:URI>"
    more = f"<dc:identifier>{stated}</dc:identifier>"
    (entry,) = read(item("On Lists", "javascript:alert(2)", more)).entries
    assert entry.url == ""


BOMB = (
    '<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<rdf:RDF>&c;</rdf:RDF>"
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (BOMB, "defines a type of its own"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "defines a type of its own"),
        ("<rdf:RDF>", "is damaged: unbound prefix"),
        ("<a><b></a>", "is damaged: mismatched tag"),
        ("<a>&nowhere;</a>", "is damaged: undefined entity"),
        ("<a>\ud800</a>", "is not Zotero's RDF"),
        ("", "is damaged: no element found"),
        ("<xml><records/></xml>", "is not Zotero's RDF"),
    ],
)
def test_what_is_no_rdf_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=f"{sentence}.*Nothing was imported"):
        zotero_rdf.read(text)


def test_too_deep_and_too_much_is_refused() -> None:
    with pytest.raises(TooLarge, match="nested too deeply"):
        zotero_rdf.read("<a>" * 100_000)
    with pytest.raises(TooLarge, match="too many parts"):
        zotero_rdf.read(f"<a>{'<b/>' * 200_000}</a>")
    with pytest.raises(TooLarge, match="at most 4 MB"):
        zotero_rdf.read(f"<a>{'x' * 5_000_000}</a>")


def test_a_damaged_item_costs_only_itself_and_is_named_by_its_line() -> None:
    found = read(
        item("On Lists", "#a"), "\n", item("On <i>Gaps", "#b"), "\n", item("On Bees", "#c")
    )
    assert [entry.title for entry in found.entries] == ["On Lists", "On Bees"]
    (line,) = found.not_understood
    assert "damaged" in line.reason
    assert found.entries[0].lines[0] < line.number < found.entries[1].lines[0]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Bees & wasps", "Bees & wasps"),
        ("Na&iuml;ve bees", "Naïve bees"),
        ("Bees&#1; fly\x02", "Bees fly"),
        ("&lt;i&gt;Apis&lt;/i&gt; &amp;amp; &amp;uuml;", "Apis & ü"),
    ],
)
def test_signs_that_xml_does_not_know_are_read_as_they_were_meant(written: str, title: str) -> None:
    (entry,) = read(item(written)).entries
    assert entry.title == title


def test_a_file_that_breaks_off_keeps_what_was_whole() -> None:
    items = item("On Lists", "#a") + "\n" + item("On Bees", "#b")
    found = zotero_rdf.read(f"<rdf:RDF {NAMESPACES}>{items[: items.index('On Bees')]}")
    assert [entry.title for entry in found.entries] == ["On Lists"]
    assert len(found.not_understood) == 1


def test_a_note_that_belongs_to_no_item_is_shown() -> None:
    memo = (
        '<bib:Memo rdf:about="#n"><z:itemType>note</z:itemType>'
        "<rdf:value>&lt;p&gt;Read this&lt;/p&gt;</rdf:value></bib:Memo>"
    )
    alone = read(item("On Lists", "#a"), memo)
    assert [
        (line.text, "a note or a file of no paper" in line.reason) for line in alone.not_understood
    ] == [("Read this", True)]
    linked = read(item("On Lists", "#a", '<dcterms:isReferencedBy rdf:resource="#n"/>'), memo)
    assert linked.entries[0].note == "Read this"
    assert not linked.not_understood
