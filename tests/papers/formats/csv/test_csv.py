"""Tables in CSV: what is read of anybody's, what is reported, and that our own give all back."""

import csv as plain_csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import csv
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.kinds import KINDS
from papers.formats.core.text import LARGEST_FILE, MOST_ENTRIES, Refused, TooLarge
from papers.formats.csv.columns import OURS
from papers.formats.csv.rows import LONGEST_CELL, rows
from papers.formats.registry import recognition

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

    def test_what_no_one_knows_is_kept_under_its_name(self) -> None:
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
        with pytest.raises(Refused, match=r"names no column for titles.*Nothing was imported"):
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
            "Row 2: no title and no identifier."
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
        with pytest.raises(Refused, match=r"has no rows. Nothing was imported"):
            csv.read(text)

    def test_are_needed_below_the_names_of_the_columns(self) -> None:
        with pytest.raises(Refused, match=r"column names but no rows. Nothing was imported"):
            csv.read("Title,Authors,Year\n")

    def test_if_none_can_be_read_the_first_reason_is_told(self) -> None:
        with pytest.raises(Refused, match=r"Row 2: 3 columns, expected 5.*Nothing was imported"):
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


class TestShelves:
    """Exports of programs that keep books. What they say of their owner is theirs."""

    TABLES = {
        "BookWyrm": "title,author_text,remote_id,openlibrary_key,isbn_10,isbn_13,start_date,"
        "finish_date,rating,review_content,shelf,shelf_name,shelf_date\n"
        "Counting Bees,Ada Marsh,https://books.example/1,OL1M,,9780140328721,2025-03-12,"
        "2025-03-21,4,Secret,read,Read,2025-03-23\n"
        "Hives,Bo Li,https://books.example/2,OL2M,,,,,,,reading,Currently Reading,2025-03-23\n"
        "Wasps,Bo Li,https://books.example/3,OL3M,,,,,,,to-read,To Read,2025-03-23\n"
        "Ants,Bo Li,https://books.example/4,OL4M,,,,,,,stopped-reading,Stopped,2025-03-23\n",
        "Goodreads": "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,"
        "Publisher,Year Published,Date Read,Bookshelves,Exclusive Shelf,My Review,Private Notes\n"
        '1,Counting Bees,Ada Marsh,"Marsh, Ada",,"=""0140328726""","=""9780140328721""",5,Hive,'
        "2003,2020/01/02,bees,read,Secret,Secret\n"
        '2,Hives,Bo Li,"Li, Bo",,"=""""","=""""",0,,,,currently-reading,currently-reading,,\n'
        '3,Wasps,Bo Li,"Li, Bo",,,,0,,,,to-read,to-read,,\n'
        '4,Ants,Bo Li,"Li, Bo",,,,0,,,,dnf,did-not-finish,,\n',
        "The StoryGraph": "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Dates Read,"
        "Moods,Star Rating,Review,Tags,Owned?\n"
        "Counting Bees,Ada Marsh,,9780140328721,paperback,read,2020/1/1,calm,4.5,Secret,bees,No\n"
        "Hives,Bo Li,,,digital,currently-reading,,,,,,No\n"
        "Wasps,Bo Li,,,digital,to-read,,,,,,No\n"
        "Ants,Bo Li,,,digital,did-not-finish,,,,,,No\n",
        "LibraryThing": "Book Id\tTitle\tPrimary Author\tSecondary Author\tPublication\tDate\t"
        "Review\tRating\tPrivate Comment\tTags\tCollections\tISBN\tISBNs\n"
        "1\tCounting Bees\tMarsh, Ada\t\tHive (2003)\t2003\tSecret\t4\tSecret\tbees\tRead, "
        "Your library\t[0140328726]\t0140328726, 9780140328721\n"
        "2\tHives\tLi, Bo\t\t\t\t\t\t\t\tYour library, Currently reading\t[]\t\n"
        "3\tWasps\tLi, Bo\t\t\t\t\t\t\t\tTo read\t[]\t\n"
        "4\tAnts\tLi, Bo\t\t\t\t\t\t\t\tDNF\t[]\t\n",
    }

    @pytest.mark.parametrize("program", TABLES)
    def test_are_offered_as_statuses_and_nothing_else_of_the_owner(self, program: str) -> None:
        found = csv.read(self.TABLES[program])
        assert [(one.title, one.checked, one.status) for one in found.entries] == [
            ("Counting Bees", True, ""),
            ("Hives", None, "reading"),
            ("Wasps", False, ""),
            ("Ants", None, "skipped"),
        ]
        assert "9780140328721" in found.entries[0].isbn.split()
        assert {one.authors for one in found.entries} <= {
            "Ada Marsh",
            "Marsh, Ada",
            "Bo Li",
            "Li, Bo",
        }
        assert "Secret" not in str(found.entries)
        (remark,) = found.remarks
        assert f"a table of {program}" in remark.reason
        others = found.without_ticks().entries
        assert not any(one.checked or one.status for one in others)

    def test_further_people_stand_behind_the_first(self) -> None:
        text = self.TABLES["Goodreads"].replace('"Marsh, Ada",,', '"Marsh, Ada","Cy Or, Di Po",')
        assert csv.read(text).entries[0].authors == "Ada Marsh; Cy Or; Di Po"


