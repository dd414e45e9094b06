"""The plain text of Web of Science."""

import pytest

from papers.formats.core.reading_list import Entry
from papers.formats.core.records.untitled import NO_TITLE
from papers.formats.core.text import TooLarge
from papers.formats.tagged import NO_END, wos

RECORD = """\
PT J
AU Okafor, A
   Lindqvist, B
AF Okafor, Ada
   Lindqvist, Bo
TI Slow Reading in
   Small Rooms
SO JOURNAL OF INVENTED RESULTS
LA English
DT Article
DE reading; small
   rooms
AB Rooms matter.
C1 Example Univ, Exampleton.
CR Someone S, 1999, J MADE UP, V1, P1
PU EXAMPLE PRESS
SN 0000-0000
EI 1111-1111
PD APR 21
PY 2021
VL 12
IS 3
BP 101
EP 119
DI 10.1000/SLOW.1
UT WOS:000000000000001
PM 12345678
ER
"""
TEXT = f"FN Example Index\nVR 1.0\n{RECORD}\n{RECORD}\nEF\n"
OKAFOR = Entry(
    "Slow Reading in Small Rooms",
    authors="Okafor, Ada; Lindqvist, Bo",
    venue="JOURNAL OF INVENTED RESULTS",
    year=2021,
    doi="10.1000/slow.1",
    kind="article-journal",
    volume="12",
    issue="3",
    pages="101-119",
    publisher="EXAMPLE PRESS",
    published="2021-04-21",
    issn="00000000 11111111",
    pmid="12345678",
    language="English",
    keywords="reading; small rooms",
    abstract="Rooms matter.",
    further=(("accession number", "WOS:000000000000001"),),
)


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n")])
def test_each_record_is_a_paper_with_all_that_it_says(text: str) -> None:
    found = wos.read(text)
    assert wos.begins(text)
    assert found.entries == (OKAFOR, OKAFOR)
    assert [entry.lines for entry in found.entries] == [(3,), (32,)]
    assert not found.not_understood
    assert not found.remarks


def test_a_paper_of_a_conference_is_told_from_an_article() -> None:
    text = RECORD.replace("DT Article", "DT Proceedings Paper")
    assert wos.read(text).entries[0].kind == "paper-conference"


def test_an_article_without_pages_is_known_by_its_number() -> None:
    text = RECORD.replace("BP 101\nEP 119", "AR e0815")
    assert wos.read(text).entries[0].pages == "e0815"


def test_initials_stand_where_no_full_names_do() -> None:
    text = RECORD.replace("AF Okafor, Ada\n   Lindqvist, Bo\n", "")
    assert wos.read(text).entries[0].authors == "Okafor, A; Lindqvist, B"


def test_a_record_without_a_title_or_an_end_is_named() -> None:
    found = wos.read(f"PT J\nPY 2021\nER\n\n{RECORD}".removesuffix("ER\n"))
    assert [(line.number, line.reason) for line in found.not_understood] == [(1, NO_TITLE)]
    assert [(line.number, line.reason) for line in found.remarks] == [(5, NO_END)]
    assert found.entries == (OKAFOR,)


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        wos.read("PT J\n" + "x" * 5_000_000)


@pytest.mark.parametrize(
    "text", ["", "PT\n", "TY  - JOUR\n", "Point PT J in the plan", "@book{a,}"]
)
def test_other_texts_are_none_of_it(text: str) -> None:
    assert not wos.begins(text)
