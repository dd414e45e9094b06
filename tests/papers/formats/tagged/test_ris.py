"""RIS, and what else is brought under its name: records, their spellings, and the way back."""

import re

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.identity import comparable_title
from papers.formats.core.people import parted
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.records.untitled import NO_TITLE
from papers.formats.core.text import MOST_ENTRIES, TooLarge
from papers.formats.tagged import NO_END, ris
from tests.papers.formats.libraries import LISTS, places

RECORD = """\
TY  - JOUR
AU  - Okafor, Ada
AU  - Lindqvist, Bo
TI  - Slow Reading in Small Rooms
T2  - Journal of Invented Results
PY  - 2021
DA  - 2021/04/21/
VL  - 12
IS  - 3
SP  - 101
EP  - 119
DO  - https://doi.org/10.1000/SLOW.1
UR  - https://example.org/slow
SN  - 0000-000X
LA  - en
PB  - Example Press
KW  - reading
KW  - rooms
AB  - Rooms matter.
ER  -
"""
OKAFOR = Entry(
    "Slow Reading in Small Rooms",
    authors="Okafor, Ada; Lindqvist, Bo",
    venue="Journal of Invented Results",
    year=2021,
    published="2021-04-21",
    volume="12",
    issue="3",
    pages="101-119",
    doi="10.1000/slow.1",
    url="https://example.org/slow",
    issn="0000000X",
    language="en",
    publisher="Example Press",
    keywords="reading; rooms",
    abstract="Rooms matter.",
    kind="article-journal",
)


def only(text: str) -> Entry:
    """The one paper of a text in which everything was understood."""
    found = ris.read(text)
    assert not found.not_understood
    (entry,) = found.entries
    return entry