class TestProgramsOfNotes:
    def test_a_database_of_notion_is_read_without_the_addresses_of_its_pages(self) -> None:
        found = csv.read(
            "\ufeffName,People,Authors,Topic,Status,URL,Tags,Created time\n"
            'Counting Bees,Me,"Ada Marsh (https://www.notion.so/Ada-1?pvs=4), Bo Li '
            '(https://www.notion.so/Bo-2?pvs=4)","Bees (https://www.notion.so/Bees-1), Air '
            '(https://notion.so/Air-2)",In progress,https://arxiv.org/abs/1706.03762,"a, b",May 1\n'
            "On Hives (https://arxiv.org/abs/2001.00001),,,,Done,,,\n"
        )
        assert [(one.title, one.topic, one.status, one.checked) for one in found.entries] == [
            ("Counting Bees", ("Bees",), "reading", None),
            ("Counting Bees", ("Air",), "reading", None),
            ("On Hives", (), "", True),
        ]
        assert found.entries[0].authors == "Ada Marsh; Bo Li"
        assert found.entries[0].keywords == "a; b"
        assert [one.arxiv for one in found.entries] == ["1706.03762", "1706.03762", "2001.00001"]

    def test_links_of_obsidian_are_their_names(self) -> None:
        found = csv.read(
            "file.name,authors,year,tags,status\n"
            '[[papers/On Lists|Lists]],"[[Ada Marsh]]; [[Bo Li]]",2020,"#bees, #air",reading\n'
        )
        (entry,) = found.entries
        assert (entry.title, entry.authors) == ("Lists", "Ada Marsh; Bo Li")
        assert (entry.keywords, entry.status) == ("bees; air", "reading")

    @pytest.mark.parametrize(
        "cell",
        [
            '"=HYPERLINK(""https://example.org/a"",""On Lists"")"',
            "[On Lists](https://example.org/a)",
            "On Lists (https://example.org/a)",
        ],
    )
    def test_a_title_that_is_a_link_has_its_address(self, cell: str) -> None:
        entry = only(f"Title,Authors\n{cell},Roe\n")
        assert (entry.title, entry.url) == ("On Lists", "https://example.org/a")


