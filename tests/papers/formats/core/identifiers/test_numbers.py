"""Numbers of papers in running text, in every spelling that people have for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.identifiers import numbers
from papers.formats.markdown import item, reading
from papers.formats.registry import recognition

SICI = "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2"
LINES = [
    ("Counting Bees (arXiv:1706.03762)", {"arxiv": "1706.03762"}),
    ("Counting Bees [2106.09688]", {"arxiv": "2106.09688"}),
    ("[2106.09688v3] Counting Bees", {"arxiv": "2106.09688"}),
    ("Counting Bees [arXiv:1706.03762 [cs.CL]]", {"arxiv": "1706.03762"}),
    ("Counting Bees, arXiv 1706.03762", {"arxiv": "1706.03762"}),
    ("Counting Bees. ArXiv: 1706.03762v2.", {"arxiv": "1706.03762"}),
    ("Counting Bees. CoRR abs/1706.03762", {"arxiv": "1706.03762"}),
    ("Counting Bees hep-th/9901001", {"arxiv": "hep-th/9901001"}),
    ("Counting Bees (math.GT/0309136)", {"arxiv": "math/0309136"}),
    ("Counting Bees, arXiv:cond-mat.stat-mech/0001001", {"arxiv": "cond-mat/0001001"}),
    ("Counting Bees (cs/0112017v2)", {"arxiv": "cs/0112017"}),
    ("Counting Bees chao-dyn/9901001", {"arxiv": "chao-dyn/9901001"}),
    ("Counting Bees. DOI: 10.1000/c", {"doi": "10.1000/c"}),
    ("Counting Bees (doi:10.1000/d)", {"doi": "10.1000/d"}),
    ("Counting Bees, DOI 10.1000/E.", {"doi": "10.1000/e"}),
    ("Counting Bees doi = 10.1000/f", {"doi": "10.1000/f"}),
    ("Counting Bees 10.1000/g_(h)", {"doi": "10.1000/g_(h)"}),
    (r"Counting Bees 10.1000/g\_h", {"doi": "10.1000/g_h"}),
    ("Counting Bees. PMID: 31415926.", {"pmid": "31415926"}),
    ("Counting Bees (PMID 31415926)", {"pmid": "31415926"}),
    ("Counting Bees, PubMed ID: 31415926", {"pmid": "31415926"}),
    ("Counting Bees (DOI:10.1000/x; PMID:123456)", {"doi": "10.1000/x", "pmid": "123456"}),
    ("Counting Bees doi:10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2", {"doi": SICI}),
    ("Counting Bees 10.1577/1548-8659(1981)110&lt;446:EOTOFR&gt;2.0.CO;2", {"doi": SICI}),
    ("Counting Bees 10.1577/1548-8659(1981)110%3C446:EOTOFR%3E2.0.CO;2", {"doi": SICI}),
]


@pytest.mark.parametrize(("line", "said"), LINES)
def test_a_number_in_a_line_is_told_from_the_title(line, said):
    rest, found = numbers.cut_numbers(line)
    assert found == said
    assert rest.strip(" .") == "Counting Bees"


@pytest.mark.parametrize(("line", "said"), LINES)
def test_an_item_has_its_title_and_its_number(line, said):
    found = item.read(f"[ ] {line}")
    assert found
    assert found.entry.title == "Counting Bees"
    assert {name: getattr(found.entry, name) for name in said} == said


@pytest.mark.parametrize(
    "line",
    [
        "Rates of 1000.1234 and 10.5/3",
        "Bees in 2016/2017",
        "`doi:10.1000/x` in code",
        "[Bees](https://doi.org/10.1000/x)",
        "[2106.09688](https://arxiv.org/abs/2106.09688)",
        "https://arxiv.org/abs/2106.09688 and more",
        "Version 1.10.1000/x",
        "doi:10.1000/x",
        "PMID 31415926",
        "Sections 10.12/a and 10.13/b",
    ],
)
def test_what_is_no_number_or_nothing_else_stays(line):
    assert numbers.cut_numbers(line) == (line, {})


def test_what_is_around_a_number_stays_a_sentence():
    assert numbers.cut_numbers("Bees, doi:10.1000/x, Apis 2017")[0] == "Bees, Apis 2017"
    assert numbers.cut_numbers("Bees (arXiv:1706.03762, 2017)")[0] == "Bees (2017)"
    assert numbers.cut_numbers("Bees (2017, PMID: 123456)")[0] == "Bees (2017)"


def test_a_pubmed_number_goes_into_a_list_and_out_of_it():
    entry = reading.read("- [ ] Counting Bees (PMID 31415926)").entries[0]
    again = item.read(item.write(entry))
    assert again
    assert again.entry.pmid == "31415926"


DOI = "10.1577/1548-8659(1981)110<446:EOTOFR>2.0.CO;2"
IN_FORMATS = {
    "markdown": f"## T\n- [ ] [Honey Prime](https://doi.org/{DOI})\n",
    "markdown, in a line": f"## T\n- [ ] Honey Prime. doi:{DOI}\n",
    "markdown, escaped": "## T\n- [ ] Honey Prime. doi:10.1577/1548-8659(1981)110"
    "&lt;446:EOTOFR&gt;2.0.CO;2\n",
    "bibtex": f"@article{{a, title={{Honey Prime}}, doi={{{DOI}}}}}",
    "bibtex, in math": "@article{a, title={Honey Prime}, doi={10.1577/1548-8659(1981)110"
    "{$<$}446:EOTOFR{$>$}2.0.CO;2}}",
    "bibtex, as an address": f"@article{{a, title={{Honey Prime}}, url={{https://doi.org/{DOI}}}}}",
    "ris": f"TY  - JOUR\nTI  - Honey Prime\nDO  - {DOI}\nER  - \n",
    "ris, escaped": "TY  - JOUR\nTI  - Honey Prime\nDO  - 10.1577/1548-8659(1981)110"
    "%3C446:EOTOFR%3E2.0.CO%3B2\nER  - \n",
    "csl-json": f'[{{"id": "a", "type": "article", "title": "Honey Prime", "DOI": "{DOI}"}}]',
    "csv": f'title,doi,year\nHoney Prime,"{DOI}",1981\nHive,10.1000/h,1982\n',
    "pubmed": f"PMID- 1\nTI  - Honey Prime\nLID - {DOI} [doi]\n",
}


@pytest.mark.parametrize("text", IN_FORMATS.values(), ids=IN_FORMATS.keys())
def test_an_old_doi_is_whole_in_every_format(text):
    entry = recognition.read(text).entries[0]
    assert (entry.title, entry.doi) == ("Honey Prime", SICI)


@given(st.text(alphabet="doi:10./a(<>)[];,PMID arXiv1234 56789\\`*_"))
def test_any_line_may_be_cut_and_is_cut_once(line):
    rest, found = numbers.cut_numbers(line)
    assert (rest == line) or found
    for name, number in found.items():
        assert number, name
