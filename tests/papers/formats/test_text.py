"""Uploaded bytes to text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.text import LARGEST_TEXT, Decoded, NotText, Refused, TooLarge, decode

TEXT = "- [ ] Poincaré \u2013 \u8bba\u6587\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_as_it_is(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert not decoded.is_guess


def test_other_text_is_guessed_and_says_so() -> None:
    data = "- [ ] Poincaré \u2013 \u201cOn\u201d".encode("windows-1252")
    assert decode(data) == Decoded(
        "- [ ] Poincaré \u2013 \u201cOn\u201d", "windows-1252", is_guess=True
    )


@pytest.mark.parametrize("data", [b"a\nb\nc\0d\n", "a\nb\nc\0d".encode("utf-16")])
def test_a_character_that_cannot_be_stored_is_named_by_its_line(data: bytes) -> None:
    with pytest.raises(NotText, match=r"cannot be stored \(at line 3\).*Nothing was written"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfea", b"\x89PNG\r\n\x1a\n\xff", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\x01", b"caf\xe9 \x81"],
    ids=["half a character", "picture", "PDF", "no encoding at all"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="Nothing was written"):
        decode(data)


def test_too_much_is_refused_before_it_is_decoded() -> None:
    assert len(decode(b"x" * LARGEST_TEXT).text) == LARGEST_TEXT
    with pytest.raises(TooLarge, match="at most 1 MB"):
        decode(b"\0" * (LARGEST_TEXT + 1))


@given(st.binary(max_size=100))
def test_no_bytes_do_worse_than_be_refused(data: bytes) -> None:
    with suppress(Refused):
        assert "\0" not in decode(data).text