def record(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - Slow Reading", *lines, "ER  - ", ""])


class TestReading:
    def test_a_record_is_a_paper_with_all_that_it_says(self) -> None:
        found = ris.read(RECORD)
        assert found.entries == (OKAFOR,)
        assert found.entries[0].lines == (1,)
        assert not found.remarks

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + RECORD,
            RECORD.replace("\n", "\r\n"),
            RECORD.replace("\n", "\r"),
            RECORD.replace("  - ", " - "),
            RECORD.replace("TY  - JOUR", "TY  -JOUR"),
            RECORD.replace("TY  - JOUR", "TY -JOUR"),
            "\n" + RECORD.replace("TI  -", "T1  -").replace("AU  -", "A1  -"),
            RECORD.replace("PY  - 2021\n", "").replace("DA  -", "Y1  -"),
            RECORD.replace("T2  -", "JF  -").replace("AB  -", "N2  -"),
            RECORD.replace("SP  - 101\nEP  - 119", "SP  - 101–119"),
            RECORD.replace("KW  - reading\nKW  - rooms", "KW  - reading\nrooms"),
        ],
    )
    def test_other_spellings_say_the_same(self, text: str) -> None:
        assert only(text) == OKAFOR

    @pytest.mark.parametrize(
        ("line", "year", "published"),
        [
            ("PY  - 2014//", 2014, ""),
            ("Y1  - 2019/09//undefined", 2019, "2019-09"),
            ("PY  - 2020-05-18", 2020, "2020-05-18"),
            ("PY  - 20200518", 2020, "2020-05-18"),
            ("DA  - 18 May 2020", 2020, "2020-05-18"),
            ("DA  - May 18, 2020", 2020, "2020-05-18"),
            ("PY  - Nov-Dec 2009", 2009, ""),
            ("PY  - 2011///Spring", 2011, ""),
            ("PY  - 2021/02/31/", 2021, "2021-02"),
            ("PY  - c1998", 1998, ""),
            ("PY  - in press", None, ""),
        ],
    )
    def test_dates_are_read_as_far_as_they_are_stated(
        self, line: str, year: int | None, published: str
    ) -> None:
        entry = only(record(line))
        assert (entry.year, entry.published) == (year, published)

    @pytest.mark.parametrize(
        ("lines", "detail", "value"),
        [
            (["DO  - 10.48550/arXiv.2101.00001"], "arxiv", "2101.00001"),
            (["AN  - arXiv:2101.00001"], "arxiv", "2101.00001"),
            (["N1  - Comment; arXiv:hep-ph/0101001v2"], "arxiv", "hep-ph/0101001"),
            (["N1  - See arXiv:math.GT/0101002"], "arxiv", "math/0101002"),
            (["UR  - https://arxiv.org/abs/2101.00001v3"], "arxiv", "2101.00001"),
            (["JO  - arXiv preprint arXiv:2101.00001"], "arxiv", "2101.00001"),
            (["M3  - doi: 10.1000/made.up"], "doi", "10.1000/made.up"),
            (["UR  - http://dx.doi.org/10.1000/made.up"], "doi", "10.1000/made.up"),
            (
                ["L1  - file:///a.pdf", "L2  - https://example.org/a"],
                "url",
                "https://example.org/a",
            ),
            (["L2  - https://b.example", "UR  - https://a.example"], "url", "https://a.example"),
            (["SN  - 978-0-00-000000-2 (print)"], "isbn", "9780000000002"),
            (["SN  - 0000-0000, 1111-1111"], "issn", "00000000 11111111"),
            (["AN  - 12345678", "DB  - PubMed"], "pmid", "12345678"),
            (["L2  - https://pubmed.ncbi.nlm.nih.gov/12345678/"], "pmid", "12345678"),
            (["UR  - https://openalex.org/W123456"], "openalex", "W123456"),
            (["VL  - v. 40"], "volume", "40"),
            (["AB  - NA"], "abstract", ""),
            (["AB  - <p>One &amp; two</p>"], "abstract", "One & two"),
            (["AB  - One that", "was cut."], "abstract", "One that was cut."),
            (["AB  - One.", "", "Two."], "abstract", "One.\n\nTwo."),
            (["AB  - IL - 6 and", "UV - light"], "abstract", "IL - 6 and UV - light"),
            (["AU  - Okafor, A.; Lindqvist, B."], "authors", "Okafor, A.; Lindqvist, B."),
            (["AU  - Okafor, A. and Lindqvist, B."], "authors", "Okafor, A.; Lindqvist, B."),
            (["AU  - The Example Group"], "authors", "The Example Group"),
            (["A2  - Lindqvist, Bo"], "editors", "Lindqvist, Bo"),
            (["ID  - okafor2021"], "citation_key", "okafor2021"),
            (["ID  - 4202"], "further", (("ID", "4202"),)),
            (["ZZ  - of our own"], "further", (("ZZ", "of our own"),)),
            (["CY  - Exampleton"], "further", (("publisher-place", "Exampleton"),)),
        ],
    )
    def test_each_detail_is_found_where_programs_write_it(
        self, lines: list[str], detail: str, value: object
    ) -> None:
        assert getattr(only(record(*lines)), detail) == value

    def test_tags_of_html_leave_a_title_and_signs_stay(self) -> None:
        text = record().replace("Slow Reading", "<i>Slow</i> H<sub>2</sub>O &lt; <0.5MB")
        assert only(text).title == "Slow H2O < <0.5MB"

    def test_a_book_is_known_by_its_title_wherever_it_stands(self) -> None:
        assert only("TY  - BOOK\nBT  - Small Rooms\nER  - \n").title == "Small Rooms"

    def test_what_searches_write_around_records_is_no_part_of_them(self) -> None:
        text = f"Record #1 of 2\nProvider: Example\n1.\n{RECORD}\n\nRecord #2 of 2\n2.\n{RECORD}"
        found = ris.read(text)
        assert found.entries == (OKAFOR, OKAFOR)
        assert not found.remarks

    def test_other_text_between_records_is_named(self) -> None:
        found = ris.read(f"Found by Ada\n{RECORD}")
        assert [(line.number, line.text) for line in found.remarks] == [(1, "Found by Ada")]

    def test_a_record_without_its_end_is_read_and_named(self) -> None:
        found = ris.read((RECORD + RECORD).replace("ER  -\n", ""))
        assert found.entries == (OKAFOR, OKAFOR)
        assert [(line.number, line.reason) for line in found.remarks] == [(1, NO_END), (20, NO_END)]

    def test_records_without_a_type_are_read(self) -> None:
        bare = RECORD.replace("TY  - JOUR\n", "")
        assert [entry.title for entry in ris.read(bare + bare).entries] == [OKAFOR.title] * 2
        bare = bare.replace("ER  -\n", "\n")
        assert [entry.title for entry in ris.read(bare + bare).entries] == [OKAFOR.title] * 2

    @pytest.mark.parametrize("line", ["SN  - 1234-5679", "TI  - .", "AU  - Okafor, Ada"])
    def test_a_record_without_a_title_and_a_number_is_not_understood(self, line: str) -> None:
        found = ris.read(f"{RECORD}TY  - JOUR\n{line}\nER  - \n")
        assert found.entries == (OKAFOR,)
        assert [(one.number, one.reason) for one in found.not_understood] == [(21, NO_TITLE)]

    @pytest.mark.parametrize(
        "text",
        [
            "TI  - A\nTY  - JOUR\nAU  - Marsh, A.\nER  - \n",
            "AU  - Marsh, A.\nTI  - A\n\nTY  - JOUR\nER  - \n",
            "DB  - X\nAU  - Marsh, A.\n\nTY  - JOUR\nTI  - A\nER  - \n",
            "TI  - A\nAU  - Marsh, A.\nTY  - JOUR\n",
        ],
    )
    def test_a_record_may_state_its_type_anywhere(self, text: str) -> None:
        found = ris.read(text + text)
        read = [(one.title, one.authors, one.kind) for one in found.entries]
        assert read == [("A", "Marsh, A.", "article-journal")] * 2
        assert not found.not_understood

    def test_a_type_begins_a_record_where_the_end_of_the_one_above_is_missing(self) -> None:
        found = ris.read("TI  - A\nAU  - Marsh\n\nTY  - JOUR\nTI  - B\nER  - \n")
        assert [one.title for one in found.entries] == ["A", "B"]

    def test_entities_and_tags_are_read_as_they_were_meant(self) -> None:
        found = only(
            "TY  - JOUR\nTI  - Na&iuml;ve <i>bees</i>\nAU  - M&uuml;ller, A.; O&#39;Neil, C.\n"
            "JO  - Bees &amp; Wasps\nDO  - 10.1000/1; 10.1000/2\nER  - \n"
        )
        assert (found.title, found.authors) == ("Naïve bees", "Müller, A.; O'Neil, C.")
        assert (found.venue, found.doi) == ("Bees & Wasps", "10.1000/1")
        assert found.further == (("DOI", "10.1000/2"),)

    def test_the_journal_of_embase_is_its_name_alone(self) -> None:
        line = "Bee Letters. 20 (4) (pp 512-523), 2016. Date of Publication: 01 Apr 2016."
        found = only(f"TY  - JOUR\nTI  - A\nJO  - {line}\nER  - \n")
        said = (found.venue, found.volume, found.issue, found.pages, found.year)
        assert said == ("Bee Letters", "20", "4", "512-523", 2016)

    @pytest.mark.parametrize("mark", ["[^1]", "[hep-ph]", "cs.LG"])
    def test_a_footnote_and_a_class_of_arxiv_are_no_people(self, mark: str) -> None:
        assert only(f"TY  - JOUR\nTI  - A\nAU  - {mark}\nAU  - Marsh, A.\n").authors == "Marsh, A."

    @given(st.lists(st.sampled_from(["TY  - JOUR", "TI  - A", "ER  - ", "x", "", "AU  - B"])))
    def test_no_record_is_lost(self, lines: list[str]) -> None:
        text = "\n".join(["TY  - JOUR", *lines])
        found = ris.read(text)
        after_an_end = len(re.findall(r"^ER  - \n(?:x?\n)*(?=TI|AU)", text + "\n", re.MULTILINE))
        records = text.count("TY  - ") + after_an_end
        read = len(found.entries) + len(found.not_understood)
        # What comes before a type, with no end between, may be of the same record.
        assert text.count("TY  - ") <= read <= records


