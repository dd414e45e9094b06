"""Numbers of papers have one spelling each, however and wherever they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core import identifiers
from papers.formats.core.identifiers.pages import SITES, found_at
from papers.formats.core.identity import page_key

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


OLD_DOI = "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2"


@pytest.mark.parametrize(
    "written",
    [
        "10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2",
        "DOI 10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2.",
        "doi.org/doi:10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2",
        "10.1577/1548-8659(1981)110&lt;446:EOTOFR&gt;2.0.CO;2/",
        "10.1577/1548-8659(1981)110&amp;lt;446:EOTOFR&amp;gt;2.0.CO;2",
        "10.1577%2F1548-8659%281981%29110%3C446%3AEOTOFR%3E2.0.CO%3B2",
        "https://doi.org/https://doi.org/10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2",
        "info:doi/10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2",
        "10.1577/1548-8659(1981)110$<$446:EOTOFR$>$2.0.CO;2",
        "DOI: doi:10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2",
    ],
)
def test_an_old_doi_is_whole_however_it_was_escaped(written):
    assert identifiers.doi(written) == OLD_DOI


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://doi.org/10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2", OLD_DOI),
        ("https://doi.org/10.1577/1548-8659(1981)110%3C446:EOTOFR%3E2.0.CO;2", OLD_DOI),
        ("https://doi.org/10.1577/1548-8659(1981)110&lt;446:EOTOFR&gt;2.0.CO;2", OLD_DOI),
        ("https://doi.org/doi:10.1000/a/", "10.1000/a"),
        ("https://doi.org/10.1000/a.", "10.1000/a"),
        ("https://doi.org/10.1002/(SICI)1-1<1::A>3.0.CO;2-#", "10.1002/(sici)1-1<1::a>3.0.co;2-#"),
        ("https://doi.org/10.1000/a?utm_source=b", "10.1000/a"),
    ],
)  # fmt: skip
def test_an_address_says_the_whole_doi(address, number):
    assert identifiers.doi_of(address) == number


# Addresses of one work each, below the DOI that follows from them.
PAGES = """
a page
    openreview.net/forum?id=rJl-b3
    openreview.net/pdf?id=rJl-b3
    openreview.net/forum?noteId=a&amp;id=rJl-b3#x
    openreview.net/attachment?id=rJl-b3&name=pdf
10.18653/v1/p19-1001
    aclanthology.org/P19-1001
    www.aclweb.org/anthology/P19-1001/
    aclweb.org/anthology/P/P19/P19-1001.pdf
10.18653/v1/2020.acl-main.703
    aclanthology.org/2020.acl-main.703/
    aclanthology.org/2020.acl-main.703v2.pdf
a page
    aclanthology.org/2020.lrec-1.1/
    aclanthology.org/2020.lrec-1.1.pdf
a page
    aclanthology.org/Q18-1034
    aclweb.org/anthology/Q18-1034.pdf
a page
    www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/pdf/x.pdf
    pmc.ncbi.nlm.nih.gov/articles/PMC123456/
    europepmc.org/articles/PMC123456
10.5281/zenodo.123
    zenodo.org/records/123
    zenodo.org/record/123/files/a.pdf?download=1
    doi.org/10.5281/zenodo.123
10.1038/nature14539
    www.nature.com/articles/nature14539
    nature.com/articles/nature14539.pdf
    www.nature.com/nature/journal/v521/n7553/full/nature14539.html
    www.nature.com/articles/nature14539/figures/2
10.1038/s41586-021-03819-2
    www.nature.com/articles/s41586-021-03819-2
    www.nature.com/articles/s41586-021-03819-2_reference.pdf
10.1038/nmeth.3901
    www.nature.com/articles/nmeth.3901
    doi.org/10.1038/nmeth.3901
a page
    papers.nips.cc/paper/2012/hash/c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3-Abstract.html
    proceedings.neurips.cc/paper_files/paper/2012/file/c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3-Paper.pdf
    proceedings.neurips.cc/paper/2012/hash/c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3-Abstract-Conference.html
a page
    papers.nips.cc/paper/4824-bees-in-winter
    papers.nips.cc/paper/4824-bees-in-winter.pdf
