import pytest

from groups.web.csv_tables import cell_as_written, safe_cell


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "'=", '" "@', "\0"]
)
def test_a_cell_that_begins_like_a_formula_is_quoted(sign):
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "Mina", "a=b", "1-2", "'a'", " a=1"])
def test_a_cell_that_is_none_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_what_is_no_text_is_written_as_text():
    assert safe_cell(7) == "7"
    assert safe_cell(-7) == "'-7"


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@", "'a'", "'", "", " -1", "Mina"])
def test_a_safe_cell_gives_back_what_it_was_made_of(text):
    assert cell_as_written(safe_cell(text)) == text
