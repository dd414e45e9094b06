"""Reading lists in BibTeX and biblatex, read and written."""

from papers.formats.bibtex.reader import LARGEST_TEXT, read
from papers.formats.bibtex.writer import is_made, write

__all__ = ["LARGEST_TEXT", "is_made", "read", "write"]