class TestHostile:
    def test_no_control_character_survives(self) -> None:
        entry = only(record("AB  - a\0b\x1b\x85c", "ZZ  - d\0\x07"))
        assert entry.abstract == "abc"
        assert entry.further == (("ZZ", "d"),)

    @pytest.mark.parametrize("text", ["TY  - " + "x" * 5_000_000, "é" * 2_500_000])
    def test_too_much_is_refused(self, text: str) -> None:
        with pytest.raises(TooLarge):
            ris.read(text)

    def test_too_many_records_are_refused(self) -> None:
        with pytest.raises(TooLarge, match="Nothing was imported"):
            ris.read("TY  - JOUR\nTI  - A\nER  - \n" * (MOST_ENTRIES + 1))

    @pytest.mark.parametrize(
        "line", ["AU  - Okafor", "KW  - a; b", "C1  - topic: A", "C2  - title: B", "x", "UR  - y"]
    )
    def test_many_lines_of_one_kind_are_one_record(self, line: str) -> None:
        found = ris.read(record(*[line] * 50_000))
        assert len(found.papers) == 1

    @given(st.text())
    def test_any_text_is_read(self, text: str) -> None:
        assert ris.read(text) is not None


class TestWriting:
    @given(LISTS)
    def test_what_is_written_is_read_back_equal(self, reading_list: ReadingList) -> None:
        assert list(ris.read(ris.write(reading_list)).entries) == places(reading_list)

    @given(LISTS)
    def test_writing_what_was_read_changes_nothing(self, reading_list: ReadingList) -> None:
        written = ris.write(reading_list)
        assert ris.write(ris.read(written)) == written

    @given(LISTS)
    def test_another_program_reads_as_many_papers(self, reading_list: ReadingList) -> None:
        found = rispy.loads(ris.write(reading_list))
        assert len(found) == len(reading_list.papers)
        for theirs, paper in zip(found, reading_list.papers, strict=True):
            assert comparable_title(theirs["title"]) == comparable_title(paper.title)

    def test_another_program_reads_the_same_of_each(self) -> None:
        (theirs,) = rispy.loads(ris.write(ReadingList(entries=(OKAFOR,))))
        assert theirs["title"] == OKAFOR.title
        assert theirs["authors"] == [str(name) for name in parted(OKAFOR.authors).names]
        assert theirs["doi"] == OKAFOR.doi
        assert theirs["secondary_title"] == OKAFOR.venue
        assert theirs["keywords"] == ["reading", "rooms"]

    def test_a_paper_is_one_record_with_all_its_topics(self) -> None:
        slow = ("Rooms", "Small")
        entries = [Entry("Slow Reading", topic=topic) for topic in [slow, ("A > B",), ()]]
        written = ris.write(ReadingList(entries=tuple(entries)))
        assert written.count("TY  - ") == 1
        assert "C1  - topic: Rooms > Small\n" in written
        assert ris.read(written).entries == tuple(entries)

    def test_authors_come_back_as_they_were_written(self) -> None:
        entry = Entry("Slow Reading", authors="Okafor et al.")
        written = ris.write(ReadingList(entries=(entry,)))
        assert "AU  - Okafor\n" in written
        assert "C2  - authors: Okafor et al.\n" in written
        assert only(written) == entry

    def test_an_author_who_was_changed_elsewhere_is_kept(self) -> None:
        entry = Entry("Slow Reading", authors="Okafor et al.")
        written = ris.write(ReadingList(entries=(entry,)))
        assert only(written.replace("AU  - Okafor", "AU  - Lindqvist")).authors == "Lindqvist"

    @pytest.mark.parametrize(
        "field",
        ["title: Another", "year: 1999", "kind: spell", "published: soon", 'further: [["a"]]'],
    )
    def test_a_lossless_field_that_disagrees_is_left_out(self, field: str) -> None:
        assert only(record(f"C2  - {field}")) == only(record())

    def test_paragraphs_stand_in_lines_of_their_own(self) -> None:
        entry = Entry("Slow Reading", abstract="One.\n\nTwo.\n\nER  - three.")
        written = ris.write(ReadingList(entries=(entry,)))
        assert "AB  - One.\n\nTwo. ER - three.\n" in written
        assert only(written) == entry

    def test_an_empty_list_is_an_empty_file(self) -> None:
        assert ris.write(ReadingList()) == ""
