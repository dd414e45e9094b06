"""Lists in Org-mode: headlines, lists and tables, and what is noted of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import org
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.registry import recognition

LIST = """\
#+TITLE: Bees
#+TODO: TOREAD READING | READ SKIPPED
#+STARTUP: overview

* Pruning                                        :topic:
** TOREAD [#A] Small nets of bees  :cs:paper:
   SCHEDULED: <2024-03-05 Tue>
   :PROPERTIES:
   :AUTHOR: Marsh, Ada and Day, Bo
   :YEAR: 1989
   :BOOKTITLE: NeurIPS
   :URL: https://example.org/small
   :Custom_ID: marsh1989
   :END:
   They are /small/.
** READ [[https://arxiv.org/abs/1706.03762][Counting bees from the air]]
   CLOSED: [2024-03-06 Wed]
** READING Understanding deep learning of bees (Zhang et al., 2017)
** SKIPPED Deep compression of large hives (Han et al., 2016)
* Theory
  - [ ] [[https://arxiv.org/abs/2001.00001][On the theory of hives]] (Li, 2020)
  - [X] A theorem on wasps and their nests [Day, ICML 2019]
  - [-] Honey in R*-trees of bees (Marsh, 2011)
* Wasps
| Year | Title | Link |
|------+-------+------|
| 2012 | Rethinking recognition of bees | [[https://example.org/r][link]] |
| 2013 | Recognition of very large wasps | [[https://example.org/s][link]] |
"""


def by_title(found: ReadingList) -> dict[str, Entry]:
    return {entry.title: entry for entry in found.entries}


@pytest.fixture(scope="module")
def found() -> ReadingList:
    return recognition.read(LIST)


class TestAList:
    def test_is_recognised_and_has_its_title_and_topics(self, found: ReadingList) -> None:
        assert recognition.recognised(LIST).name == "org"
        assert found.title == "Bees"
        assert [topic.path for topic in found.topics] == [("Pruning",), ("Theory",), ("Wasps",)]
        assert found.topics[1].lines == (20,)

    def test_has_a_tick_for_each_of_its_own_keywords(self, found: ReadingList) -> None:
        ticks = [(entry.checked, entry.status) for entry in found.entries[:4]]
        assert ticks == [(False, ""), (True, ""), (None, "reading"), (None, "skipped")]

    def test_says_of_a_paper_what_its_drawer_says(self, found: ReadingList) -> None:
        paper = by_title(found)["Small nets of bees"]
        assert (paper.authors, paper.venue, paper.year) == (
            "Marsh, Ada and Day, Bo",
            "NeurIPS",
            1989,
        )
        assert (paper.url, paper.citation_key) == ("https://example.org/small", "marsh1989")
        assert (paper.keywords, paper.date) == ("cs", "2024-03-05")
        assert paper.note == "They are *small*."
        assert paper.lines == tuple(range(6, 16))

    def test_is_read_with_its_links(self, found: ReadingList) -> None:
        paper = by_title(found)["Counting bees from the air"]
        assert (paper.arxiv, paper.lines) == ("1706.03762", (16,))

    def test_has_items_with_boxes(self, found: ReadingList) -> None:
        papers = by_title(found)
        theory = papers["On the theory of hives"]
        assert (theory.authors, theory.year, theory.checked) == ("Li", 2020, False)
        theorem = papers["A theorem on wasps and their nests"]
        assert (theorem.authors, theorem.venue, theorem.checked) == ("Day", "ICML", True)
        assert papers["Honey in R*-trees of bees"].status == "reading"

    def test_has_tables(self, found: ReadingList) -> None:
        paper = by_title(found)["Recognition of very large wasps"]
        assert (paper.year, paper.url, paper.lines) == (2013, "https://example.org/s", (28,))

    def test_leaves_no_line_out(self, found: ReadingList) -> None:
        assert [line.number for line in found.not_understood] == [25]


class TestHeadlines:
    def test_are_papers_where_a_word_before_them_says_so(self) -> None:
        found = recognition.read("* Reading\n** TODO Bees in the air\n** DONE Hives of wasps\n")
        assert [(one.title, one.topic, one.checked) for one in found.entries] == [
            ("Bees in the air", ("Reading",), False),
            ("Hives of wasps", ("Reading",), True),
        ]

    def test_say_less_than_their_properties(self) -> None:
        text = (
            "* Air\n** TODO Counting bees in winter (Day et al., ICML 2019)\n:PROPERTIES:\n"
            ":AUTHOR: Bo Day and Ada Marsh\n:DOI: 10.1000/182\n:END:\n"
        )
        (paper,) = recognition.read(text).entries
        assert (paper.title, paper.authors) == ("Counting bees in winter", "Bo Day and Ada Marsh")
        assert (paper.venue, paper.year, paper.checked) == ("ICML", 2019, False)

    def test_with_a_word_are_topics_above_a_list(self) -> None:
        text = "* TODO Read these [0/2]\n- [ ] Bees in the air, Han 2016\n- [X] Hives, Day 1992\n"
        found = recognition.read(text)
        assert [topic.path for topic in found.topics] == [("Read these",)]
        assert [one.checked for one in found.entries] == [False, True]

    def test_below_a_paper_are_its_notes(self) -> None:
        text = "* Bees\n** TODO Bees in the air\n*** Summary\n    Good.\n** TODO Hives of wasps\n"
        found = recognition.read(text)
        assert [topic.path for topic in found.topics] == [("Bees",)]
        assert [one.title for one in found.entries] == ["Bees in the air", "Hives of wasps"]
        assert "Good." in found.entries[0].note

    def test_that_are_commented_are_shown_and_no_papers(self) -> None:
        text = "* Bees\n** TODO Bees in the air\n** COMMENT Old ones\n   - [ ] No paper this is\n"
        found = recognition.read(text)
        assert [one.title for one in found.entries] == ["Bees in the air"]
        assert [line.number for line in found.not_understood] == [3, 4]

    def test_of_a_bibliography_are_its_records(self) -> None:
        text = (
            "* Bees in the air\n:PROPERTIES:\n:TITLE: Bees in the air\n:BTYPE: article\n"
            ":AUTHOR: Day, Ada\n:JOURNAL: Neural Computation\n:VOLUME: 3\n:NUMBER: 2\n"
            ":DOI: 10.1000/182\n:END:\n"
        )
        (paper,) = recognition.read(text).entries
        assert (paper.kind, paper.venue, paper.volume) == (
            "article-journal",
            "Neural Computation",
            "3",
        )
        assert (paper.issue, paper.doi, paper.topic) == ("2", "10.1000/182", ())


def test_a_note_that_cites_a_work_is_that_work() -> None:
    text = (
        ":PROPERTIES:\n:ID: 20200101-aa\n:ROAM_REFS: @han2016 https://arxiv.org/abs/1510.00149\n"
        ":END:\n#+title: Deep compression of bees\n\n* Notes\nIt is nice.\n"
    )
    found = recognition.read(text)
    (paper,) = found.entries
    assert (paper.title, paper.citation_key, paper.arxiv) == (
        "Deep compression of bees",
        "han2016",
        "1510.00149",
    )
    assert found.not_understood == ()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("* Bees\n** Air\n** Water\n", True),
        ("* Bees\n** Air\n   Words.\n", True),
        ("- [ ] Bees\n- [ ] Air **\n\n** the best of the year\n", False),
        ("# Bees\n* Air\n** one\n", False),
        ("* [Bees](https://x.org/a)\n* [Air](https://x.org/b)\n** one\n*** two\n", False),
        ("* TODO Bees in the air\n", True),
        ("#+title: Bees\n- [ ] Air\n", True),
        ("* Bees\n- [[https://example.org/a][Air]]\n", True),
        ("* [Bees](https://example.org/a)\n* [Air](https://example.org/b)\n", False),
        ("** Bees in the air**\n** Hives of wasps**\n", False),
        ("# Bees\n```org\n#+title: x\n* TODO y\n```\n- [ ] Air\n", False),
        ("## Bees\n- [[pdf]](https://example.org/a) Air\n", False),
        ("* Bees\n- [ ] Air\n", False),
    ],
)
def test_is_told_from_markdown(text: str, is_one: bool) -> None:
    assert (recognition.recognised(text).name == "org") is is_one


def test_a_short_list_is_told_by_the_name_of_its_file() -> None:
    text = "* Bees\n- [ ] Air\n"
    assert recognition.recognised(text, "reading.org").name == "org"
    assert recognition.recognised("@book{a, title={B}}", "reading.org").name == "bibtex"
    assert [topic.path for topic in org.read(text).topics] == [("Bees",)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("*Bees in the air*, Day 2019", "Bees in the air"),
        ("/Bees in the air/ (Day, 2019)", "Bees in the air"),
        ("[[https://example.org/a_(b)][Bees in the air]]", "Bees in the air"),
        ("[[doi:10.1000/182][Bees in the air]]", "Bees in the air"),
        ("Bees in =C++= and the air (Day, 2019)", "Bees in C++ and the air"),
        ("Bees in R*-trees of air (Day, 2019)", "Bees in R*-trees of air"),
        ("Bees in the air [fn:1] (Day, 2019) cite:day2019", "Bees in the air"),
    ],
)
def test_the_marks_of_a_line_are_read(line: str, title: str) -> None:
    found = recognition.read(f"#+title: Bees\n* Air\n- [ ] {line}\n")
    assert [entry.title for entry in found.entries] == [title]


_LINES = st.sampled_from(
    [
        *LIST.split("\n"),
        *("* ", "** TODO", ":END:", ":PROPERTIES:", "#+begin_src x", "#+end_src", "#+begin_quote"),
        *(
            "| a |",
            "|--+--|",
            "\t- [ ] x",
            "  1. y :: z",
            "[[",
            "]]",
            "# c",
            "-----",
            "*a* /b/ =c=",
        ),
    ]
)
_TEXTS = st.one_of(
    st.lists(_LINES, max_size=25).map("\n".join),
    st.text(alphabet="*:#+|-[]<>/=~_ \n\tTODONEx1.\\", max_size=120),
)


@given(_TEXTS)
def test_any_text_is_read_and_no_line_with_words_is_lost(text: str) -> None:
    found = org.read(text)
    covered = {line for entry in found.entries for line in entry.lines} | set(found.title_lines)
    covered |= {line for topic in found.topics for line in topic.lines}
    covered |= {line.number for line in found.not_understood}
    lines = text.split("\n")
    silent = {
        number
        for number, line in enumerate(lines, start=1)
        if line.lstrip()[:2] == "#+" or line.lstrip()[:1] in {":", "|", "-"} or ": <" in line
        or ": [" in line
    }  # fmt: skip
    every = {number for number, line in enumerate(lines, start=1) if line.strip()}
    assert every - covered <= silent
    assert covered <= set(range(1, len(lines) + 1))
