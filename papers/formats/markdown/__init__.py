"""Reading lists in Markdown, read and written."""

from papers.formats.markdown.reading import read
from papers.formats.markdown.writing import refuse_too_long, write

__all__ = ["read", "refuse_too_long", "write"]
