"""Tables in CSV: what is read of anybody's, what is reported, and that our own give all back."""

import csv as plain_csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import csv
from papers.formats.csv.columns import OURS
from papers.formats.csv.rows import LONGEST_CELL, rows
from papers.formats.kinds import KINDS
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.text import LARGEST_FILE, MOST_ENTRIES, Refused, TooLarge

# Without what cannot be stored, and as entries have it: no blanks around.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20).map(str.strip)
NAMES = WORDS.filter(bool)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\r\t"),
    max_size=60,
)
BEGINNINGS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", '"', '"=', "''@", "＝", "#", "\\"])
CELLS = st.builds("{}{}".format, BEGINNINGS, WORDS)
ENTRIES = st.builds(
    Entry,
    title=st.builds("{}{}".format, BEGINNINGS, NAMES),
    topic=st.lists(st.builds("{}{}".format, BEGINNINGS, NAMES), max_size=3).map(tuple),
    authors=CELLS,
    venue=CELLS,
    year=st.none() | st.integers(0, 9999),
    url=st.sampled_from(["", "https://example.org/a,b?q=%22;x", "http://example.org/ü"]),
    file=CELLS,
    doi=st.sampled_from(["", "10.1234/ab(c)1", "10/fqd6hj"]),
    arxiv=st.sampled_from(["", "2101.00001", "hep-ph/0123456"]),
    kind=st.sampled_from(["", *KINDS]),
    editors=CELLS,
    volume=CELLS,
    issue=CELLS,
    pages=CELLS,
    publisher=CELLS,
    published=st.sampled_from(["", "2021-04", "2021-04-21"]),
    isbn=CELLS,
    issn=CELLS,
    pmid=CELLS,
    openalex=CELLS,
    semantic_scholar=CELLS,
    language=CELLS,
    keywords=CELLS,
    abstract=TEXTS,
    citation_key=CELLS,
    further=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    checked=st.sampled_from([True, False, None]),
    note=CELLS,
)


def only(text: str) -> Entry:
    """The one paper of a table in which everything is understood."""
    reading_list = csv.read(text)
    assert not reading_list.not_understood
    (entry,) = reading_list.entries
    return entry


def reasons(text: str) -> list[str]:
    return [line.reason for line in csv.read(text).not_understood]


class TestNamesOfColumns:
    @pytest.mark.parametrize(
        "header",
        [
            "Title,Authors,Year,Journal,DOI,Link,Keywords",
            "TITEL,Autor,Erscheinungsjahr,Zeitschrift,doi,Webadresse,Schlagwörter",
            "Titre,Auteur(s),Année,Revue,DOI,Lien,Mots-clés",
            "Título,Autores,Año,Revista,DOI,Enlace,Palabras clave",
            "标题,作者,年份,期刊,DOI,链接,关键词",
            "Item Title,Author/s,Publication Year,Publication Title,Item DOI,URL,Tags",
            "Document Title,authors,publication_year,container-title,DOI,PDF Link,Author Keywords",
            "TI,AU,PY,SO,DI,UR,DE",
        ],
    )
    def test_are_known_in_five_languages_and_many_programs(self, header: str) -> None:
        row = '"On Lists, and More",Roe; Doe,2020,Lists,10.1234/X,https://example.org,"a, b"'
        assert only(f"{header}\n{row}\n") == Entry(
            "On Lists, and More",
            authors="Roe; Doe",
            year=2020,
            venue="Lists",
            doi="10.1234/x",
            url="https://example.org",
            keywords="a; b",
        )

    def test_two_letters_are_tags_in_the_company_of_tags_only(self) -> None:
        assert only("Title,ID\nOn Lists,7\n").further == (("ID", "7"),)

    def test_a_number_is_an_issue_beside_a_volume_only(self) -> None:
        assert only("Title,Volume,Number\nOn Lists,3,4\n").issue == "4"
        assert only("Number,Title\n4,On Lists\n").further == (("Number", "4"),)

    def test_what_nobody_knows_is_kept_under_its_name(self) -> None:
        entry = only("Title,Shelf,Owner,Empty\nOn Lists,B7,Mina,\n")
        assert entry.further == (("Shelf", "B7"), ("Owner", "Mina"))

    def test_a_column_that_counts_the_rows_says_nothing_of_them(self) -> None:
        assert only(",#,Title\n0,1,On Lists\n") == Entry("On Lists")

    def test_may_stand_below_a_title_of_the_table(self) -> None:
        found = csv.read("Our list of 2024,,\n\nTitle,Authors,Year\nOn Lists,Roe,2020\n")
        assert [entry.title for entry in found.entries] == ["On Lists"]
        assert [line.number for line in found.not_understood] == [1]

    def test_of_numbers_are_enough(self) -> None:
        found = csv.read("DOI,Year\n10.1000/182,2020\n10.1000/183,2021\n")
        assert found.entries == (
            Entry("doi:10.1000/182", doi="10.1000/182", year=2020),
            Entry("doi:10.1000/183", doi="10.1000/183", year=2021),
        )

    def test_are_needed(self) -> None:
        with pytest.raises(Refused, match=r"names no column for titles.*Nothing was written"):
            csv.read("On Lists,Roe,2020\nOn Gaps,Doe,2021\n")


