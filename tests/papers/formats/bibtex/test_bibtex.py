"""BibTeX as the programs of this world export it, each in its own way."""

import pytest

from papers.formats import bibtex
from papers.formats.core.reading_list import Entry, ReadingList


def only(text: str) -> Entry:
    """The one paper of a text in which everything is understood."""
    found = bibtex.read(text)
    assert not found.not_understood
    (entry,) = found.entries
    return entry


def entry(fields: str, type_: str = "article") -> Entry:
    return only(f"@{type_}{{key,\n{fields}\n}}")


class TestTitles:
    @pytest.mark.parametrize(
        ("latex", "title"),
        [
            (r"On {T}ides of {{Small Ponds}}", "On Tides of Small Ponds"),
            (r"{\"U}ber {\'E}coles, To\"en, G\"{o}del", "Über Écoles, Toën, Gödel"),
            (r"\'{\i} \v{c} \c c {\aa} Stra{\ss}e {\O}re \L{}ód\'z", "í č ç å Straße Øre Łódź"),
            (r"{\'Ecole} d{\^\i}ner \H{o} \k{a} \u g", "École dîner ő ą ğ"),
            (r"Fish \& Chips, 100\% of \#1, a\_b", "Fish & Chips, 100% of #1, a_b"),
            (r"1900--1913 --- tides~and ponds", "1900–1913 — tides and ponds"),
            (r"pre\-historic sea\hyphen side", "prehistoric sea-side"),
            (r"``Quoted'' \enquote{words}", "“Quoted” “words”"),
            (r"Sizes $\alpha_{i} \le 2^n$ kept", r"Sizes $\alpha_{i} \le 2^n$ kept"),
            (r"In \emph{Vivo} and {\it in vitro} \textsc{Tides}", "In Vivo and in vitro Tides"),
            (r"{\noopsort{b}}Tides \unknown{of ponds} C:\temp", r"Tides of ponds C:\temp"),
            (r"Tides at \$5", "Tides at $5"),
            (r"Tides &lt;and&gt; {\&}amp; ponds", "Tides <and> & ponds"),
            ("Tides\n   of\tponds.", "Tides of ponds"),
            (r"\textit{Tides} of {Ponds", "Tides of Ponds"),
            (r"{\textless}i{\textgreater}Apis{\textless}/i{\textgreater}", "Apis"),
            (r"\textless{}i\textgreater{}Apis\textless{}/i\textgreater{} x", "Apis x"),
            (r"H$<$sub$>$2$<$/sub$>$O, $a<b>c$", "H2O, $a<b>c$"),
            (r"Na&iuml;ve \&uuml;ber &amp;amp; ponds", "Naïve über & ponds"),
        ],
    )
    def test_are_set_as_latex_sets_them(self, latex: str, title: str) -> None:
        closing = "}" * (latex.count("{") - latex.count("}"))
        assert entry(f"title = {{{latex}{closing}}}").title == title

    def test_are_kept_as_written_where_they_were_mended(self) -> None:
        assert entry("title = {Tides.}").original == "Tides."

    @pytest.mark.parametrize(
        ("title", "whole"),
        [
            ("Tides", "Tides: A Study"),
            ("Why Tides?", "Why Tides? A Study"),
        ],
    )
    def test_have_their_subtitle(self, title: str, whole: str) -> None:
        assert entry(f"title = {{{title}}}, subtitle = {{A Study}}").title == whole