class TestContents:
    """Of columns without a name that says titles."""

    @pytest.mark.parametrize(
        "header",
        ["Wann;Worum;Wo", "Session;What we discuss;Room", "Когда;О чём;Где", "언제;무엇;어디"],
    )
    def test_titles_and_dates_are_told_by_what_is_in_them(self, header: str) -> None:
        found = csv.read(f"{header}\n5.1.;On bees and hives;R 3\n12.1.;The smell of wax;R 4\n")
        assert [(one.title, one.date, one.year) for one in found.entries] == [
            ("On bees and hives", "5.1.", None),
            ("The smell of wax", "12.1.", None),
        ]
        assert [line.number for line in found.remarks] == [1]
        assert "is read as titles" in (found.remarks[0].reason or "")

    def test_links_are_told_by_what_is_in_them(self) -> None:
        found = csv.read(
            "Discussed,Room,Where\nOn bees and hives,3,https://example.org/a\n"
            "The smell of wax,4,https://example.org/b\n"
        )
        assert [one.url for one in found.entries] == [
            "https://example.org/a",
            "https://example.org/b",
        ]

    def test_chinese_needs_no_blanks(self) -> None:
        found = csv.read(
            "什么时候,内容,谁\n1月5日,深度学习的蜜蜂研究,敏\n1月12日,蜂蜡的气味与颜色,丽\n"
        )
        assert [one.title for one in found.entries] == ["深度学习的蜜蜂研究", "蜂蜡的气味与颜色"]

    def test_what_says_nothing_else_of_papers_is_doubtful(self) -> None:
        found = csv.read(
            "Task;Owner;State\nMend the broken window;Mina;open\nBuy milk for everybody;Bo;done\n"
        )
        assert not found.entries
        assert [(one.title, one.confidence) for one in found.doubtful] == [
            ("Mend the broken window", 0.5),
            ("Buy milk for everybody", 0.5),
        ]

    def test_columns_named_again_stay_what_they_are(self) -> None:
        part = "Wann;Worum;Wo\n{0}.1.;On bees and hives {0};R 3\n"
        found = csv.read(part.format(5) + part.format(12) + part.format(19))
        assert [one.date for one in found.entries] == ["5.1.", "12.1.", "19.1."]

    @pytest.mark.parametrize(
        "text",
        [
            "One, two and three, four.\nFive, six and seven, eight.\nNine, ten and more, all.\n",
            "Seat;Room\nMina;3\nJonas;4\n",
            "Where;What\nhttps://example.org/a b c;3\nhttps://example.org/d e f;4\n",
            "We met in the large room, all of us, yes\nIt was nice to see you, and you, too\n",
        ],
    )
    def test_texts_and_other_tables_are_none(self, text: str) -> None:
        assert recognition.recognised(text).name != "csv"
        with pytest.raises(Refused, match="names no column for titles"):
            csv.read(text)


class TestSections:
    SHEET = (
        "Fall 2023,,,\nDate,Presenter,Paper,Link\n9/12,Ada,On Bees,https://example.org/a\n"
        "9/19,,No meeting (holiday),\n,,,\nSpring 2024,,,\nDate,Paper,Presenter,Link\n"
        "1/12,On Hives,Bo,https://example.org/b\nDate,Paper,Presenter,Link\n1/19,TBA,,\n"
    )

    def test_of_several_terms_are_topics_and_names_of_columns_no_papers(self) -> None:
        found = csv.read(self.SHEET)
        assert [(one.title, one.topic, one.presenters, one.date) for one in found.entries] == [
            ("On Bees", ("Fall 2023",), "Ada", "9/12"),
            ("On Hives", ("Spring 2024",), "Bo", "1/12"),
        ]
        assert [line.number for line in found.not_understood] == [4, 10]

    @pytest.mark.parametrize(
        "label",
        [
            "Spring '24",
            "WS 2023/24",
            "2023-2024",
            "Week 3: Bees",
            "第一学期",
            "Semestre 2",
            "Q1 2024",
        ],
    )
    def test_may_be_called_in_many_ways(self, label: str) -> None:
        found = csv.read(f"Title,Authors,Year\nOn Bees,Roe,2020\n{label},,\nOn Hives,Poe,2021\n")
        assert [one.topic for one in found.entries] == [(), (label,)]

    def test_may_be_told_by_the_shape_of_the_table(self) -> None:
        rows = "{0} one,Roe,2020\n{0} two,Poe,2021\n"
        found = csv.read(
            f"Title,Authors,Year\nPruning,,\n{rows.format('A')}Theory,,\n{rows.format('B')}"
        )
        assert [one.topic for one in found.entries] == [("Pruning",)] * 2 + [("Theory",)] * 2

    def test_a_paper_of_which_only_the_title_is_known_is_none(self) -> None:
        found = csv.read("Title,Authors,Year\nOn Bees,,\nOn Hives,Poe,2021\nSeasons,,\n")
        assert [one.title for one in found.entries] == ["On Bees", "On Hives", "Seasons"]


