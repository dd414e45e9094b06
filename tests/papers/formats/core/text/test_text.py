"""Uploaded bytes to text, and back to the same bytes."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.text import (
    LARGEST_FILE,
    Decoded,
    NotText,
    Refused,
    TooLarge,
    decode,
    encode,
    refuse_many,
)

TEXT = "- [ ] Poincaré \u2013 \u8bba\u6587\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_as_it_is(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert not decoded.is_guess
    assert decoded.has_mark == (encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_for_each_letter_are_told_by_their_zeros(encoding: str) -> None:
    text = "## Fairness\r\n- [ ] On what Poincaré called a choice [Lee, 2021]\r\n"
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


def test_other_text_is_guessed_and_says_so() -> None:
    data = "- [ ] Poincaré \u2013 \u201cOn\u201d".encode("windows-1252")
    assert decode(data) == Decoded(
        "- [ ] Poincaré \u2013 \u201cOn\u201d", "windows-1252", is_guess=True
    )


@pytest.mark.parametrize("data", [b"a\nb\nc\0d\n", "a\nb\nc\0d".encode("utf-16")])
def test_a_character_that_cannot_be_stored_is_named_by_its_line(data: bytes) -> None:
    with pytest.raises(NotText, match=r"cannot be stored \(at line 3\).*Nothing was imported"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfea", b"\x01\x02\x03 PNG", b"caf\xe9\x01", b"caf\xe9 \x81"],
    ids=["half a character", "controls", "controls beside accents", "no encoding at all"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText, match=r"is not text that can be read.*Nothing was imported"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\xff", "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\x01", "a PDF"),
        (b"%PDF-1.4\nall of it text", "a PDF"),
        (b"PK\x03\x04\x14\0\0\0\x08\0list.bib", "a ZIP archive. Unpack it"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml", "an office document"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument", "an office document"),
        (b"{\\rtf1\\ansi Papers}", "an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an office document"),
        (b"\x1f\x8b\x08\0", "a packed archive"),
        (b"SQLite format 3\0", "a database"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=f"This is {kind}.*Nothing was imported"):
        decode(data)


def test_too_much_is_refused_before_it_is_decoded() -> None:
    assert len(decode(b"x" * LARGEST_FILE).text) == LARGEST_FILE
    with pytest.raises(TooLarge, match="at most 4 MB"):
        decode(b"\0" * (LARGEST_FILE + 1))


def test_too_many_are_counted_in_the_refusal() -> None:
    refuse_many(3, "papers", 3)
    with pytest.raises(TooLarge, match="at most 3 papers at a time, and this one holds 4"):
        refuse_many(4, "papers", 3)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text(st.characters(codec="windows-1252", exclude_categories=["Cc"]), min_size=1))
def test_a_text_goes_back_into_the_bytes_that_it_came_in(encoding: str, text: str) -> None:
    data = f"# Papers\r\n- [ ] {text}\n".encode(encoding)
    decoded = decode(data)
    assert encode(decoded, decoded.text) == data


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_whatever_bytes_are_read_come_out_again(data: bytes) -> None:
    with suppress(Refused):
        decoded = decode(data)
        assert encode(decoded, decoded.text) == data


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_is_no_part_of_the_text_and_is_written_again(mark: bytes) -> None:
    decoded = decode(mark)
    assert decoded.text == ""
    assert encode(decoded, "") == mark


def test_what_has_no_place_in_the_old_bytes_is_written_in_utf_8() -> None:
    decoded = decode("Poincaré".encode("windows-1252"))
    assert encode(decoded, "Poincaré \u8bba") == "Poincaré \u8bba".encode()


@given(st.binary(max_size=100))
def test_no_bytes_do_worse_than_be_refused(data: bytes) -> None:
    with suppress(Refused):
        assert "\0" not in decode(data).text
