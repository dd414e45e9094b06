"""Reading lists in Markdown: what is read, what is reported, and that writing loses nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.commonmark.inline import _PARSER as INLINE_PARSER
from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList
from papers.formats.core.text import LARGEST_TEXT, MOST_ENTRIES, TooLarge
from papers.formats.core.text.repair import mended
from papers.formats.markdown import item, reading, writing
from tests.papers.formats import list_shapes

SEED = Path(__file__).parents[4] / "papers" / "demo" / "reading-list.md"


@pytest.fixture(scope="module")
def seed() -> ReadingList:
    return reading.read(SEED.read_text(encoding="utf-8"))


def on_line(reading_list: ReadingList, number: int) -> Entry:
    return next(entry for entry in reading_list.entries if number in entry.lines)


def only(text: str) -> Entry:
    """The one paper of a list in which everything is understood."""
    reading_list = list_shapes.read(text)
    assert not reading_list.not_understood
    (entry,) = reading_list.entries
    return entry


def left(text: str) -> list[int]:
    return [line.number for line in list_shapes.read(text).not_understood]


class TestOurOwnList:
    def test_has_78_papers_in_7_topics(self, seed: ReadingList) -> None:
        counts = [len(seed.topics), len(seed.entries), len(seed.papers), len(seed.placements)]
        assert counts == [7, 80, 78, 79]
        assert seed.title == "Papers"

    def test_is_understood_to_the_last_line(self, seed: ReadingList) -> None:
        assert seed.not_understood == ()

    def test_has_its_papers_where_they_stand(self, seed: ReadingList) -> None:
        assert Counter(entry.topic for entry in seed.entries) == {
            ("Pruning",): 12,
            ("Quantization",): 11,
            ("Knowledge Distillation",): 12,
            ("Neural Architecture Search",): 19,
            ("LLM Deployment Techniques",): 11,
            ("LLM Post-Training",): 11,
            ("Long Context LLM",): 4,
        }

    def test_holds_two_papers_twice_one_of_them_in_two_topics(self, seed: ReadingList) -> None:
        places = [[(e.lines[0], e.topic[-1]) for e in paper.entries] for paper in seed.duplicates]
        assert places == [
            [(4, "Pruning"), (25, "Quantization")],
            [(5, "Pruning"), (7, "Pruning")],
        ]

    @pytest.mark.parametrize("line", [5, 7, 9, 54, 55])
    def test_has_its_ligatures_mended_and_the_original_kept(
        self, seed: ReadingList, line: int
    ) -> None:
        entry = on_line(seed, line)
        assert "Efficient" in entry.title
        assert "E ffi cient" in entry.original

    def test_has_both_ligatures_of_a_title_mended(self, seed: ReadingList) -> None:
        assert on_line(seed, 54).title == (
            "FBNet: Hardware-Aware Efficient ConvNet Design "
            "via Differentiable Neural Architecture Search"
        )

    def test_keeps_no_original_of_a_title_that_was_right(self, seed: ReadingList) -> None:
        assert {entry.lines[0] for entry in seed.entries if entry.original} == {5, 7, 9, 22, 54, 55}

    def test_has_27_papers_that_are_only_a_title(self, seed: ReadingList) -> None:
        bare = [e for e in seed.entries if not (e.authors or e.venue or e.year)]
        assert [e.lines[0] for e in bare] == [47, *range(68, 79), *range(81, 92), *range(94, 98)]

    def test_states_51_years(self, seed: ReadingList) -> None:
        years = [entry.year for entry in seed.entries if entry.year]
        assert (len(years), min(years), max(years)) == (51, 1989, 2024)

    @pytest.mark.parametrize(
        ("line", "authors", "venue", "year"),
        [
            (4, "Deng et al.", "IEEE", 2020),
            (9, "Hu et al.", "ArXiv", 2017),
            (11, "Elias Frantar, Dan Alistarh", "ArXiv", 2023),
            (12, "Wang M.", "", None),
            (15, "Mao et al.", "CVPR-W", None),
            (22, "Courbariaux et al.", "Arxiv", 2016),
            (24, "Choi et al.", "arXiv", 2018),
            (27, "Rastegari etal.", "ECCV", 2016),
            (32, "Cai et al.", "ICLR", 2022),
            (33, "Hinton et al.", "NeurIPS Workshops", 2014),
            (49, "Elskan et al.", "JMLR", 2019),
            (52, "Tan etal.", "CVPR", 2019),
            (55, "Cai et al.", "ICLR", 2020),
            (57, "Zoph and Le", "ICLR", 2017),
            (62, "Zhang and Jia", "ICLR", 2022),
        ],
    )
    def test_shows_authors_and_venue_as_written(
        self, seed: ReadingList, line: int, authors: str, venue: str, year: int | None
    ) -> None:
        entry = on_line(seed, line)
        assert (entry.authors, entry.venue, entry.year) == (authors, venue, year)

    @pytest.mark.parametrize(
        ("line", "ending"),
        [
            (15, "Exploring the granularity of sparsity in convolutional neural networks"),
            (19, "Deep Compression"),
            (42, "MobileBERT: a Compact Task-Agnostic BERT for Resource-Limited Devices"),
            (48, "with 50x fewer parameters and <0.5MB model size"),
            (70, "Pruning Approach for Large Language Models - WANDA"),
        ],
    )
    def test_shows_titles_as_written(self, seed: ReadingList, line: int, ending: str) -> None:
        assert on_line(seed, line).title.endswith(ending)

    def test_shows_a_title_without_its_final_full_stop(self, seed: ReadingList) -> None:
        entry = on_line(seed, 22)
        assert entry.title.endswith("Constrained to +1 or -1")
        assert entry.original.endswith("Constrained to +1 or -1.")

    def test_is_all_to_read_and_links_to_nothing(self, seed: ReadingList) -> None:
        assert {entry.checked for entry in seed.entries} == {False}
        assert not any(e.url or e.doi or e.arxiv or e.note for e in seed.entries)

    def test_survives_being_written(self, seed: ReadingList) -> None:
        assert reading.read(writing.write(seed)) == seed


class TestItems:
    @pytest.mark.parametrize("bullet", ["-", "*", "+", "1.", "7)"])
    def test_any_bullet_makes_an_item(self, bullet: str) -> None:
        entry = only(f"## T\n{bullet} [ ] Deep Compression [Han et al., ICLR 2016]\n")
        assert entry == Entry(
            "Deep Compression",
            topic=("T",),
            authors="Han et al.",
            venue="ICLR",
            year=2016,
            checked=False,
        )

    @pytest.mark.parametrize(
        ("box", "checked"), [("[x] ", True), ("[X] ", True), ("[ ] ", False), ("", None)]
    )
    def test_a_box_says_whether_it_is_read(self, box: str, checked: bool | None) -> None:
        assert only(f"- {box}Deep Compression").checked is checked

    def test_a_linked_title_is_the_title_and_its_target_the_address(self) -> None:
        entry = only("* [x] [Raft](https://raft.github.io/) [Ongaro and Ousterhout, ATC 2014]")
        assert entry.title == "Raft"
        assert entry.url == "https://raft.github.io/"
        assert (entry.authors, entry.venue, entry.year) == ("Ongaro and Ousterhout", "ATC", 2014)

    def test_what_stands_behind_a_link_is_a_note_as_written(self) -> None:
        entry = only("- [ ] [Raft](https://raft.github.io/) -- **reading** [code](https://x.org)")
        assert entry.note == "-- **reading** [code](https://x.org)"

    def test_words_before_a_linked_title_are_a_note(self) -> None:
        entry = only("- [ ] Ongaro: [Raft](https://raft.github.io/) (2014)")
        assert (entry.title, entry.year, entry.note) == ("Raft", 2014, "Ongaro:")

    @pytest.mark.parametrize(
        "link", ["[pdf](URL)", "[[pdf]](URL)", "[[pdf](URL)]", "([paper](URL))", "[PDF](<URL>)"]
    )
    def test_a_link_behind_the_title_is_its_address(self, link: str) -> None:
        link = link.replace("URL", "https://arxiv.org/pdf/1706.03762v7")
        entry = only(f"- [ ] Attention Is All You Need {link}")
        assert entry.title == "Attention Is All You Need"
        assert entry.arxiv == "1706.03762"

    @pytest.mark.parametrize(
        ("target", "doi", "arxiv"),
        [
            ("https://arxiv.org/abs/1510.00149v5", "", "1510.00149"),
            ("http://www.arxiv.org/pdf/hep-ph/0123456.pdf", "", "hep-ph/0123456"),
            ("https://doi.org/10.48550/arXiv.1510.00149", "", "1510.00149"),
            ("https://doi.org/10.1016/0010-4655(94)90120-1", "10.1016/0010-4655(94)90120-1", ""),
            ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "10.1145/3292500.3330701", ""),
            ("https://link.springer.com/article/10.1007/S1-2.pdf", "10.1007/s1-2", ""),
            ("https://example.org/10.pdf", "", ""),
        ],
    )
    def test_an_address_tells_the_doi_and_the_arxiv_number(
        self, target: str, doi: str, arxiv: str
    ) -> None:
        entry = only(f"- [On Lamps]({target})")
        assert (entry.url, entry.doi, entry.arxiv) == (target, doi, arxiv)

    @pytest.mark.parametrize(
        "target",
        ["javascript:alert(1)", "data:text/html,x", "paper.pdf", "//evil.org", "ftp://x.y"],
    )
    def test_only_web_addresses_are_kept(self, target: str) -> None:
        entry = only(f"- [ ] [Title]({target})")
        assert (entry.title, entry.url) == ("Title", "")

    def test_numbers_may_stand_behind_the_title(self) -> None:
        entry = only("- [ ] Title arXiv:1510.00149v2 doi:10.1000/ABC [Han et al., ICLR 2016]")
        assert (entry.title, entry.doi, entry.arxiv) == ("Title", "10.1000/abc", "1510.00149")

    def test_what_only_looks_like_the_name_of_a_number_is_text(self) -> None:
        assert only("- [ ] Title do\u0131:10.1000/abc").title == "Title do\u0131:10.1000/abc"

    def test_a_title_may_run_over_two_lines(self) -> None:
        entry = only("- [ ] Chord: A Scalable\n      Lookup Service [Stoica et al., SIGCOMM 2001]")
        assert entry.title == "Chord: A Scalable Lookup Service"
        assert entry.lines == (1, 2)

    def test_markup_around_a_title_is_not_a_part_of_it(self) -> None:
        assert only("- [ ] **Deep** `Compression` &amp; *more*").title == "Deep Compression & more"

    @pytest.mark.parametrize(
        "title",
        ["R*-tree", "<0.5MB", "Foo<T> and <b>", "a_b_c", "C++ & C#", "$x_1$ \u2192 y", "???"],
    )
    def test_a_title_keeps_what_is_no_markup(self, title: str) -> None:
        assert only(f"- [ ] {title}").title == title

    def test_a_box_below_a_paper_is_a_paper(self) -> None:
        reading_list = list_shapes.read("- [ ] One\n  - [x] Two\n")
        assert [entry.title for entry in reading_list.entries] == ["One", "Two"]

    def test_a_title_that_is_one_bracket_is_a_title(self) -> None:
        (entry,) = reading.read("- [ ] [38] 14-20 Sep", ["[38] 14-20 Sep"]).entries
        assert entry.title == "[38] 14-20 Sep"
        assert only("- [ ] [Untitled]").title == "[Untitled]"

    @pytest.mark.parametrize(
        ("bracket", "authors", "venue", "year"),
        [
            ("ICLR 2016", "", "ICLR", 2016),
            ("Hooker 2020", "Hooker", "", 2020),
            ("Smith, 2020", "Smith", "", 2020),
            ("2020", "", "", 2020),
            ("Han et al., ICLR, 2016", "Han et al.", "ICLR", 2016),
            ("Ann Lee, Bo Li, 2020", "Ann Lee, Bo Li", "", 2020),
            (r"Lee, J. of A\, B and C 2020", "Lee", "J. of A, B and C", 2020),
        ],
    )
    def test_a_bracket_may_leave_things_out(
        self, bracket: str, authors: str, venue: str, year: int | None
    ) -> None:
        entry = only(f"- [ ] Title [{bracket}]")
        assert (entry.authors, entry.venue, entry.year) == (authors, venue, year)


class TestHeadings:
    def test_headings_nest(self) -> None:
        reading_list = list_shapes.read(
            "# A\n### B\n- [ ] One\n## C\n- [ ] Two\n# D\n- [ ] Three\n"
        )
        paths = [("A",), ("A", "B"), ("A", "C"), ("D",)]
        assert [topic.path for topic in reading_list.topics] == paths
        assert [entry.topic for entry in reading_list.entries] == paths[1:]

    def test_the_one_leading_heading_above_topics_is_the_title(self) -> None:
        reading_list = list_shapes.read("# Our list\n- [ ] One\n## A\n- [ ] Two\n")
        assert reading_list.title == "Our list"
        assert [entry.topic for entry in reading_list.entries] == [(), ("A",)]

    @pytest.mark.parametrize(
        "text",
        ["# A\n- [ ] One\n", "# A\n# B\n## C\n", "- [ ] One\n# A\n## B\n", "## A\n# B\n### C\n"],
        ids=["its papers have no other", "one of two", "not leading", "not the first"],
    )
    def test_any_other_first_heading_is_a_topic(self, text: str) -> None:
        reading_list = list_shapes.read(text)
        assert reading_list.title == ""
        assert ("A",) in [topic.path for topic in reading_list.topics]

    def test_a_topic_named_twice_is_one_topic(self) -> None:
        reading_list = list_shapes.read("## A\n- [ ] 1\n## B\n- [ ] 2\n## A\n- [ ] 3\n### C\n")
        assert [topic.path for topic in reading_list.topics] == [("A",), ("A", "C"), ("B",)]
        assert [entry.title for entry in reading_list.entries] == ["1", "3", "2"]
        assert reading_list.topics[0].lines == (1, 5)

    def test_underlined_headings_are_headings(self) -> None:
        reading_list = list_shapes.read("List\n====\n\nTopic\n-----\n- [ ] One\n")
        assert (reading_list.title, reading_list.topics) == ("List", (ListedTopic(("Topic",)),))
        assert not reading_list.not_understood


class TestLinesOfAnyOtherKind:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("Some prose\nover two lines\n\n- [ ] One\n", [1, 2]),
            ("| Year | Title |\n| --- | --- |\n| 2012 | One |\n", [1, 2]),
            ("```\n- [ ] Template\n```\n", [1, 2, 3]),
            ("<!-- - [ ] Hidden\n- [ ] Hidden -->\n", [1, 2]),
            ("<details>\n- [ ] One\n</details>\n", [1, 3]),
            ("---\ntitle: Front matter\n---\n- [ ] One\n", [1, 2, 3]),
            ("@article{key,\n  title = {One}\n}\n", [1, 2, 3]),
            ("[![badge](https://x.org/b.svg)](https://x.org)\n", [1]),
            ("> - [ ] Quoted\n", [1]),
            ("- [Contents](#contents)\n- [pdf](https://x.org/a.pdf)\n", [1, 2]),
            ("- [ ] One\n  - authors\n  - [code](https://x.org)\n\na word\n", [5]),
            ("- Week 1:\n  - [On Lamps and Light](https://x.org/a.pdf)\n", [1]),
            ("- [ ]\n-\n- [x]  \n", [1, 2, 3]),
            ("#\n---\n", [1, 2]),
            ("[ref]: https://x.org/a.pdf\n- [On Lamps and Light][ref]\n", [1]),
            (f"- [ ] {'long ' * 200}\n", [1]),
        ],
    )
    def test_is_reported(self, text: str, lines: list[int]) -> None:
        assert left(text) == lines

    def test_is_reported_as_it_stands(self) -> None:
        (line,) = list_shapes.read("- [ ] One\n\n Some  *prose*\n").not_understood
        assert (line.number, line.text) == (3, " Some  *prose*")


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_do_not_matter(self, end: str, seed: ReadingList) -> None:
        text = SEED.read_text(encoding="utf-8").replace("\n", end)
        reading_list = reading.read("\ufeff" + text)
        assert reading_list == seed
        assert [e.lines for e in reading_list.entries] == [e.lines for e in seed.entries]


class TestSize:
    @pytest.mark.parametrize("text", ["x" * 10_000_000, "é" * (LARGEST_TEXT // 2 + 1)])
    def test_too_much_text_is_refused_before_it_is_parsed(self, text: str) -> None:
        with pytest.raises(TooLarge, match=r"at most 1 MB of text.*Nothing was imported"):
            reading.read(text)

    def test_too_many_papers_are_refused(self) -> None:
        item = "- [ ] One\n"
        assert len(reading.read(item * MOST_ENTRIES).entries) == MOST_ENTRIES
        with pytest.raises(
            TooLarge, match="at most 10,000 papers at a time, and this one holds 10,001"
        ):
            reading.read(item * (MOST_ENTRIES + 1))

    def test_deep_nesting_is_reported_not_followed(self) -> None:
        assert left("- " * 100_000 + "x") == [1]
        assert left(">" * 100_000 + "x") == [1]

    def test_a_longer_list_takes_no_more_work_for_each_line(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parsed: list[int] = []
        parse = INLINE_PARSER.parseInline

        def counted(source: str, env: object = None) -> object:
            parsed.append(len(source))
            return parse(source, env)

        monkeypatch.setattr(INLINE_PARSER, "parseInline", counted)
        sums = []
        for length in (50, 500):
            parsed.clear()
            reading.read("- [ ] [A *title*](https://x.org) [Han & Li, ICLR 2016]\n" * length)
            sums.append(sum(parsed))
        assert sums[1] <= 10 * sums[0]


# fmt: off
fragments = st.sampled_from([
    "# ", "## ", "###### ", "- ", "* ", "1. ", "> ", "[ ] ", "[x] ", "    ", "\t", " ", "\n", "\r",
    "\n\n", "[", "](https://x.org)", "](a.pdf)", "[pdf](https://x.org)", "](", "]", "(", ")", "<",
    ">", "<https://x.org>", "<div>", "<!--", "-->", "**", "_", "`", "```", "~", "|", "---", "===",
    "\\", "&amp;", "!", ":", ",", ".", "#", "Title", "\u00e9", "2016", "Han et al., ICLR 2016",
    "E ffi cient", "doi:10.1000/1", "arXiv:1510.00149", "[One]: https://x.org", "[One]",
])
# fmt: on
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(fragments | st.sampled_from(["\0", "\ufeff", "\x1c"]), max_size=40).map("".join),
)


class TestWhateverIsHandedIn:
    @pytest.mark.parametrize(
        "read", [reading.read, list_shapes.read], ids=["as it comes", "as it is known"]
    )
    @given(text=texts)
    def test_every_line_that_is_not_blank_is_accounted_for_once(
        self, read: Callable[[str], ReadingList], text: str
    ) -> None:
        reading_list = read(text)
        understood = Counter(reading_list.title_lines)
        for topic in reading_list.topics:
            understood.update(topic.lines)
        # Two papers may stand on one line.
        understood.update({line for entry in reading_list.entries for line in entry.lines})
        reported = {line.number for line in reading_list.not_understood}
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        written = {number for number, line in enumerate(lines, start=1) if line.strip()}
        assert not reported & understood.keys()
        assert reported | understood.keys() == written
        assert set(understood.values()) <= {1}

    @given(texts)
    def test_what_was_read_survives_being_written(self, text: str) -> None:
        first = list_shapes.read(text)
        written = writing.write(first)
        again = reading.read(written, [entry.title for entry in first.entries])
        assert again == first
        assert not again.not_understood
        assert writing.write(again) == written

    @given(texts)
    def test_what_is_written_has_all_its_papers_when_it_is_read_again(self, text: str) -> None:
        first = reading.read(text)
        again = reading.read(writing.write(first), [entry.title for entry in first.entries])
        assert again == first

    @given(texts)
    def test_a_doubtful_line_is_not_understood(self, text: str) -> None:
        reading_list = reading.read(text)
        left = {line.number for line in reading_list.not_understood}
        taken = {number for entry in reading_list.entries for number in entry.lines}
        for entry in reading_list.doubtful:
            assert 0 <= entry.confidence < 1
            assert set(entry.lines) - taken <= left


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
titles = (
    st.lists(st.one_of(words, fragments), min_size=1, max_size=6)
    .map(" ".join)
    .map(mended)
    .filter(lambda title: any(map(str.isalnum, title)) and not title.endswith((":", "\uff1a")))
)
# A year at the end is read as one, and a topic that is a year says when its papers appeared.
names = titles.filter(lambda name: not name.rstrip("[]() ")[-4:].isdigit())
paths = st.lists(names, max_size=5).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    url = draw(st.sampled_from(["", "https://x.org/a_(b)?c=d&amp;e", "https://x.org/<*>\\[x]"]))
    entry = Entry(
        title=draw(titles),
        topic=draw(paths),
        authors=draw(st.just("") | names),
        venue=draw(st.just("") | names),
        year=draw(st.none() | st.integers(1500, 2099)),
        url=url,
        doi=draw(st.sampled_from(["", "10.1000/a_b*c", "10.1002/(sici)1<1::aid-sim9>3.0.co;2-2"])),
        arxiv=draw(st.sampled_from(["", "1510.00149", "hep-ph/0123456"])),
        checked=draw(st.booleans() | (st.none() if not url else st.booleans())),
    )
    return item.numbered(entry)  # a title that is but a number states it


class TestWriting:
    @given(entries())
    def test_keeps_every_paper_as_it_is(self, entry: Entry) -> None:
        written = writing.write(ReadingList("Our list", (), (entry,)))
        (read,) = reading.read(written, [entry.title]).entries
        above = ("Our list",) if not entry.topic else ()
        assert read == Entry(**{**fields(entry), "topic": above + entry.topic})

    @given(st.lists(paths.filter(bool), max_size=6), titles)
    def test_keeps_the_topics_in_their_order(
        self, chosen: list[tuple[str, ...]], title: str
    ) -> None:
        written = writing.write(ReadingList(title, tuple(map(ListedTopic, chosen)), ()))
        read = list_shapes.read(written)
        assert read.title == title
        assert {topic.path for topic in read.topics} >= set(chosen)
        assert writing.write(read) == written

    @pytest.mark.parametrize(
        "said",
        [
            {"venue": "doi:10.1000/1"},
            {"venue": "doi:10.1000/1", "doi": "10.1000/a_b*c"},
            {"authors": "10.1000/1", "venue": "arXiv:1510.00149"},
            {"authors": "Wu et al.", "venue": "PMID: 15312", "year": 2020},
            {"venue": "hep-ph/0123456", "checked": False},
        ],
    )
    def test_a_number_in_the_place_of_a_venue_or_of_people_stays_there(
        self, said: dict[str, Any]
    ) -> None:
        entry = Entry("Of lamps", topic=("Our list",), **said)
        written = writing.write(ReadingList("Our list", (), (replace(entry, topic=()),)))
        assert list_shapes.read(written).entries == (replace(entry, lines=(3,)),)

    @pytest.mark.parametrize(
        ("title", "said"),
        [
            ("# doi:10.1000/1", {"doi": "10.1000/2", "url": "https://x.org/a", "checked": False}),
            ("(arXiv:1510.00149)", {"arxiv": "2101.00001", "checked": True}),
            ("PMID: 15312 !", {"pmid": "15313", "authors": "Ode et al.", "year": 2020}),
            ("doi:10.1000/1", {"doi": "10.1000/2", "venue": "ICML"}),
        ],
    )
    def test_a_title_that_is_the_number_of_another_paper_stays_a_title(
        self, title: str, said: dict[str, Any]
    ) -> None:
        entry = Entry(title, topic=("Our list",), **said)
        written = writing.write(ReadingList("Our list", (), (replace(entry, topic=()),)))
        assert list_shapes.read(written).entries == (replace(entry, lines=(3,)),)

    def test_is_pleasant_to_read(self) -> None:
        reading_list = ReadingList(
            "Our list",
            (ListedTopic(("Pruning",)), ListedTopic(("Pruning", "Surveys"))),
            (
                Entry("Fewer than <0.5MB", topic=("Pruning",), authors="Wang M.", checked=True),
                Entry(
                    "R*-trees",
                    topic=("Pruning", "Surveys"),
                    authors="Han et al.",
                    venue="ICLR",
                    year=2016,
                    url="https://arxiv.org/abs/1510.00149",
                    arxiv="1510.00149",
                    checked=False,
                ),
                Entry("On [MASK]", topic=("Pruning", "Surveys"), year=2019, doi="10.1000/1"),
            ),
        )
        assert writing.write(reading_list) == (
            "# Our list\n\n"
            "## Pruning\n"
            "- [x] Fewer than <0.5MB [Wang M.]\n\n"
            "### Surveys\n"
            "- [ ] [R*-trees](https://arxiv.org/abs/1510.00149) [Han et al., ICLR 2016]\n"
            "- On \\[MASK\\] doi:10.1000/1 [2019]\n"
        )

    def test_an_empty_list_keeps_its_title(self) -> None:
        assert list_shapes.read(writing.write(ReadingList("Our list"))) == ReadingList("Our list")

    @pytest.mark.parametrize(
        "title", ["1. First", "- dash", "# hash", "[x] box", "> quote", "=== a"]
    )
    def test_a_title_never_turns_into_a_block(self, title: str) -> None:
        (found,) = reading.read(
            writing.write(ReadingList(entries=(Entry(title),))), [title]
        ).entries
        assert found.title == title


def fields(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
