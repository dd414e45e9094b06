"""Numbers of papers have one spelling each, however and wherever they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import identifiers

DIGITS = st.integers(0, 9)
NEW_NUMBERS = st.builds(
    "{:02}{:02}.{:05}".format, st.integers(15, 40), st.integers(1, 12), st.integers(0, 99_999)
)
OLD_NUMBERS = st.builds(
    "{}/{:07}".format,
    st.sampled_from(["hep-ph", "math", "quant-ph", "cs"]),
    st.integers(0, 9_999_999),
)
DOIS = st.builds(
    "10.{}/{}".format,
    st.integers(1000, 999_999_999),
    st.from_regex(r"[a-z0-9]+([._/-][a-z0-9]+){0,4}", fullmatch=True),
)


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/182",
        "DOI: 10.1000/182",
        "doi:10.1000/182.",
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182",
        "https://www.doi.org/10.1000/182",
    ],
)
def test_a_doi_has_one_spelling(written):
    assert identifiers.doi(written) == "10.1000/182"


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://doi.org/10.1000/ABC.1", "10.1000/abc.1"),
        ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("https://doi.org/fqd6hj", "10/fqd6hj"),
        ("https://doi.org/10/fqd6hj", "10/fqd6hj"),
        ("https://doi.org/10.1016/0004-1234(94)90120-1", "10.1016/0004-1234(94)90120-1"),
        ("https://dl.acm.org/doi/abs/10.1145/123.456", "10.1145/123.456"),
        ("https://dl.acm.org/doi/pdf/10.1145/123.456", "10.1145/123.456"),
        ("https://publisher.example/doi/full/10.1000/abc#section", "10.1000/abc"),
        ("https://publisher.example/content/pdf/10.1007/s1-2-3.pdf", "10.1007/s1-2-3"),
        ("https://publisher.example/article/10.1088/1-2/3/meta", "10.1088/1-2/3"),
        ("https://biorxiv.org/content/10.1101/2020.01.12v2.full.pdf", "10.1101/2020.01.12"),
        ("https://journal.example/article?id=10.1371/journal.one.1", "10.1371/journal.one.1"),
        ("https://publisher.example/article/182", ""),
        ("https://publisher.example/v10.1000/182", ""),
        ("http://[", ""),
    ],
)
def test_a_doi_is_found_in_the_address_of_any_publisher(address, number):
    assert identifiers.doi_of(address) == number


@pytest.mark.parametrize(
    "text", ["", "10.1000", "10.1000/", "10.1000/).", "11.1000/182", "a 10.1/2"]
)
def test_what_is_no_doi_is_none(text):
    assert identifiers.doi(text) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/abs/1706.03762v5",
        "http://www.arxiv.org/pdf/1706.03762v5.pdf",
        "https://arxiv.org/html/1706.03762v7",
        "https://arxiv.org/format/1706.03762",
        "https://export.arxiv.org/abs/1706.03762",
        "https://lanl.arxiv.org/abs/1706.03762",
        "http://xxx.lanl.gov/abs/1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762",
        "https://www.alphaxiv.org/abs/1706.03762v3",
        "https://alphaxiv.org/overview/1706.03762",
        "https://ar5iv.org/abs/1706.03762",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
        "https://huggingface.co/papers/1706.03762",
        "https://api.semanticscholar.org/ARXIV:1706.03762",
        "https://api.semanticscholar.org/graph/v1/paper/arXiv:1706.03762",
        "https://scirate.com/arxiv/1706.03762",
        "https://www.arxiv-vanity.com/papers/1706.03762/",
    ],
)
def test_an_arxiv_number_is_found_at_arxiv_and_its_mirrors(address):
    assert identifiers.arxiv_of(address) == "1706.03762"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("math.GT/0309136", "math/0309136"),
        ("arXiv:math.GT/0309136v2", "math/0309136"),
        ("hep-ph/0123456", "hep-ph/0123456"),
        ("10.48550/ARXIV.1706.03762", "1706.03762"),
        ("170.03762", ""),
        ("1706.037620", ""),
        ("https://example.org/abs/1706.03762", ""),
    ],
)
def test_an_arxiv_number_has_one_spelling(written, number):
    assert identifiers.arxiv(written) == number


def test_another_site_has_no_arxiv_numbers():
    assert identifiers.arxiv_of("https://example.org/abs/1706.03762") == ""
    assert identifiers.arxiv_of("https://notarxiv.org/abs/1706.03762") == ""


@pytest.mark.parametrize(
    ("read", "written", "number"),
    [
        (identifiers.pmid, "PMID: 0123", "123"),
        (identifiers.pmid, "123", "123"),
        (identifiers.pmid, "12a", ""),
        (identifiers.pmid, "٣", ""),
        (identifiers.pmid_of, "https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        (identifiers.pmid_of, "https://www.ncbi.nlm.nih.gov/pubmed/123", "123"),
        (identifiers.pmid_of, "https://europepmc.org/article/MED/123", "123"),
        (identifiers.pmid_of, "https://www.ncbi.nlm.nih.gov/gene/123", ""),
        (identifiers.pmid_of, "https://example.org/pubmed/123", ""),
        (identifiers.pmcid, "PMCID: PMC123", "PMC123"),
        (identifiers.pmcid_of, "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/", "PMC123"),
        (identifiers.pmcid_of, "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", "PMC123"),
        (identifiers.openalex, "w2741809807", "W2741809807"),
        (identifiers.openalex_of, "https://openalex.org/W2741809807", "W2741809807"),
        (identifiers.openalex_of, "https://openalex.org/works/w2741809807", "W2741809807"),
        (identifiers.openalex_of, "https://api.openalex.org/works/W1", "W1"),
        (identifiers.openalex_of, "https://openalex.org/A5023888391", ""),
        (identifiers.semantic_scholar, "ABCD" * 10, "abcd" * 10),
        (identifiers.semantic_scholar, "CorpusId: 123", "CorpusID:123"),
        (identifiers.semantic_scholar, "abcd" * 9, ""),
        (
            identifiers.semantic_scholar_of,
            f"https://www.semanticscholar.org/paper/A-title/{'0a' * 20}",
            "0a" * 20,
        ),
        (identifiers.semantic_scholar_of, "https://semanticscholar.org/corpusid:7", "CorpusID:7"),
    ],
)
def test_indexes_number_works_in_one_spelling(read, written, number):
    assert read(written) == number


def thirteen(twelve: list[int]) -> str:
    """The ISBN whose first digits these are, reckoned as the standard says it in words."""
    odd, even = sum(twelve[::2]), sum(twelve[1::2])
    return "".join(map(str, [*twelve, (10 - (odd + 3 * even) % 10) % 10]))


@given(st.lists(DIGITS, min_size=9, max_size=9), st.sampled_from(["", "-", " ", "–"]))
def test_an_isbn_of_ten_and_one_of_thirteen_digits_are_one(nine, between):
    weighted = sum((place + 1) * digit for place, digit in enumerate(nine)) % 11
    ten = "".join(map(str, nine)) + ("X" if weighted == 10 else str(weighted))
    whole = thirteen([9, 7, 8, *nine])
    assert identifiers.isbn(between.join([ten[:1], ten[1:4], ten[4:9], ten[9]])) == whole
    assert identifiers.isbn(f"ISBN {between.join([whole[:3], whole[3:5], whole[5:]])}") == whole
    assert identifiers.isbns(f"{ten}, {whole}") == whole


@given(st.lists(DIGITS, min_size=9, max_size=9), st.integers(0, 11), st.integers(1, 9))
def test_an_isbn_with_one_wrong_digit_is_none(nine, place, wrong):
    whole = thirteen([9, 7, 9, *nine])
    digit = (int(whole[place]) + wrong) % 10
    assert identifiers.isbn(f"{whole[:place]}{digit}{whole[place + 1 :]}") == ""


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("ISSN 0378-5955", "03785955"),
        ("2434-561X; 0378-5955", "2434561X 03785955"),
        ("0378-5954", ""),
        ("0378-5955 and more", ""),
    ],
)
def test_an_issn_proves_itself(written, numbers):
    assert identifiers.issns(written) == numbers


@given(NEW_NUMBERS | OLD_NUMBERS, st.sampled_from(["", "v1", "v12"]))
def test_every_way_to_write_an_arxiv_number_gives_it(number, version):
    assert identifiers.arxiv(f"arXiv:{number}{version}") == number
    assert identifiers.arxiv_of(f"https://arxiv.org/pdf/{number}{version}.pdf") == number
    assert identifiers.arxiv_of(f"https://doi.org/10.48550/arXiv.{number}") == number


@given(DOIS)
def test_a_doi_read_again_is_the_same(number):
    once = identifiers.doi(number)
    assert identifiers.doi(once) == once == number
    assert identifiers.doi_of(f"https://doi.org/{number}") == number


@given(st.text())
def test_any_text_may_be_asked(text):
    """Nothing is raised, and what is found is found again."""
    for name in ("doi", "arxiv", "pmid", "pmcid", "openalex", "semantic_scholar", "isbns", "issns"):
        read = getattr(identifiers, name)
        assert read(read(text)) == read(text)
    for name in ("doi_of", "arxiv_of", "pmid_of", "pmcid_of", "openalex_of", "semantic_scholar_of"):
        getattr(identifiers, name)(f"https://{text}")