class TestPayments:
    @pytest.mark.parametrize(
        "text",
        [
            "Date,Payee,Description,Amount\n2024-01-01,Shop,Coffee,3.50\n2024-01-02,Shop,Tea,2.50\n",
            "Name,Date,Amount,Status\nRent,2024-01-01,900.00,paid\nTea,2024-01-02,3.50,paid\n",
            "Buchungstag;Empfänger;Betrag (EUR)\n01.01.2024;Laden;-3,50\n02.01.2024;Laden;-2,00\n",
            'Title,Date,Wert\nMiete,2024-01-01,"1.900,00 €"\nTee,2024-01-02,"3,50 €"\n',
            "2024-01-01,Shop,3.50\n2024-01-02,Shop,4.20\n2024-01-03,Shop,10.00\n",
            "Article\tQuantity\tPrice\nPen\t3\t1.20\nInk\t1\t8.00\n",
        ],
    )
    def test_are_no_papers(self, text: str) -> None:
        assert recognition.recognised(text).name == "csv"
        with pytest.raises(Refused, match=r"payments or goods.*Nothing was imported"):
            recognition.read(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Title,Authors,Price\nOn Lists,Roe,3.50\nOn Gaps,Poe,2.50\n",
            "Title,Year,Score\nOn Lists,2020,3.5\nOn Gaps,2021,2.5\n",
            "Title,DOI,Cost\nOn Lists,10.1000/1,3.50\nOn Gaps,10.1000/2,2.50\n",
        ],
    )
    def test_a_list_of_papers_with_prices_is_one(self, text: str) -> None:
        assert len(recognition.read(text).entries) == 2


class TestMarkup:
    def test_is_taken_out_of_titles_people_and_journals(self) -> None:
        entry = only(
            "Title,Authors,Journal,DOI\n"
            '"Na&iuml;ve <i>bees</i>","M&uuml;ller, A.; O&#39;Neil, C.",Bees &amp; Wasps,'
            '"10.1000/1, 10.1000/2"\n'
        )
        assert (entry.title, entry.venue) == ("Naïve bees", "Bees & Wasps")
        assert entry.authors == "Müller, A.; O'Neil, C."
        assert (entry.doi, entry.further) == ("10.1000/1", (("DOI", "10.1000/2"),))

    def test_stays_in_a_table_of_ours(self) -> None:
        found = ReadingList(entries=(Entry("On <i> &amp; <b>"),))
        assert csv.read(csv.write(found)).entries == found.entries


def test_rows_that_cannot_be_told_apart_cost_only_themselves() -> None:
    text = "Title,Authors\n" + 'On "Gaps,"x\n' * 1_000 + "On Bees,Roe\n"
    found = csv.read(text)
    assert [one.title for one in found.entries][-1] == "On Bees"
    assert len(found.not_understood) + len(found.entries) == 1_001


class TestMergedCells:
    def test_of_topics_hold_for_the_rows_below(self) -> None:
        found = csv.read(
            "Topic,Paper,Authors\nPruning,On Bees,Roe\n,On Hives,Poe\nTheory,On Wasps,Doe\n"
            ",On Ants,Loe\n"
        )
        assert [one.topic for one in found.entries] == [("Pruning",)] * 2 + [("Theory",)] * 2

    def test_of_terms_and_days_hold_for_the_rows_below(self) -> None:
        found = csv.read(
            "Term\tDate\tPresenter\tPaper\nFall 2023\t9/12\tAda\tOn Bees\n\t\t\tOn Hives\n"
            "Spring 2024\t1/12\tBo\tOn Wasps\n\t1/19\tCy\tOn Ants\n"
        )
        assert [(one.topic, one.date, one.presenters) for one in found.entries] == [
            (("Fall 2023",), "9/12", "Ada"),
            (("Fall 2023",), "9/12", "Ada"),
            (("Spring 2024",), "1/12", "Bo"),
            (("Spring 2024",), "1/19", "Cy"),
        ]

    def test_are_told_from_cells_that_say_nothing(self) -> None:
        rows = "On Bees,Roe,Air\nOn Hives,Poe,\nOn Wasps,Doe,Air\nOn Ants,Loe,\n"
        found = csv.read(f"Title,Authors,Topic\n{rows}")
        assert [one.topic for one in found.entries] == [("Air",), (), ("Air",), ()]


def test_a_cell_that_is_a_link_says_where_it_leads_or_what_it_is_called() -> None:
    link = "[{}](https://doi.org/10.1000/182)"
    entry = only(f"Title,DOI,Venue\nOn Bees,{link.format('10.1000/182')},{link.format('ICLR')}\n")
    assert (entry.doi, entry.venue, entry.url) == ("10.1000/182", "ICLR", "")


def test_a_title_is_kept_without_tags_and_told_with_them() -> None:
    entry = only("Title,Authors\nOn &lt; <i>Apis</i> bees,Roe\n")
    assert (entry.title, entry.spelt) == (
        "On < Apis bees",
        (("title", "On < <i>Apis</i> bees"),),
    )
