"""Texts and files made to do harm: each is refused with a sentence, or read as the text it is."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from papers.formats.core.reading_list import ReadingList
from papers.formats.core.text import NotText, Refused, TooLarge, decode
from papers.formats.markdown import writing
from papers.formats.registry import recognition

MANY = 100_000


def read(data: bytes) -> ReadingList | str:
    """What becomes of an uploaded file: a list, or the sentence with which it is refused."""
    try:
        return recognition.read(decode(data).text)
    except Refused as refused:
        return str(refused)


def is_calm(answer: ReadingList | str) -> bool:
    """Whether it is a sentence for the importer, or a list of papers with titles."""
    if isinstance(answer, str):
        return "Nothing was imported." in answer
    return all(entry.title.strip() for entry in answer.entries)


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def overlapping_zip() -> bytes:
    """An archive each of whose parts is the same bytes, as those that unpack without end."""
    one = zipped("list.bib", b"0" * MANY)
    start = one.index(b"PK\x01\x02")
    return one[:start] + one[start : one.index(b"PK\x05\x06")] * 1000 + one[-22:]


NESTED: dict[str, Callable[[], str]] = {
    "quotes": lambda: ">" * MANY + " - On Lists\n",
    "quotes line by line": lambda: "".join(">" * depth + " x\n" for depth in range(900)),
    "lists": lambda: "- " * MANY + "On Lists\n",
    "numbered lists": lambda: "1. " * MANY + "On Lists\n",
    "lists line by line": lambda: "".join("  " * depth + "- x\n" for depth in range(900)),
    "brackets": lambda: "- " + "[" * MANY + "On Lists" + "]" * MANY,
    "links": lambda: "- " + "[a](" * MANY,
    "stars": lambda: "- " + "*a **b " * (MANY // 8),
    "fences": lambda: "```\n" * MANY,
    "HTML": lambda: "<details>\n" * MANY,
    "comments": lambda: "<!--\n" * MANY,
    "JSON": lambda: '{"a":' * MANY + "1" + "}" * MANY,
    "JSON in lists": lambda: '[{"a":' + "[" * MANY + "]" * MANY + "}]",
    "XML": lambda: "<?xml version='1.0'?>" + "<a>" * MANY + "</a>" * MANY,
    "braces": lambda: "@article{a, title = " + "{" * MANY,
    "entries never closed": lambda: "@article{a, title = {On Lists\n" * MANY,
    "signs of entries": lambda: "@" * 200_000,
    "headings": lambda: "# x\n" * 4_000,
    "lists of one item": lambda: "- a\n* b\n" * 60_000,
    "items apart": lambda: "- a b\n\n" * 60_000,
    "blanks in an item": lambda: "".join(f"- a{' ' * n}b\n" for n in range(0, 1_200, 4)),
    "rows of a table": lambda: "| a | b |\n|---|---|\n" + "| x | y |\n" * 9_000,
    "columns of a table": lambda: "|" * MANY + "\n" + "|-" * MANY + "|\n",
}
TABLES = {
    "columns": "Title," + "," * MANY + "\n",
    "names of columns": "Title," * MANY + "\nOn Lists\n",
    "quotation marks never closed": "Title,Year\n" + '"a,b\n' * MANY,
    "quotation marks doubled": 'Title,Year\n"' + '""' * 2_000_000 + "\n",
    "quotation marks only": "Title,Year\n" + '"' * 1_000_001,
    "a cell in each line": "Title,Year\n" + '"\n",' * MANY,
    "rows": "Title\n" + "x\n" * 1_000_000,
    "separators": "Title,Year\n" + "," * 4_000_000,
    "titles in one cell": 'Title,Year\n"' + "x" * 4_000_000 + '",2020',
    "blank lines": "Title,Year\n" + "\n" * 4_000_000,
}


RECORDS: dict[str, Callable[[], str]] = {
    "items of JSON never closed": lambda: '[{"id": "a", "title": "b"},' + '{"id":"x",' * MANY,
    "items of JSON without quotes": lambda: '[{"id": "a", "title": "b"},' + '{"id":x},' * MANY,
    "marks between DOIs": lambda: f"TY  - JOUR\nTI  - A\nDO  - {', ; ' * MANY}\nER  - \n",
    "conditions of LaTeX": lambda: "@book{a, title={" + r"\ifmmode x\else y" * 1_100 + "}}\n",
    "signs of tags": lambda: "@book{a, title={" + r"\textless{}a " * 1_500 + "}}\n",
    "formulas said twice": lambda: "Title,Authors\n" + "<alternatives><tex-math>" * 2_000 + ",A\n",
    "braces behind backslashes": lambda: "@book{a, file={" + r"\{" * MANY + "}\n",
    "siblings of XML": lambda: '<rdf:RDF xmlns:rdf="r">' + '<a:b rdf:about="' * MANY,
    "words of a name": lambda: "@book{a, " + "b " * MANY + "}",
    "terms of a sheet": lambda: "Title,Authors\n" + "Fall 2023,\n" * 9_000 + "On Lists,A\n",
    "journals": lambda: "TY  - JOUR\nTI  - A\nJO  - " + "a. 2 (" * 9_000 + " (pp 1)\nER  - \n",
}


# From each blank, line or tag of a run, a search may go on to the end of the run.
RUNS = {
    "blank lines": "\n" * 150_000,
    "blanks in a heading": f"# a{' ' * 60_000}b\n",
    "blanks in a task": f"- [ ] [[a]]{' ' * 60_000}b\n",
    "blanks before a day": f"- [ ] a{' ' * 60_000}b 📅 2024-01-02\n",
    "blanks in a heading of Org": f"* TODO a{' ' * 60_000}b\n",
    "blanks behind an address": f"[a]: x{' ' * 60_000}b\n",
    "blanks in front matter": f"---\ntitle: a{' ' * 60_000}b\n---\n",
    "blanks before a mark of a block": f"- [[a]]{' ' * 60_000}b ^\n",
    "tags": "- [[a]]" + " #a" * 60_000 + " b\n",
    "headings without properties": "Status:: x\n" + "# B\n" * 9_000 + "text\n" * 150_000,
}
MOST_SECONDS = 4


@pytest.mark.parametrize("text", RUNS.values(), ids=RUNS)
def test_a_run_is_not_searched_again_from_each_of_its_signs(text: str) -> None:
    begun = time.process_time()
    assert is_calm(read(text.encode()))
    assert time.process_time() - begun < MOST_SECONDS


def test_more_lines_than_a_list_has_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(TooLarge, match="at most 200,000 lines"):
        writing.refuse_too_long("\n" * 200_001)
    writing.refuse_too_long("\n" * 200_000)


@pytest.mark.parametrize("made", RECORDS.values(), ids=RECORDS)
def test_records_that_are_much_work_come_to_an_end(made: Callable[[], str]) -> None:
    assert is_calm(read(made().encode()))


@pytest.mark.parametrize("made", NESTED.values(), ids=NESTED)
def test_what_is_nested_without_end_comes_to_one(made: Callable[[], str]) -> None:
    assert is_calm(read(made().encode()))


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_that_grows_without_end_is_refused_or_read(text: str) -> None:
    assert is_calm(read(text.encode()))


def test_very_many_items_are_refused_before_they_are_parsed() -> None:
    for name in ("lists of one item", "items apart"):
        with pytest.raises(TooLarge, match="items"):
            writing.refuse_too_long(NESTED[name]())


def test_ten_megabytes_in_one_line_are_refused() -> None:
    for line in ("x" * 10_000_000, "@article{" + "x" * 10_000_000, '[{"a": "' + "x" * 10_000_000):
        with pytest.raises(TooLarge):
            recognition.read(line)
        with pytest.raises(TooLarge):
            decode(line.encode())


@pytest.mark.parametrize(
    "data",
    [zipped("list.bib", b"@article{a}"), zipped("a.zip", zipped("b", b"0")), overlapping_zip()],
    ids=["an archive", "an archive in an archive", "an archive of overlapping parts"],
)
def test_an_archive_is_never_opened_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(NotText, match="This is a ZIP archive"):
        decode(data)


@pytest.mark.parametrize("text", ["- On\0 Lists\n", "Title,Year\nOn\0Lists,2020\n", "\0" * 10])
def test_a_character_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(NotText):
        decode(text.encode())


@pytest.mark.parametrize(
    "text",
    ["- On Lists\0 [Ro\0e, 2020]\n", "Title,Authors,Abstract\nOn Lists\0,Ro\0e,a\0\x07b\n"],
)
def test_what_is_pasted_loses_what_cannot_be_stored(text: str) -> None:
    (entry,) = recognition.read(text).entries
    assert "\0" not in entry.title + entry.authors + entry.abstract


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] [On Lists](javascript:alert(1))\n- [ ] [On Gaps](data:text/html,x)\n",
        "Title,Link\nOn Lists,javascript:alert(1)\nOn Gaps,data:text/html;x\n",
        "| Title | Link |\n|---|---|\n| On Lists | [pdf](JaVaScRiPt:alert(1)) |\n",
    ],
)
def test_no_address_but_one_of_the_web_is_taken(text: str) -> None:
    reading_list = recognition.read(text)
    entries = (*reading_list.entries, *reading_list.doubtful)
    assert entries
    assert {entry.url for entry in entries} == {""}


@pytest.mark.parametrize("text", ["- {}\n", "Title,Year\n{},2020\n"])
def test_letters_that_turn_the_line_around_stay_in_their_title(text: str) -> None:
    reading_list = recognition.read(text.format("On \u202estsiL\u202c"))
    (entry,) = reading_list.entries or reading_list.doubtful
    assert entry.title == "On \u202estsiL\u202c"