class TestLetters:
    @pytest.mark.parametrize(
        ("latex", "letters"),
        [
            (r"\ifmmode \check{C}\else \v{C}\fi{}ernot\'{\i}k", "Černotík"),
            (r"G\ifmmode\acute{o}\else\'{o}\fi{}mez", "Gómez"),
            (r"{\ifmmode\dot{Z}\else\.{Z}\fi}ak", "Żak"),
            (r"\ifmmode x\fi Marsh", "Marsh"),
            (r"Gel{\cprime}fand", "Gel'fand"),
            (r"Gel\cprime fand", "Gel'fand"),
            (r"J\polhk{e}drzej", "Jędrzej"),
            (r"\soft{t}uk", "ťuk"),
            (r"H\cfac{a}n", "Hấn"),
            (r"\dbar{}or\dbar e", "đorđe"),
            (r"Bra\lfhook{s}ov", "Brașov"),
            (r"K\ocirc{u}rka", "Kůrka"),
            (r"R\udot{a}m", "Rạm"),
            (r"\acute{E}tienne", "Étienne"),
            (r"\textcommabelow{S}erban", "Șerban"),
        ],
    )
    def test_of_the_aps_and_mathscinet_are_set(self, latex: str, letters: str) -> None:
        assert entry(f"title = {{{latex}}}").title == letters
        assert entry(f"author = {{{latex}, A.}}, title={{T}}").authors == f"{letters}, A."
        assert entry(f"author = {{A. {latex}}}, title={{T}}").authors == f"{letters}, A."

    def test_in_mathematics_what_is_meant_for_it_is_kept(self) -> None:
        latex = r"On $\ifmmode\alpha\else x\fi$ ponds"
        assert entry(f"title = {{{latex}}}").title == r"On $\alpha$ ponds"

    def test_what_is_written_as_html_is_none_to_us(self) -> None:
        titles = ["The <b> of HTML", "Write &amp; for &", "&#39; and <i>x</i>", "a <b>"]
        for title in titles:
            found = ReadingList(entries=(Entry(title),))
            assert bibtex.read(bibtex.write(found)).entries[0].title == title


class TestBrokenRecords:
    def test_names_of_fields_may_hold_blanks(self) -> None:
        found = entry("title={T}, Early Access Date = {{MAR 2021}}, Usage Count (Total) = {3}")
        assert found.further == (("Early Access Date", "MAR 2021"), ("Usage Count (Total)", "3"))

    @pytest.mark.parametrize(
        "file",
        [
            r"{C\:\\a\{b.pdf:application/pdf}",
            r"{:a\}b.pdf:PDF}",
            r'"a\{b.pdf"',
        ],
    )
    def test_a_brace_behind_a_backslash_costs_nothing(self, file: str) -> None:
        text = f"@book{{a, title={{One}}, file = {file}, year={{2001}}}}\n@book{{b, title={{Two}}}}"
        found = bibtex.read(text)
        assert [(one.title, one.year) for one in found.entries] == [("One", 2001), ("Two", None)]

    def test_a_backslash_before_a_brace_that_closes_hides_nothing(self) -> None:
        found = entry(r"file = {C:\papers\}, title = {One}, year = {2001}")
        assert (found.title, found.year) == ("One", 2001)

    @pytest.mark.parametrize(
        "dois",
        [
            "10.1000/1, 10.1000/2",
            "10.1000/1;10.1000/2",
            "https://doi.org/10.1000/1 https://doi.org/10.1000/2",
            "doi:10.1000/1 and doi:10.1000/2",
        ],
    )
    def test_of_several_dois_the_first_is_it_and_the_others_are_kept(self, dois: str) -> None:
        found = entry(f"title={{T}}, doi={{{dois}}}")
        assert (found.doi, found.further) == ("10.1000/1", (("DOI", "10.1000/2"),))
        written = bibtex.write(ReadingList(entries=(found,)))
        assert bibtex.read(written).entries[0].further == found.further

    def test_people_in_html_are_parted_by_and_alone(self) -> None:
        found = entry("title={T}, author={O&#39;Neil, C. and M&uuml;ller, A.}, journal={A &amp; B}")
        assert (found.authors, found.venue) == ("O'Neil, C.; Müller, A.", "A & B")


