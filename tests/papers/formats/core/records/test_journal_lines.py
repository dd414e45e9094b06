"""Lines that say a journal with its volume, pages and day, as Embase writes them."""

import pytest

from papers.formats.core.records.journal_lines import Journal, parse_journal_line


@pytest.mark.parametrize(
    ("line", "journal"),
    [
        (
            "Bee Letters. 20 (4) (pp 512-523), 2016. Date of Publication: 01 Apr 2016.",
            Journal("Bee Letters", "2016", "20", "4", "512-523"),
        ),
        (
            (
                "Journal of Hives. Conference: 3rd Meeting on Bees. Chile. "
                "34 (15 Supplement 1) (no pagination), 2016. Date of Publication: May 2016."
            ),
            Journal(
                "Journal of Hives",
                "2016",
                "34",
                "15 Supplement 1",
                "",
                "3rd Meeting on Bees",
            ),
        ),
        ("Hive. 350 (no pagination), 2015.", Journal("Hive", "2015", "350")),
        (
            "Hive (2015) 385:9966 (351-361). Date of Publication: 24 Jan 2015",
            Journal("Hive", "2015", "385", "9966", "351-361"),
        ),
    ],
)
def test_are_parted(line: str, journal: Journal) -> None:
    assert parse_journal_line(line) == journal


@pytest.mark.parametrize(
    "name",
    [
        "Hive",
        "Hive (London, England)",
        "Proc. of the Bees",
        "Hive Letters. Part A",
        "Bees. 12 (2011)",
    ],
)
def test_the_name_of_a_journal_is_none(name: str) -> None:
    assert parse_journal_line(name) is None
