"""When two mentions are one paper."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.identity import LONGEST_IDENTITY, comparable_title, identities, title_key
from papers.formats.core.identity import identity as identity_of
from papers.formats.core.reading_list import Entry, merged, outline
from papers.formats.markdown import reading
from papers.formats.registry import recognition


def identity(title: str, doi: str = "", arxiv: str = "") -> str:
    return identity_of(Entry(title, doi=doi, arxiv=arxiv))


def test_a_doi_counts_before_an_arxiv_number_and_that_before_the_title() -> None:
    assert identity("One", "10.1000/A", "1510.00149") == "doi:10.1000/a"
    assert identity("One", "", "1510.00149") == "arxiv:1510.00149"
    assert identity("One") == "title:one"
    assert identities(Entry("One", doi="10.1000/A", arxiv="1510.00149")) == (
        "doi:10.1000/a",
        "arxiv:1510.00149",
        "title:one",
    )


@pytest.mark.parametrize(
    "doi",
    ["10.1000/A", "doi:10.1000/a", "https://doi.org/10.1000/a", "HTTP://DX.DOI.ORG/10.1000/a"],
)
def test_a_doi_is_the_same_however_it_is_written(doi: str) -> None:
    assert identity("One", doi) == "doi:10.1000/a"


@pytest.mark.parametrize("arxiv", ["1510.00149", "1510.00149v5", "arXiv:1510.00149v1"])
def test_an_arxiv_number_counts_without_its_version(arxiv: str) -> None:
    assert identity("One", "", arxiv) == "arxiv:1510.00149"


def test_the_doi_that_arxiv_gives_is_an_arxiv_number() -> None:
    assert identity("One", "10.48550/arXiv.1510.00149v2") == "arxiv:1510.00149"


def test_what_is_no_doi_and_no_arxiv_number_does_not_count() -> None:
    assert identity("One", "none", "see page 3") == "title:one"


@pytest.mark.parametrize(
    "title",
    [
        "Efficient ConvNet Design",
        "E ffi cient ConvNet Design.",
        "  e\ufb03cient CONVNET-design ",
        "Effi\u00adcient Conv Net: Design!",
        "\uff25fficient ConvNet Design",
    ],
)
def test_titles_are_compared_by_their_letters(title: str) -> None:
    assert identity(title) == "title:efficientconvnetdesign"


def test_vowel_signs_tell_titles_apart() -> None:
    assert identity("\u0915\u0940") != identity("\u0915\u093e")


def test_a_title_without_letters_is_still_known_by_something() -> None:
    assert identity("???") == "title:???"
    assert identity("???") != identity("!!!")


def test_a_paper_without_any_name_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a title"):
        identity(" ")


def test_a_long_title_fits_an_index_and_stays_distinct() -> None:
    assert len(identity("x" * 10_000)) <= LONGEST_IDENTITY
    assert identity("x" * 10_000) != identity("x" * 10_001)


@pytest.mark.parametrize("words", ["sci fi films", "Wi fi access", "hi fi sound"])
def test_words_that_end_before_fi_stay_words(words: str) -> None:
    assert reading.read(f"- [ ] {words}").entries[0].title == words


# Each line is one title, however it is written.
SPELLINGS = [
    ["A Tour of C++", "a tour of c++", "A Tour of C++."],
    ["A Tour of C#", "A tour of C♯"],
    ["P ≠ NP", "P != NP", r"P $\neq$ NP", "P \u003d\u0338 NP"],
    ["P = NP", "P=NP", "P = NP?"],
    ["The A* algorithm", "The A$^*$ algorithm", r"The $A^\ast$ algorithm", "The A∗ Algorithm"],
    ["Under <0.5 MB", "Under &lt;0.5MB", r"Under $<$0.5 MB"],
    ["Learning f ≤ g", r"Learning $f \leq g$", "learning f <= g"],
    ["From A → B", "From A -> B", r"From $A \to B$"],
    ["$k$-means of bees", "k-means of bees", "K-Means of Bees"],
    ["Weights of +1 or -1", "Weights of +1 or −1"],
    ["3×3 nets", "3x3 nets"],
    ["Bees & hives", "Bees &amp; hives", "Bees hives"],
    ["Counting bees*", "Counting bees"],
    ["Google™ bees", "Google bees"],
    ["<i>E. coli</i> bees", "E. coli bees"],
    ["🐝 Bees", "Bees"],
    ["Node.js for bees", "NodeJS for bees"],
    ["Vitamin C -- a review", "Vitamin C: a review", "Vitamin C – a review"],
]
# No two of a line are one, nor of two lines.
WORKS = [
    ["A Tour of C", "A Tour of C++", "A Tour of C#", "A Tour of C--", "A Tour of C*"],
    ["P = NP", "P ≠ NP", "P < NP", "P > NP", "P ≤ NP", "P → NP", "P NP"],
    ["A", "A*", "A+"],
    ["Planning with RRT", "Planning with RRT*", "Planning with RRT#"],
    ["GPT-3.5 for bees", "GPT-35 for bees"],
    ["Learning .NET", "Learning net"],
    ["H∞ control", "H2 control", "H control"],
    ["F# for bees", "F for bees", "F* for bees"],
    ["The $1 recognizer", "The 1 recognizer", "The 1% recognizer"],
]


@pytest.mark.parametrize("titles", SPELLINGS, ids=lambda titles: titles[0])
def test_spellings_of_a_title_are_one(titles: list[str]) -> None:
    assert len({comparable_title(title) for title in titles}) == 1
    assert len(merged(Entry(title, topic=(str(n),)) for n, title in enumerate(titles))) == 1


@pytest.mark.parametrize("titles", WORKS, ids=lambda titles: titles[0])
def test_works_that_differ_in_a_sign_are_never_one(titles: list[str]) -> None:
    assert len(merged(map(Entry, titles))) == len(titles)
    assert len({identity(title) for title in titles}) == len(titles)


def test_works_of_two_lines_are_never_one() -> None:
    titles = {title for line in WORKS for title in line}
    assert len({comparable_title(title) for title in titles}) == len(titles)


@given(st.text() | st.text(alphabet="aC+#*=<>≠!-.^${}\\&;lt 1×→⁎∗\u0338"))
def test_comparing_what_is_compared_changes_nothing(title: str) -> None:
    assert comparable_title(comparable_title(title)) == comparable_title(title)


BOOK, WASPS = {"venue": "The Bee Book"}, {"venue": "The Wasp Book"}
LETTERS = {"venue": "Apis Letters", "kind": "article-journal", "authors": "Marsh, Ada"}
TOLD_APART = {
    "two books": ("Introduction", BOOK, WASPS),
    "chapters of one author": ("Bees in winter", BOOK | LETTERS | BOOK, WASPS | LETTERS | WASPS),
    "two journals": ("Bees in winter", LETTERS, LETTERS | {"venue": "Wasp Letters"}),
    "two journals by letters": ("Bees in winter", {"venue": "JMLR"}, {"venue": "TPAMI"}),
    "a journal and its sister": ("Counting", {"venue": "Nature"}, {"venue": "Nature Methods"}),
    "two issues": ("Editorial", {"issue": "1", **BOOK}, {"issue": "2", **BOOK}),
    "two pages": ("Erratum", {"pages": "1", **BOOK}, {"pages": "9", **BOOK}),
    "two years": ("Preface", {"year": 2001, **BOOK}, {"year": 2002, **BOOK}),
    "two years in German": ("Vorwort", {"year": 2001, **BOOK}, {"year": 2002, **BOOK}),
    "two meetings": ("Foreword", {"venue": "ICML"}, {"venue": "ICLR"}),
    "two DOIs": ("Bees", {"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
    "two preprints": ("Bees", {"doi": "10.1101/123456"}, {"doi": "10.1101/123457"}),
    "two ISBNs": ("Bees", {"isbn": "9783161484100"}, {"isbn": "9780262033848"}),
}
ONE_WORK = {
    "a preprint": ("Bees", {"venue": "arXiv", "arxiv": "1706.03762"}, {"venue": "Nature"}),
    "a preprint with a volume": (
        "Bees", {"venue": "CoRR", "volume": "abs/1706.03762"}, {"venue": "J. Bees", "volume": "1"}
    ),
    "a preprint with a DOI": ("Bees", {"doi": "10.1101/123456"}, {"doi": "10.1038/b1"}),
    "a preprint of psychology": ("Bees", {"doi": "10.31234/osf.io/ab1"}, {"doi": "10.1038/b1"}),
    "a meeting and a journal": ("Bees", {"venue": "ICML"}, {"venue": "Nature"}),
    "a meeting and a journal by letters": ("Bees", {"venue": "CVPR"}, {"venue": "TPAMI"}),
    "a venue by two names": (
        "Bees", {"venue": "JMLR"}, {"venue": "Journal of Machine Learning Research"}
    ),
    "a venue and none": ("Introduction", BOOK, {}),
    "an ISBN of two": ("Bees", {"isbn": "9783161484100 9780262033848"}, {"isbn": "9780262033848"}),
    "a DOI in the address": (
        "Bees", {"doi": "10.1038/nature14539"},
        {"url": "https://www.nature.com/articles/nature14539.pdf"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("title", "one", "other"), TOLD_APART.values(), ids=TOLD_APART.keys())
def test_one_title_in_two_places_is_two_works(title: str, one: Any, other: Any) -> None:
    works = [Entry(title, **one), Entry(title, **other)]
    assert len(merged(works)) == 2
    assert len(merged(reversed(works))) == 2
    assert identity_of(works[0]) != identity_of(works[1])


@pytest.mark.parametrize(("title", "one", "other"), ONE_WORK.values(), ids=ONE_WORK.keys())
def test_one_work_in_two_places_is_one(title: str, one: Any, other: Any) -> None:
    assert len(merged([Entry(title, **one), Entry(title, **other)])) == 1
    assert len(merged([Entry(title, **other), Entry(title, **one)])) == 1


def test_the_doi_of_what_was_published_stays() -> None:
    (paper,) = merged([Entry("Bees", doi="10.1101/123456"), Entry("Bees", doi="10.1038/b1")])
    assert paper.said.doi == "10.1038/b1"


LISTS = {
    "## Books\n- [ ] A Tour of C\n- [ ] A Tour of C++\n- [ ] A Tour of C#\n": 3,
    "| Title | Year |\n|---|---|\n| P = NP? | 2001 |\n| P ≠ NP | 2001 |\n": 2,
    "title,year\nPlanning with A*,2001\nPlanning with A,2001\nplanning with a*,2001\n": 2,
    "@incollection{a, title={Introduction}, booktitle={The Bee Book}, year={2001}}\n"
    "@incollection{b, title={Introduction}, booktitle={The Wasp Book}, year={2001}}": 2,
    "@article{a, title={Bees {C\\#}}, year=2001}\n@article{b, title={Bees C}, year=2001}": 2,
    "TY  - CHAP\nTI  - Vorwort\nT2  - Bienen\nER  - \n"
    "TY  - CHAP\nTI  - Vorwort\nT2  - Wespen\nER  - \n": 2,
    '[{"id": "a", "type": "article-journal", "title": "Editorial", "container-title": "Apis"},'
    '{"id": "b", "type": "article-journal", "title": "Editorial", "container-title": "Vespa"}]': 2,
    "## T\n- [ ] Bees in winter [Ohm, arXiv 2017]\n- [ ] Bees in winter [Ohm, Nature 2018]\n": 1,
    "## T\n- [ ] [Bees](https://openreview.net/forum?id=x)\n"
    "- [ ] [Bees](https://openreview.net/pdf?id=x)\n": 1,
}


@pytest.mark.parametrize(("text", "count"), LISTS.items())
def test_a_list_has_as_many_papers_as_works_in_every_format(text: str, count: int) -> None:
    assert len(recognition.read(text).papers) == count


FORUM, PDF = "https://openreview.net/forum?id=aB1", "https://openreview.net/pdf?id=aB1"


def test_page_and_pdf_of_a_work_are_one_unless_its_titles_speak_against_it() -> None:
    assert len(merged([Entry("Bees in winter", url=FORUM), Entry("pdf?id=aB1", url=PDF)])) == 1
    assert len(merged([Entry("Bees in winter", url=FORUM), Entry("Bees in Wintr", url=PDF)])) == 1
    assert len(merged([Entry("Bees in winter", url=FORUM), Entry("Wasps at sea", url=PDF)])) == 2


class TestMerging:
    def test_a_paper_is_one_if_only_one_mention_knows_its_number(self) -> None:
        (paper,) = merged(
            [Entry("One"), Entry("One", doi="10.1000/1"), Entry("One", arxiv="1510.00149")]
        )
        assert paper.identity == "doi:10.1000/1"
        assert (paper.said.doi, paper.said.arxiv) == ("10.1000/1", "1510.00149")

    def test_a_paper_is_one_if_its_number_is_the_same_and_its_title_not(self) -> None:
        (paper,) = merged([Entry("One", arxiv="1510.00149"), Entry("Two", arxiv="1510.00149")])
        assert paper.title == "One"

    def test_two_numbers_keep_papers_of_one_title_apart(self) -> None:
        papers = merged(
            [Entry("Proceedings", doi="10.1000/1"), Entry("Proceedings", doi="10.1000/2")]
        )
        assert [paper.identity for paper in papers] == ["doi:10.1000/1", "doi:10.1000/2"]

    def test_what_one_mention_leaves_out_the_next_may_say(self) -> None:
        (paper,) = merged(
            [
                Entry("One", checked=False, authors="Han et al."),
                Entry(
                    "ONE", checked=True, authors="Han", venue="ICLR", year=2016, url="https://x.org"
                ),
            ]
        )
        assert (paper.title, paper.said.authors, paper.said.venue) == ("One", "Han et al.", "ICLR")
        assert (paper.said.year, paper.said.url, paper.checked) == (2016, "https://x.org", True)

    def test_whether_it_is_read_may_be_unknown(self) -> None:
        (paper,) = merged([Entry("One")])
        assert paper.checked is None

    @given(
        st.lists(
            st.builds(
                Entry,
                title=st.sampled_from(["One", "Two", "Three"]),
                doi=st.sampled_from(["", "10.1000/1", "10.1000/2"]),
                arxiv=st.sampled_from(["", "1510.00149", "1510.00150"]),
                authors=st.sampled_from(["", "Han et al.", "Song Han", "LeCun, Yann"]),
                year=st.sampled_from([None, 2010, 2012, 2014]),
                volume=st.sampled_from(["", "1", "2"]),
            ),
            max_size=12,
        )
    )
    def test_no_mention_is_lost_and_no_identity_given_twice(self, entries: list[Entry]) -> None:
        papers = merged(entries)
        assert len({paper.identity for paper in papers}) == len(papers)
        assert sorted(map(str, entries)) == sorted(
            str(e) for paper in papers for e in paper.entries
        )


def test_an_outline_has_each_topic_below_its_parent() -> None:
    paths = [("A", "B", "C"), ("D",), ("A", "E"), ("D",)]
    assert outline(paths) == (("A",), ("A", "B"), ("A", "B", "C"), ("A", "E"), ("D",))


@pytest.mark.parametrize("title", ["{", "}", "{}", "^", "$", "™", "\\", "…"])
def test_a_title_of_signs_alone_is_found_by_them(title: str) -> None:
    assert title_key(title)
    assert identities(Entry(title))
