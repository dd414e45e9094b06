"""Lists of identifiers: each becomes a paper, and a line without any is reported."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core import identifier_list
from papers.formats.core.reading_list import Entry

HASH = "0123456789abcdef0123456789abcdef01234567"
# How somebody may write one paper, and what it says: a name and a number.
OLD = "1548-8659(1981)110<446:eotofr>2.0.co;2"
WRITTEN = {
    "1706.03762": ("arxiv", "1706.03762"),
    "arXiv:1706.03762v5": ("arxiv", "1706.03762"),
    "hep-ph/0123456": ("arxiv", "hep-ph/0123456"),
    "math.GT/0309136": ("arxiv", "math/0309136"),
    "https://arxiv.org/pdf/1706.03762v2.pdf": ("arxiv", "1706.03762"),
    "arxiv.org/abs/1706.03762": ("arxiv", "1706.03762"),
    "https://doi.org/10.48550/arXiv.1706.03762": ("arxiv", "1706.03762"),
    "10.48550/arXiv.1706.03762": ("arxiv", "1706.03762"),
    "https://huggingface.co/papers/1706.03762": ("arxiv", "1706.03762"),
    "10.1000/182": ("doi", "10.1000/182"),
    "doi:10.1000/182": ("doi", "10.1000/182"),
    "https://doi.org/10.1000/182": ("doi", "10.1000/182"),
    "doi:10/fqd6hj": ("doi", "10/fqd6hj"),
    "10.1016/0004-1234(94)90120-1": ("doi", "10.1016/0004-1234(94)90120-1"),
    "https://publisher.example/doi/full/10.1000/182": ("doi", "10.1000/182"),
    "DOI 10.1000/182": ("doi", "10.1000/182"),
    "doi.org/doi:10.1000/182/": ("doi", "10.1000/182"),
    f"10.1577/{OLD}": ("doi", f"10.1577/{OLD}"),
    f"https://doi.org/10.1577/{OLD}": ("doi", f"10.1577/{OLD}"),
    f"10.1577/{OLD}".replace("<", "&lt;").replace(">", "&gt;"): ("doi", f"10.1577/{OLD}"),
    f"10.1577/{OLD}".replace("<", "%3C").replace(">", "%3E"): ("doi", f"10.1577/{OLD}"),
    "https://www.nature.com/articles/nature14539.pdf": ("doi", "10.1038/nature14539"),
    "https://aclanthology.org/P19-1001.pdf": ("doi", "10.18653/v1/p19-1001"),
    "arXiv:acc-phys/9411001": ("arxiv", "acc-phys/9411001"),
    "supr-con/9609004v2": ("arxiv", "supr-con/9609004"),
    "PMID: 12345678": ("pmid", "12345678"),
    "https://pubmed.ncbi.nlm.nih.gov/123/": ("pmid", "123"),
    "W2741809807": ("openalex", "W2741809807"),
    "https://openalex.org/works/W123": ("openalex", "W123"),
    HASH: ("semantic_scholar", HASH),
    f"https://www.semanticscholar.org/paper/A-Title/{HASH}": ("semantic_scholar", HASH),
    "CorpusID:123": ("semantic_scholar", "CorpusID:123"),
    "ISBN 978-3-16-148410-0": ("isbn", "9783161484100"),
    "3-16-148410-X": ("isbn", "9783161484100"),
}
TITLES = {
    "arxiv": "arXiv:{}",
    "doi": "doi:{}",
    "pmid": "PMID {}",
    "openalex": "OpenAlex {}",
    "semantic_scholar": "Semantic Scholar {}",
    "isbn": "ISBN {}",
}
AROUND = [
    "{}",
    "  {}  ",
    "See {}.",
    "({})",
    "[{}]",
    "<{}>",
    "“{}”, they say",
    "- [ ] [A title]({})",
    "Author, A. (2016). A title. In Proceedings, pages 1-10. {}",
    "| {} | 2016 |",
]


def numbers_in(text: str) -> list[tuple[str, str]]:
    found = []
    for entry in identifier_list.read(text).entries:
        found += [(name, getattr(entry, name)) for name in TITLES if getattr(entry, name)]
    return found


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_recognised_wherever_it_stands(written, around):
    read = identifier_list.read(around.format(written))
    name, number = WRITTEN[written]
    assert numbers_in(around.format(written)) == [(name, number)]
    assert [entry.title for entry in read.entries] == [TITLES[name].format(number)]
    assert read.not_understood == ()


@given(
    st.lists(st.sampled_from(sorted(WRITTEN)), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n", ", ", "; ", " ", "\t", "\n\n"]),
)
def test_many_at_once_are_each_a_paper_in_their_order(written, between):
    wanted = list(dict.fromkeys(WRITTEN[one] for one in written))
    assert numbers_in(between.join(written)) == wanted


def test_a_comma_alone_parts_them():
    text = "10.1000/182,10.1000/183;1706.03762,https://arxiv.org/abs/1706.03763,https://doi.org/10.1000/4"
    assert [number for _, number in numbers_in(text)] == [
        "10.1000/182",
        "10.1000/183",
        "1706.03762",
        "1706.03763",
        "10.1000/4",
    ]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://openreview.net/forum?id=abc-XY", "forum?id=abc-XY"),
        ("https://aclanthology.org/P99-1001/", "P99-1001"),
        ("https://proceedings.mlr.press/v1/someone20a.html", "someone20a.html"),
        ("https://somebody.example.org/papers/deep%20work.pdf", "deep work.pdf"),
        ("https://somebody.example.org/posts/a-thought", "a-thought"),
        ("https://somebody.example.org", "somebody.example.org"),
    ],
)
def test_an_address_of_its_own_is_kept_and_called_by_its_last_part(address, title):
    assert identifier_list.read(address).entries == (Entry(title=title, url=address),)


def test_of_the_addresses_in_a_sentence_those_of_papers_count():
    text = "See https://openreview.net/forum?id=a, with code at https://code.example.org/a/b."
    assert [e.url for e in identifier_list.read(text).entries] == [
        "https://openreview.net/forum?id=a"
    ]


def test_one_number_and_one_address_in_a_line_are_one_paper():
    read = identifier_list.read("https://publisher.example/a/1 doi:10.1000/182")
    assert read.entries == (
        Entry(title="doi:10.1000/182", doi="10.1000/182", url="https://publisher.example/a/1"),
    )
    apart = identifier_list.read("https://publisher.example/a/1\ndoi:10.1000/182")
    assert len(apart.entries) == 2


def test_a_number_of_pubmed_central_is_noted():
    (entry,) = identifier_list.read("PMCID: PMC12345").entries
    assert (entry.title, entry.further) == ("PMC12345", (("PMCID", "PMC12345"),))
    assert entry.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345/"


@pytest.mark.parametrize(
    "line",
    [
        "just words",
        "It cost $1706.03762 in 2019.12345",
        "1234567890",
        "978-3-16-148410-1",
        "mail@example.org",
        "10.1000",
        "10/12",
        "pages 123-456, volume 12(3)",
        "http://[",
        "The W3 consortium",
    ],
)
def test_what_is_no_paper_is_told_with_its_line(line):
    read = identifier_list.read(f"1706.03762\n\n{line}")
    assert [entry.arxiv for entry in read.entries] == ["1706.03762"]
    assert [(line_left.number, line_left.text) for line_left in read.not_understood] == [(3, line)]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_may_be_pasted(text):
    """Every line is read or told, and each entry can be told from all others."""
    read = identifier_list.read(text)
    assert len(set(read.entries)) == len(read.entries)
    assert all(entry.title.strip() for entry in read.entries)
    assert {line.number for line in read.not_understood} <= set(
        range(1, len(text.splitlines()) + 1)
    )


@given(
    st.text(alphabet=string.ascii_letters + " ,.;:!?()", max_size=60),
    st.sampled_from(sorted(WRITTEN)),
)
def test_words_around_a_number_do_not_hide_it(words, written):
    assert WRITTEN[written] in numbers_in(f"{words} {written} {words}")


@pytest.mark.parametrize(
    "piece", ["10.1000/(", "arxiv: ", "https://a.", "978-", "a.b/", "W1", "((("]
)
def test_a_large_text_is_read_in_one_go(piece):
    """A pattern that went back and forth over it would not end within the life of this test."""
    found = identifier_list.read(piece * (20_000 // len(piece)))
    assert all(entry.title for entry in found.entries)
    assert len(found.not_understood) <= 1


@pytest.mark.parametrize("unit", ["-", "a-", "0-", "978-", "a.", "://", "10.", "arxiv:"])
def test_a_long_row_of_anything_is_read_or_told(unit: str) -> None:
    text = (unit * 80_000)[:80_000]
    found = identifier_list.read(text)
    assert len(found.entries) + len(found.not_understood) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "https://openreview.net/forum?id=x1\nhttps://openreview.net/pdf?id=x1",
        "https://jmlr.org/papers/v3/a03a.html, http://www.jmlr.org/papers/volume3/a03a/a03a.pdf",
        "https://hal.science/hal-01234567 https://hal.science/hal-01234567v2/document",
    ],
)
def test_page_and_pdf_of_one_work_are_pasted_once(text):
    (entry,) = identifier_list.read(text).entries
    assert entry.url == text.split()[0].rstrip(",")


def test_a_number_as_a_link_is_one_number():
    text = "[10.1000/182](https://doi.org/10.1000/182) <p>10.1000/abc</p>"
    assert numbers_in(text) == [("doi", "10.1000/182"), ("doi", "10.1000/abc")]
