"""People's names, parted."""

import pytest

from papers.formats.core.people import parted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roe, Jane and Doe, Jo K", ["Roe, Jane", "Doe, Jo K"]),
        ("Di Benedetto, Mirella and Roe, Jane R", ["Di Benedetto, Mirella", "Roe, Jane R"]),
        ("Jane Roe, Jo Doe and Ann Poe", ["Roe, Jane", "Doe, Jo", "Poe, Ann"]),
        ("Roe, J., Doe, J. and Poe, A.", ["Roe, J.", "Doe, J.", "Poe, A."]),
    ],
)
def test_names_joined_by_and_are_parted_with_the_commas_that_they_have(
    text: str, names: list[str]
) -> None:
    assert list(map(str, parted(text).names)) == names