a page
    proceedings.mlr.press/v97/tan19a.html
    proceedings.mlr.press/v97/tan19a/tan19a.pdf
    proceedings.mlr.press/v97/tan19a
    jmlr.org/proceedings/papers/v97/tan19a.pdf
a page
    www.jmlr.org/papers/v3/blei03a.html
    jmlr.org/papers/volume3/blei03a/blei03a.pdf
    jmlr.csail.mit.edu/papers/v3/blei03a.html
a page
    openaccess.thecvf.com/content_CVPR_2019/html/Xie_Bees_CVPR_2019_paper.html
    openaccess.thecvf.com/content_CVPR_2019/papers/Xie_Bees_CVPR_2019_paper.pdf
10.1101/123456
    www.biorxiv.org/content/early/2018/01/01/123456
    www.biorxiv.org/content/10.1101/123456v2.full
    www.biorxiv.org/content/biorxiv/early/2018/01/01/123456.full.pdf
10.1101/2020.01.12.20012345
    www.medrxiv.org/content/10.1101/2020.01.12.20012345v1
    medrxiv.org/content/medrxiv/early/2020/01/13/2020.01.12.20012345.full.pdf
10.2139/ssrn.1234567
    papers.ssrn.com/sol3/papers.cfm?abstract_id=1234567
    ssrn.com/abstract=1234567
    papers.ssrn.com/sol3/Delivery.cfm/SSRN_ID1_code2.pdf?abstractid=1234567&mirid=1
a page
    hal.science/hal-01234567v2/document
    hal.archives-ouvertes.fr/hal-01234567
    inria.hal.science/hal-01234567/file/bees.pdf
a page
    ojs.aaai.org/index.php/AAAI/article/view/6399
    ojs.aaai.org/index.php/AAAI/article/download/6399/6255
a page
    www.aaai.org/ocs/index.php/AAAI/AAAI18/paper/view/16410
    aaai.org/ocs/index.php/AAAI/AAAI18/paper/viewFile/16410/16133
10.24963/ijcai.2019/123
    www.ijcai.org/proceedings/2019/0123.pdf
    ijcai.org/proceedings/2019/123
a page
    ieeexplore.ieee.org/abstract/document/7780459/
    ieeexplore.ieee.org/document/7780459
    ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=7780459
    ieeexplore.ieee.org/iel7/7776647/7780329/07780459.pdf
10.1145/3292500.3330701
    dl.acm.org/citation.cfm?id=3292500.3330701
    dl.acm.org/doi/pdf/10.1145/3292500.3330701
    doi.acm.org/10.1145/3292500.3330701
a page
    dl.acm.org/citation.cfm?id=1234567
    portal.acm.org/citation.cfm?doid=1&id=1234567
a page
    www.sciencedirect.com/science/article/abs/pii/S0092867420312345
    linkinghub.elsevier.com/retrieve/pii/S0092-8674(20)31234-5
    www.cell.com/cell/fulltext/S0092-8674(20)31234-5
10.1007/978-3-319-10590-1_53
    link.springer.com/chapter/10.1007%2F978-3-319-10590-1_53
    link.springer.com/content/pdf/10.1007/978-3-319-10590-1_53.pdf
a page
    www.usenix.org/conference/osdi20/presentation/gujarati
    www.usenix.org/system/files/osdi20-gujarati.pdf
    usenix.org/conference/osdi20/technical-sessions/presentation/gujarati
a page
    www.usenix.org/conference/usenixsecurity20/presentation/smith
    www.usenix.org/system/files/sec20-smith_0.pdf
a page
    eprint.iacr.org/2019/099.pdf
    eprint.iacr.org/2019/99
    eprint.iacr.org/2019/099
10.17487/rfc7231
    www.rfc-editor.org/rfc/rfc7231.txt
    datatracker.ietf.org/doc/html/rfc7231
10.31234/osf.io/ab12c
    osf.io/preprints/psyarxiv/ab12c
    psyarxiv.com/ab12c
    doi.org/10.31234/osf.io/ab12c
10.31235/osf.io/ab12c
    osf.io/preprints/socarxiv/ab12c_v2
    doi.org/10.31235/osf.io/ab12c
10.31219/osf.io/ab12c
    osf.io/preprints/osf/ab12c
    osf.io/preprints/ab12c
