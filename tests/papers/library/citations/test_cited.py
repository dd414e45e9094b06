"""The line that cites a paper, as people paste it into a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.reading_list import Entry
from papers.library.citations import cited
from tests.papers.library.citations.test_coins import ARTICLE, LINES


def test_a_line_says_who_when_what_and_where():
    assert cited.citation_line(ARTICLE) == (
        "Muster, A., van Beispiel, J.-L. and Example Consortium (2016). "
        "On Maps & “Nets” <100% of them>. "
        "Journal of Invented Results, 12(3), 1-10. https://doi.org/10.1000/182"
    )


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, "A title."),
        ({"year": 1999}, "(1999). A title."),
        ({"published": "1999-04"}, "(1999). A title."),
        ({"authors": "Muster et al."}, "Muster et al. A title."),
        ({"authors": "Muster, Ada; Probe, Beth; et al."}, "Muster, A., Probe, B. et al. A title."),
        ({"authors": "Ada Beth Muster"}, "Muster, A. B. A title."),
        ({"authors": "Muster, A.B.; Probe, C."}, "Muster, A. B. and Probe, C. A title."),
        ({"authors": "李, 伟"}, "李, 伟. A title."),
        ({"venue": "A venue", "pages": "7"}, "A title. A venue, 7."),
        ({"publisher": "A press", "issue": "2"}, "A title. A press, (2)."),
        ({"arxiv": "1706.03762"}, "A title. https://arxiv.org/abs/1706.03762"),
        ({"url": "https://example.org/a"}, "A title. https://example.org/a"),
    ],
)
def test_what_is_not_known_leaves_no_gap(said, line):
    assert cited.citation_line(Entry(title="A title", **said)) == line


@pytest.mark.parametrize("title", ["Why?", "Stop!", "And so on…", "A sentence."])
def test_a_title_that_ends_has_ended(title):
    assert cited.citation_line(Entry(title=title)) == title


def test_of_very_many_people_the_first_stand_for_all():
    line = cited.citation_line(
        Entry(title="A", authors="; ".join(f"Muster{n}, A." for n in range(30)))
    )
    assert line.startswith("Muster0, A., Muster1, A., ")
    assert "Muster18, A. et al. A." in line
    assert "Muster19" not in line


@given(LINES, LINES, st.text())
def test_any_text_may_be_cited(title, venue, authors):
    line = cited.citation_line(Entry(title=title, venue=venue, authors=authors))
    assert title in line
    assert venue in line
