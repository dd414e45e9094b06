"""Which two works somebody should look at, and what is said of why."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.formats.core.identity.likeness import candidates, likeness
from papers.formats.core.reading_list import Entry

LONG = "Learning sparse gates for patient readers"


def reason(one: Entry, other: Entry) -> str:
    found = likeness(one, other)
    return found.reason if found else ""


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Entry(LONG, year=2013), Entry(LONG, year=2016), "Same title, years 2013 and 2016"),
        (
            Entry(LONG, authors="Alder et al."),
            Entry(LONG, authors="Birch, Bo"),
            "Same title, first authors Alder and Birch",
        ),
        (
            Entry(LONG, doi="10.1000/a"),
            Entry(LONG, doi="10.1000/b"),
            "Same title, different DOIs",
        ),
        (Entry(LONG), Entry(LONG, venue="Here"), "Same title, and nothing that tells them apart"),
        (Entry(LONG), Entry(LONG.replace("gates", "gatse")), "The titles differ in two letters"),
        (Entry(LONG), Entry(f"{LONG}s"), "The titles differ in one letter"),
        (Entry("One", pmid="123"), Entry("Another", pmid="123"), "Same PMID"),
        (Entry("One", openalex="W1"), Entry("Another", openalex="W1"), "Same OpenAlex ID"),
        (
            Entry("Sparse gate nets", authors="Alder et al."),
            Entry("Sparse gate nets: the whole story", authors="Alder, Ann; Birch, Bo"),
            "One title begins with the other",
        ),
        (
            Entry("Sparse gate nets"),
            Entry("Sparse gate nets: the whole story"),
            "One title begins with the other",
        ),
        (
            Entry("BERT", authors="Alder", year=2018),
            Entry("BERT – gates for readers", authors="Alder, A.", year=2019),
            "One title begins with the other",
        ),
        (Entry("Bees & wasps"), Entry("Bees and wasps"), "The titles differ in “&” and “and”"),
        (
            Entry("Bienen & Wespen"),
            Entry("Bienen und Wespen"),
            "The titles differ in “&” and “and”",
        ),
        (Entry("Bees &amp; wasps"), Entry("Bees and wasps"), "The titles differ in “&” and “and”"),
        (Entry("The hive mind"), Entry("Hive mind"), "The titles differ in a leading article"),
        (Entry("A hive mind"), Entry("The hive mind"), "The titles differ in a leading article"),
        (Entry("L’ abeille"), Entry("Une L’ abeille"), "The titles differ in a leading article"),
        (
            Entry("α-stable swarms"),
            Entry("alpha-stable swarms"),
            "The titles differ in the name of a Greek letter",
        ),
        (
            Entry("TGF-β in bees"),
            Entry("TGF-beta in bees"),
            "The titles differ in the name of a Greek letter",
        ),
        (
            Entry(r"\\alpha-stable swarms"),
            Entry("α-stable swarms"),
            "The titles differ in the name of a Greek letter",
        ),
        (
            Entry("The β of hives & bees"),
            Entry("Beta of hives and bees"),
            "The titles differ in how they are spelt",
        ),
        (
            Entry("Sparse gates for readers"),
            Entry("Sparse old gates for readers"),
            "One title has one word more, “old”",
        ),
        (
            Entry("Sparse gates for readers"),
            Entry("Sparse gates for readers again"),
            "One title has one word more, “again”",
        ),
        (Entry("One", doi="10.1000/A"), Entry("Another", doi="10.1000/a/"), "Same DOI"),
        (
            Entry("One", url="https://openreview.net/forum?id=a1"),
            Entry("Another", url="https://openreview.net/pdf?id=a1"),
            "Same page",
        ),
        (
            Entry(LONG, venue="Apis Letters"),
            Entry(LONG, venue="Wasp Letters"),
            "Same title, in Apis Letters and in Wasp Letters",
        ),
    ],
)
def test_two_works_that_may_be_one_come_with_a_plain_reason(one, other, why):
    assert reason(one, other) == why
    assert sorted(reason(other, one).split()) == sorted(why.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Entry(LONG), Entry("Something else altogether, and longer")),
        (Entry(f"{LONG}, part 1"), Entry(f"{LONG}, part 2")),
        (Entry(f"{LONG} II"), Entry(f"{LONG} III")),
        (Entry(LONG, volume="1"), Entry(LONG, volume="2")),
        (
            Entry("Editorial", authors="Alder, A.", year=1990),
            Entry("Editorial", authors="Birch, B.", year=2020),
        ),
        (Entry("Gate nets"), Entry("Gate nets: the whole story")),
        (
            Entry("Sparse gate nets", authors="Alder"),
            Entry("Sparse gate nets: the whole story", authors="Birch"),
        ),
        (
            Entry("Programming for patient readers in C"),
            Entry("Programming for patient readers in C++"),
        ),
        (Entry("Is P = NP for patient readers"), Entry("Is P ≠ NP for patient readers")),
        (Entry("Sparse gates"), Entry("Sparse old gates")),
        (
            Entry("Sparse gates for readers", authors="Alder"),
            Entry("Sparse old gates for readers", authors="Birch"),
        ),
        (
            Entry(LONG, authors="Alder, A.", year=1990),
            Entry(f"{LONG}s", authors="Birch, B.", year=2020),
        ),
        (Entry("PACT"), Entry("FACT")),
    ],
)
def test_works_that_are_told_apart_are_not_brought_up(one, other):
    assert likeness(one, other) is None
    assert likeness(other, one) is None


def test_authors_and_years_that_agree_make_a_pair_likelier():
    near = LONG.replace("gates", "gatse")
    alone = likeness(Entry(LONG), Entry(near))
    with_names = likeness(Entry(LONG, authors="Alder, A."), Entry(near, authors="Alder"))
    with_both = likeness(
        Entry(LONG, authors="Alder, A.", year=2013), Entry(near, authors="Alder", year=2013)
    )
    assert alone
    assert with_names
    assert with_both
    assert alone.weight < with_names.weight < with_both.weight


def found_among(works: list[Entry]) -> set[frozenset[int]]:
    places = {id(work): place for place, work in enumerate(works)}
    return {
        frozenset((places[id(one)], places[id(other)]))
        for one, other in candidates(works)
        if likeness(one, other)
    }


words = st.sampled_from(
    [
        "sparse",
        "gates",
        "for",
        "patient",
        "readers",
        "again",
        "reader",
        "the",
        "&",
        "and",
        "β",
        "beta:",
    ]
)
titles = st.lists(words, min_size=1, max_size=7).map(" ".join)
works = st.lists(
    st.builds(Entry, titles, authors=st.sampled_from(["", "Alder, A.", "Birch, B."])),
    max_size=9,
)


@given(works)
@example([Entry("sparse"), Entry("sparse &")])
def test_whatever_is_alike_is_found_without_holding_each_against_each(some):
    everything = {
        frozenset((here, there))
        for here in range(len(some))
        for there in range(here)
        if likeness(some[here], some[there])
    }
    assert found_among(some) == everything


def test_a_hundred_editorials_are_not_a_thousand_pairs():
    editorials = [Entry("Editorial", citation_key=str(number)) for number in range(100)]
    assert 90 < len(found_among(editorials)) <= 1000
