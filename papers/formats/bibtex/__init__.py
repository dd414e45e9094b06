"""Reading lists in BibTeX and biblatex, read and written."""

from papers.formats.bibtex.reader import LARGEST_TEXT, read
from papers.formats.bibtex.writer import cite, is_made, write

__all__ = ["LARGEST_TEXT", "cite", "is_made", "read", "write"]
