"""Reading lists in BibTeX and biblatex, read and written."""

from papers.formats.bibtex.reader import LARGEST_TEXT, read
from papers.formats.bibtex.writer import write

__all__ = ["LARGEST_TEXT", "read", "write"]
