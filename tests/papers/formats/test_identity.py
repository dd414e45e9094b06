"""When two mentions are one paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import markdown
from papers.formats.identity import LONGEST_IDENTITY, identities
from papers.formats.identity import identity as identity_of
from papers.formats.reading_list import Entry, merged, outline


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
    assert markdown.read(f"- [ ] {words}").entries[0].title == words


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