10.6084/m9.figshare.1234567
    figshare.com/articles/dataset/Bees/1234567
    figshare.com/articles/Bees/1234567/2
10.20944/preprints202001.0001.v1
    www.preprints.org/manuscript/202001.0001/v1
    preprints.org/manuscript/202001.0001/v1/download
10.21203/rs.3.rs-1234/v1
    www.researchsquare.com/article/rs-1234/v1
    researchsquare.com/article/rs-1234/v1.pdf
10.3386/w12345
    www.nber.org/papers/w12345
    www.nber.org/system/files/working_papers/w12345/w12345.pdf
10.7554/elife.12345
    elifesciences.org/articles/12345
    elifesciences.org/articles/12345v2
10.7717/peerj-cs.12
    peerj.com/articles/cs-12/
    peerj.com/articles/cs-12.pdf
10.7717/peerj.12
    peerj.com/articles/12/
    peerj.com/articles/12.pdf
10.1155/2020/1234567
    www.hindawi.com/journals/cin/2020/1234567/
    hindawi.com/journals/cin/2020/1234567.pdf
a page
    www.jstor.org/stable/2346178?seq=1
    jstor.org/stable/pdf/2346178.pdf
a page
    www.mdpi.com/1424-8220/20/1/123/htm
    mdpi.com/1424-8220/20/1/123
a page
    distill.pub/2017/momentum/
    distill.pub/2017/momentum
a page
    www.vldb.org/pvldb/vol13/p123-bee.pdf
    vldb.org/pvldb/vol13/p123-bee.pdf
a page
    www.isca-archive.org/interspeech_2020/bee20_interspeech.html
    isca-archive.org/interspeech_2020/bee20_interspeech.pdf
a page
    www.researchgate.net/publication/221361415_Bees
    researchgate.net/publication/221361415
a page
    paperswithcode.com/paper/bees-in-winter
    paperswithcode.com/paper/bees-in-winter/review/
"""


def works_of(table: str) -> list[tuple[str, list[str]]]:
    works: list[tuple[str, list[str]]] = []
    for line in table.split("\n")[1:-1]:
        if line.startswith(" "):
            works[-1][1].append(line.strip())
        else:
            works.append((line.removeprefix("a page"), []))
    return works


@pytest.mark.parametrize(("number", "addresses"), works_of(PAGES))
def test_page_and_pdf_of_a_work_are_known_as_one(number, addresses):
    for scheme in ("https://", "http://"):
        keys = {page_key(f"{scheme}{address}") for address in addresses}
        assert len(keys) == 1
        assert keys == ({f"doi:{number}"} if number else keys - {""})
        assert {identifiers.doi_of(f"{scheme}{address}") for address in addresses} == {number}


def test_every_kind_of_address_is_tried_and_no_two_works_are_one():
    found = [page_key(f"https://{addresses[0]}") for _, addresses in works_of(PAGES)]
    assert len(set(found)) == len(found)
    tried = [f"https://{address}" for _, addresses in works_of(PAGES) for address in addresses]
    hit = {site.pattern for address in tried for site, _ in found_at(address)}
    assert [site.pattern.pattern for site in SITES if site.pattern not in hit] == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nature.com/",
        "https://www.nature.com/nature/articles?type=news",
        "https://openreview.net/group?id=ICLR.cc/2020",
        "https://aclanthology.org/venues/acl/",
        "https://example.org/P19-1001",
        "https://notzenodo.org/records/1234567",
        "https://ieeexplore.ieee.org/xpl/conhome/1000147/all-proceedings",
        "https://osf.io/ab12c/",
        "https://github.com/bees/osdi20-bees.pdf",
        "https://citeseerx.ist.psu.edu/viewdoc/summary?doi=10.1.1.152.3243",
    ],
)
def test_other_addresses_are_no_papers(address):
    assert page_key(address) == ""


@given(DOIS | st.sampled_from([OLD_DOI, "10.1002/a3.0.co;2-#", "10.1000/a?b", "10.1000/[a]"]))
def test_a_doi_leads_to_an_address_that_says_it(number):
    address = identifiers.doi_address(number)
    assert identifiers.doi_of(address) == number
    assert not set("<>#?[]") & set(address)
