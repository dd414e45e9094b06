"""The text of PubMed and MEDLINE."""

import pytest

from papers.formats.core.reading_list import Entry
from papers.formats.core.records.untitled import CALLED_BY_NUMBER
from papers.formats.core.text import TooLarge
from papers.formats.tagged import pubmed

RECORD = """\
PMID- 12345678
OWN - NLM
STAT- MEDLINE
IS  - 0000-0000 (Electronic)
IS  - 1111-1111 (Linking)
VI  - 12
IP  - 3
DP  - 2021 Apr
TI  - Slow Reading in
      Small Rooms.
PG  - 101-19
LID - 10.1000/SLOW.1 [doi]
AB  - Rooms
      matter.
CI  - Copyright of nobody.
FAU - Okafor, Ada
AU  - Okafor A
AD  - Example University.
FAU - Lindqvist, Bo
AU  - Lindqvist B
LA  - eng
PT  - Journal Article
DEP - 20210421
TA  - J Inv Res
JT  - Journal of invented results
MH  - *Reading
OT  - small rooms
PMC - PMC0000001
"""
OKAFOR = Entry(
    "Slow Reading in Small Rooms",
    authors="Okafor, Ada; Lindqvist, Bo",
    venue="Journal of invented results",
    year=2021,
    doi="10.1000/slow.1",
    kind="article-journal",
    volume="12",
    issue="3",
    pages="101-19",
    published="2021-04-21",
    issn="00000000 11111111",
    pmid="12345678",
    language="eng",
    keywords="small rooms; Reading",
    abstract="Rooms matter.",
    further=(("TA", "J Inv Res"), ("PMCID", "PMC0000001")),
)


@pytest.mark.parametrize("text", [RECORD, "\ufeff\n" + RECORD, RECORD.replace("\n", "\r\n")])
def test_a_record_is_a_paper_with_all_that_it_says(text: str) -> None:
    assert pubmed.begins(text)
    assert pubmed.read(text).entries == (OKAFOR,)


def test_records_are_told_apart_by_their_numbers() -> None:
    found = pubmed.read(f"{RECORD}\n{RECORD}\nPMID- 7654321\nOWN - NLM\n")
    assert found.entries[:2] == (OKAFOR, OKAFOR)
    assert [entry.title for entry in found.entries[2:]] == ["PMID 7654321"]
    assert [(line.number, line.reason) for line in found.remarks] == [(59, CALLED_BY_NUMBER)]


def test_a_title_that_was_translated_loses_its_brackets() -> None:
    found = pubmed.read("PMID- 12345678\nTI  - [Slow Reading].\n")
    assert found.entries[0].title == "Slow Reading"


def test_a_preprint_is_one() -> None:
    found = pubmed.read("PMID- 12345678\nTI  - Slow Reading\nPT  - Preprint\n")
    assert found.entries[0].kind == "article"


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        pubmed.read("PMID- 1\n" + "x" * 5_000_000)


@pytest.mark.parametrize("text", ["", "PMID", "TY  - JOUR\n", "# PMID- 12"])
def test_other_texts_are_none_of_it(text: str) -> None:
    assert not pubmed.begins(text)