class TestSeparators:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_are_told_by_the_names_that_they_part(self, separator: str) -> None:
        lines = [["Title", "Authors", "Year"], ["Lists; a, b", "Roe", "2020"]]
        out = io.StringIO()
        plain_csv.writer(out, delimiter=separator).writerows(lines)
        entry = only(out.getvalue())
        assert (entry.title, entry.authors, entry.year) == ("Lists; a, b", "Roe", 2020)

    def test_may_be_stated_above(self) -> None:
        assert only("sep=;\r\nTitle;Year\r\nOn Lists;2020\r\n").year == 2020

    def test_are_none_where_there_are_titles_only(self) -> None:
        assert only("Title\nOn Lists, Gaps; and More\n").title == "On Lists, Gaps; and More"


class TestRows:
    def test_a_cell_may_have_several_lines_and_quotation_marks(self) -> None:
        entry = only('Title,Abstract\r\n"On ""Lists""","One.\r\n\r\nTwo, 2."\r\n')
        assert entry.title == 'On "Lists"'
        assert entry.abstract == "One.\n\nTwo, 2."

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_are_found_by_their_lines(self, end: str) -> None:
        text = end.join(["\ufeffTitle,Note", '"A","1', '2"', "", "B,", ""])
        assert [entry.lines for entry in csv.read(text).entries] == [(2,), (5,)]

    def test_a_row_with_a_cell_too_few_is_reported(self) -> None:
        text = "Title,Authors,Venue,Year,DOI\nOn Lists,Roe,2020\nOn Gaps,Doe,,2021,\n"
        assert reasons(text) == ["Row 2: 3 columns, expected 5."]
        assert [entry.title for entry in csv.read(text).entries] == ["On Gaps"]

    def test_a_row_with_a_cell_too_many_is_reported_unless_that_is_empty(self) -> None:
        assert reasons("Title,Year\nOn Lists,2020,7\nOn Gaps,2021,,\n") == [
            "Row 2: 3 columns, expected 2."
        ]

    def test_a_row_without_a_title_is_reported_and_a_blank_one_is_none(self) -> None:
        assert reasons("Title,Year\n,2020\n,\n\nOn Gaps,2021\n") == [
            "Row 2: no title and no number."
        ]

    def test_a_quotation_mark_that_is_never_closed_costs_its_row_only(self) -> None:
        text = 'Title,Year\nOn Lists,2020\n"On Gaps,2021\nOn Ends,2022\n"On More",2023\n'
        assert [entry.title for entry in csv.read(text).entries] == [
            "On Lists",
            "On Ends",
            "On More",
        ]
        (reason,) = reasons(text)
        assert reason == "Row 3: something follows a closing quotation mark."

    def test_a_quotation_mark_left_open_at_the_end_costs_its_row_only(self) -> None:
        text = 'Title,Year\n"On Gaps,2021\nOn Ends,2022\n'
        assert reasons(text) == ["Row 2: a quotation mark is opened and never closed."]
        assert len(csv.read(text).entries) == 1

    def test_a_cell_too_long_costs_its_row_only(self) -> None:
        text = (
            f'Title,Abstract\nOn Lists,{"x" * (LONGEST_CELL + 1)}\nOn Gaps,"{"y" * LONGEST_CELL}"'
        )
        assert reasons(text) == ["Row 2: a cell of more than 131,072 characters."]
        assert len(csv.read(text).entries) == 1

    @pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
    def test_are_needed(self, text: str) -> None:
        with pytest.raises(Refused, match=r"has no rows. Nothing was written"):
            csv.read(text)

    def test_are_needed_below_the_names_of_the_columns(self) -> None:
        with pytest.raises(Refused, match=r"names of columns and no rows. Nothing was written"):
            csv.read("Title,Authors,Year\n")

    def test_if_none_can_be_read_the_first_reason_is_told(self) -> None:
        with pytest.raises(Refused, match=r"Row 2: 3 columns, expected 5.*Nothing was written"):
            csv.read("Title,Authors,Venue,Year,DOI\nOn Lists,Roe,2020\nOn Gaps,Doe\n")

    def test_too_many_are_refused(self) -> None:
        assert len(csv.read("Title\n" + "x\n" * MOST_ENTRIES).entries) == MOST_ENTRIES
        with pytest.raises(TooLarge, match="at most 10,000 rows"):
            csv.read("Title\n" + "x\n" * (MOST_ENTRIES + 1))

    def test_too_much_is_refused(self) -> None:
        with pytest.raises(TooLarge, match="at most 4 MB"):
            csv.read("Title\n" + "x" * LARGEST_FILE)

    @given(
        st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=5),
        st.sampled_from(",;\t|"),
    )
    def test_are_those_that_python_itself_reads(
        self, cells: list[list[str]], separator: str
    ) -> None:
        out = io.StringIO()
        plain_csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(cells)
        assert [list(row.cells) for row in rows(out.getvalue(), separator)] == cells

    @given(st.lists(st.sampled_from(["a", '"', ",", "\n", " ", '""', "b,c\n"]), max_size=30))
    def test_are_each_an_entry_or_reported(self, pieces: list[str]) -> None:
        text = "Title,Year\nOn Lists,2020\n" + "".join(pieces)
        found = csv.read(text)
        written = [row for row in rows(text, ",", 2) if not row.is_blank]
        assert len(found.entries) + len(found.not_understood) == len(written) - 1
        lines = {line for entry in found.entries for line in entry.lines}
        assert len(lines | {line.number for line in found.not_understood}) == len(written) - 1


