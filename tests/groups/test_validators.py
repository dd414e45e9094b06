"""What may stand in a name."""

import pytest
from django.core.exceptions import ValidationError

from groups.validators import as_one_line, is_blank, some_text, validate_one_line

INVISIBLE = ["", " ", "\t\n", "\u200b", "\u2060\ufeff", "\u00ad \u034f", "\u3164\u115f\uffa0"]


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_text_that_shows_nothing_is_blank(text):
    assert is_blank(text)
    for check in (validate_one_line, some_text):
        with pytest.raises(ValidationError, match="Write something first"):
            check(text)


@pytest.mark.parametrize("text", ["a", "Zoë", "نועם", "נועם לוי", "👩‍👩‍👧", "क्‍ष", "x\u200by"])
def test_names_of_every_script_are_names(text):
    validate_one_line(text)
    assert as_one_line(text, 80) == text


@pytest.mark.parametrize(
    "text", ["a\nb", "a\rb", "a\0b", "a\x1bb", "a\u2028b", "a\u202eb", "a\u2066b", "a\x85b"]
)
def test_a_name_breaks_no_line_and_turns_no_text(text):
    with pytest.raises(ValidationError, match="cannot contain line breaks"):
        validate_one_line(text)
    validate_one_line(as_one_line(text, 80))


def test_a_text_may_have_lines():
    text = "one\ntwo"
    some_text(text)
    with pytest.raises(ValidationError):
        validate_one_line(text)


def test_what_is_too_long_for_a_line_ends_in_dots():
    assert as_one_line("a" * 80, 80) == "a" * 80
    assert as_one_line("a" * 81, 80) == "a" * 79 + "…"
    assert as_one_line("  a \n  b\tc ", 80) == "a b c"