class TestPeople:
    @pytest.mark.parametrize(
        ("latex", "authors"),
        [
            ("Moss, Ada and Fern, Bo", "Moss, Ada; Fern, Bo"),
            ("Ada B. Moss\n  and Bo Fern", "Moss, Ada B.; Fern, Bo"),
            ("Ada van der Moss and Jean de la Fern", "van der Moss, Ada; de la Fern, Jean"),
            ("von Moss, Ada and Fern, Jr., Bo", "von Moss, Ada; Fern, Bo, Jr."),
            ("Fern, Bo, Jr.", "Fern, Bo, Jr."),
            ("{The Tide and Pond Team} and Moss, A.", "The Tide and Pond Team; Moss, A."),
            ("OpenTide Team", "OpenTide Team"),
            ("Aristotle", "Aristotle"),
            ("{Moss}, Ada and {\\'E}mile {van Fern}", "Moss, Ada; van Fern, Émile"),
            ("Moss, A. and others", "Moss, A.; et al."),
            ("Moss, A. and Fern, B. et al.", "Moss, A.; Fern, B.; et al."),
            ("Moss, A.; Fern, B.", "Moss, A.; Fern, B."),
            ("Ada Moss, Bo Fern, Cy Reed", "Moss, Ada; Fern, Bo; Reed, Cy"),
            ("family=Moss, given=Ada, prefix=von", "von Moss, Ada"),
            ("Ada Moss 0001 and Bo Fern", "Moss, Ada; Fern, Bo"),
        ],
    )
    def test_are_parted_as_bibtex_parts_them(self, latex: str, authors: str) -> None:
        assert entry(f"title={{Tides}}, author = {{{latex}}}").authors == authors

    def test_edit_books(self) -> None:
        book = entry("title={Tides}, editor = {Moss, A.}", "book")
        assert (book.authors, book.editors) == ("", "Moss, A.")


class TestDates:
    @pytest.mark.parametrize(
        ("fields", "year", "published"),
        [
            ("year = 2021", 2021, ""),
            ("year = {2021}, month = apr", 2021, "2021-04"),
            ("year = {2021}, month = {April}, day = 3", 2021, "2021-04-03"),
            ('year = 2021, month = "21~" # apr', 2021, "2021-04-21"),
            ("year = 2021, month = {04}", 2021, "2021-04"),
            ("date = {2021-04-21}", 2021, "2021-04-21"),
            ("date = {2021-04}, year = 2020", 2020, "2021-04"),
            ("date = {1984/1986}", 1984, ""),
            ("date = {2021-02-31}", 2021, "2021-02"),
            ("year = {[1910]}", 1910, ""),
            ("year = {1910--1913; second edition 1927}", 1910, ""),
            ("year = {300 {BC}}", None, ""),
            ("year = {in press}", None, ""),
        ],
    )
    def test_are_read_in_each_of_their_forms(
        self, fields: str, year: int | None, published: str
    ) -> None:
        found = entry(f"title={{Tides}}, {fields}")
        assert (found.year, found.published) == (year, published)

    def test_are_kept_where_they_say_more(self) -> None:
        assert entry("title={Tides}, year={300 {BC}}").further == (("year", "300 BC"),)


