"""Whom to ask what, what their answers say, and how sure one is of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.reading_list import Entry
from papers.providers.asking import LEAST_CONFIDENCE, PROVIDERS, ask, best, confidence, questions
from papers.providers.client import Client
from papers.providers.provider import Garbled, Introduction, Question
from tests.providers import ABSTRACT, ARXIV, DOI, OPENALEX, PMID, TITLE

ANONYMOUS = Introduction()
WORK = Entry(TITLE, authors="Okonkwo et al.", year=2021)


def answer(providers, provider: str, kind: str, value: str) -> list[Entry]:
    return ask(Client(instead=providers.hosts), Question(provider, kind, value), ANONYMOUS)


# Whom


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"doi": DOI}, ["crossref doi", "openalex doi"]),
        ({"arxiv": ARXIV}, ["arxiv arxiv", "openalex arxiv"]),
        ({"pmid": PMID}, ["pubmed pmid", "openalex pmid"]),
        ({"openalex": OPENALEX}, ["openalex openalex"]),
        (
            {"doi": DOI, "arxiv": ARXIV},
            ["crossref doi", "openalex doi", "arxiv arxiv", "openalex arxiv"],
        ),
        ({}, ["crossref title", "openalex title", "arxiv title"]),
        ({"title": "X"}, []),
        ({"title": "ISBN 9780000000002", "isbn": "9780000000002"}, []),
    ],
)
def test_a_work_is_asked_about_by_its_numbers_or_else_by_its_title(known, asked):
    work = replace(WORK, **known)
    assert [f"{each.provider} {each.kind}" for each in questions(work)] == asked


# What they say


def test_crossref_tells_all_that_a_record_has(providers):
    [work] = answer(providers, "crossref", "doi", DOI)
    assert work == Entry(
        title=TITLE,
        authors="Okonkwo, Mira; van der Berg, J. P.; The Tide Consortium",
        venue="Journal of Imagined Results",
        year=2021,
        published="2021-04-21",
        doi=DOI,
        kind="article-journal",
        volume="7",
        issue="2",
        pages="101-112",
        publisher="Nowhere Press",
        issn="1234567X",
        abstract=ABSTRACT,
    )


@pytest.mark.parametrize(
    ("kind", "number"),
    [("doi", DOI), ("arxiv", ARXIV), ("pmid", PMID), ("openalex", OPENALEX)],
)
def test_openalex_knows_a_work_by_any_number(providers, kind, number):
    [work] = answer(providers, "openalex", kind, number)
    assert (work.title, work.authors, work.year) == (TITLE, "Okonkwo, Mira", 2021)
    assert (work.doi, work.arxiv, work.pmid, work.openalex) == (DOI, ARXIV, PMID, OPENALEX)
    assert (work.venue, work.kind) == ("Journal of Imagined Results", "article-journal")
    assert (work.pages, work.language) == ("101-112", "en")
    assert work.abstract == "We measure how long"


def test_pubmed_tells_what_its_summary_has(providers):
    [work] = answer(providers, "pubmed", "pmid", PMID)
    assert (work.title, work.authors) == (TITLE, "Okonkwo, M. A.; Tide Consortium")
    assert (work.published, work.doi, work.pmid) == ("2021-04-21", DOI, PMID)
    assert (work.venue, work.issn) == ("Journal of Imagined Results", "1234567X")


def test_arxiv_tells_what_the_authors_say(providers):
    [work] = answer(providers, "arxiv", "arxiv", ARXIV)
    assert (work.title, work.arxiv, work.kind) == (TITLE, ARXIV, "article")
    assert work.authors == "Okonkwo, Mira; van der Berg, Jan"
    assert (work.published, work.abstract) == ("2021-01-02", ABSTRACT)


@pytest.mark.parametrize(
    ("provider", "kind", "number"),
    [
        ("crossref", "doi", "10.1000/none"),
        ("openalex", "openalex", "W1"),
        ("pubmed", "pmid", "1"),
        ("arxiv", "arxiv", "2101.99999"),
    ],
)
def test_a_number_that_no_one_gave_out_leads_to_nothing(providers, provider, kind, number):
    assert answer(providers, provider, kind, number) == []


@pytest.mark.parametrize("provider", ["crossref", "openalex", "arxiv"])
def test_a_title_is_found(providers, provider):
    found = best(
        WORK,
        Question(provider, "title", TITLE),
        answer(providers, provider, "title", TITLE),
    )
    assert found
    assert found.entry.title == TITLE
    assert found.confidence >= LEAST_CONFIDENCE


@pytest.mark.parametrize("provider", ["crossref", "openalex", "pubmed"])
@pytest.mark.parametrize(
    "said", ["null", "[]", '{"message": 1}', "1e999", '"x"', "{", '{"result":']
)
def test_an_odd_answer_is_garbled(providers, provider, said):
    """Or it holds no work at all; it is never an accident of ours."""
    providers.faults[provider] = f"odd {said}"
    kind, number = {"pubmed": ("pmid", PMID)}.get(provider, ("doi", DOI))
    try:
        found = answer(providers, provider, kind, number)
    except Garbled:
        found = []
    assert found == []


def test_half_an_answer_is_garbled(providers):
    providers.faults["crossref"] = "cut"
    with pytest.raises(Garbled):
        answer(providers, "crossref", "doi", DOI)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding):
    declared = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>&x;</entry></feed>'
    )
    with pytest.raises(Garbled):
        PROVIDERS["arxiv"].read(declared.encode(encoding))


# Who asks


def test_each_is_told_who_asks_in_its_own_way():
    who = Introduction("us@example.org", "a-key")
    asked = {
        name: PROVIDERS[name].request(Question(name, kind, value), who).params
        for name, kind, value in [
            ("crossref", "doi", DOI),
            ("openalex", "doi", DOI),
            ("pubmed", "pmid", PMID),
        ]
    }
    assert asked["crossref"] == {"mailto": "us@example.org"}
    assert asked["openalex"]["api_key"] == "a-key"
    assert asked["openalex"]["mailto"] == "us@example.org"
    assert (asked["pubmed"]["tool"], asked["pubmed"]["email"]) == ("seminar", "us@example.org")


# How sure


@pytest.mark.parametrize(
    ("found", "is_proposed"),
    [
        ({}, True),
        ({"title": TITLE.upper()}, True),
        ({"title": f"{TITLE}: A Study of Everything"}, True),
        ({"year": 2020}, True),
        ({"authors": ""}, True),
        ({"title": "Tidal Memory in Large Networks and Beyond"}, False),
        ({"authors": "Nobody, Known"}, False),
        ({"year": 1999}, False),
        ({"title": "Something Else Entirely"}, False),
    ],
)
def test_what_is_proposed_is_likely_the_same(found, is_proposed):
    sure = confidence(WORK, replace(WORK, **found), Question("crossref", "title", TITLE))
    assert (sure >= LEAST_CONFIDENCE) == is_proposed


@given(st.text(), st.text(), st.integers(1, 2200) | st.none())
def test_confidence_is_a_percentage(title, authors, year):
    sure = confidence(WORK, Entry(title, authors=authors, year=year), Question("x", "title", "y"))
    assert 0 <= sure <= 100
