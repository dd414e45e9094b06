"""Papers as rows, paragraphs and headings, and the blocks that hold none."""

import pytest

from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.markdown import reading
from tests.papers.formats import list_shapes

LAMPS, NIGHT = "Of Lamps and Learning in the Dark", "Counting Stars from the Air"


def titles(text: str) -> list[str]:
    return [entry.title for entry in list_shapes.read(text).entries]


def topics(reading_list: ReadingList) -> list[str]:
    return [entry.topic[-1] for entry in reading_list.entries]


class TestTables:
    def test_the_header_says_what_a_column_holds(self) -> None:
        (entry,) = list_shapes.read(
            "| Venue | Year | Authors | Paper | Code |\n|---|---|---|---|---|\n"
            "| ICLR | 2017 | A. Ohm | [Lamps](https://x.org/a) | [git](https://x.org/c) |\n"
        ).entries
        assert entry == Entry(
            "Lamps",
            topic=(),
            authors="A. Ohm",
            venue="ICLR",
            year=2017,
            url="https://x.org/a",
            note="[git](https://x.org/c)",
        )
        assert entry.lines == (3,)

    @pytest.mark.parametrize("header", ["标题", "Titre", "Titel", "Article"])
    def test_the_header_may_be_in_other_languages(self, header: str) -> None:
        assert titles(f"| # | {header} |\n|--|--|\n| 1 | Lamps |\n| 2 | Dark |\n") == [
            "Lamps",
            "Dark",
        ]

    def test_without_a_header_the_linked_column_holds_the_titles(self) -> None:
        text = "| | |\n|--|--|\n| Ann | [On Lamps](https://x.org/a.pdf) |\n"
        assert titles(text) == ["On Lamps"]

    def test_a_schedule_tells_days_and_presenters_and_has_open_rows(self) -> None:
        reading_list = list_shapes.read(
            "| Date | Topic | Article | Presenters |\n|---|---|---|---|\n"
            "| May 6 | Light | Ohm, G. (2015), [“On Lamps”](https://x.org/a), Lights | Ann |\n"
            "| | Dark | Lena Day & Xi Li. 2017. [Night](https://x.org/b). Journal of Dark | Bo |\n"
            "| May 9 | | To be decided | |\n"
            "| May 9 | | Your idea | |\n"
            "| May 9 | | Your idea | |\n"
        )
        assert topics(reading_list) == ["Light", "Dark"]
        assert [
            (e.title, e.authors, e.year, e.date, e.presenters) for e in reading_list.entries
        ] == [
            ("On Lamps", "Ohm, G.", 2015, "May 6", "Ann"),
            ("Night", "Lena Day & Xi Li", 2017, "May 6", "Bo"),
        ]

    def test_a_row_that_names_a_term_is_the_topic_of_those_below(self) -> None:
        header, rule = "| Date | Paper | Presenter |\n", "|--|--|--|\n"
        reading_list = list_shapes.read(
            f"# Lists\n{header}{rule}| Fall 2023 | | |\n| 9/12 | On Lamps and light | Ann |\n"
            f"{header}| Spring 2024 | | |\n| 1/12 | On Night and dark | Bo |\n"
        )
        assert [(e.title, e.topic[-1]) for e in reading_list.entries] == [
            ("On Lamps and light", "Fall 2023"),
            ("On Night and dark", "Spring 2024"),
        ]

    def test_cells_of_html_may_span_columns(self) -> None:
        (entry,) = list_shapes.read(
            "<table>\n<tr><th>Week</th><th colspan='2'>Paper</th><th>Speaker</th></tr>\n"
            "<tr><td>1</td><td><a href='https://x.org/a'>Lamps</a></td><td>Light</td>"
            "<td>Ann</td></tr>\n<tr><td colspan='4'>Week 2</td></tr>\n</table>\n"
        ).entries
        assert (entry.title, entry.url, entry.lines) == ("Lamps", "https://x.org/a", (3,))
        assert entry.presenters == "Ann"

    def test_a_column_may_say_what_is_read(self) -> None:
        text = "| Paper | Done |\n|--|--|\n| Lamps | ✅ |\n| Dark | |\n"
        assert [entry.checked for entry in list_shapes.read(text).entries] == [True, None]

    def test_dates_beside_venues_say_when_papers_appeared(self) -> None:
        row = "| [Lamps](https://x.org/a) | ICLR | 2019-11-06 |"
        (entry,) = list_shapes.read(f"| Title | Venue | Date |\n|--|--|--|\n{row}\n").entries
        assert (entry.year, entry.venue, entry.date) == (2019, "ICLR", "")

    def test_tables_in_html_are_read_over_blank_lines_and_spans(self) -> None:
        entries = list_shapes.read(
            "<table>\n<tr><th>Week</th><th>Paper</th></tr>\n\n"
            '<tr><td rowspan="2">1</td><td><a href="https://x.org/a">On Lamps</a></td></tr>\n\n'
            '<tr><td><a href="https://x.org/b">On Night</a></td></tr>\n</table>\n'
        ).entries
        assert [(e.title, e.url, e.lines) for e in entries] == [
            ("On Lamps", "https://x.org/a", (4,)),
            ("On Night", "https://x.org/b", (6,)),
        ]

    def test_a_table_without_measure_is_reported_not_read(self) -> None:
        row = "|" + "b|" * 1000 + "\n"
        reading_list = list_shapes.read("|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + row * 100)
        assert not reading_list.entries
        assert len(reading_list.not_understood) == 102


class TestParagraphs:
    def test_a_bold_title_has_its_links_in_the_list_below(self) -> None:
        (entry,) = list_shapes.read(
            "# Light\n\n**Lamp R-CNN**\n\n- arXiv：<https://arxiv.org/abs/1900.00001>\n\n"
            "- github：<https://github.com/x/y>\n"
        ).entries
        assert (entry.title, entry.arxiv, entry.topic) == ("Lamp R-CNN", "1900.00001", ("Light",))
        assert entry.note.endswith("https://github.com/x/y")

    def test_a_quoted_title_stands_behind_its_people(self) -> None:
        (entry,) = list_shapes.read(
            'Day, Lena, et al.. "On the Night."\n</br>[[pdf]](https://x.org/a.pdf)\n'
        ).entries
        assert (entry.title, entry.authors) == ("On the Night", "Day, Lena, et al.")
        assert entry.url == "https://x.org/a.pdf"

    def test_prose_about_papers_is_no_paper(self) -> None:
        text = "The paper **On Lamps** (_ICML 2023_) is one. [More](https://x.org).\n"
        assert not reading.read(text).entries


class TestHeadings:
    def test_a_heading_above_an_address_is_a_paper_of_the_heading_above(self) -> None:
        reading_list = list_shapes.read(
            "# Vote here:\nhttps://x.org/vote\n\n# Proposed by Ann\n\n"
            "## On Lamps - BO, 3\nhttps://arxiv.org/abs/1706.03762\nWorth it.\n\n"
            "##On Night\nhttps://x.org/b.pdf\n\n# Proposed by Bo\n## On Day\nhttps://x.org/c.pdf\n"
        )
        assert [(e.title, e.topic[-1]) for e in reading_list.entries] == [
            ("On Lamps", "Proposed by Ann"),
            ("On Night", "Proposed by Ann"),
            ("On Day", "Proposed by Bo"),
        ]
        assert [line.number for line in reading_list.not_understood] == [1, 2]

    def test_a_heading_above_people_and_a_venue_is_a_paper(self) -> None:
        found = list_shapes.read(
            "# R\n### On Lamps\n*Ohm et al., ICLR 2017* [[pdf]](https://x.org/a.pdf)\n\n"
            "### On Night\n*Day et al., ICML 2019* [[pdf]](https://x.org/b.pdf)\n"
        )
        assert [(e.title, e.authors, e.venue, e.year) for e in found.entries] == [
            ("On Lamps", "Ohm et al.", "ICLR", 2017),
            ("On Night", "Day et al.", "ICML", 2019),
        ]

    def test_a_heading_above_an_abstract_is_a_paper(self) -> None:
        text = f"# Day 1\n\n## {LAMPS}\n\n> We study lamps.\n\n## {NIGHT}\n\n> It is dark.\n"
        assert titles(text) == [LAMPS, NIGHT]


class TestTopics:
    def test_labels_are_topics_where_there_are_no_headings(self) -> None:
        reading_list = list_shapes.read(
            "May 6:\n- Ohm (1970) On Lamps\n\nMay 13:\n- Day (1981) On Night\n"
        )
        assert topics(reading_list) == ["May 6", "May 13"]

    @pytest.mark.parametrize("label", ["**{}**", "*({})*", "__{}__"])
    def test_a_label_in_marks_is_a_topic_above_boxes_and_titles(self, label: str) -> None:
        text = "{}\n- [x] On Lamps\n\n{}\n\n- [On Night](https://x.org/a.pdf)\n"
        reading_list = list_shapes.read(text.format(label.format("One"), label.format("Two")))
        assert topics(reading_list) == ["One", "Two"]

    def test_most_years_as_headings_are_years_of_publication(self) -> None:
        text = "## 2019\n- [[ACL](https://x.org)] Lamps\n## 2020\n- [[ACL](https://y.org)] Night\n"
        assert [entry.year for entry in list_shapes.read(text).entries] == [2019, 2020]

    def test_years_of_a_plan_to_read_are_not(self) -> None:
        assert list_shapes.read("## 2019\n- [ ] Lamps\n").entries[0].year is None

    def test_headings_without_papers_are_no_topics(self) -> None:
        reading_list = reading.read(
            "# Lights\n## News\n* 2023/1/5: twelve lamps are new.\n## Lamps\n"
            "- **Of Lamps in the Dark** (2015), G. Ohm et al. [[pdf]](https://x.org/a.pdf)\n"
            "## Contributing\n- Please send a pull request.\n"
        )
        assert [topic.name for topic in reading_list.topics] == ["Lamps"]
        assert [line.number for line in reading_list.not_understood] == [2, 3, 6, 7]

    def test_items_beside_a_table_of_papers_are_other_links(self) -> None:
        text = (
            f"## Papers\n| Year | Title |\n|--|--|\n| 2012 | {LAMPS} |\n| 2013 | {NIGHT} |\n"
            "## Other lists\n- [Awesome lamps](https://x.org)\n"
        )
        assert [entry.title for entry in reading.read(text).entries] == [LAMPS, NIGHT]

    def test_comments_and_anchors_are_not_in_the_name_of_a_topic(self) -> None:
        text = "## <a name='x'> Lamps <!-- omit in toc -->\n- [ ] One\n"
        assert list_shapes.read(text).topics[0].name == "Lamps"