class TestNumbers:
    @pytest.mark.parametrize(
        ("fields", "arxiv"),
        [
            (
                "eprint = {2101.00001}, archivePrefix = {arXiv}, primaryClass = {cs.LG}",
                "2101.00001",
            ),
            ("eprint = {2101.00001v3}, eprinttype = {arxiv}", "2101.00001"),
            (
                "eprint = {9901001}, archiveprefix = {arXiv}, primaryclass = {hep-th}",
                "hep-th/9901001",
            ),
            ("journal = {arXiv preprint arXiv:2101.00001}", "2101.00001"),
            ("journal = {CoRR}, volume = {abs/2101.00001}", "2101.00001"),
            ("doi = {10.48550/arXiv.2101.00001}", "2101.00001"),
            ("url = {https://arxiv.org/abs/2101.00001v2}", "2101.00001"),
            ("note = {arXiv:2101.00001}", "2101.00001"),
            ("number = {arXiv:2101.00001}", "2101.00001"),
            ("eprint = {2101.00001}, eprinttype = {jstor}", ""),
        ],
    )
    def test_of_arxiv_are_found_wherever_they_stand(self, fields: str, arxiv: str) -> None:
        found = entry(f"title={{Tides}}, {fields}", "misc")
        assert (found.arxiv, found.doi) == (arxiv, "")
        assert found.kind == ("article" if arxiv else "")

    @pytest.mark.parametrize(
        "written",
        [
            "10.5555/A_b(1)",
            r"10.5555/a\_b(1)",
            r"10.5555/a{\_}b(1)",
            "https://doi.org/10.5555/a_b(1)",
            "http://dx.doi.org/10.5555/a_b(1)",
            "http://doi.example.org/10.5555/a_b(1)",
        ],
    )
    def test_are_dois_however_they_are_written(self, written: str) -> None:
        assert entry(f"title={{Tides}}, doi={{{written}}}").doi == "10.5555/a_b(1)"

    @pytest.mark.parametrize(
        "fields",
        [
            "url = {https://example.org/~ada/a_b%20c--d}",
            r"url = {\url{https://example.org/~ada/a_b%20c--d}}",
            r"url = {https://example.org/{\~}ada/a\_b\%20c--d}",
            r"howpublished = {\url{https://example.org/~ada/a_b%20c--d}}",
            "link = {https://example.org/~ada/a_b%20c--d}",
            "url = {https://example.org/~ada/a_b c--d}",
        ],
    )
    def test_are_web_addresses(self, fields: str) -> None:
        found = entry(f"title={{Tides}}, {fields}", "misc")
        assert found.url == "https://example.org/~ada/a_b%20c--d"
        assert not found.further

    def test_keep_what_is_no_web_address_as_text(self) -> None:
        found = entry("title={Tides}, url={javascript:alert(1)}")
        assert (found.url, found.further) == ("", (("url", "javascript:alert(1)"),))

    def test_of_books_and_journals_are_digits(self) -> None:
        found = entry(
            "title={Tides}, isbn={978-0-00-000000-2 0-00-000000-X}, issn={1234-567X(PRINT)},"
            "pages={pp. 12--34}, pmid={PMID: 123}"
        )
        assert (found.isbn, found.issn) == ("9780000000002 000000000X", "1234567X")
        assert (found.pages, found.pmid) == ("12-34", "123")


class TestKinds:
    @pytest.mark.parametrize(
        ("type_", "fields", "kind", "venue"),
        [
            ("article", "journal={Pond}", "article-journal", "Pond"),
            ("Article", "journaltitle={Pond}", "article-journal", "Pond"),
            ("inproceedings", "booktitle={Proc. Pond}", "paper-conference", "Proc. Pond"),
            ("incollection", "booktitle={Ponds}", "chapter", "Ponds"),
            ("phdthesis", "school={Pond School}", "thesis", "Pond School"),
            ("techreport", "institution={Pond Lab}", "report", "Pond Lab"),
            ("book", "publisher={Reed}", "book", ""),
            ("web_page", "", "webpage", ""),
            ("book_section", "", "chapter", ""),
            ("newspaper_article", "journal={Daily Pond}", "article-newspaper", "Daily Pond"),
            ("article", "journal={Pond}, entrysubtype={magazine}", "article-magazine", "Pond"),
            ("generic", "", "", ""),
            ("misc", "howpublished={Talk at Pond}", "", "Talk at Pond"),
            ("article", "journal={\\apj}", "article-journal", "The Astrophysical Journal"),
        ],
    )
    def test_are_told_by_the_type(self, type_: str, fields: str, kind: str, venue: str) -> None:
        found = entry(f"title={{Tides}}, {fields}", type_)
        assert (found.kind, found.venue) == (kind, venue)

    def test_of_theses_say_whether_they_are_masters(self) -> None:
        assert entry("title={Tides}", "mastersthesis").further == (("type", "Master's thesis"),)


