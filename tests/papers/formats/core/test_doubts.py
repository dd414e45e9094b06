"""What is doubtful of a whole text: its encoding, lost letters, control characters."""

import pytest

from papers.formats.core import doubts
from papers.formats.core.text import MIXED, decode, encode
from papers.formats.registry import recognition

HEADERS = {
    "% Encoding: windows-1250": "windows-1250",
    "%Encoding: Cp1250": "windows-1250",
    "% encoding: ISO8859_2": "iso-8859-2",
    "@comment{jabref-meta: encoding:ISO8859_2;}": "iso-8859-2",
    "@comment{x-kbibtex-encoding=latin2}": "iso-8859-2",
    "% -*- mode: bibtex; coding: cp1250 -*-": "windows-1250",
    "%% Saved with string encoding Central European (ISO Latin 2)": "iso-8859-2",
    '@preamble{"\\usepackage[latin2]{inputenc}"}': "iso-8859-2",
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_file_is_believed_in_what_it_says_of_its_encoding(header: str) -> None:
    text = f"{header}\n@book{{a, author = {{Nowak, Łucja}}, title = {{Łódź i pszczoły}}}}\n"
    decoded = decode(text.encode(HEADERS[header]))
    assert (decoded.text, decoded.encoding) == (text, HEADERS[header])
    assert not decoded.is_guess
    assert encode(decoded, text) == text.encode(HEADERS[header])
    (doubt,) = doubts.of_encoding(decoded.encoding, decoded.text)
    assert f"says that it is {HEADERS[header]}" in doubt.reason


def test_so_is_one_in_xml() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-2"?>\n<rdf:RDF>Łódź</rdf:RDF>'
    assert decode(text.encode("iso-8859-2")).text == text


@pytest.mark.parametrize("said", ["utf-8", "no-such", "utf-16", "rot13", "unicode_escape"])
def test_a_file_that_says_what_it_is_not_is_guessed(said: str) -> None:
    decoded = decode(f"% Encoding: {said}\n@book{{a, title = {{Über}}}}".encode("windows-1252"))
    assert (decoded.encoding, decoded.is_guess) == ("windows-1252", True)
    (doubt,) = doubts.of_encoding(decoded.encoding, decoded.text)
    assert "It was read as windows-1252: check the accents." in doubt.reason


def test_utf_8_is_seen_whatever_the_header_says() -> None:
    text = "% Encoding: Cp1250\n@book{a, title = {Über}}"
    decoded = decode(text.encode())
    assert (decoded.text, doubts.of_encoding(decoded.encoding, text)) == (text, [])


def test_a_file_of_two_encodings_keeps_the_letters_of_both() -> None:
    data = "Müller, Łódź, Černý, Gödel\n".encode() + "Poincaré\n".encode("windows-1252")
    decoded = decode(data)
    assert decoded.text == "Müller, Łódź, Černý, Gödel\nPoincaré\n"
    assert decoded.encoding == MIXED
    assert encode(decoded, decoded.text) == decoded.text.encode()
    assert "some letters are not" in doubts.of_encoding(MIXED, decoded.text)[0].reason


FORMATS = {
    "bibtex": "@book{{a, title={{One}}}}\n@book{{b, title={{Tw{0}o}}}}\n"
    "@book{{c, title={{Three}}}}\n",
    "ris": "TY  - BOOK\nTI  - One\nER  - \nTY  - BOOK\nTI  - Tw{0}o\nER  - \n"
    "TY  - BOOK\nTI  - Three\nER  - \n",
    "csl_json": '[{{"title": "One"}},\n{{"title": "Tw{0}o"}},\n{{"title": "Three"}}]',
    "csv": "Title,Year\nOne,2001\nTw{0}o,2002\nThree,2003\n",
    "pubmed": "PMID- 1001\nTI  - One.\n\nPMID- 1002\nTI  - Tw{0}o.\n\nPMID- 1003\nTI  - Three.\n",
    "web of science": "FN X\nVR 1.0\nPT J\nTI One\nER\n\nPT J\nTI Tw{0}o\nER\n\n"
    "PT J\nTI Three\nER\n",
}


@pytest.mark.parametrize("control", ["\x01", "\x1b", "\x7f"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_control_character_costs_only_itself_and_is_named_by_its_line(
    name: str, control: str
) -> None:
    text = FORMATS[name].format(control)
    assert recognition.recognised(text).name == name
    found = recognition.read(decode(text.encode()).text)
    assert [entry.title for entry in found.entries] == ["One", "Two", "Three"]
    (remark,) = found.remarks
    assert control in text.split("\n")[remark.number - 1]
    assert "control character" in remark.reason


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("M\ufffdller", "was lost before the list was imported"),
        ("MÃ¼ller on bees", "a wrong encoding"),
        ("Donâ€™t count", "a wrong encoding"),
        ("ÅÃ³dÅº", "a wrong encoding"),
    ],
)
def test_letters_that_were_lost_before_are_doubted_aloud(title: str, sentence: str) -> None:
    (remark,) = recognition.read(f"@book{{a,\n title={{{title}}}}}").remarks
    assert remark.number == 2
    assert sentence in remark.reason


@pytest.mark.parametrize("title", ["Ångström", "São Tomé", "ÉTUDES", "SÃO PAULO", "Škoda – “Ž”"])
def test_accents_that_are_right_are_not_doubted(title: str) -> None:
    assert not recognition.read(f"@book{{a, title={{{title}}}}}").remarks


def test_of_many_such_lines_only_the_first_are_named() -> None:
    text = "@book{a, title={x\x01}}\n" * 1_000
    assert len(doubts.doubts_of(text)) == 51
