"""Papers that are known by a number and by no title, in every form that people keep."""

import json

import pytest

from papers.formats.core.reading_list import Entry, ReadingList, merged
from papers.formats.core.reading_list.placeholders import (
    NUMBERS,
    is_placeholder,
    placeholder,
    placeholder_of,
)
from papers.formats.core.records.untitled import titled
from papers.formats.markdown import item, reading
from papers.formats.registry import BY_EXTENSION, WRITTEN, recognition
from tests.providers import ARXIV, DOI, OPENALEX, PMID, TITLE

HASH = "0123456789abcdef0123456789abcdef01234567"
ISBN = "9780000000002"
RDF = f"""\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<bib:Article rdf:about="#a"><z:itemType>journalArticle</z:itemType>
<dc:identifier>DOI {DOI}</dc:identifier></bib:Article></rdf:RDF>"""


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        (f"arXiv:{ARXIV}", True),
        (f"arxiv:{ARXIV} ", True),
        ("arXiv:2101.99999", False),
        (f"doi:{DOI}", True),
        (f"PMID {PMID}", True),
        (f"OpenAlex {OPENALEX}", True),
        (f"ISBN {ISBN}", True),
        ("Semantic Scholar 123", True),
        (f"On arXiv:{ARXIV}", False),
        ("doi:", False),
        (TITLE, False),
    ],
)
def test_a_title_that_is_only_the_papers_own_number_is_none(title, is_one):
    numbers = {"arxiv": ARXIV, "doi": DOI, "pmid": PMID, "openalex": OPENALEX}
    work = Entry(title, **numbers, isbn=f"{ISBN} 0000000002", semantic_scholar="123")
    assert is_placeholder(work) == is_one


def test_a_paper_without_a_title_is_called_by_the_first_of_its_numbers():
    assert titled(Entry("", doi=DOI, arxiv=ARXIV)).title == f"doi:{DOI}"
    assert titled(Entry("", isbn=f"{ISBN} 9780000000019")).title == f"ISBN {ISBN}"
    assert titled(Entry(TITLE, doi=DOI)).title == TITLE
    assert titled(Entry("", venue="A journal")).title == ""


def test_of_one_paper_the_title_is_told_by_anyone_who_has_one():
    called = Entry(f"doi:{DOI}", doi=DOI, year=2021)
    (paper,) = merged([called, Entry(TITLE, doi=DOI, authors="Okonkwo")])
    assert (paper.title, paper.said.year, paper.said.authors) == (TITLE, 2021, "Okonkwo")


@pytest.mark.parametrize(
    "text",
    [
        f"TY  - JOUR\nDO  - {DOI}\nER  - \n",
        f"@article{{a,\n  doi = {{{DOI}}},\n}}\n",
        json.dumps([{"id": "1", "type": "article-journal", "DOI": DOI}]),
        f"Title,DOI,Year\n,{DOI},2020\n",
        f"DOI,Year\n{DOI},2020\n",
        f"PT J\nDI {DOI}\nER\n\nEF\n",
        RDF,
    ],
    ids=["ris", "bibtex", "csl", "csv", "csv of numbers", "wos", "rdf"],
)
def test_a_record_without_a_title_is_called_by_its_number_and_remarked_on(text):
    found = recognition.read(text)
    assert [(entry.title, entry.doi) for entry in found.entries] == [(f"doi:{DOI}", DOI)]
    assert not found.not_understood
    (remark,) = found.remarks
    assert "called by its identifier" in remark.reason


@pytest.mark.parametrize("extension", [one.extension for one in WRITTEN if one.reads])
def test_what_is_called_by_its_number_is_written_and_read_again(extension):
    entry = Entry(f"arXiv:{ARXIV}", arxiv=ARXIV, url=f"https://arxiv.org/abs/{ARXIV}")
    written = BY_EXTENSION[extension].write(ReadingList(entries=(entry,)))
    (found,) = recognition.read(written).entries
    assert (found.title, found.arxiv) == (entry.title, entry.arxiv)


# In Markdown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"- arXiv:{ARXIV}", {"arxiv": ARXIV}),
        (f"- {DOI}", {"doi": DOI}),
        (f"- [x] doi:{DOI}", {"doi": DOI}),
        (f"- PMID {PMID}", {"pmid": PMID}),
        (f"- OpenAlex {OPENALEX}", {"openalex": OPENALEX}),
        (f"- Semantic Scholar {HASH}", {"semantic_scholar": HASH}),
        ("- Semantic Scholar CorpusID:13756489", {"semantic_scholar": "CorpusID:13756489"}),
        (f"- ISBN {ISBN}", {"isbn": ISBN}),
        (f"1. https://arxiv.org/abs/{ARXIV}v2", {"arxiv": ARXIV}),
        (f"- [ ] <https://doi.org/{DOI}>", {"doi": DOI}),
        (f"- [arXiv:{ARXIV}](https://arxiv.org/abs/{ARXIV})", {"arxiv": ARXIV}),
        (f"- arXiv:{ARXIV} [Okonkwo et al., Tides 2021]", {"arxiv": ARXIV}),
    ],
)
def test_an_item_that_is_one_number_is_the_paper_with_that_number(line, said):
    (entry,) = reading.read(f"## Tides\n\n{line}\n").entries
    assert {name: getattr(entry, name) for name in NUMBERS if getattr(entry, name)} == said
    assert entry.title == placeholder_of(entry)
    assert ("https://" in line) == bool(entry.url)


@pytest.mark.parametrize(
    "line", [f"- {HASH}", "- W123456789", "- GPT-4", "- On 10.1000/182", "- https://site.example/1"]
)
def test_any_other_item_is_not_taken_for_a_number(line):
    assert not any(map(is_placeholder, reading.read(f"## Tides\n\n{line}\n").entries))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_written_as_it_is_called_and_nothing_more(name):
    number = {"doi": DOI, "arxiv": ARXIV, "pmid": PMID, "openalex": OPENALEX, "isbn": ISBN}
    said = {name: number.get(name, HASH)}
    entry = Entry(placeholder(name, said[name]), checked=False, **said)
    assert item.write(entry) == f"[ ] {entry.title}"
    again = item.read(item.write(entry))
    assert again
    assert again.entry == entry


def test_a_number_that_cannot_stand_alone_is_written_so_that_it_can_be_read():
    entry = Entry("doi:10.1000/a|b", doi="10.1000/a|b")
    again = item.read(item.write(entry))
    assert again
    assert again.entry == entry


def test_an_address_below_a_title_is_where_that_paper_is():
    text = f"- On Tides\n  - https://arxiv.org/abs/{ARXIV}\n"
    (entry,) = reading.read(text, ["On Tides"]).entries
    assert entry == Entry("On Tides", arxiv=ARXIV, url=f"https://arxiv.org/abs/{ARXIV}")


def test_several_addresses_below_a_line_are_each_a_paper():
    found = reading.read(
        f"- For Monday\n  - https://arxiv.org/abs/{ARXIV}\n  - https://arxiv.org/abs/2101.00002\n"
    )
    assert {entry.title for entry in found.entries} >= {f"arXiv:{ARXIV}", "arXiv:2101.00002"}
