"""BibTeX as we write it: what is said of a paper comes back, and other programs read it too."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import bibtex
from papers.formats.bibtex.latex import address_in_latex, plain_text, written, written_address
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.details import DETAILS
from papers.formats.core.reading_list.kinds import KINDS
from papers.formats.core.text.repair import mended, one_line

TELLING = r"""{}\"'$%&#_~^-`@,;:=()[]|<>/ """


def storable(text: str) -> str:
    """A text as entries have it: composed, without what no database stores."""
    kept = "".join(one for one in text if unicodedata.category(one) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", kept).replace("\ufeff", "")


def in_paragraphs(text: str) -> str:
    lines = [one_line(storable(line)) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


characters = st.one_of(st.sampled_from(TELLING), st.characters(), st.sampled_from("aeioAZ09éñø"))
texts = st.text(characters, max_size=40).map(lambda text: one_line(storable(text)))
words = texts.filter(bool)
titles = words.map(mended).filter(bool)
long_texts = st.text(st.one_of(characters, st.just("\n"), st.sampled_from("\n@")), max_size=80)
paragraphs = long_texts.map(in_paragraphs)
keywords = st.lists(
    words.map(lambda text: one_line(text.replace(";", " "))).filter(lambda text: text.strip(", ")),
    max_size=4,
    unique_by=str.casefold,
).map("; ".join)
years = st.integers(1, 2100)
days = st.dates(min_value=date(1000, 1, 1))
numbers = st.from_regex(r"[0-9]{1,9}", fullmatch=True)
names = st.one_of(
    st.sampled_from(["note", "Annote", "series", "year", "title", "x-authors", "groups", "date"]),
    words,
)
people = st.one_of(
    texts,
    st.sampled_from(
        [
            "Moss, Ada; Fern, Bo",
            "Moss, Ada; et al.",
            "Moss et al.",
            "Ada Moss and Bo Fern",
            "Ada Moss, Bo Fern, Cy Reed",
            "van der Fern, Bo; Reed, Cy, Jr.",
            "The Tide Team; Moss, A.",
            "Salt and Water Board, The",
        ]
    ),
)


@st.composite
def entries(draw) -> Entry:
    day = draw(st.none() | days)
    published = (day.isoformat() if draw(st.booleans()) else day.isoformat()[:7]) if day else ""
    year = draw(years) if not day else draw(st.just(day.year) | st.integers(1000, 2100))
    return Entry(
        title=draw(titles),
        topic=draw(st.just(()) | st.lists(words, min_size=1, max_size=3).map(tuple)),
        authors=draw(people),
        editors=draw(people),
        venue=draw(texts),
        year=draw(st.none() | st.just(year)) if not day else year,
        published=published,
        url=draw(
            st.sampled_from(["", "https://example.org/{a}_b%20\\c~d#e", "http://example.org"])
        ),
        doi=draw(
            st.sampled_from(["", "10.5555/a_b(c)", "10.5555/<1::aid>3.0.co;2-p", "10.5555/{x}"])
        ),
        arxiv=draw(st.sampled_from(["", "2101.00001", "hep-th/9901001"])),
        kind=draw(st.sampled_from(["", *KINDS])),
        volume=draw(texts),
        issue=draw(texts),
        pages=draw(st.sampled_from(["", "12-34", "e17", "S1-S9, 12", "7-"])),
        publisher=draw(texts),
        isbn=draw(st.sampled_from(["", "9780000000002", "9780000000002 000000000X"])),
        issn=draw(st.sampled_from(["", "1234567X", "12345678 87654321"])),
        pmid=draw(st.just("") | numbers),
        openalex=draw(texts),
        semantic_scholar=draw(texts),
        language=draw(texts),
        keywords=draw(keywords),
        abstract=draw(paragraphs),
        citation_key=draw(st.sampled_from(["moss:2021", "fern_1999", "a/b+c", "key-2"])),
        further=tuple(
            draw(st.lists(st.tuples(names, paragraphs.filter(bool)), max_size=3)),
        ),
    )


# Numbers may make one paper of three, of which two are written: see `merged`.
lists = st.lists(entries().map(lambda one: replace(one, doi="", arxiv="")), max_size=4)


def alone(entry: Entry) -> ReadingList:
    return ReadingList(entries=(entry,))


def read_again(entry: Entry) -> Entry:
    (found,) = bibtex.read(bibtex.write(alone(entry))).entries
    return found


@given(entries())
def test_what_is_said_of_a_paper_comes_back(entry: Entry) -> None:
    found = read_again(entry)
    assert {name: getattr(found, name) for name in DETAILS} == {
        name: getattr(entry, name) for name in DETAILS
    }
    assert found.topic == entry.topic


@given(lists)
def test_a_list_that_is_read_and_written_again_is_the_same_to_the_byte(found: list[Entry]) -> None:
    first = bibtex.write(ReadingList(entries=tuple(found)))
    again = bibtex.read(first)
    assert bibtex.write(again) == first
    assert not again.not_understood


@given(st.lists(entries(), max_size=4))
def test_another_program_finds_the_same_papers(found: list[Entry]) -> None:
    papers = ReadingList(entries=tuple(found)).papers
    text = bibtex.write(ReadingList(entries=tuple(found)))
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert [len(library.entries), len(library.blocks)] == [len(papers), len(papers)]
    for entry, paper in zip(library.entries, papers, strict=True):
        assert plain_text(entry["title"]) == paper.title
        fields = {field.key: field.value for field in entry.fields}
        assert address_in_latex(fields.get("doi", "")) == paper.said.doi


@given(st.text(characters))
def test_any_text_comes_back_from_latex(text: str) -> None:
    text = storable(text)
    assert plain_text(written(text)) == text


@given(st.text(characters))
def test_any_address_comes_back_from_latex(text: str) -> None:
    text = text.strip()
    assert address_in_latex(written_address(text)) == text


@pytest.mark.parametrize(
    "title",
    [
        "Fish & Chips: 100% of #1 {sets} at $5 an_d ~3",
        "Tides of $O(n \\log n)$ and $x_{i}$",
        "Über Åkerman’s naïve “façade”",
    ],
)
def test_another_program_reads_accents_and_signs_as_we_meant_them(title: str) -> None:
    library = bibtexparser.parse_string(
        bibtex.write(alone(Entry(title, doi="10.5555/a_b"))),
        append_middleware=[LatexDecodingMiddleware(keep_math_mode=True)],
    )
    (entry,) = library.entries
    assert entry["title"].replace("{", "").replace("}", "") == title.replace("{", "").replace(
        "}", ""
    )
    assert entry["doi"] == "10.5555/a_b"


def written_key(entry: Entry, *others: Entry) -> list[str]:
    text = bibtex.write(ReadingList(entries=(entry, *others)))
    return re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)


def test_a_key_is_kept() -> None:
    assert written_key(Entry("On Tides", citation_key="moss:tides+2021")) == ["moss:tides+2021"]


def test_a_key_is_made_of_surname_year_and_a_telling_word() -> None:
    entry = Entry("On the Tides of Small Ponds", authors="Ødegård, Ada; Fern, Bo", year=2021)
    assert written_key(entry) == ["degard2021tides"]


def test_a_key_that_bibtex_would_not_take_is_made_anew() -> None:
    assert written_key(Entry("Tides", authors="Moss, A.", citation_key="a key, {odd}")) == [
        "mosstides"
    ]


def test_no_two_papers_share_a_key() -> None:
    first = Entry("Tides", authors="Moss, Ada", doi="10.5555/1")
    second = Entry("Tides", authors="Moss, Ada", doi="10.5555/2")
    third = Entry("Ponds", citation_key="mosstides", doi="10.5555/3")
    fourth = Entry("Lakes", citation_key="mosstides", doi="10.5555/4")
    keys = written_key(first, second, third, fourth)
    assert keys[2] == "mosstides"
    assert len({key.casefold() for key in keys}) == 4


def test_a_paper_in_two_topics_is_one_entry_that_comes_back_in_both() -> None:
    here, there = ("Vision", "Depth"), ("Rivers, lakes > \\ponds\\",)
    entries = (Entry("Tides", topic=here), Entry("Tides", topic=there), Entry("Tides"))
    text = bibtex.write(ReadingList(entries=entries))
    assert text.count("@") == 1
    assert {entry.topic for entry in bibtex.read(text).entries} == {here, there, ()}


def test_a_thesis_and_its_school_are_written_as_bibtex_has_them() -> None:
    text = bibtex.write(alone(Entry("Tides", venue="Pond School", kind="thesis", year=2003)))
    assert text == (
        "@phdthesis{2003tides,\n"
        "  title = {Tides},\n"
        "  school = {Pond School},\n"
        "  year = {2003},\n"
        "}\n"
    )


def test_authors_as_somebody_wrote_them_come_back_while_the_names_agree() -> None:
    text = bibtex.write(alone(Entry("Tides", authors="Moss et al.")))
    assert "author = {Moss and others}" in text
    assert bibtex.read(text).entries[0].authors == "Moss et al."
    changed = text.replace("{Moss and others}", "{Fern, Bo}")
    assert bibtex.read(changed).entries[0].authors == "Fern, Bo"
