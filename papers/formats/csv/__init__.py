"""Tables in CSV: ours, Zotero's, and any whose first row names its columns in words we know."""

from papers.formats.csv.ours import write
from papers.formats.csv.payments import names_of_sums
from papers.formats.csv.reader import read
from papers.formats.csv.rows import looks_like_rows
from papers.formats.csv.table import names_columns

__all__ = ["looks_like_rows", "names_columns", "names_of_sums", "read", "write"]