class TestDetails:
    @pytest.mark.parametrize(
        ("header", "cells", "detail", "value"),
        [
            ("Pages", "12--34", "pages", "12-34"),
            ("Pages", "e12 – e34", "pages", "e12-e34"),
            ("Start Page,End Page", "12,34", "pages", "12-34"),
            ("Page start", "12", "pages", "12"),
            ("Date", "2020-07-15", "published", "2020-07-15"),
            ("Date", "2020/7", "published", "2020-07"),
            ("日期", "2020年7月15日", "published", "2020-07-15"),
            ("Date", "15 July 2020", "year", 2020),
            ("ISBN", "978-3-16-148410-0", "isbn", "9783161484100"),
            ("ISBN", "1234-567X and 2345-6789", "issn", "1234567X 23456789"),
            ("arXiv ID", "arXiv:2101.00001v2", "arxiv", "2101.00001"),
            ("DOI", "https://doi.org/10.48550/arXiv.2101.00001", "arxiv", "2101.00001"),
            ("Link", "https://arxiv.org/abs/2101.00001", "arxiv", "2101.00001"),
            ("Link", "https://doi.org/10.1234/X", "doi", "10.1234/x"),
            (
                "URLs",
                "https://example.org/a; https://example.org/b",
                "url",
                "https://example.org/a",
            ),
            ("Item Type", "conferencePaper", "kind", "paper-conference"),
            ("Document Type", "Book Chapter", "kind", "chapter"),
            ("Type", "Article in a journal", "kind", "article-journal"),
            ("Category", "Compression > Pruning", "topic", ("Compression", "Pruning")),
            ("Authors", "Roe J | Doe K", "authors", "Roe J; Doe K"),
            ("Status", "✓", "checked", True),
            ("Read?", "Yes", "checked", True),
            ("gelesen", "nein", "checked", False),
            ("Status", "reading", "checked", None),
            ("Status", "unread", "checked", False),
            ("Notes", "<p>See <b>this</b> &amp; that</p>", "note", "See this & that"),
            ("Notes", "a *star*", "note", "a \\*star\\*"),
            ("Volume", "NA", "volume", ""),
            ("PMID", "12345", "pmid", "12345"),
            ("OpenAlex ID", "https://openalex.org/W123", "openalex", "W123"),
            ("Citation Key", "roe2020", "citation_key", "roe2020"),
            ("Presenter,Date", "Mina,2024-05-01", "date", "2024-05-01"),
            ("Presenter,Date", "Mina,2024-05-01", "year", None),
        ],
    )
    def test_are_read_as_people_write_them(
        self, header: str, cells: str, detail: str, value: object
    ) -> None:
        assert getattr(only(f"Title,{header}\nOn Lists,{cells}\n"), detail) == value

    @pytest.mark.parametrize(
        ("header", "cell"),
        [
            ("Link", "javascript:alert(1)"),
            ("Link", "papers/a.pdf"),
            ("DOI", "to come"),
            ("Year", "forthcoming"),
            ("Type", "zine"),
            ("ISBN", "none yet"),
        ],
    )
    def test_what_is_none_is_kept_as_it_is_written(self, header: str, cell: str) -> None:
        entry = only(f"Title,{header}\nOn Lists,{cell}\n")
        assert entry == Entry("On Lists", further=((header, cell),))

    def test_a_broken_title_is_mended_and_kept(self) -> None:
        entry = only("Title,Year\nAn E ffi cient List.,2020\n")
        assert (entry.title, entry.original) == ("An Efficient List", "An E ffi cient List.")

    def test_what_would_harm_a_spreadsheet_has_lost_its_mark(self) -> None:
        assert only("Title,Venue\n'=1+1,'@home\n").title == "=1+1"
        assert only("Title,Venue\n'Tis so,'=''\n").title == "'Tis so"


