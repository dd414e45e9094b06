"""Tables in CSV: ours, Zotero's, and any whose first row names its columns in words we know."""

from papers.formats.core.format import Format, Sample
from papers.formats.csv.ours import write
from papers.formats.csv.payments import names_of_sums
from papers.formats.csv.reader import read
from papers.formats.csv.rows import looks_like_rows
from papers.formats.csv.table import has_column_names

__all__ = ["FORMAT", "has_column_names", "looks_like_rows", "names_of_sums", "read", "write"]


def is_one(sample: Sample) -> bool:
    if sample.begins_as_markdown:
        return False
    if any(map(_rules_a_table, sample.text[: 2**16].split("\n"))):
        return False
    in_doubt = sample.markdown > 0
    if has_column_names(sample.text, in_doubt=in_doubt) or looks_like_rows(sample.text):
        return True
    # Which is refused with a sentence of its own.
    return not sample.markdown and bool(names_of_sums(sample.text))


def _rules_a_table(line: str) -> bool:
    """`--- | ---`, below the names of the columns in Markdown."""
    return {"|", "-"} <= set(line) <= set("|-: \t\r")


FORMAT = Format(
    "csv",
    "CSV",
    reads=read,
    is_one=is_one,
    turn=8,
    suffixes=("csv", "tsv"),
    yields_to_names=True,
    writes=write,
    use="for spreadsheets",
    extension="csv",
    media_type="text/csv; charset=utf-8",
)
