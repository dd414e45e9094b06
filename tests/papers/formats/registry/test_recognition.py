"""Which format a text is in. To take a list in Markdown for anything else would be the worst."""

import inspect
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.format import Format
from papers.formats.core.reading_list import ReadingList
from papers.formats.core.text import Refused, TooLarge
from papers.formats.registry import READ, recognition
from papers.formats.registry.recognition import recognised
from papers.formats.tagged import ris

BIBTEX = "@article{roe20,\n  title = {On Lists},\n  author = {Roe, Jane},\n  year = 2020\n}\n"
RIS = "TY  - JOUR\nTI  - On Lists\nAU  - Roe, Jane\nPY  - 2020\nER  - \n"
MARKDOWN = {
    "the demonstration's": (
        Path(recognition.__file__).parents[2] / "demo" / "reading-list.md"
    ).read_text(encoding="utf-8"),
    "BibTeX in a code fence": f"# Lists\n\n- On Lists\n\n```bibtex\n{BIBTEX * 5}```\n",
    "BibTeX in a code fence alone": f"Cite us:\n\n~~~\n{BIBTEX}~~~\n",
    "BibTeX in details": f"**On Lists**\n<details><summary>BibTeX</summary>\n<pre>{BIBTEX}</pre>\n"
    f"</details>\n\n<details>\n{BIBTEX}\n</details>\n",
    "a citation below": f"# Lists\n\n- On Lists\n- On Gaps\n\nCite:\n\n{BIBTEX}",
    "people who are mentioned": "@mina (Mina Roe) brought these\n\n- On Lists\n",
    "a table": "| Title | Authors | Year |\n|---|---|---|\n| On Lists | Roe | 2020 |\n",
    "a table without outer bars": "Title | Year\n--- | ---\nOn Lists | 2020\nOn Gaps | 2021\n",
    "an item that looks like JSON": "[[paper](https://example.org)] On Lists\n\n[ ] On Gaps\n",
    "a link first": '[{"a": "list"}](https://example.org) of papers\n\n- On Lists\n',
    "front matter": "---\ntitle: Lists\nauthors: Roe\n---\n\n- On Lists\n",
    "front matter in JSON": '{"title": "Lists"}\n\n- On Lists\n',
    "a comment first": "<!-- our list -->\n# Lists\n\n- On Lists\n",
    "HTML first": '<h1 align="center">Lists</h1>\n<p>Ours</p>\n\n- On Lists\n',
    "words with commas": "Papers, notes and more\n\n- On Lists, Gaps, and More\n",
    "names of columns in a sentence": "Title, authors, year:\n\n- On Lists, Roe, 2020\n- On Gaps\n",
    "quoted titles": '"On Lists," Roe, 2020\n"On Gaps," Doe, 2021\n',
    "tags in prose": "AI - the early years\n\nTI - a company\n\n* On Lists\n",
    "a record in a code fence": f"- On Lists\n\n```\n{RIS}```\n",
    "nothing": "",
    "blanks": " \n\n",
    "a word": "Lists",
}
OTHERS = {
    "an entry": (BIBTEX, "bibtex"),
    "an entry in parentheses": ("@Book(roe20,\n  title = {On Lists})\n", "bibtex"),
    "a comment first": (f"% Encoding: UTF-8\n\n@Comment{{x}}\n{BIBTEX}", "bibtex"),
    "prose between entries": (f"These we liked.\n\n{BIBTEX}\n# later\n\n{BIBTEX}", "bibtex"),
    "macros first": (f'@string{{ j = "Lists" }}\n{BIBTEX}', "bibtex"),
    "an entry with an abstract like a list": (
        BIBTEX.replace("year", "abstract = {We\n- sort\n- search\n* find\n},\n  year"),
        "bibtex",
    ),
    "a mark first": (f"\ufeff{BIBTEX}", "bibtex"),
    "a record": (RIS, "ris"),
    "a record with a mark, numbers and CRLF": (
        "\ufeff1.\r\n" + RIS.replace("\n", "\r\n"),
        "ris",
    ),
    "records announced": (f"Provider: Lists\nContent: text\n\nRecord #1 of 1\n{RIS}", "ris"),
    "a record spaced oddly": ("TY - JOUR\nTI - On Lists\nER -\n", "ris"),
    "a record without a type": (RIS.partition("\n")[2], "ris"),
    "a record with a list in it": (RIS.replace("PY", "AB  - We\n- sort\n1. find\nPY"), "ris"),
    "types alone": ("TY  - \n" * 1000, "ris"),
    "Web of Science": (
        "FN Clarivate\nVR 1.0\nPT J\nAU Roe, J\nTI On Lists\n   and More\nER\n\nEF\n",
        "web of science",
    ),
    "Web of Science without a head": ("PT J\nAU Roe, J\nTI On Lists\nER\n", "web of science"),
    "PubMed": ("PMID- 123\nTI  - On Lists\n      and More\nFAU - Roe, Jane\n", "pubmed"),
    "JSON": ('[{"id": "roe20", "title": "On Lists"}]', "csl_json"),
    "JSON in an object": ('\n{ "items": [] }\n', "csl_json"),
    "a table": ("Title,Authors,Year\nOn Lists,Roe,2020\n", "csv"),
    "a table with semicolons": ("Titel;Autor;Jahr\nOn Lists;Roe;2020\n", "csv"),
    "a table with tabs": ("title\tyear\nOn Lists\t2020\n", "csv"),
    "a table with bars": ("Title|Year\nOn Lists|2020\n", "csv"),
    "a table with strange columns": ("Name,Title,Shelf\nRoe,On Lists,7\nDoe,X,8", "csv"),
    "a table with a list in a cell": (
        'Title,Abstract\nOn Lists,"We\n- sort\n- find"\nOn Gaps,\n',
        "csv",
    ),
    "names of columns alone": ("Title,Authors,Year\n", "csv"),
    "a table with rows too short": ("Title,Authors,Year,DOI\nOn Lists,Roe\n", "csv"),
    "rows without names": ('"On Lists","Roe","2020"\n"On Gaps","Doe","2021"\n', "csv"),
    "rows with tabs": ("On Lists\tRoe\t2020\nOn Gaps\tDoe\t2021\n", "csv"),
    "RDF": ('<?xml version="1.0"?>\n<rdf:RDF></rdf:RDF>', "rdf"),
    "RDF without a declaration": ("\n<rdf:RDF></rdf:RDF>", "rdf"),
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_in_markdown_is_taken_for_nothing_else(text: str, end: str) -> None:
    assert recognised(text.replace("\n", end)).name == "markdown"


@pytest.mark.parametrize(("text", "expected"), OTHERS.values(), ids=OTHERS)
def test_other_formats_are_told_by_what_is_in_them(text: str, expected: str) -> None:
    assert recognised(text).name == expected


WORDS = st.text(st.characters(codec="ascii", categories=["L", "Zs", "P"]), max_size=30)


@given(st.lists(WORDS, min_size=2), st.sampled_from(["- [ ] ", "* ", "1. ", "## "]))
def test_items_and_headings_are_markdown_whatever_they_say(words: list[str], mark: str) -> None:
    assert recognised("".join(f"{mark}x{line}\n" for line in words)).name == "markdown"


@given(st.text())
def test_every_text_is_in_some_format(text: str) -> None:
    assert recognised(text) in READ


def test_a_list_is_read_in_the_format_that_it_is_in() -> None:
    for text in ("- On Lists [Roe, 2020]\n", "Title,Authors,Year\nOn Lists,Roe,2020\n"):
        (entry,) = recognition.read(text).entries
        assert (entry.title, entry.authors, entry.year) == ("On Lists", "Roe", 2020)


@pytest.mark.parametrize(
    "text",
    [
        "FN Example\nVR 1.0\nPT J\nAU Okafor, A\nTI Slow\n   Reading\nPY 2021\nER\n\nEF\n",
        "PMID- 12345678\nTI  - Slow\n      Reading.\n",
        # One that holds a record of RIS further down is taken for RIS as a whole.
        "PMID- 12345678\nTI  - Slow\n      Reading.\nTY  - JOUR\n",
    ],
    ids=["Web of Science", "PubMed", "PubMed with a type of RIS"],
)
def test_what_was_taken_for_ris_is_read_in_its_own_format(text: str) -> None:
    (entry,) = recognition.read(text, ris.FORMAT).entries
    assert entry.title == "Slow Reading"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<title>Lists</title>",
        "\n<html lang=en>",
        "<!-- saved --><!doctype HTML><p>",
        '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
    ],
)
def test_a_web_page_is_refused_as_one(text: str) -> None:
    with pytest.raises(Refused, match=r"This is a web page.*Nothing was imported"):
        recognition.read(text)


def test_more_than_a_file_may_hold_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(TooLarge, match="at most 4 MB"):
        recognition.read("x" * 10_000_000)


def test_a_text_is_read_at_one_depth_wherever_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    depths = []

    def reader(text: str) -> ReadingList:
        depths.append(len(inspect.stack()))
        return ReadingList()

    def read_below(calls: int) -> None:
        if calls:
            read_below(calls - 1)
        else:
            recognition.read("- On Lists")

    monkeypatch.setattr(recognition, "recognised", lambda text: Format("x", "X", reads=reader))
    for calls in (0, 50):
        read_below(calls)
    assert depths[0] == depths[1] < 20


def test_an_entry_of_bibtex_in_an_abstract_of_ris_is_text() -> None:
    text = "TY  - JOUR\nTI  - On Bees\nAB  - Cite it so:\n\n@article{bees,\n\nER  - \n"
    assert recognised(text).name == "ris"
