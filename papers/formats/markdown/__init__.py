"""Reading lists in Markdown, read and written."""

from papers.formats.markdown.reading import read, read_plain
from papers.formats.markdown.writing import refuse_too_long, write

__all__ = ["read", "read_plain", "refuse_too_long", "write"]