class TestWhatElseIsSaid:
    def test_is_kept_in_its_order_but_for_bookkeeping(self) -> None:
        found = entry(
            "title={Tides}, AUTHOR+an:role={1=boss}, series={S}, file={:a.pdf:PDF}, owner={ada},"
            "timestamp={2021}, Date-Added={2021}, note={N}, address={Pond}"
        )
        assert found.further == (
            ("AUTHOR+an:role", "1=boss"),
            ("series", "S"),
            ("note", "N"),
            ("address", "Pond"),
        )

    def test_has_abstracts_in_paragraphs_and_keywords_one_by_one(self) -> None:
        found = entry("title={Tides}, abstract={One\n two.\n\n Three.}, keywords={a, b, A,c}")
        assert (found.abstract, found.keywords) == ("One two.\n\nThree.", "a; b; c")

    def test_may_be_that_it_was_read(self) -> None:
        assert entry("title={Tides}, readstatus={read}").checked is True
        assert entry("title={Tides}, readstatus={skimmed}").checked is None

    def test_holds_no_control_characters(self) -> None:
        assert entry("title={Ti\0des\x1b and \x07ponds}").title == "Tides and ponds"


class TestParents:
    def test_give_what_the_entry_leaves_out(self) -> None:
        text = (
            "@inproceedings{a, title={Tides}, crossref={P}, year={}}\n"
            "@proceedings{p, title={Proc. Pond}, editor={Moss, A.}, year=2021, doi={10.5555/p}}"
        )
        child = bibtex.read(text).entries[0]
        assert (child.title, child.venue, child.year) == ("Tides", "Proc. Pond", 2021)
        assert (child.editors, child.doi) == ("Moss, A.", "")

    def test_may_share_their_data_and_have_parents_themselves(self) -> None:
        text = (
            "@xdata{reed, publisher={Reed}, location={Sea}}\n"
            "@mvbook{all, title={All Ponds}, xdata={reed}}\n"
            "@book{one, title={Pond One}, crossref={all}, volume=1}\n"
            "@inbook{a, title={Tides}, crossref={one}}"
        )
        child = bibtex.read(text).entries[-1]
        assert (child.venue, child.publisher, child.volume) == ("Pond One", "Reed", "1")
        assert ("maintitle", "All Ponds") in child.further

    def test_that_are_missing_are_remarked(self) -> None:
        found = bibtex.read("\n@misc{a, title={Tides}, crossref={gone}}")
        assert [one.title for one in found.entries] == ["Tides"]
        (remark,) = found.remarks
        assert (remark.number, "`gone`" in remark.reason) == (2, True)

    def test_may_be_their_own_children(self) -> None:
        text = "@misc{a, title={Tides}, crossref={b}}@misc{b, title={Ponds}, crossref={a}}"
        assert len(bibtex.read(text).entries) == 2


class TestTopics:
    TREE = (
        "@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:Water\\;0\\;1\\;;\n"
        "2 StaticGroup:Ponds\\;0\\;1\\;\\;\\;;\n1 StaticGroup:Air\\;0\\;1\\;;\n}\n"
    )

    def test_are_the_groups_of_jabref_under_those_above_them(self) -> None:
        found = bibtex.read(self.TREE + "@misc{a, title={Tides}, groups={Ponds, Air, Fire}}")
        paths = [("Water", "Ponds"), ("Air",), ("Fire",)]
        assert [one.topic for one in found.entries] == paths
        assert [topic.path for topic in found.topics] == [("Water",), *paths]

    def test_are_folders_of_mendeley(self) -> None:
        assert entry("title={Tides}, mendeley-groups={Water/Ponds}").topic == ("Water", "Ponds")

    def test_are_groups_of_bibdesk(self) -> None:
        text = (
            "@misc{a, title={Tides}}@misc{b, title={Seas}}\n"
            "@comment{BibDesk Static Groups{<dict><key>group name</key><string>A &amp; B</string>"
            "<key>keys</key><string>b,c</string></dict>}}"
        )
        assert [one.topic for one in bibtex.read(text).entries] == [(), ("A & B",)]

    def test_are_no_more_than_a_hundred_and_the_rest_is_remarked(self) -> None:
        names = ", ".join(f"Pond {number}" for number in range(200))
        found = bibtex.read(f"@misc{{a, title={{Tides}}, groups={{{names}}}}}")
        assert len(found.entries) == 100
        assert "100 groups" in found.remarks[0].reason