class TestZotero:
    HEADER = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Date","Date Added","Pages","Extra","Notes","File Attachments","Manual Tags",'
        '"Automatic Tags","Section","Place"'
    )

    def read(self, row: str) -> Entry:
        return only(f"\ufeff{self.HEADER}\n{row}\n")

    def test_a_preprint_has_its_number_and_its_topic(self) -> None:
        entry = self.read(
            '"AB12CD34","journalArticle","2021","Roe, Jane; Doe, Jo","On Lists",'
            '"arXiv:2101.00001 [cs]","","http://arxiv.org/abs/2101.00001","2021-01-02",'
            '"2021-03-18 02:37:32","","arXiv: 2101.00001\nCitation Key: roe21\nOther: x",'
            '"<div><p>Good.</p></div>","C:\\a.pdf","To discuss; lists","Machine","B","Ghent"'
        )
        assert entry == Entry(
            "On Lists",
            topic=("To discuss",),
            authors="Roe, Jane; Doe, Jo",
            venue="arXiv:2101.00001 [cs]",
            year=2021,
            published="2021-01-02",
            url="http://arxiv.org/abs/2101.00001",
            arxiv="2101.00001",
            kind="article-journal",
            keywords="To discuss; lists; Machine",
            citation_key="roe21",
            note="Good.",
            further=(("Section", "B"), ("Place", "Ghent"), ("Other", "x")),
        )

    def test_the_number_of_a_preprint_may_stand_in_its_journal_alone(self) -> None:
        row = '"","","","","On Lists","arXiv:2101.00002 [cs]","","","","","","","","","","","",""'
        assert self.read(row).arxiv == "2101.00002"


class TestOurs:
    @given(st.lists(ENTRIES, min_size=1, max_size=4))
    def test_what_is_written_is_read_back_equal(self, entries: list[Entry]) -> None:
        text = csv.write(ReadingList(entries=tuple(entries)))
        found = csv.read(text)
        assert list(found.entries) == entries
        assert not found.not_understood
        assert csv.write(found) == text

    @given(st.lists(ENTRIES, min_size=1, max_size=4))
    def test_python_reads_a_row_for_each_place_and_no_formula(self, entries: list[Entry]) -> None:
        written = csv.write(ReadingList(entries=tuple(entries)))
        table = list(plain_csv.reader(io.StringIO(written, newline="")))
        assert len(table) == len(entries) + 1
        for row in table:
            assert len(row) == len(table[0])
            assert not [cell for cell in row if cell.lstrip(" \"'").startswith(tuple("=+-@\t\r"))
                        and not cell.startswith("'")]  # fmt: skip

    def test_has_a_column_for_ticks_where_there_are_some(self) -> None:
        untouched = ReadingList(entries=(Entry("On Lists"),))
        assert "status" not in csv.write(untouched)
        ticked = replace(untouched, entries=(Entry("On Lists", checked=True), Entry("On Gaps")))
        assert "status" in csv.write(ticked)
        assert [entry.checked for entry in csv.read(csv.write(ticked)).entries] == [True, None]

    def test_names_its_columns_in_plain_words(self) -> None:
        header = csv.write(ReadingList(entries=(Entry("A", checked=False),))).partition("\r\n")[0]
        assert header.split(",") == list(OURS.values())

    def test_a_paper_under_two_topics_has_two_rows(self) -> None:
        places = (Entry("A", topic=("X",)), Entry("A", topic=("X", "Y > Z")))
        found = csv.read(csv.write(ReadingList(entries=places)))
        assert [topic.path for topic in found.topics] == [("X",), ("X", "Y > Z")]
        assert len(found.placements) == 2

    def test_holds_no_address_that_is_none(self) -> None:
        text = csv.write(ReadingList(entries=(Entry("A", url="javascript:alert(1)"),)))
        assert csv.read(text).entries == (Entry("A"),)
